"""Sheets in: the same reading from every format and in any order, and what a workbook hides."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.generate import main as generate
from scoring.errors import ScoringError
from scoring.inspection import BLANK, NOT_APPLICABLE, Inspection, NotChecked, Origin, Unit
from scoring.sheets.answers import UNEXPLAINED
from scoring.sheets.read import Reading, read_sheets
from scoring.sheets.register import Register, read_register
from tests.support import clause, standard

ROOT = Path(__file__).parent.parent
FORM = """  垃圾处数: {填: 数量, 单位: 处, 最大: 500}
  堵路: {填: 是否}
  责任书: {填: 选项, 选项: [已签, 过期, 未签], 可缺项: 是}
  绿化率: {填: 百分比}
"""
FIELDS = standard(FORM.replace(", 可缺项: 是", ""), [(100, [clause(1, "堵路 = 是", "5")])]).form
SKIP = standard(FORM, [(100, [clause(1, "堵路 = 是", "5")])]).form
REGISTER = Register.of(
    [
        Unit("01", "东岭村", "行政村", "东片", ("东岭",)),
        Unit("02", "西坡村", "行政村"),
        Unit("03", "大小塘村", "行政村", "", ("小塘",)),
        Unit("04", "小小塘村", "行政村", "", ("小塘",)),
    ]
)


def write_csv(path: Path, rows: list[list[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path, fields: Any = FIELDS, register: Register | None = REGISTER) -> Reading:
    return read_sheets([path], fields, register)


def cells(name: str, value: object) -> object:
    if isinstance(value, NotChecked):
        return "未查" if value.reason == UNEXPLAINED else f"未查（{value.reason}）"
    if value is NOT_APPLICABLE:
        return "不适用"
    return f"{value * 100:f}%" if name == "绿化率" and isinstance(value, Decimal) else value


answers = st.fixed_dictionaries(
    {
        "垃圾处数": st.one_of(
            st.integers(0, 500).map(Decimal), st.sampled_from([NotChecked(UNEXPLAINED), NotChecked("锁门")])
        ),
        "堵路": st.sampled_from(["是", "否"]),
        "责任书": st.sampled_from(["已签", "过期", "未签", NOT_APPLICABLE]),
        "绿化率": st.integers(0, 1000).map(lambda n: Decimal(n) / 1000),
    }
)


def as_xlsx(path: Path, rows: list[list[Any]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet, day = book.add_worksheet("村"), book.add_format({"num_format": "yyyy-mm-dd"})
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(i, j, dt.datetime.combine(cell, dt.time()), day)
            elif isinstance(cell, Decimal):
                sheet.write_number(i, j, float(cell))
            else:
                sheet.write_string(i, j, str(cell))
    book.close()
    return path


def as_json(path: Path, rows: list[list[Any]]) -> Path:
    head, *body = rows
    records = [
        {k: int(v) if isinstance(v, Decimal) else str(v) for k, v in zip(head, row, strict=True)}
        for row in body
    ]
    text = "\n".join(json.dumps(one) for one in records) if path.suffix == ".jsonl" else json.dumps(records)
    path.write_text(text, encoding="utf-8")
    return path


WRITERS: dict[str, Callable[[Path, list[list[Any]]], Path]] = {
    "a.csv": write_csv,
    "bom.csv": lambda path, rows: write_csv(path, rows, "utf-8-sig"),
    "gbk.csv": lambda path, rows: write_csv(path, rows, "gb18030"),
    "utf16.csv": lambda path, rows: write_csv(path, rows, "utf-16"),
    "a.xlsx": as_xlsx,
    "a.json": as_json,
    "a.jsonl": as_json,
}


@pytest.mark.parametrize("name", WRITERS)
@given(drawn=st.lists(answers, min_size=1, max_size=5), chance=st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_what_was_written_is_read_in_any_format_and_order(
    name: str, drawn: list[dict[str, Any]], chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("in")
    head = ["被检单位", "检查日期", "第几次", "来源", *SKIP]
    rows = [
        ["东岭", dt.date(2022, 6, 10), str(n), "暗访", *(cells(k, one[k]) for k in SKIP)]
        for n, one in enumerate(drawn, start=1)
    ]
    reading = read(WRITERS[name](folder / name, [head, *rows]), SKIP)
    assert not reading.problems
    assert [dict(one.answers) for one in reading.inspections] == drawn
    assert {one.unit.id for one in reading.inspections} == {"01"}
    shuffled = read(WRITERS[name](folder / f"s{name}", [head, *chance.sample(rows, len(rows))]), SKIP)
    assert list(map(unplaced, shuffled.inspections)) == list(map(unplaced, reading.inspections))


def unplaced(one: Inspection) -> Inspection:
    return replace(one, origin=Origin())


def test_places_reasons_and_people_are_kept(tmp_path: Path) -> None:
    titles = ["被检单位", "检查日期", "检查人员", "未查原因", "垃圾处数", "垃圾处数点位", "堵路"]
    row = ["东岭", "2022年6月1日", "王 五、李四、王五", "锁门", "2", "村口；井边\n桥头", ""]
    (one,) = read(write_csv(tmp_path / "s.csv", [titles, row])).inspections
    assert one.places == {"垃圾处数": ("村口", "井边", "桥头")}
    assert (one.answers["堵路"], one.inspectors, one.date) == (
        NotChecked("锁门"),
        ("李四", "王五"),
        dt.date(2022, 6, 1),
    )


def workbook(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("村")
    sheet.write_row(0, 0, ["被检单位", "检查日期", "垃圾处数"])
    sheet.write_row(1, 0, ["东岭村", "2022-06-10", 1])
    sheet.write_row(2, 0, ["西坡村", "2022-06-10", 1])
    fill(book, sheet)
    book.close()
    return path


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (
            lambda _, sheet: sheet.write_formula(1, 2, "=1+1", None, None),
            "单元格 C2: 公式没有算出结果。在 Excel 或 WPS 里打开后另存，或改成直接填写的值",
        ),
        (
            lambda _, sheet: sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!"),
            "单元格 C2: “#DIV/0!”是错误值。改成直接填写的值",
        ),
        (
            lambda book, sheet: sheet.merge_range(1, 2, 2, 2, "1", book.add_format()),
            "单元格 C3: 与别的单元格合并了。取消合并，每一格都填上",
        ),
        (
            lambda _, sheet: sheet.write_number(1, 0, 340123202206101234567),
            "数字太长，表格软件已把末尾几位改掉",
        ),
        (
            lambda book, _: book.add_worksheet("别的").write(0, 0, "随便写写"),
            "工作表“别的” 第1行: 找不到表头",
        ),
        (lambda _, sheet: sheet.write_boolean(1, 2, True), "应填数字，不是“True”"),
    ],
    ids=["没算出来的公式", "出错的公式", "合并了几行", "被改掉的长编号", "没有表头的工作表", "逻辑值"],
)
def test_a_workbook_that_hides_something_is_told(
    fill: Callable[[Any, Any], None], said: str, tmp_path: Path
) -> None:
    problems = read(workbook(tmp_path / "表.xlsx", fill)).problems
    assert said in "\n".join(map(str, problems))


def recalculated(path: Path) -> Path:
    """Say in the workbook, as Excel and WPS do, that its formulas have been calculated."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(b' fullCalcOnLoad="1"', b""))
    return path


def test_a_calculated_formula_is_read_and_one_still_to_be_calculated_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", lambda _, sheet: sheet.write_formula(1, 2, "=1+1", None, 2))
    assert "单元格 C2: 公式没有算出结果" in str(read(path).problems[0])
    (one, _) = read(recalculated(path)).inspections
    assert one.answers["垃圾处数"] == 2


def test_cells_of_every_type_are_read_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        day, clock, percent = (book.add_format({"num_format": one}) for one in ("yyyy/m/d", "hh:mm", "0%"))
        sheet.write_row(0, 3, ["检查时间", "绿化率", "第几次", "单位编号"])
        sheet.write_datetime(1, 1, dt.datetime(2022, 6, 10), day)
        sheet.write_number(1, 3, 0.4375, clock)
        sheet.write_number(1, 4, 0.6, percent)
        sheet.write_number(1, 5, 2)
        sheet.write_number(1, 6, 1)

    register = Register.of([Unit("1", "东岭村", "行政村"), Unit("2", "西坡村", "行政村")])
    one, _ = read(workbook(tmp_path / "表.xlsx", fill), register=register).inspections
    assert (one.unit.id, one.date, one.time, one.number) == (
        "1",
        dt.date(2022, 6, 10),
        dt.time(10, 30),
        2,
    )
    assert one.answers["绿化率"] == Decimal("0.6")


def test_a_hidden_sheet_is_not_read_and_that_is_said(tmp_path: Path) -> None:
    def fill(book: Any, _: Any) -> None:
        old = book.add_worksheet("旧表")
        old.write_row(0, 0, ["被检单位", "检查日期", "垃圾处数"])
        old.hide()

    reading = read(workbook(tmp_path / "表.xlsx", fill))
    assert not reading.problems
    assert reading.notices == ("表.xlsx 的工作表“旧表”是隐藏的，没有读",)


@pytest.mark.parametrize(
    ("line", "cell", "expected"),
    [
        ("空白即未发现问题（签字）：张三", "", True),
        ("空白即未发现问题（签字）：张三   日期：2022年6月10日", "", True),
        ("空白即未发现问题（签字）：", "", False),
        ("空白即未发现问题（签字）：______", "", False),
        ("空白即未发现问题（签字）：    日期：   年   月   日", "", False),
        ("空白即未发现问题（签字）：      检查组长：李四", "", True),
        ("空白即未发现问题（签字）：无", "", False),
        ("空白即未发现问题（签字）：张三", "否", False),
        ("检查登记表", "是", True),
        ("检查登记表", "", False),
    ],
)
def test_blanks_mean_none_only_where_that_is_signed(
    line: str, cell: str, expected: bool, tmp_path: Path
) -> None:
    rows = [
        [line],
        ["被检单位", "检查日期", "空白即未发现问题", "垃圾处数"],
        ["东岭村", "2022-06-10", cell, ""],
    ]
    (one,) = read(write_csv(tmp_path / "s.csv", rows)).inspections
    assert one.blank_is_none is expected


def test_未查_in_so_many_words_is_no_signed_blank(tmp_path: Path) -> None:
    rows = [["被检单位", "检查日期", "空白即未发现问题", "垃圾处数"], ["东岭村", "2022-06-10", "是", "未查"]]
    (one,) = read(write_csv(tmp_path / "s.csv", rows)).inspections
    assert one.answers["垃圾处数"] != BLANK


def test_two_sheets_may_share_a_visit_between_them(tmp_path: Path) -> None:
    head = ["被检单位", "检查日期"]
    one = write_csv(tmp_path / "a.csv", [[*head, "垃圾处数"], ["东岭村", "2022-06-10", "1"]])
    two = write_csv(tmp_path / "b.csv", [[*head, "堵路"], ["东岭村", "2022-06-10", "否"]])
    both = write_csv(tmp_path / "c.csv", [[*head, "堵路", "责任书"], ["东岭村", "2022-06-10", "否", ""]])
    (visit,) = read_sheets([two, one], FIELDS, REGISTER).inspections
    assert visit.answers == {"垃圾处数": 1, "堵路": "否"}
    assert visit.columns == {"垃圾处数", "堵路"}
    assert read_sheets([two, one], FIELDS, REGISTER) == read_sheets([one, two], FIELDS, REGISTER)
    assert "同一次检查有2行" in str(read_sheets([two, both], FIELDS, REGISTER).problems[0])


def test_a_record_asks_only_what_it_has_keys_for(tmp_path: Path) -> None:
    records = [
        {
            "被检单位": "东岭村",
            "检查日期": "2022-06-10",
            "垃圾处数": 2,
            "点位": {"垃圾处数": ["村口", "井边"]},
        },
        {"被检单位": "西坡村", "检查日期": "2022-06-10", "堵路": None, "绿化率": "60%"},
    ]
    (tmp_path / "a.json").write_text(json.dumps(records), encoding="utf-8")
    one, two = read(tmp_path / "a.json").inspections
    assert (one.columns, one.places) == ({"垃圾处数"}, {"垃圾处数": ("村口", "井边")})
    assert (two.columns, two.answers) == (
        {"堵路", "绿化率"},
        {"堵路": NotChecked(), "绿化率": Decimal("0.6")},
    )


def test_several_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(ScoringError) as caught:
        read_sheets([tmp_path / "没有.xlsx", tmp_path / "a.csv", tmp_path], FIELDS, REGISTER)
    assert [one.message for one in caught.value.problems] == [
        "文件是空的",
        "这是文件夹，不是文件",
        "没有这个文件",
    ]


def test_a_workbook_brings_its_own_register(tmp_path: Path) -> None:
    def fill(book: Any, _: Any) -> None:
        register = book.add_worksheet("名册")
        register.write_row(0, 0, ["单位编号", "名称", "类别"])
        register.write_row(1, 0, [340123202205, "东岭村", "行政村"])
        register.write_row(2, 0, [340123202206, "西坡村", "行政村"])
        register.hide()

    found = read(workbook(tmp_path / "表.xlsx", fill), register=None)
    assert not found.problems
    assert [one.unit.id for one in found.inspections] == ["340123202205", "340123202206"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["名称", "类别"], ["东岭村", ""]], "第2行第2列: 类别没有填。名称和类别都要填"),
        ([["名称", "类别"], ["东岭村", "行政村"], ["东岭村", "行政村"]], "编号“东岭村”重复"),
        ([["名称", "类别", "电化"], ["东岭村", "行政村", "1"]], "不认识的栏目“电化”。可用: 单位编号、名称"),
        ([["名称", "类别", "类别"], ["东岭村", "行政村", "1"]], "“类别”这一栏有两个"),
        (
            [["名称", "类别", ""], ["东岭村", "行政村", "1"]],
            "第1行第3列: 这一栏没有标题。补上标题，或清空这一栏",
        ),
        ([["村名", "类别"], ["东岭村", "行政村"]], "找不到名册的表头"),
        ([["名称", "类别"]], "名册里没有单位"),
    ],
    ids=["没有类别", "编号重复", "栏目写错", "栏目重复", "栏目没有标题", "没有表头", "没有单位"],
)
def test_a_wrong_register_is_refused(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match=said):
        read_register(write_csv(tmp_path / "名册.csv", rows))


def test_both_registers_of_the_fixtures_are_the_same() -> None:
    found = [read_register(ROOT / "fixtures" / f"register.{suffix}").units for suffix in ("csv", "xlsx")]
    assert found[0] == found[1]
    assert len(found[0]) == 22 + 14 + 146 + 7 + 19


def test_the_fixtures_are_what_their_script_writes(tmp_path: Path) -> None:
    generate(tmp_path)
    kept = ROOT / "fixtures"
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")}
    assert written >= {path.relative_to(kept) for path in kept.rglob("*.xlsx")}
    for name in written:
        assert parts(tmp_path / name) == parts(kept / name), name


def parts(path: Path) -> bytes | dict[str, bytes]:
    """Return what a file holds, whatever packed it."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
