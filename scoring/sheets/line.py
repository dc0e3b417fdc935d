"""Read one row of a sheet cell by cell; what is wrong with its cells is collected, not raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from scoring.errors import Problem
from scoring.sheets.cells import CellError
from scoring.sheets.table import Cell, Complaint, Table

T = TypeVar("T")
# What a column's reader made of a text before: sheets say the same few words again and again.
Memo = dict[tuple[int, str], Any]
_REMEMBERED = 50_000


class Line:
    """One row being read: its cells taken one by one, and what is wrong with it."""

    def __init__(
        self, table: Table, row: int, refused: Mapping[tuple[int, int], Complaint], memo: Memo
    ) -> None:
        self.table, self.row, self.refused, self.memo = table, row, refused, memo
        self.line = table.rows[row]
        self.problems: list[Problem] = []

    def complain(self, column: int | None, message: str, hint: str = "") -> None:
        """Add a problem at a column of the row."""
        self.problems.append(self.table.problem(self.row, column, message, hint))

    def take(self, column: int | None, reader: Callable[[Cell], T]) -> T | None:
        """Return what a reader makes of a column's cell; None where there is no such column or it is a problem."""
        if column is None:
            return None
        try:
            if complaint := self.refused.get((self.row, column)):
                raise CellError(*complaint)
            return self.remembered(column, self.line[column] if column < len(self.line) else "", reader)
        except CellError as error:
            self.complain(column, error.message, error.hint)
            return None

    def remembered(self, column: int, cell: Cell, reader: Callable[[Cell], T]) -> T:
        """Return what a column's one reader makes of a cell; raise CellError where it complains."""
        if not isinstance(cell, str):
            return reader(cell)
        if (column, cell) not in self.memo:
            if len(self.memo) >= _REMEMBERED:
                self.memo.clear()
            try:
                self.memo[column, cell] = reader(cell)
            except CellError as error:
                self.memo[column, cell] = error
        found = self.memo[column, cell]
        if isinstance(found, CellError):
            raise CellError(found.message, found.hint)
        known: T = found
        return known
