"""A sheet as plain cells, and how a place in it is named; what every kind of file is read into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from scoring.errors import Problem, ScoringError

Cell = str | Decimal | dt.datetime | dt.date | dt.time | bool


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet's cells; ``first`` is the file's number of the first row, ``lettered`` whether columns have letters.

    ``unread`` holds, by row and column from 0, the complaint about each cell whose content cannot be used;
    ``merged`` the last row and the column (from 0) of each cell merged over several rows.
    """

    path: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    first: int = 1
    lettered: bool = False
    unread: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merged: tuple[tuple[int, int], ...] = ()

    def problem(self, row: int, column: int | None, message: str, hint: str = "", unit: str = "") -> Problem:
        """Return a problem at a cell (row and column from 0) or, without a column, at a row."""
        number = self.first + row
        if self.lettered:
            place = f"第{number}行" if column is None else f"单元格 {letters(column)}{number}"
            return Problem(self.path, 0, 0, f"工作表“{self.sheet}” {place}", message, hint, unit)
        return Problem(self.path, number, 0 if column is None else column + 1, "", message, hint, unit)


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


def refusal(path: Path, message: str, hint: str = "") -> ScoringError:
    """Return the error for a file that cannot be read at all."""
    return ScoringError([Problem(path.name, message=message, hint=hint)])
