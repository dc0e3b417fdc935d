"""The museum of messy sheets: what each reads as, what was repaired, what stays unread; nothing is taken silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.inspection import Inspection, NotChecked, Origin, Unit
from scoring.report.clean import clean_workbook
from scoring.sheets.mend.consent import Consent
from scoring.sheets.mend.mapping import mapping_text, read_mapping
from scoring.sheets.mend.mend import mended
from scoring.sheets.mend.repair import Ground
from scoring.sheets.read import Opened, Reading, open_sheets, read_opened, read_sheets
from scoring.sheets.register import Register
from scoring.sheets.table import Table
from tests.museum.make import cases, write
from tests.test_input_mistakes import FIELDS

REGISTER = Register.of(
    [
        Unit("340123101001", "东岭村", "行政村", "", ("东岭",)),
        Unit("340123101002", "西坡村", "行政村"),
        Unit("340123101003", "大小塘村", "行政村"),
        Unit("340123101004", "小小塘村", "行政村"),
    ]
)
CASES = cases()


def having(key: str) -> Any:
    found = [case for case in CASES if key in case]
    return pytest.mark.parametrize("case", found, ids=[case["名"] for case in found])


each = having("名")


def consent(case: dict[str, Any], *, accept: bool = False, mapped: bool = False) -> Consent:
    known = {
        (title, read): taken
        for title, words in (case.get("对照", {}) if mapped else {}).items()
        for read, taken in words.items()
    }
    first, last = case.get("轮次", (None, None))
    return Consent(accept, known, (first, last) if first else None)


def told(reading: Reading) -> list[str]:
    return [_visit(one) for one in reading.inspections]


def _visit(one: Inspection) -> str:
    words = [f"{name}={_word(value)}" for name, value in one.answers.items()]
    if one.occurrences:
        words.append(f"明细={sum(found.count for found in one.occurrences)}")
    return " ".join([one.unit.name, str(one.date), *words])


def _word(value: object) -> str:
    return "未查" if isinstance(value, NotChecked) else f"{value}".removesuffix(".0")


def read(case: dict[str, Any], folder: Path, **how: bool) -> Reading:
    return read_sheets([write(case, folder)], FIELDS, REGISTER, consent=consent(case, **how))


def test_the_museum_is_large_enough_and_its_cases_are_told_apart() -> None:
    assert len(CASES) >= 25
    assert len({case["名"] for case in CASES}) == len(CASES)


@each
def test_a_messy_sheet_is_read_as_expected_with_every_repair_on_record(
    case: dict[str, Any], tmp_path: Path
) -> None:
    reading = read(case, tmp_path)
    assert told(reading) == case["读"]
    if "修" in case:
        assert sorted(f"{one.title} {one.read}→{one.taken}" for one in reading.repairs) == sorted(case["修"])
    assert {one.ground for one in reading.repairs} <= {Ground.SURE}
    said = "\n".join(map(str, reading.problems))
    assert bool(said) == bool(case.get("不懂")), said
    for words in case.get("不懂", ()):
        assert words in said


@having("照准")
def test_what_is_proposed_is_taken_only_when_it_is_accepted(case: dict[str, Any], tmp_path: Path) -> None:
    reading = read(case, tmp_path, accept=True)
    assert told(reading) == case["照准"]


@having("对照")
def test_a_mapping_decides_what_only_a_human_can(case: dict[str, Any], tmp_path: Path) -> None:
    reading = read(case, tmp_path, mapped=True)
    assert told(reading) == case["对照读"]
    assert Ground.MAPPED in {one.ground for one in reading.repairs}


@each
def test_the_clean_workbook_is_read_strictly_as_the_same_visits(case: dict[str, Any], tmp_path: Path) -> None:
    how = consent(case, accept=True, mapped=True)
    opened = open_sheets([write(case, tmp_path)], FIELDS, REGISTER, consent=how)
    (tmp_path / "规整.xlsx").write_bytes(clean_workbook(opened, FIELDS))
    once, again = read_opened(opened, FIELDS), read_sheets([tmp_path / "规整.xlsx"], FIELDS)
    assert set(told(again)) >= set(told(once))
    if not once.problems:
        assert not again.problems
        assert sorted(told(again)) == sorted(told(once))


@each
def test_a_saved_mapping_gives_the_accepted_reading_again(case: dict[str, Any], tmp_path: Path) -> None:
    path = write(case, tmp_path)
    opened = open_sheets([path], FIELDS, REGISTER, consent=consent(case, accept=True))
    accepted = read_opened(opened, FIELDS)
    (tmp_path / "对照.csv").write_bytes(mapping_text({}, accepted.repairs, opened.mended.opens))
    known = read_mapping(tmp_path / "对照.csv", FIELDS, REGISTER)
    again = read_sheets([path], FIELDS, REGISTER, consent=Consent(False, known, consent(case).period))
    assert told(again) == told(accepted)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("垃圾处术,2-3处,3", "第2行第1列: 没有“垃圾处术”这一栏"),
        ("垃圾处数,2-3处,三", "第2行第3列: 应填数字，不是“三”"),
        ("被检单位,东岭邨,东岭屯", "第2行第3列: 名册里没有“东岭屯”"),
        ("检查日期,6.4,6月4日", "日期“6月4日”读不懂"),
        ("表头,得分,分数", "没有“分数”这一栏"),
        ("垃圾处数,几处,3\n垃圾处数,几处,4", "垃圾处数“几处”有两种当作"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "对照.csv").write_text(f"栏目,读到,当作\n{line}\n", encoding="utf-8")
    with pytest.raises(ScoringError) as caught:
        read_mapping(tmp_path / "对照.csv", FIELDS, REGISTER)
    assert said in str(caught.value)


def test_a_mapping_without_its_titles_is_told(tmp_path: Path) -> None:
    (tmp_path / "对照.csv").write_text("栏目,读到\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="对照表没有“当作”一栏"):
        read_mapping(tmp_path / "对照.csv", FIELDS, REGISTER)


words = st.one_of(
    st.text("0123456789.-~处户分扣约无有是否√×—/年月日村岭西坡东未查（）% ", max_size=8),
    st.sampled_from(["3", "是", "已签", "60%", "2026-06-04", "东岭村", "未查", ""]),
    st.booleans(),
)


@given(rows=st.lists(st.lists(words, min_size=6, max_size=6), max_size=4))
def test_a_cell_the_strict_reader_reads_is_never_touched_and_every_change_is_on_record(
    rows: list[list[Any]],
) -> None:
    head = ["被检单位", "检查日期", "垃圾处数", "堵路", "责任书", "绿化率"]
    table = Table("a.csv", "", [head, *rows])
    found = mended([table], FIELDS, REGISTER, Consent(accept=True))
    changed = {
        (row, column)
        for row, line in enumerate(rows, start=2)
        for column, cell in enumerate(line, start=1)
        if not _same(found.tables[0].rows[row - 1], column - 1, cell)
    }
    whole = {one.row for one in found.repairs if one.title == "整行"}
    cells = {(one.row, head.index(one.title) + 1) for one in found.repairs if one.title in head}
    assert {place for place in changed if place[0] not in whole} <= cells
    assert mended(found.tables, FIELDS, REGISTER, Consent()).repairs == ()


def _same(line: Any, column: int, cell: object) -> bool:
    there = line[column] if column < len(line) else ""
    return there == cell and type(there) is type(cell)


@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["是", "否", "未查"])), min_size=1, max_size=4))
def test_a_sheet_on_its_side_says_what_it_says_upright(answers: list[tuple[int, str]]) -> None:
    names = ["东岭村", "西坡村", "大小塘村", "小小塘村"]
    rows = [["被检单位", "检查日期", "垃圾处数", "堵路"]]
    rows += [[name, "2026-06-04", str(n), word] for name, (n, word) in zip(names, answers, strict=False)]
    upright, side = (
        [replace(one, origin=Origin()) for one in read_opened(Opened(found, REGISTER), FIELDS).inspections]
        for found in (
            mended([Table("表.csv", "", lines)], FIELDS, REGISTER, Consent())
            for lines in (rows, list(zip(*rows, strict=True)))
        )
    )
    assert upright == side and len(upright) == len(answers)
