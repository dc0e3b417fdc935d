"""Write the museum's messy workbooks from ``cases.yaml``: the same bytes of sheets each time.

A case's sheet is drawn line by line, its cells parted by ``|``: 数:3 is a number, 日:2026-06-04 a date, 式:=1+1 a formula
never calculated, 错:#N/A an error value, 真: and 假: logical values; anything else is text.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

HERE = Path(__file__).parent


def cases() -> list[dict[str, Any]]:
    """Return the cases in the order of the file."""
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
    return found


def write(case: dict[str, Any], folder: Path) -> Path:
    """Write a case's file, or name the one that is kept beside this script."""
    if "文件" in case:
        return HERE / case["文件"]
    if case.get("格式", "xlsx") == "csv":
        path = folder / "表.csv"
        with path.open("w", encoding=case.get("编码", "utf-8"), newline="") as file:
            (lines,) = case["表"].values()
            csv.writer(file).writerows(line.split("|") for line in lines)
        return path
    path = folder / "表.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, lines in case["表"].items():
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line.split("|")):
                _cell(book, sheet, row, column, cell)
        for area in case.get("合并", {}).get(name, ()):
            first = area.partition(":")[0]
            column, row = ord(first[0]) - 65, int(first[1:]) - 1
            sheet.merge_range(area, "")
            _cell(book, sheet, row, column, lines[row].split("|")[column])
    book.close()
    return path


def _cell(book: Any, sheet: Any, row: int, column: int, cell: str) -> None:
    kind, mark, rest = cell.partition(":")
    if mark and kind == "数":
        sheet.write_number(row, column, float(rest))
    elif mark and kind == "日":
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(row, column, dt.datetime.fromisoformat(rest), day)
    elif mark and kind == "式":
        sheet.write_formula(row, column, rest, None, "")
    elif mark and kind == "错":
        sheet.write_formula(row, column, "=1/0", None, rest)
    elif mark and kind in ("真", "假"):
        sheet.write_boolean(row, column, kind == "真")
    elif cell:
        sheet.write_string(row, column, cell)
