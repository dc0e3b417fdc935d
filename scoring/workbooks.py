"""Workbooks (XLSX, XLS, XLSB, ODS) to tables; the only door to calamine and openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from scoring.table import Cell, Table, refusal

MAX_UNPACKED = 400 << 20
MAX_PARTS = 5000


def read_workbook(path: Path, content: bytes) -> tuple[Table, ...]:
    """Return the visible sheets and the register; raise ScoringError where the workbook is damaged, locked or a bomb."""
    import python_calamine as calamine

    doubtful = zipfile.is_zipfile(io.BytesIO(content)) and _inspected(path, content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
        hidden = [one.name for one in book.sheets_metadata if one.name == "名册" and one.name not in names]
        sheets = [(name, book.get_sheet_by_name(name)) for name in (*names, *hidden)]
        grids = {
            name: [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
            for name, sheet in sheets
        }
        merged = {name: sheet.merged_cell_ranges or [] for name, sheet in sheets}
    except (calamine.CalamineError, OSError, ValueError) as error:
        hint = "可能加了密码" if content[:4] == b"\xd0\xcf\x11\xe0" else "请在 Excel 或 WPS 里打开后另存一份"
        raise refusal(path, f"工作簿打不开（{error}）", hint) from None
    unread = _unread(content, grids) if doubtful else {}
    tall = {
        name: tuple((bottom, left) for (top, left), (bottom, _) in merged[name] if bottom > top)
        for name in grids
    }
    return tuple(
        Table(path.name, name, rows, 1, True, unread.get(name, {}), tall[name])
        for name, rows in grids.items()
    )


def _inspected(path: Path, content: bytes) -> bool:
    """Refuse a zip bomb; return whether any sheet holds formulas or error cells, which need a second look."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise refusal(path, "工作簿解开后太大", "请删去多余的工作表和空行后另存一份")
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            return any(re.search(rb'<f[ >/]| t="e"', archive.read(part)) for part in sheets)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise refusal(path, f"工作簿损坏（{error}）", "请在 Excel 或 WPS 里打开后另存一份") from None


def _cell(value: object) -> Cell:
    """Return a cell's value; a number is read from the shortest text that is that number."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else str(value)
    return value if isinstance(value, dt.date | dt.time) else str(value)


def _unread(
    content: bytes, grids: Mapping[str, list[list[Cell]]]
) -> dict[str, dict[tuple[int, int], tuple[str, str]]]:
    """Find cells that read as empty but are not: error values and formulas never calculated."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    found = {
        name: {
            (cell.row - 1, cell.column - 1): (f"“{str(cell.value)[:30]}”没有算出结果", "改成直接填写的值")
            for line in book[name].iter_rows()
            for cell in line
            if cell.value is not None
            and str(cell.value).strip()
            and _at(rows, cell.row - 1, cell.column - 1) == ""
        }
        for name, rows in grids.items()
    }
    book.close()
    return found


def _at(rows: list[list[Cell]], row: int, column: int) -> Cell:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
