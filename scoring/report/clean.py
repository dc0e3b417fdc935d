"""Sheets as they were read, written as one clean workbook: the columns by their names, and every repair on a sheet 修正."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring import columns
from scoring.errors import visible
from scoring.report.book import CREATED, OPTIONS
from scoring.sheets.cells import text
from scoring.sheets.header import Fields, Role, Sheet, find_header, known_titles
from scoring.sheets.mend.repair import Repair
from scoring.sheets.read import Opened
from scoring.sheets.register import Register, register_rows
from scoring.sheets.table import Cell

_REPAIR = ("文件", "工作表", "位置", "栏目", "读到", "当作", "原因", "凭什么")
_SUFFIX = {Role.PLACES: columns.PLACE_SUFFIX, Role.REASON: columns.REASON_SUFFIX}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What sheets must share to be written as one: their titles, and the line that signs for blanks."""

    titles: tuple[str, ...]
    signed: str


def clean_workbook(opened: Opened, fields: Fields) -> bytes:
    """Return the workbook's bytes; ``opened`` holds no problem. It is read back as the sheets it was made of."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS | {"constant_memory": True, "in_memory": False})
    book.set_properties({"title": "检查记录", "created": CREATED})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    seen: Counter[str] = Counter()
    for shape, sheets in _alike(opened, fields).items():
        name = columns.OCCURRENCES if columns.ITEM in shape.titles else "检查记录"
        seen[name] += 1
        sheet = book.add_worksheet(name if seen[name] == 1 else f"{name}{seen[name]}")
        _write(sheet, shape, (row for one in sheets for row in _rows(one)), day)
    if opened.register is not None:
        _write_register(book, opened.register)
    _write_repairs(book, opened.mended.repairs)
    book.close()
    return out.getvalue()


def _alike(opened: Opened, fields: Fields) -> dict[_Shape, list[Sheet]]:
    """Return the sheets, those with the same columns together."""
    known = known_titles(fields)
    found: dict[_Shape, list[Sheet]] = defaultdict(list)
    for table in opened.mended.tables:
        sheet = find_header(table, known, [])
        if sheet is not None:
            found[_Shape(tuple(title for title, _ in _titled(sheet)), _signature(sheet))].append(sheet)
    return found


def _titled(sheet: Sheet) -> list[tuple[str, int]]:
    """Return each title as the strict reader has it, with its column; a visit's own columns come first."""
    roles = zip(Role, (sheet.visit, sheet.answers, sheet.places, sheet.reasons), strict=True)
    return [(name + _SUFFIX.get(role, ""), named[name]) for role, named in roles for name in _ordered(named)]


def _ordered(named: Mapping[str, int]) -> list[str]:
    """Return visit columns in their usual order, others in that of the sheet."""
    usual = {title: at for at, title in enumerate((*columns.OCCURRENCE, *columns.VISIT))}
    return sorted(named, key=lambda title: (usual.get(title, len(usual)), named[title]))


def _signature(sheet: Sheet) -> str:
    lines = (" ".join(str(one) for one in line if one != "") for line in sheet.table.rows[: sheet.top])
    return next((line for line in lines if columns.BLANK_IS_NONE in line), "") if sheet.signed else ""


def _rows(sheet: Sheet) -> Iterator[list[Cell]]:
    at = [column for _, column in _titled(sheet)]
    for row in range(sheet.top + 1, len(sheet.table.rows)):
        line = sheet.table.rows[row]
        if next(sheet.table.filled(row), None) is not None:
            yield [line[column] if column < len(line) else "" for column in at]


def _write(sheet: Any, shape: _Shape, rows: Iterable[Sequence[Cell]], day: Any) -> None:
    top = 0
    if shape.signed:
        sheet.write_string(0, 0, shape.signed)
        top = 1
    for column, title in enumerate(shape.titles):
        sheet.write_string(top, column, title)
    for number, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal) and shape.titles[column] != columns.CODE:
                sheet.write_number(number, column, float(cell))
            elif isinstance(cell, dt.date):
                sheet.write_datetime(number, column, cell, day)
            elif cell != "":
                sheet.write_string(number, column, text(cell))


def _write_register(book: Any, register: Register) -> None:
    sheet = book.add_worksheet(columns.REGISTER_SHEET)
    for number, row in enumerate(register_rows(register.units)):
        for column, word in enumerate(row):
            sheet.write_string(number, column, word)


def _write_repairs(book: Any, repairs: Iterable[Repair]) -> None:
    sheet = book.add_worksheet(columns.REPAIRS_SHEET)
    for column, title in enumerate(_REPAIR):
        sheet.write_string(0, column, title)
    for number, one in enumerate(repairs, start=1):
        words = (one.path, one.sheet, one.place, one.title, one.read, one.taken, one.why, one.ground)
        for column, word in enumerate(words):
            sheet.write_string(number, column, visible(word)[:32_000])
