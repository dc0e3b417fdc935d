"""A table being mended: cells put in place of others, rows left out, columns added; each change on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scoring.sheets.mend.consent import Consent
from scoring.sheets.mend.repair import SKIP, Ground, Open, Proposal, Repair
from scoring.sheets.table import Cell, Complaint, Table


class Draft:
    """A copy of a table that shares every row until it is changed; rows and columns count from 0."""

    def __init__(self, table: Table, consent: Consent) -> None:
        self.source, self.consent = table, consent
        self.rows: list[Sequence[Cell]] = list(table.rows)
        self.refused: dict[tuple[int, int], Complaint] = dict(table.refused)
        self.merged = list(table.merged)
        self.repairs: list[Repair] = []
        self.opens: list[Open] = []

    def table(self) -> Table:
        """Return the table as mended."""
        return replace(self.source, rows=self.rows, refused=self.refused, merged=self.merged)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, "" beyond the row's end."""
        line = self.rows[row]
        return line[column] if column < len(line) else ""

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell in place of another."""
        line = list(self.rows[row])
        line += [""] * (column + 1 - len(line))
        line[column] = cell
        self.rows[row] = line

    def leave_out(self, row: int) -> None:
        """Empty a row."""
        self.rows[row] = ()
        self.refused = {at: one for at, one in self.refused.items() if at[0] != row}
        self.merged = [one for one in self.merged if not one[0] <= row <= one[2] or one[0] != one[2]]

    def leave_out_column(self, column: int, top: int) -> None:
        """Empty a column from its title downwards."""
        for row in range(top, len(self.rows)):
            if column < len(self.rows[row]) and self.rows[row][column] != "":
                self.put(row, column, "")
        self.refused = {at: one for at, one in self.refused.items() if at[1] != column or at[0] < top}

    def note(
        self, row: int, column: int | None, what: tuple[str, str, str], why: str, ground: Ground = Ground.SURE
    ) -> None:
        """Record a repair; ``what`` is the title, what was read and what it is taken as."""
        at, origin = self.source.problem(row, column, ""), self.source.origin(row)
        place = at.where or (f"第{at.line}行" + (f"第{at.column}列" if at.column else ""))
        self.repairs.append(Repair(at.path, self.source.sheet, origin.row, place, *what, why, ground))

    def settle(self, row: int, column: int | None, title: str, read: str, proposal: Proposal) -> str | None:
        """Return what a cell is taken as, on record; None where nobody agreed, and what is open is noted."""
        choice = self.consent.choice(title, read, proposal)
        if choice is None:
            if proposal.choices:
                self.opens.append(Open(self.source.problem(row, column, ""), title, read, proposal))
            return None
        taken, ground = choice
        why = proposal.why if taken in proposal.choices else "按对照表"
        self.note(row, column, (title, read, taken or SKIP), why, ground)
        return taken
