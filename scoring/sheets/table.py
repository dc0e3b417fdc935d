"""A sheet as plain cells, and how a place in it is named; what every kind of file is read into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from scoring.columns import LEDGER_TOTALS, REGISTER_SHEET, REPAIRS_SHEET
from scoring.errors import Problem, ScoringError
from scoring.inspection import Origin

Cell = str | Decimal | dt.datetime | dt.date | dt.time | bool
Complaint = tuple[str, str]

MAX_ROWS = 200_000
MAX_COLUMNS = 1000
MAX_CELLS = 10_000_000


class Layout(StrEnum):
    """What a table was written as, which decides how its places are named."""

    SHEET = "格"
    GRID = "栏"
    LINES = "行"
    RECORDS = "条"
    SUBMISSIONS = "份"

    @property
    def keyed(self) -> bool:
        """Return whether the first row holds the keys of what follows, so that no header has to be looked for."""
        return self in (Layout.LINES, Layout.RECORDS, Layout.SUBMISSIONS)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet's cells; ``numbers`` are the file's own numbers of its rows, 1, 2, 3 … where empty.

    ``refused`` holds, by row and column from 0, the complaint about each cell whose content cannot be used: error
    values, formulas never calculated, what is no text or number. ``merged`` are the ranges of merged cells, as top,
    left, bottom, right from 0. A hidden sheet has no rows. ``notices`` are to be told to the user. The first column of
    submissions from phones names each. ``across`` are the file's own numbers of the rows that were turned into columns
    here (``numbers`` are then those of its columns).
    """

    path: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    layout: Layout = Layout.GRID
    numbers: Sequence[int] = ()
    refused: Mapping[tuple[int, int], Complaint] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    notices: Sequence[str] = ()
    across: Sequence[int] = ()

    def origin(self, row: int) -> Origin:
        """Return where a row (from 0) stands in the file."""
        number = self.numbers[row] if self.numbers else row + 1
        return Origin(self.path, self.sheet, number, bool(self.across))

    def filled(self, row: int) -> Iterator[int]:
        """Yield the columns of a row that hold anything."""
        for column, cell in enumerate(self.rows[row]):
            if (row, column) in self.refused or (cell.strip() if isinstance(cell, str) else True):
                yield column

    def problem(self, row: int, column: int | None, message: str, hint: str = "", unit: str = "") -> Problem:
        """Return a problem at a cell (row and column from 0) or, without a column, at a row."""
        number = self.origin(row).row
        if self.across:
            return self._across(number, column, message, hint, unit)
        match self.layout:
            case Layout.SHEET:
                place = f"第{number}行" if column is None else f"单元格 {letters(column)}{number}"
                return Problem(self.path, 0, 0, f"工作表“{self.sheet}” {place}", message, hint, unit)
            case Layout.SUBMISSIONS:
                own = f"提交 {self.rows[row][0]}" if row else "提交"
                key = "" if column is None else f"“{self.rows[0][column]}”"
                return Problem(self.path, 0, 0, f"{own}{key}", message, hint, unit)
            case Layout.RECORDS | Layout.LINES:
                key = "" if column is None else f"“{self.rows[0][column]}”"
                return Problem(self.path, 0, 0, f"第{number}{self.layout}{key}", message, hint, unit)
        return Problem(self.path, number, 0 if column is None else column + 1, "", message, hint, unit)

    def _across(self, number: int, column: int | None, message: str, hint: str, unit: str) -> Problem:
        """Return a problem of a turned table, its place as it stands in the file."""
        sheet = f"工作表“{self.sheet}” " if self.layout is Layout.SHEET else ""
        if column is None or not number:
            place = f"第{number}列" if number else "标题行"
            return Problem(self.path, 0, 0, f"{sheet}{place}", message, hint, unit)
        line = self.across[column]
        if self.layout is Layout.SHEET:
            return Problem(self.path, 0, 0, f"{sheet}单元格 {letters(number - 1)}{line}", message, hint, unit)
        return Problem(self.path, line, number, "", message, hint, unit)


_GUIDES = ("说明", "填写说明", REGISTER_SHEET, REPAIRS_SHEET, LEDGER_TOTALS)


def holds_rows(table: Table) -> bool:
    """Return whether a table should hold what is asked for: it is shown, no guide, register or list of repairs, and not empty."""
    if table.hidden or table.sheet in _GUIDES:
        return False
    return any(next(table.filled(row), None) is not None for row in range(len(table.rows)))


def letters(column: int) -> str:
    """Return a column's letters, as a spreadsheet shows them.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def refusal(path: Path, message: str, hint: str = "", line: int = 0, where: str = "") -> ScoringError:
    """Return the error for a file that cannot be read at all."""
    return ScoringError([Problem(path.name, line, where=where, message=message, hint=hint)])


def bound(path: Path, rows: int, columns: int, cells: int, sheet: str = "") -> None:
    """Raise ScoringError where a table is larger than is read."""
    where = f"工作表“{sheet}”" if sheet else ""
    if rows > MAX_ROWS:
        raise refusal(
            path, f"有{rows}行，太多", f"最多{MAX_ROWS}行；删去多余的行，或拆成几个文件", where=where
        )
    if columns > MAX_COLUMNS:
        raise refusal(path, f"有{columns}列，太多", f"最多{MAX_COLUMNS}列；删去右边多余的列", where=where)
    if cells > MAX_CELLS:
        raise refusal(path, "表太大", f"最多{MAX_CELLS}格；删去多余的行和列，或拆成几个文件", where=where)
