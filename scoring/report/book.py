"""Sheets of text as a workbook that no program calculates: some lines on top, a header, rows."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# Text from outside must stay text: never a formula, a link, or a number read out of a code.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A fixed date, so that the same content gives the same bytes.
CREATED = dt.datetime(2000, 1, 1)
_WIDE = {"主要问题": 44, "扣分说明": 44, "整改要求": 44, "整改措施": 44, "点位": 24, "原文": 36, "问题描述": 30, "期限": 18,
         "整改时限": 18, "被检单位": 18, "责任单位": 20, "检查人员": 16, "单位编号": 16, "问题编号": 16, "分值来源": 20, "问题": 80,
         **dict.fromkeys(("检查日期", "发现日期", "签收日期", "延期至", "批准日期", "完成日期", "核查日期"), 12),
         "名称": 18, "别名": 18, "走访户号": 24,
         "备用户号": 18}  # fmt: skip
_SCORES = ("得分", "平均分")
_NUMERIC = ("得分", "平均分", "扣分", "名次", "单位数", "已定分", "检查次数", "计分次数", "数量", "大小",
            "序号", "逾期天数", "重复次数", "催办次数")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the lines above the header (each some cells), the titles of its columns, and its rows."""

    name: str
    head: Sequence[Sequence[str]]
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook's bytes; settled numbers of the columns of figures are numbers, everything else is text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": CREATED})
    for sheet in sheets:
        _write(book, sheet)
    book.close()
    return out.getvalue()


def _write(book: Any, content: Sheet) -> None:
    sheet = book.add_worksheet(content.name)
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    score = book.add_format({"border": 1, "valign": "top", "num_format": "0.00"})
    note = book.add_format({"italic": True, "font_color": "#7F6000"})
    for above, line in enumerate(content.head):
        for column, cell in enumerate(line):
            sheet.write_string(above, column, cell, note)
    top = len(content.head)
    for column, title in enumerate(content.columns):
        sheet.write_string(top, column, title, head)
        sheet.set_column(column, column, _WIDE.get(title, 10))
    last = top
    for last, row in enumerate(content.rows, start=top + 1):
        for column, cell in enumerate(row):
            title = content.columns[column]
            if title in _NUMERIC and (number := _number(cell)) is not None:
                sheet.write_number(last, column, number, score if title in _SCORES else body)
            else:
                sheet.write_string(last, column, cell, body)
    _paper(sheet, top, last, len(content.columns) - 1)


def _paper(sheet: Any, top: int, last: int, right: int) -> None:
    """Set up the screen and the print: the header stays, A4 across, one page wide."""
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, last, right)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _number(cell: str) -> float | None:
    """Return a published figure as the workbook's number; it is shown, never calculated with."""
    return float(cell) if cell and cell.replace(".", "", 1).isdigit() else None
