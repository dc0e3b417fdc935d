"""The museum of wrong sheets: one mistake each, its exact words and place in every kind of file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from scoring.inspection import Unit
from scoring.sheets.read import Reading, read_sheets
from scoring.sheets.register import Register
from scoring.sheets.table import letters
from tests.support import clause, standard

MUSEUM = Path(__file__).parent / "bad_sheets"
FORM = """  垃圾处数: {填: 数量, 单位: 处, 最大: 500}
  堵路: {填: 是否}
  责任书: {填: 选项, 选项: [已签, 过期, 未签], 可缺项: 是}
  绿化率: {填: 百分比}
"""
FIELDS = standard(FORM, [(100, [clause(1, "堵路 = 是", "5")])]).form
REGISTER = Register.of(
    [
        Unit("01", "东岭村", "行政村", "东片", ("东岭",)),
        Unit("02", "西坡村", "行政村"),
        Unit("03", "大小塘村", "行政村", "", ("小塘",)),
        Unit("04", "小小塘村", "行政村", "", ("小塘",)),
    ]
)
RIGHT = {
    "被检单位": "东岭村", "单位编号": "", "类别": "行政村", "片区": "", "检查日期": "2022-06-10", "检查时间": "09:30",
    "第几次": "1", "垃圾处数": "3", "垃圾处数点位": "村口、井边", "堵路": "否", "责任书": "已签", "绿化率": "60%",
    "空白即未发现问题": "否", "备注": "",
}  # fmt: skip
OTHER = {**RIGHT, "被检单位": "西坡村", "绿化率": "0%"}


def write(path: Path, rows: list[list[str]]) -> Path:
    """Write rows of text as the kind of file the name says."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    elif path.suffix == ".json":
        records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        path.write_text(json.dumps(records), encoding="utf-8")
    else:
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        sheet = book.add_worksheet("表")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        book.close()
    return path


def place(kind: str, row: int, column: int | None, title: str) -> str:
    if kind == "json":
        return f"第{row - 1}条“{title}”"
    if kind == "csv":
        return f"第{row}行" if column is None else f"第{row}行第{column + 1}列"
    return f"工作表“表” 第{row}行" if column is None else f"工作表“表” 单元格 {letters(column)}{row}"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((MUSEUM / name).read_text(encoding="utf-8"))
    assert len({case["名"] for case in found}) == len(found)
    return found


MISTAKES = [
    (case, kind) for case in cases("mistakes.yaml") for kind in case.get("只", ["csv", "xlsx", "json"])
]


@pytest.mark.parametrize(("case", "kind"), MISTAKES, ids=[f"{case['名']}-{kind}" for case, kind in MISTAKES])
def test_one_mistake_is_told_with_its_place_and_the_way_out(
    case: dict[str, Any], kind: str, tmp_path: Path
) -> None:
    changed = {title: _spelt(word) for title, word in {**RIGHT, **case.get("改", {})}.items()}
    titles = [case.get("栏", {}).get(title, title) for title in RIGHT]
    rows = [titles, list(changed.values()), list(OTHER.values())]
    reading = read_sheets([write(tmp_path / f"sheet.{kind}", rows)], FIELDS, REGISTER)
    column = list(RIGHT).index(case["在"]) if case["在"] else None
    row = case.get("行", 1 if "栏" in case else 2)
    # In JSON a wrong key makes every record of that form wrong; the first is named.
    where = place(kind, 2 if kind == "json" else row, column, titles[column or 0])
    assert [str(one) for one in reading.problems] == [f"sheet.{kind} {where}: {case['说']}"]
    if "改" in case:
        assert [one.unit.name for one in reading.inspections] == ["西坡村"], "the others are read"
        assert all(
            one.unit == "" or one.unit in {unit.id for unit in reading.unscored} for one in reading.problems
        )


def _spelt(word: str) -> str:
    char, sign, times = word.partition("×")
    return char * int(times) if sign else word


def test_the_sheet_that_the_mistakes_change_is_right(tmp_path: Path) -> None:
    for kind in ("csv", "xlsx", "json"):
        rows = [list(RIGHT), list(RIGHT.values()), list(OTHER.values())]
        reading = read_sheets([write(tmp_path / f"sheet.{kind}", rows)], FIELDS, REGISTER)
        assert not reading.problems
        assert [one.unit.name for one in reading.inspections] == ["东岭村", "西坡村"]


GRIDS = cases("grids.yaml")


@pytest.mark.parametrize("case", GRIDS, ids=[case["名"] for case in GRIDS])
def test_a_wrong_sheet_is_told_whole(case: dict[str, Any], tmp_path: Path) -> None:
    rows = [line.split("|") for line in case["表"]]
    path = write(tmp_path / "sheet.csv", rows)
    reading = read_sheets([path], FIELDS, None if case.get("名册") == "无" else REGISTER)
    assert [str(one) for one in reading.problems] == case["说"]
    assert _names(reading) == (case.get("评", []), case.get("未评", []))


def _names(reading: Reading) -> tuple[list[str], list[str]]:
    return [one.unit.name for one in reading.inspections], [unit.name for unit in reading.unscored]
