"""Sheets of text as a workbook that no program calculates: some lines on top, a header, rows."""

from __future__ import annotations

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.sheets.table import letters

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
_LINE, _HIGHEST = 14.5, 400  # points
_SPLIT_SCALE = 56  # percent: what the ledger's wider half needs to fit A4 across
_SCORES = ("得分", "平均分")
_NUMERIC = ("得分", "平均分", "扣分", "名次", "单位数", "已定分", "检查次数", "计分次数", "数量", "大小",
            "序号", "逾期天数", "重复次数", "催办次数")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the lines above the header (each some cells), the titles of its columns, and its rows.

    ``title`` stands large above everything. ``red`` are two columns: a row turns red while the first says more than 0 and
    the second nothing. ``split`` prints two pages side by side: how many columns stand on both, and where the second begins.
    ``widths`` are of columns that are to be otherwise than usual; with them rows are as high as their texts ask.
    """

    name: str
    head: Sequence[Sequence[str]]
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    title: str = ""
    red: tuple[str, str] | None = None
    split: tuple[int, int] | None = None
    widths: Mapping[str, float] = field(default_factory=dict)


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook's bytes; settled numbers of the columns of figures are numbers, everything else is text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": CREATED})
    for sheet in sheets:
        write_sheet(book, sheet)
    book.close()
    return out.getvalue()


def write_sheet(book: Any, content: Sheet) -> None:
    """Write one sheet into a workbook."""
    sheet = book.add_worksheet(content.name)
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    score = book.add_format({"border": 1, "valign": "top", "num_format": "0.00"})
    top = _above(book, sheet, content)
    for column, title in enumerate(content.columns):
        sheet.write_string(top, column, title, head)
        sheet.set_column(column, column, content.widths.get(title, _WIDE.get(title, 10)))
    if content.widths:
        sheet.set_row(top, 2 * _LINE)
    last = top
    for last, row in enumerate(content.rows, start=top + 1):
        if content.widths:
            sheet.set_row(last, _height(content, row))
        for column, cell in enumerate(row):
            title = content.columns[column]
            if title in _NUMERIC and (number := _number(cell)) is not None:
                sheet.write_number(last, column, number, score if title in _SCORES else body)
            else:
                sheet.write_string(last, column, cell, body)
    _paper(sheet, top, last, len(content.columns) - 1, content.split)
    if content.red and last > top:
        _redden(book, sheet, content.columns, content.red, top + 1, last)


def _above(book: Any, sheet: Any, content: Sheet) -> int:
    """Write what stands above the header, and return the header's row."""
    note = book.add_format({"italic": True, "font_color": "#7F6000"})
    if content.title:
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, content.title, book.add_format({"bold": True, "font_size": 18}))
    for above, line in enumerate(content.head, start=bool(content.title)):
        for column, cell in enumerate(line):
            sheet.write_string(above, column, cell, note)
    return len(content.head) + bool(content.title)


def _height(content: Sheet, row: Sequence[str]) -> float:
    """Return how high a row must be for all its words, in points; not every program finds out by itself."""
    wide = (content.widths.get(title, _WIDE.get(title, 10)) for title in content.columns)
    lines = (math.ceil(cells(text, 1.1) / width) for text, width in zip(row, wide, strict=True))
    return min(_LINE * max(1, *lines) + 2, _HIGHEST)


def cells(text: str, narrow: float = 1.3) -> float:
    """Return a text's cells; the narrow ones are taken a little wide, for they do not break where a line is full."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else narrow for char in text)


def _paper(sheet: Any, top: int, last: int, right: int, split: tuple[int, int] | None) -> None:
    """Set up the screen and the print: the header stays, A4 across, pages numbered, one page wide unless split."""
    kept, second = split or (0, 0)
    sheet.freeze_panes(top + 1, kept)
    sheet.autofilter(top, 0, last, right)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.2})
    if split:
        # Breaks by hand only hold where the print is not fitted to a number of pages.
        sheet.set_print_scale(_SPLIT_SCALE)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.repeat_columns(0, kept - 1)
        sheet.set_v_pagebreaks([second])
    else:
        sheet.fit_to_pages(1, 0)


def _redden(
    book: Any, sheet: Any, columns: Sequence[str], red: tuple[str, str], first: int, last: int
) -> None:
    """Let a row turn red, and back once the second column is filled in."""
    more, until = (f"${letters(columns.index(one))}" for one in red)
    sheet.conditional_format(
        first, 0, last, len(columns) - 1,
        {
            "type": "formula",
            "criteria": f'=AND(N({more}{first + 1})>0,{until}{first + 1}="")',
            "format": book.add_format({"font_color": "#C00000", "bg_color": "#FDE9E7"}),
        },
    )  # fmt: skip


def _number(cell: str) -> float | None:
    """Return a published figure as the workbook's number; it is shown, never calculated with."""
    return float(cell) if cell and cell.replace(".", "", 1).isdigit() else None
