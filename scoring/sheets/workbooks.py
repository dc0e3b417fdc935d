"""Workbooks (XLSX, XLSM, XLS, ODS) to tables; the only door to calamine.

Calamine sets aside memory for the whole rectangle between a sheet's first and last cell and ends the process where
there is none, and it reads error values and formulas never calculated as empty: so a zipped workbook is looked through
by ``parts`` before calamine sees it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.columns import REGISTER_SHEET
from scoring.errors import ScoringError
from scoring.sheets.open_document import look_through_open
from scoring.sheets.parts import look_through
from scoring.sheets.table import Cell, Complaint, Layout, Table, bound, refusal

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
MAX_MERGED = 200_000
_AGAIN = "请在 Excel 或 WPS 里打开后另存为 xlsx"


def read_workbook(path: Path, content: bytes) -> tuple[Table, ...]:
    """Return the visible sheets and the register; a hidden sheet only by its name, without rows.

    Raises ScoringError where the workbook is damaged, locked, too large or no workbook at all.
    """
    import python_calamine as calamine

    old = path.suffix.lower() == ".xls" and content.startswith(_OLE)
    if not old and not content.startswith(_ZIP):
        raise refusal(path, *_stranger(content))
    look = look_through_open if path.suffix.lower() == ".ods" else look_through
    refused = None if old else look(path, content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = []
        for meta in book.sheets_metadata:
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible is calamine.SheetVisibleEnum.Visible or meta.name == REGISTER_SHEET:
                sheet = book.get_sheet_by_name(meta.name)
                tables.append(_table(path, sheet, {} if refused is None else refused[meta.name]))
            else:
                tables.append(Table(path.name, meta.name, (), Layout.SHEET, hidden=True))
    except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
        raise _broken(path, error) from None
    except BaseException as error:
        # A panic inside calamine arrives as an exception outside Python's own hierarchy of errors.
        if type(error).__name__ == "PanicException":
            raise _broken(path, error) from None
        raise
    return tuple(tables)


def _stranger(content: bytes) -> tuple[str, str]:
    if content.startswith(_OLE):
        return "工作簿打不开", f"可能加了密码，或其实是旧格式的 xls；{_AGAIN}，不加密码"
    if content.lstrip()[:1] == b"<":
        return "这其实是网页，不是工作簿", _AGAIN
    return "这不是工作簿，或已损坏", _AGAIN


def _broken(path: Path, error: BaseException) -> ScoringError:
    locked = type(error).__name__ == "PasswordError"
    return refusal(
        path,
        "工作簿加了密码" if locked else "工作簿损坏，打不开",
        f"{_AGAIN}，不加密码" if locked else _AGAIN,
    )


def _table(path: Path, sheet: CalamineSheet, refused: Mapping[tuple[int, int], Complaint]) -> Table:
    """Return a sheet's table, its row numbers as the spreadsheet counts."""
    height, width = sheet.total_height, sheet.total_width
    bound(path, height, width, height * width, sheet.name)
    words, numbers = _Words(), _Numbers()
    rows = [
        [
            words[cell]
            if cell.__class__ is str
            else numbers[cell]
            if cell.__class__ is float
            else _cell(cell)
            for cell in row
        ]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    covered = sum(
        max(0, min(last + 1, height) - first) * max(0, min(right + 1, width) - left)
        for first, left, last, right in merged
    )
    if covered > MAX_MERGED:
        raise refusal(path, "合并的单元格太多", "取消合并后另存一份", where=f"工作表“{sheet.name}”")
    return Table(path.name, sheet.name, rows, Layout.SHEET, (), refused, merged)


class _Words(dict[object, Cell]):
    """The words of a sheet, each kept once: sheets say the same few again and again."""

    def __missing__(self, word: object) -> Cell:
        self[word] = found = str(word)
        return found


class _Numbers(dict[object, Cell]):
    """The numbers of a sheet, each made once."""

    def __missing__(self, number: object) -> Cell:
        self[number] = found = _cell(number)
        return found


def _cell(value: object) -> Cell:
    """Return a cell's value; a number is read from the shortest text that is that number."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else str(value)
    return value if isinstance(value, dt.date | dt.time) else str(value)
