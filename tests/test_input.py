"""Sheets in: a museum of wrong ones, the same reading from every format, and files that are out to do harm."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.inspection import NOT_APPLICABLE, NotChecked, Unit
from scoring.register import Register, read_register
from scoring.sheets import Reading, read_sheets
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
TITLES = [
    "被检单位",
    "检查日期",
    "检查时间",
    "第几次",
    "垃圾处数",
    "垃圾处数点位",
    "堵路",
    "责任书",
    "绿化率",
    "空白即未发现问题",
]
ROW = ["东岭村", "2022-06-10", "09:30", "1", "3", "村口、井边", "否", "已签", "60%", "否"]
OTHER = ["西坡村", "2022-06-10", "10:30", "1", "0", "", "是", "过期", "0%", ""]


def write_csv(path: Path, rows: list[list[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path, fields: Any = FIELDS, register: Register | None = REGISTER) -> Reading:
    return read_sheets([path], fields, register)


MUSEUM = yaml.safe_load((Path(__file__).parent / "museum" / "sheets.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", MUSEUM, ids=[case["名"] for case in MUSEUM])
def test_one_mistake_is_told_with_its_place_and_the_way_out(case: dict[str, Any], tmp_path: Path) -> None:
    titles = [case.get("栏", {}).get(title, title) for title in TITLES]
    row = [str(case.get("改", {}).get(title, cell)) for title, cell in zip(TITLES, ROW, strict=True)]
    reading = read(
        write_csv(tmp_path / "sheet.csv", [titles, row, *([row] if case.get("再") else []), OTHER])
    )
    assert str(reading.problems[0]) == case["说"]
    if "栏" not in case:
        assert [one.unit.name for one in reading.inspections] == ["西坡村"], "the others are read"
        assert {unit.name for unit in reading.unscored} <= {"东岭村"}


def cells(name: str, value: object) -> object:
    if isinstance(value, NotChecked):
        return f"未查（{value.reason}）" if value.reason else "未查"
    if value is NOT_APPLICABLE:
        return "不适用"
    return f"{value * 100:f}%" if name == "绿化率" and isinstance(value, Decimal) else value


answers = st.fixed_dictionaries(
    {
        "垃圾处数": st.one_of(
            st.integers(0, 500).map(Decimal), st.sampled_from([NotChecked(), NotChecked("锁门")])
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
    assert [one.answers for one in shuffled.inspections] == [one.answers for one in reading.inspections]


def test_a_signed_line_covers_the_sheet_and_an_unsigned_one_does_not(tmp_path: Path) -> None:
    for signature, expected in (("张三", True), ("", False), ("____", False)):
        rows = [
            ["检查登记表"],
            [f"空白即未发现问题（签字）：{signature}"],
            ["被检单位", "检查日期", "垃圾处数（处）"],
            ["东岭村", "2022-06-10", ""],
        ]
        (one,) = read(write_csv(tmp_path / "s.csv", rows)).inspections
        assert one.blank_is_none is expected
        assert one.answers == {"垃圾处数": NotChecked()}


def test_places_reasons_and_people_are_kept(tmp_path: Path) -> None:
    titles = ["被检单位", "检查日期", "检查人员", "未查原因", "垃圾处数", "垃圾处数点位", "堵路"]
    row = ["东岭", "2022年6月1日", "王、李", "锁门", "2", "村口；井边\n桥头", ""]
    (one,) = read(write_csv(tmp_path / "s.csv", [titles, row])).inspections
    assert one.places == {"垃圾处数": ("村口", "井边", "桥头")}
    assert (one.answers["堵路"], one.inspectors, one.date) == (
        NotChecked("锁门"),
        ("李", "王"),
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
            lambda _, sheet: sheet.write_formula(1, 2, "=1+1", None, ""),
            "单元格 C2: “=1+1”没有算出结果。改成直接填写的值",
        ),
        (
            lambda _, sheet: sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!"),
            "单元格 C2: “=1/0”没有算出结果",
        ),
        (
            lambda book, sheet: sheet.merge_range(1, 2, 2, 2, "1", book.add_format()),
            "合并了几行的单元格。取消合并，每一行都填上",
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


def test_a_calculated_formula_and_a_date_cell_are_read(tmp_path: Path) -> None:
    (one, _) = read(
        workbook(tmp_path / "表.xlsx", lambda _, sheet: sheet.write_formula(1, 2, "=1+1", None, 2))
    ).inspections
    assert one.answers["垃圾处数"] == 2


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


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (500 << 20))
    return out.getvalue()


def nested() -> bytes:
    return b"[" * 200_000


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", lambda: b"PK\x03\x04 not a zip", "打不开"),
        ("a.xlsx", bomb, "解开后太大"),
        ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "可能加了密码"),
        ("a.xls", lambda: b"hello", "打不开"),
        ("a.csv", lambda: b"", "文件是空的"),
        ("a.csv", lambda: b"a,b\n\x00\x00", "空字符"),
        ("a.csv", lambda: b"\xff\xff\xff\xff", "编码认不出来"),
        ("a.pdf", lambda: b"%PDF", "不认识的文件类型“.pdf”"),
        ("a.json", nested, "括号套得太深"),
        ("a.json", lambda: b'[{"a": 1, "a": 2}]', "键“a”重复"),
        ("a.json", lambda: b'[{"a": 1', "JSON 写法有误"),
        ("a.json", lambda: b"[1, 2]", "每条记录应是"),
        ("a.jsonl", lambda: b'{"a": 1}\n{"a"\n', "第2行"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused(
    name: str, content: Callable[[], bytes], said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content())
    with pytest.raises(ScoringError, match=said):
        read(tmp_path / name)


@given(
    garbage=st.binary(max_size=300),
    suffix=st.sampled_from([".csv", ".xlsx", ".xls", ".json", ".jsonl", ".ods"]),
    cut=st.integers(0, 9000),
)
@settings(max_examples=150)
def test_garbage_never_ends_in_anything_but_a_problem(
    garbage: bytes, suffix: str, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = (ROOT / "fixtures" / "clean" / "june.xlsx").read_bytes() if suffix == ".xlsx" else b""
    path = tmp_path_factory.mktemp("g") / f"x{suffix}"
    path.write_bytes(whole[:cut] + garbage + whole[cut + len(garbage) : cut * 4])
    try:
        assert isinstance(read(path), Reading)
    except ScoringError as error:
        assert error.problems


@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=11), max_size=5))
@settings(max_examples=150)
def test_any_cells_are_read_or_told(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    clean = [[cell.replace("\0", "").replace("\r", "") for cell in row] for row in rows]
    path = (
        write_csv(tmp_path_factory.mktemp("c") / "c.csv", [TITLES, *clean, OTHER], "gb18030")
        if _encodable(clean)
        else None
    )
    if path is not None:
        reading = read(path)
        assert reading.inspections or reading.problems


def _encodable(rows: list[list[str]]) -> bool:
    try:
        "".join("".join(row) for row in rows).encode("gb18030")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["名称", "类别"], ["东岭村", ""]], "第2行: 名称和类别都要填"),
        ([["名称", "类别"], ["东岭村", "行政村"], ["东岭村", "行政村"]], "编号“东岭村”重复"),
        ([["名称", "类别", "电化"], ["东岭村", "行政村", "1"]], "名册没有“电化”这一栏。可用: 单位编号、名称"),
        ([["名称", "类别", "类别"], ["东岭村", "行政村", "1"]], "“类别”这一栏有两个"),
        ([["村名", "类别"], ["东岭村", "行政村"]], "找不到名册的表头"),
        ([["名称", "类别"]], "名册里没有单位"),
    ],
    ids=["没有类别", "编号重复", "栏目写错", "栏目重复", "没有表头", "没有单位"],
)
def test_a_wrong_register_is_refused(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match=said):
        read_register(write_csv(tmp_path / "名册.csv", rows))


def test_both_registers_of_the_fixtures_are_the_same() -> None:
    found = [read_register(ROOT / "fixtures" / f"register.{suffix}").units for suffix in ("csv", "xlsx")]
    assert found[0] == found[1]
    assert len(found[0]) == 22 + 14 + 146 + 7 + 19


def test_the_fixtures_are_what_their_script_writes(tmp_path: Path) -> None:
    import runpy

    runpy.run_path(str(ROOT / "fixtures" / "generate.py"))["main"](tmp_path)
    for path in tmp_path.rglob("*.*"):
        kept = ROOT / "fixtures" / path.relative_to(tmp_path)
        if path.suffix == ".csv":
            assert path.read_bytes() == kept.read_bytes()
        elif path.suffix == ".xlsx":
            books = [openpyxl.load_workbook(one) for one in (path, kept)]
            assert [list(sheet.values) for sheet in books[0]] == [list(sheet.values) for sheet in books[1]]
