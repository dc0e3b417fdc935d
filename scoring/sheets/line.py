"""Read one row of a sheet cell by cell; what is wrong with its cells is collected, not raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from scoring.errors import Problem
from scoring.sheets.cells import CellError
from scoring.sheets.table import Cell, Complaint, Table

T = TypeVar("T")
# What a column's reader made of a text or number before: sheets say the same few words again and again.
Memo = dict[tuple[Any, ...], Any]
_REMEMBERED = 50_000
_UNKNOWN: Any = object()


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
        cell = self.line[column] if column < len(self.line) else ""
        plain = cell.__class__ is str or cell.__class__ is Decimal
        if plain and not self.refused:
            known: T | None = self.memo.get((column, cell), _UNKNOWN)
            if known is not _UNKNOWN:
                return known
        try:
            if complaint := self.refused.get((self.row, column)):
                raise CellError(*complaint)
            found = reader(cell)
        except CellError as error:
            self.complain(column, error.message, error.hint)
            return None
        if plain:
            if len(self.memo) >= _REMEMBERED:
                self.memo.clear()
            self.memo[column, cell] = found
        return found
