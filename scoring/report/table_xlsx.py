"""The scoring table as a workbook: one sheet, set up for A4, no formula in it."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from scoring.report.book import OPTIONS, cells
from scoring.report.paging import paged
from scoring.report.score_table import MARGIN, SIGN, Group, Line, ScoreTable
from scoring.rule.standard import Standard

BODY, HEADING = "仿宋", "黑体"
_PIXEL, _POINT = 0.2646, 0.3528  # millimetres
_SIZE, _LEAD, _HEADER = 10, 14.5, 30
_POINTS = (4, 5, 6)
# What a page keeps in hand, because programs round heights.
_SLACK = 14

_Block = tuple[list[float], Callable[[int, int], object]]


def table_xlsx(table: ScoreTable, standard: Standard, *, landscape: bool = False) -> bytes:
    """Return the workbook's bytes, the same for the same standard."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    created = dt.datetime.combine(standard.starts, dt.time())
    book.set_properties(
        {"title": table.title, "comments": f"{standard.id} {standard.sha256}", "created": created}
    )
    name = "评分表" if table.scored else "记录表"
    TableSheet(book, table, name, landscape=landscape).write()
    book.close()
    return out.getvalue()


class TableSheet:
    """Write the table row by row; an item stays on one page where a page can hold it."""

    def __init__(self, book: Any, table: ScoreTable, name: str, *, landscape: bool) -> None:
        self.sheet = book.add_worksheet(name)
        self.table, self.landscape, self.row = table, landscape, 0
        self.widths = table.widths(landscape=landscape)
        self.last = len(self.widths) - 1
        self.used = 0.0
        self.breaks: list[int] = []
        cell = {"font_name": BODY, "font_size": _SIZE, "border": 1, "text_wrap": True, "valign": "vcenter"}
        plain = {"font_name": BODY, "valign": "vcenter", "text_wrap": True}
        self.text = book.add_format(cell)
        self.middle = book.add_format({**cell, "align": "center"})
        self.number = book.add_format({**cell, "align": "center", "font_size": 9})
        self.head = book.add_format({**cell, "font_name": HEADING, "align": "center"})
        self.title = book.add_format({**plain, "font_name": HEADING, "font_size": 18, "align": "center"})
        self.warning = book.add_format({**plain, "font_size": 11, "align": "center"})
        self.line = book.add_format({**plain, "font_size": 11})
        self.note = book.add_format({**plain, "font_size": 9})

    def write(self) -> None:
        """Write everything."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, round(width / _PIXEL))
        self.across(self.table.title, self.title, 30)
        self.across(f"（{self.table.warning}）", self.warning, 18)
        for line in self.table.head:
            self.across(line, self.line, 20)
        header = self.row
        for column, title in enumerate(self.table.titles):
            self.sheet.write_string(header, column, title, self.head)
        self.next(_HEADER)
        self.body()
        self.paper(header)

    def body(self) -> None:
        """Write the items and what stands below them, each on one page where a page can hold it."""
        page = ((210 if self.landscape else 297) - 2 * MARGIN) / _POINT - _SLACK
        blocks = [self.block(group) for group in self.table.groups]
        if self.table.scored:
            blocks.append(([24.0], lambda *_: self.total()))
        blocks += [self.block(group) for group in self.table.bonus]
        foot = list(self.foot_rows())
        blocks.append(([row[2] for row in foot], lambda start, end: self.rows_across(foot[start:end])))
        for number, start, end, fresh in paged(
            [heights for heights, _ in blocks], page - self.used, page - _HEADER
        ):
            if fresh:
                self.breaks.append(self.row)
            blocks[number][1](start, end)

    def block(self, group: Group) -> _Block:
        """Return an item as a block of rows: their heights, and what writes some of them."""
        heights = self.heights(group)
        return heights, lambda start, end: self.group(group, heights, start, end)

    def next(self, height: float) -> None:
        """Finish a row."""
        self.sheet.set_row(self.row, height)
        self.used += height
        self.row += 1

    def across(self, text: str, style: Any, height: float) -> None:
        """Write one row over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, self.last, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.next(height)

    def rows_across(self, rows: Sequence[tuple[str, Any, float]]) -> None:
        """Write some rows over the whole width."""
        for text, style, height in rows:
            self.across(text, style, height)

    def heights(self, group: Group) -> list[float]:
        """Return the height of each clause's row: its words, and its share of the item's name."""
        share = self.lines(_named(group), self.widths[1], _SIZE) / len(group.lines)
        return [
            max(_LEAD * max(share, *map(self.cell_lines, self.cells(line))) + 4, 24) for line in group.lines
        ]

    def cell_lines(self, cell: tuple[int, str]) -> int:
        """Return how many lines a column's text takes."""
        column, text = cell
        return self.lines(text, self.widths[column], _SIZE)

    def group(self, group: Group, heights: Sequence[float], start: int, end: int) -> None:
        """Write some of an item's clauses; its name, mark and points stand once, beside all of them."""
        first = self.row
        for line, height in list(zip(group.lines, heights, strict=True))[start:end]:
            for column in range(4, self.last + 1):
                self.sheet.write_blank(self.row, column, None, self.text)
            for column, text in self.cells(line):
                self.put(column, text, self.text if column else self.number)
            self.next(height)
        self.beside(first, 1, _named(group) + ("\n（续）" if start else ""))
        if self.table.scored:
            self.beside(first, 4, "" if start else group.mark)
            self.beside(first, 6, "" if start else group.awarded)

    def beside(self, first: int, column: int, text: str) -> None:
        """Write one cell that spans the rows from ``first`` to here."""
        if first != self.row - 1:
            self.sheet.merge_range(first, column, self.row - 1, column, "", self.middle)
        self.put(column, text, self.middle, first)

    def put(self, column: int, text: str, style: Any, row: int | None = None) -> None:
        """Write one cell: points as a number, so that they can be added up, everything else as text."""
        row = self.row if row is None else row
        if (
            self.table.filled
            and self.table.scored
            and column in _POINTS
            and text.replace(".", "", 1).isdigit()
        ):
            self.sheet.write_number(row, column, float(text), self.middle)
        elif text:
            self.sheet.write_string(row, column, text, style)

    def cells(self, line: Line) -> list[tuple[int, str]]:
        """Return a clause's cells by their columns."""
        said = [(5, line.lost), (7, line.note)] if self.table.scored else [(4, line.note)]
        return [(0, f"{line.number}\n{line.id}"), (2, line.text), (3, line.rule), *said]

    def total(self) -> None:
        """Write the row 合计."""
        self.sheet.merge_range(self.row, 0, self.row, 3, "", self.head)
        for column in range(4, self.last + 1):
            self.sheet.write_blank(self.row, column, None, self.head)
        sums = self.table.total, self.table.lost, self.table.awarded
        for column, text in zip((0, *_POINTS), ("合计", *sums), strict=True):
            self.put(column, text, self.head)
        self.next(24)

    def foot_rows(self) -> Iterator[tuple[str, Any, float]]:
        """Yield the rows over the whole width under the table: text, format, height."""
        if self.table.results:
            yield self.table.results, self.text, 28
        for number, note in enumerate(self.table.notes, start=1):
            text = f"{number}. {note}"
            yield text, self.note, 12.5 * self.lines(text, sum(self.widths), 9) + 2
        yield SIGN, self.line, 34

    def lines(self, text: str, width: float, size: float) -> int:
        """Return how many lines a text takes in a cell of some millimetres, a little on the safe side."""
        room = (width - 2) / (size * _POINT) * 2
        return sum(max(math.ceil(cells(part) / room), 1) for part in text.split("\n"))

    def paper(self, header: int) -> None:
        """Set up the print: A4, one page wide, the header on every page, pages numbered, items whole."""
        sheet = self.sheet
        (sheet.set_landscape if self.landscape else sheet.set_portrait)()
        sheet.set_paper(9)
        side = MARGIN / 25.4
        sheet.set_margins(left=side, right=side, top=side, bottom=side)
        sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.2})
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(header)
        sheet.freeze_panes(header + 1, 0)
        sheet.set_h_pagebreaks(self.breaks)
        sheet.print_area(0, 0, self.row - 1, self.last)


def _named(group: Group) -> str:
    return f"{group.name}\n（{group.full}）" if group.full else group.name
