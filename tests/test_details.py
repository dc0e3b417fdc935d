"""问题明细: what its rows come to, which visit they belong to, and that neither order nor wording of it matters."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.explain.ledger import ledger
from scoring.inspection import Inspection, NotChecked, Occurrence
from scoring.report import render
from scoring.report.result import to_json
from scoring.score import Assessment
from scoring.sheets.attach import MAX_VISITS
from scoring.sheets.read import Reading, read_sheets
from scoring.tally import ScoreCard
from tests.support import scorer, visit
from tests.test_details_mistakes import LAW
from tests.test_input_mistakes import REGISTER, write

HEAD = ["被检单位", "检查日期"]
DAY = "2022-06-10"


def read(folder: Path, register: Any = REGISTER, **tables: Sequence[Sequence[str]]) -> Reading:
    files = [write(folder / f"{name}.csv", [list(row) for row in rows]) for name, rows in tables.items()]
    return read_sheets(files, LAW.form, register)


def score(reading: Reading) -> Assessment:
    assert not reading.problems
    found = scorer(LAW).score(reading.inspections)
    assert not found.problems
    return found


def only_card(folder: Path, **tables: Sequence[Sequence[str]]) -> ScoreCard:
    (card,) = score(read(folder, **tables)).cards
    return card


WIDE = [[*HEAD, "垃圾处数", "垃圾处数点位", "柴草处数", "堵路"], ["东岭村", DAY, "", "别处", "", "否"]]
DETAILS = [
    [*HEAD, "检查项", "点位", "数量", "大小", "照片", "备注"],
    ["东岭", DAY, "垃圾处数（处）", "村口", "2", "", "photo/IMG 1.jpg", "清了一半"],
    ["东岭村", "2022/6/10", "垃圾处数", "井边", "", "12.5", "", ""],
    ["东岭村", DAY, "柴草处数", "井边", "３", "0.6", "", ""],
    ["东岭村", DAY, "柴草处数", "路口", "", "0.5", "", ""],
]


def test_a_blank_count_is_the_sum_of_its_rows_and_too_small_ones_do_not_count(tmp_path: Path) -> None:
    card = only_card(tmp_path, wide=WIDE, details=DETAILS)
    assert (card.derived.values["垃圾处数"], card.derived.values["柴草处数"]) == (3, 3)
    assert [finding.places for finding in card.findings[:2]] == [("井边", "村口"), ("井边",)]
    assert card.score == 100 - 3 * 2 - 3


def test_every_row_is_told_in_the_ledger(tmp_path: Path) -> None:
    told = list(ledger(only_card(tmp_path, wide=WIDE, details=DETAILS)))
    assert told[1:4] == [
        "  T-01 条13处，每处扣2分，扣6分",
        "      井边 1处，大小 12.5",
        "      村口 2处，照片 photo/IMG 1.jpg，清了一半",
    ]
    assert "      路口 1处，大小 0.5，不计" in told
    assert not [line for line in told if "点位:" in line or "别处" in line]


def test_what_is_too_small_is_told_even_where_nothing_else_was_found(tmp_path: Path) -> None:
    card = only_card(tmp_path, wide=WIDE, details=[DETAILS[0], DETAILS[4]])
    assert card.derived.values["柴草处数"] == 0
    assert list(ledger(card))[2:5] == [
        "  T-02 条2: 合格",
        "      柴草处数: 0处",
        "      路口 1处，大小 0.5，不计",
    ]


def test_every_row_stands_in_the_document_and_in_the_workbook(tmp_path: Path) -> None:
    found = score(read(tmp_path, wide=WIDE, details=DETAILS))
    findings = json.loads(str(render(found, "json")))["cards"][0]["findings"]
    assert findings[0]["occurrences"] == [
        {"place": "井边", "count": "1", "size": "12.5", "counted": True},
        {"place": "村口", "count": "2", "photo": "photo/IMG 1.jpg", "note": "清了一半", "counted": True},
    ]
    assert [one["counted"] for one in findings[1]["occurrences"]] == [True, False]
    assert "occurrences" not in findings[2]
    content = render(found, "xlsx")
    assert isinstance(content, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["问题明细"]
    rows = [[cell.value for cell in row][6:] for row in sheet.iter_rows(min_row=3)]
    assert rows[1] == ["T-01", "垃圾处数", "村口", 2, "", "photo/IMG 1.jpg", "清了一半", "计"]
    assert [row[-1] for row in rows] == ["计", "计", "计", "不计"]


def test_a_number_on_both_sheets_is_fine_where_it_is_the_same(tmp_path: Path) -> None:
    wide = [WIDE[0], ["东岭村", DAY, "3", "别处", "3", "否"]]
    assert only_card(tmp_path, wide=wide, details=DETAILS).score == 91


def test_a_signed_sheet_says_nothing_of_what_its_details_hold(tmp_path: Path) -> None:
    card = only_card(tmp_path, wide=[["空白即未发现问题（签字）：张三"], *WIDE], details=DETAILS[:2])
    assert (card.derived.values["垃圾处数"], card.derived.assumed) == (2, ("柴草处数",))


def test_details_may_hold_what_the_sheet_does_not_ask(tmp_path: Path) -> None:
    wide = [[*HEAD, "堵路"], ["东岭村", DAY, "否"]]
    card = only_card(tmp_path, wide=wide, details=DETAILS[:3])
    assert card.inspection.columns == {"堵路", "垃圾处数"}
    assert (card.low, card.high) == (0, 94)


def test_rows_go_to_the_visit_they_name_and_fill_its_time(tmp_path: Path) -> None:
    wide = [
        [*HEAD, "来源", "检查人员", "垃圾处数", "柴草处数", "堵路"],
        ["东岭村", DAY, "", "李四、张三", "", "0", "否"],
        ["东岭村", DAY, "暗访", "", "", "0", "否"],
        ["西坡村", DAY, "暗访", "", "", "0", "否"],
    ]
    details = [
        [*HEAD, "检查时间", "来源", "检查人员", "检查项", "点位"],
        ["东岭村", DAY, "10:30", "", "张三 李四", "垃圾处数", "甲"],
        ["东岭村", DAY, "9:00", "日常", "", "垃圾处数", "乙"],
        ["东岭村", DAY, "", "暗访", "", "垃圾处数", "丙"],
        ["西坡村", DAY, "", "", "王五", "垃圾处数", "丁"],
    ]
    found = read(tmp_path, wide=wide, details=details).inspections
    assert [(one.source, [each.place for each in one.occurrences], one.time) for one in found] == [
        ("日常", ["乙", "甲"], dt.time(9)),
        ("暗访", ["丙"], None),
        ("暗访", ["丁"], None),
    ]


@pytest.mark.parametrize("signed", [True, False])
def test_details_alone_make_visits_and_only_a_signature_says_that_nothing_else_was_found(
    signed: bool, tmp_path: Path
) -> None:
    line = [["空白即未发现问题（签字）：张三"]] if signed else []
    details = [
        [*HEAD, "来源", "检查人员", "第几次", "检查项", "点位"],
        ["东岭村", DAY, "暗访", "张三", "", "垃圾处数", "甲"],
        ["东岭村", DAY, "", "", "", "垃圾处数", "乙"],
    ]
    (one,) = score(read(tmp_path, details=[*line, *details])).cards
    assert one.inspection.visit == ("01", dt.date(2022, 6, 10), "暗访", ("张三",), 1)
    assert one.inspection.columns == ({"垃圾处数", "柴草处数"} if signed else {"垃圾处数"})
    assert one.derived.values == ({"垃圾处数": 2, "柴草处数": 0} if signed else {"垃圾处数": 2})
    assert one.derived.assumed == (("柴草处数",) if signed else ())


def test_a_visit_that_only_the_details_know_is_pointed_out_beside_those_of_a_sheet(tmp_path: Path) -> None:
    details = [[*HEAD, "检查项", "点位"], *(["东岭村", f"2022-06-1{n}", "垃圾处数", ""] for n in range(8))]
    assert read(tmp_path, details=details).notices == ()
    (said,) = read(tmp_path, wide=WIDE, details=details).notices
    assert said == (
        "问题明细里的 东岭村 2022-06-11、东岭村 2022-06-12、东岭村 2022-06-13、东岭村 2022-06-14、东岭村 2022-06-15等7次"
        " 登记表上没有，各算一次检查；日期写错的请改正"
    )


def test_without_a_register_the_sheet_says_of_which_kind_a_unit_is(tmp_path: Path) -> None:
    wide = [["单位编号", "类别", *HEAD, "垃圾处数", "堵路"], ["01", "行政村", "东岭村", DAY, "", "否"]]
    details = [["单位编号", "检查日期", "检查项"], ["01", DAY, "垃圾处数"]]
    (one,) = read(tmp_path, None, wide=wide, details=details).inspections
    assert (one.unit.name, one.unit.kind, len(one.occurrences)) == ("东岭村", "行政村", 1)


def test_a_record_may_list_places_and_photos(tmp_path: Path) -> None:
    record = dict.fromkeys(HEAD, DAY) | {"被检单位": "东岭村", "检查项": "垃圾处数", "大小": None}
    record |= {"点位": ["村口", "井边"], "照片": ["a.jpg", "b.jpg"]}
    (tmp_path / "a.json").write_text(json.dumps([record]), encoding="utf-8")
    (one,) = read_sheets([tmp_path / "a.json"], LAW.form, REGISTER).inspections
    assert (one.occurrences[0].place, one.occurrences[0].photo) == ("村口、井边", "a.jpg、b.jpg")


def test_a_visit_made_in_a_program_is_held_to_the_same_rules() -> None:
    rows = (
        Occurrence("垃圾处数", "甲", Decimal(2)),
        Occurrence("柴草处数", "乙"),
        Occurrence("不相干", "丙"),
    )
    answers = {"堵路": "否", "垃圾处数": NotChecked("夜间未去")}
    with pytest.raises(ScoringError) as caught:
        next(scorer(LAW).cards(visit(answers, occurrences=rows)))
    assert [one.message for one in caught.value.problems] == [
        "登记表上是未查（夜间未去），问题明细有1行",
        "问题明细没写大小",
    ]
    with pytest.raises(ScoringError, match="填的是是否，问题明细有1行"):
        next(scorer(LAW).cards(visit({"堵路": "否"}, occurrences=(Occurrence("堵路"),))))


@pytest.mark.parametrize("count", [Decimal(0), Decimal("0.5"), Decimal("NaN"), Decimal("Infinity"), 1, -1.0])
def test_a_count_that_no_sheet_can_hold_is_told(count: Any) -> None:
    with pytest.raises(ScoringError, match="问题明细的数量不能是"):
        card_of(visit({"堵路": "否"}, occurrences=(Occurrence("垃圾处数", count=count),)))


@pytest.mark.parametrize("size", [Decimal(-1), Decimal("NaN"), Decimal("Infinity"), 0.6])
def test_a_size_that_no_sheet_can_hold_is_told(size: Any) -> None:
    rows = (Occurrence("柴草处数", size=size), Occurrence("柴草处数", size=Decimal(1)))
    with pytest.raises(ScoringError, match="问题明细的大小不能是"):
        card_of(visit({"堵路": "否"}, occurrences=rows))


_TITLES = ("检查项", "点位", "数量", "大小", "照片")
_row = st.tuples(
    st.sampled_from(["垃圾处数", "柴草处数"]),
    st.sampled_from(["", "村口", "井边", "路口"]),
    st.sampled_from(["", "1", "2", "７"]),
    st.sampled_from(["0.5", "0.6", "3"]),
    st.sampled_from(["", "a.jpg"]),
)
# Rows that say the very same are a problem of their own.
_rows = st.lists(_row, min_size=1, max_size=8, unique_by=lambda row: (row[2] or "1", *row[:2], *row[3:]))


def _table(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[*HEAD, *_TITLES], *(["东岭村", DAY, *row] for row in rows)]


@given(first=_rows, chance=st.randoms(use_true_random=False), beside=st.booleans())
@settings(max_examples=60)
def test_neither_the_order_of_rows_nor_of_files_changes_a_byte(
    first: list[tuple[str, ...]],
    chance: random.Random,
    beside: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("d")
    cut = chance.randint(0, len(first))
    shuffled = chance.sample(first, len(first))
    one = {"details": _table(first), **({"wide": WIDE} if beside else {})}
    parts = [part for part in (shuffled[:cut], shuffled[cut:]) if part]
    other = {f"part{n}": _table(part) for n, part in enumerate(parts)} | ({"a_wide": WIDE} if beside else {})
    names = chance.sample(sorted(other), len(other))
    readings = [read(folder, **one), read(folder, **{name: other[name] for name in names})]
    assert len({to_json(score(reading)) for reading in readings}) == 1


@given(rows=_rows, blank=st.booleans())
@settings(max_examples=60)
def test_details_and_the_wide_sheet_come_to_the_same(rows: list[tuple[str, ...]], blank: bool) -> None:
    found = tuple(
        Occurrence(item, place, Decimal(count or 1), Decimal(size), photo)
        for item, place, count, size, photo in rows
    )
    sums = {
        name: sum(
            (
                one.count
                for one in found
                if one.field == name and (name != "柴草处数" or one.size > Decimal("0.5"))
            ),
            Decimal(0),
        )
        for name in ("垃圾处数", "柴草处数")
    }
    wide = card_of(visit({**sums, "堵路": "否"}))
    detailed = card_of(
        visit({**({} if blank else sums), "堵路": "否", **_zero(sums, found)}, occurrences=found)
    )
    assert (wide.score, wide.losses) == (detailed.score, detailed.losses)
    assert wide.derived.values == detailed.derived.values


@given(rows=_rows, chance=st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_a_program_may_give_occurrences_in_any_order(
    rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    found = [Occurrence(row[0], row[1], size=Decimal(row[3]), photo=f"{n}.jpg") for n, row in enumerate(rows)]
    visits = [
        visit({"堵路": "否"}, occurrences=tuple(each)) for each in (found, chance.sample(found, len(found)))
    ]
    assert len({to_json(scorer(LAW).score([one])) for one in visits}) == 1


def _zero(sums: Mapping[str, Decimal], found: Sequence[Occurrence]) -> dict[str, Decimal]:
    """Return the counts that no row speaks of: without them the sheet would leave them open."""
    return {name: total for name, total in sums.items() if not any(one.field == name for one in found)}


def card_of(inspection: Inspection) -> ScoreCard:
    return next(scorer(LAW).cards(inspection))


TRAPS = {
    "每行一个检查人员": lambda n: ["东岭村", DAY, "", f"人{n}", "垃圾处数", f"点{n}", "", ""],
    "每行一个来源和检查人员": lambda n: ["东岭村", DAY, f"源{n}", f"人{n}", "垃圾处数", "", "", ""],
    "行行一模一样": lambda n: ["东岭村", DAY, "", "", "垃圾处数", "", "", ""],
    "行行写错": lambda n: ["东岭村", DAY, "", "", "拉圾处数", f"点{n}", "若干", "大"],
    "一个单位两万处": lambda n: ["东岭村", DAY, "", "", "垃圾处数", f"点{n}", "", "1"],
}


@pytest.mark.parametrize("trap", TRAPS)
def test_twenty_thousand_rows_are_read_soon(trap: str, tmp_path: Path) -> None:
    rows = [[*HEAD, "来源", "检查人员", "检查项", "点位", "数量", "大小"], *map(TRAPS[trap], range(20_000))]
    visits = [[*HEAD, "第几次", "堵路"], *(["东岭村", DAY, str(n), "否"] for n in range(1, MAX_VISITS + 1))]
    wide = {"wide": visits} if trap.startswith("每行一个来源") else {}
    started = time.perf_counter()
    reading = read(tmp_path, details=rows, **wide)
    found = scorer(LAW).score(reading.inspections)
    assert time.perf_counter() - started < 60
    assert reading.problems or found.problems, "more than 500 heaps are refused by the form's own limit"


_cell = st.one_of(
    st.text(max_size=10),
    st.sampled_from(["垃圾处数", "柴草处数", "堵路", "东岭村", DAY, "1", "0", "-1", "1e3", "未查", "不适用", "\ud800", "=1+1", "9" * 400]),
)  # fmt: skip


@given(rows=st.lists(st.lists(_cell, min_size=8, max_size=8), max_size=5))
@settings(max_examples=150)
def test_any_cells_are_read_or_told(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    titles = [*HEAD, "来源", "检查项", "点位", "数量", "大小", "照片"]
    path = write(
        tmp_path_factory.mktemp("c") / "c.json",
        [titles, *rows, ["西坡村", DAY, "", "垃圾处数", "", "", "", ""]],
    )
    reading = read_sheets([path], LAW.form, REGISTER)
    assert reading.inspections or reading.problems
    assert all(one.message and str(one).encode() for one in reading.problems)
    assert not {one.unit.id for one in reading.inspections} & {one.id for one in reading.unscored}
