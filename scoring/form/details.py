"""The form's sheet 问题明细: one row per problem found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from scoring import columns
from scoring.form.style import HEADER, SOURCES, Styles, warned
from scoring.inspection import Unit
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard

ROWS = 30
_WIDTHS = {
    columns.UNIT: 20, columns.DATE: 11, columns.SOURCE: 9, columns.INSPECTORS: 14, columns.NUMBER: 6, columns.ITEM: 20,
    columns.PLACE_SUFFIX: 20, columns.COUNT: 6, columns.SIZE: 6, columns.PHOTO: 16, columns.NOTE: 20,
}  # fmt: skip
_NOTE = "一处问题写一行。数量不写算1处；大小只写数字。登记表上也写了数量的，合计要一样。"


def write_details(book: Any, styles: Styles, standards: Sequence[Standard], units: Sequence[Unit]) -> None:
    """Write the sheet, with drop-downs for the units and for every 数量 that the standards ask."""
    counts = [name for one in standards for name, field in one.form.items() if field.kind is FieldKind.COUNT]
    if not counts:
        return
    sheet = book.add_worksheet(columns.OCCURRENCES)
    sheet.write_string(0, 0, columns.OCCURRENCES, styles.title)
    sheet.write_string(1, 0, _NOTE, styles.note)
    sheet.write_string(2, 0, f"{columns.BLANK_IS_NONE}（签字）：", styles.sign)
    number = {columns.NUMBER, columns.COUNT, columns.SIZE}
    for at, (title, width) in enumerate(_WIDTHS.items()):
        sheet.write_string(HEADER, at, title, styles.head)
        sheet.set_column(at, at, width)
        style = styles.day if title == columns.DATE else styles.number if title in number else styles.cell
        for row in range(HEADER + 1, HEADER + 1 + ROWS):
            sheet.write_blank(row, at, None, style)
    names = [unit.name for unit in units if any(unit.kind in one.kinds for one in standards)]
    for title, (rule, message) in _limits(styles, list(dict.fromkeys(counts)), names).items():
        at = list(_WIDTHS).index(title)
        sheet.data_validation(HEADER + 1, at, HEADER + ROWS, at, warned(rule, title, message, ""))
    _paper(sheet)


def _limits(
    styles: Styles, counts: Sequence[str], names: Sequence[str]
) -> dict[str, tuple[dict[str, Any], str]]:
    """Return what the cells of each column allow, and how to fill them in."""
    first = dt.date(2000, 1, 1)
    units = {columns.UNIT: (styles.listed(names), "从下拉中选")} if names else {}
    return {
        **units,
        columns.DATE: ({"validate": "date", "criteria": ">=", "value": first}, "写全年月日，如 2026-06-10"),
        columns.SOURCE: (styles.listed(SOURCES), "和登记表上一样；那天只查了一次的可不写"),
        columns.ITEM: (styles.listed(counts), "从下拉中选"),
        columns.COUNT: ({"validate": "integer", "criteria": ">=", "value": 1}, "只写个数；一处的可不写"),
        columns.SIZE: ({"validate": "decimal", "criteria": ">=", "value": 0}, "只写数字，如 0.6，不带单位"),
    }


def _paper(sheet: Any) -> None:
    """Set up the print: A4 landscape, one page wide, the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.repeat_rows(HEADER)
    sheet.set_row(HEADER, 30)
    for row in range(HEADER + 1, HEADER + 1 + ROWS):
        sheet.set_row(row, 22)
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.set_footer("&L检查人员签字：&C第 &P 页，共 &N 页&R被检单位签字：")
    sheet.print_area(0, 0, HEADER + ROWS, len(_WIDTHS) - 1)
