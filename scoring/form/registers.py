"""Blank 登记簿 as a workbook: a sheet for each kind, which the import reads back by its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from scoring.form.book import filled
from scoring.form.style import HEADER, Styles, warned
from scoring.inspection import NO, YES
from scoring.registers.kind import Column, Fill, Kind
from scoring.registers.values import MAX_COUNT

ROWS = 100
_MADE = dt.date(2000, 1, 1)  # the same form has the same bytes
_WIDTHS = {Fill.DAY: 11, Fill.COUNT: 8, Fill.YES_NO: 8, Fill.PEOPLE: 14}


def registers_form(kinds: Sequence[Kind]) -> bytes:
    """Return the workbook's bytes, the same for the same kinds."""

    def fill(book: Any, styles: Styles) -> None:
        for kind in kinds:
            _sheet(book.add_worksheet(kind.name), styles, kind)

    return filled("登记簿", "", _MADE, fill)


def _sheet(sheet: Any, styles: Styles, kind: Kind) -> None:
    sheet.write_string(0, 0, kind.name, styles.title)
    sheet.write_string(1, 0, kind.note, styles.note)
    for at, column in enumerate(kind.columns):
        sheet.write_string(HEADER, at, column.label, styles.head)
        sheet.set_column(at, at, _WIDTHS.get(column.fill, 24 if column.needed else 16))
        style = {Fill.DAY: styles.day, Fill.COUNT: styles.number}.get(column.fill, styles.cell)
        for row in range(HEADER + 1, HEADER + 1 + ROWS):
            sheet.write_blank(row, at, None, style)
        if rule := _rule(styles, column):
            said = warned(rule, column.title, _way(column), "")
            sheet.data_validation(HEADER + 1, at, HEADER + ROWS, at, said)
    _paper(sheet, len(kind.columns))


def _paper(sheet: Any, columns: int) -> None:
    """Set up the print: A4 landscape, one page wide, the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)
    sheet.set_row(HEADER, 48)
    for row in range(HEADER + 1, HEADER + 1 + ROWS):
        sheet.set_row(row, 22)
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.print_area(0, 0, HEADER + ROWS, columns - 1)


def _rule(styles: Styles, column: Column) -> dict[str, Any]:
    """Return what a column's cells allow, nothing where they allow any text."""
    match column.fill:
        case Fill.DAY:
            return {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1)}
        case Fill.CHOICE:
            return styles.listed(column.choices)
        case Fill.YES_NO:
            return styles.listed((YES, NO))
        case Fill.COUNT:
            limits = {"minimum": column.least, "maximum": MAX_COUNT}
            return {"validate": "integer", "criteria": "between", **limits}
    return {}


def _way(column: Column) -> str:
    ways = {Fill.DAY: "写全年月日，如 2026-06-10", Fill.COUNT: f"只写个数，不带“{column.unit}”"}
    return ways.get(column.fill, "从下拉中选")
