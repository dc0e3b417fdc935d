"""What a row of a sheet says was done about an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scoring.errors import Problem
from scoring.inspection import Unit
from scoring.sheets.header import Sheet

RECEIVE, EXTEND, REPLY, PASS, FAIL = "签收", "延期", "整改", "复核合格", "复查不合格"


@dataclass(frozen=True, slots=True)
class Said:
    """One step that a row tells; ``on`` is None where the sheet leaves the day of an 延期 open, ``who`` "" where nobody is named.

    ``title`` is the column of its date.
    """

    act: str
    on: dt.date | None
    who: str
    title: str
    note: str = ""
    until: dt.date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One row: which order it means ("", None, () where it does not say), and the steps in the order they are taken."""

    sheet: Sheet
    row: int
    number: str
    unit: Unit | None
    date: dt.date | None
    subject: str
    places: tuple[str, ...]
    steps: tuple[Said, ...]

    def problem(self, title: str, message: str, hint: str) -> Problem:
        """Return a problem at a column of the row, or at the row where the sheet has no such column."""
        return self.sheet.table.problem(self.row, self.sheet.visit.get(title), message, hint)


@dataclass(frozen=True, slots=True)
class Replies:
    """What some sheets say: rows with steps, how many rows say nothing yet, and every problem."""

    rows: tuple[Reply, ...]
    blank: int = 0
    problems: tuple[Problem, ...] = ()
