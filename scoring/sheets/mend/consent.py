"""What the user has agreed to: which repairs may be made, and the days that a date without a year can mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scoring.sheets.mend.repair import Ground, Proposal

# By title and what stands in the cell, what it is to be taken as.
Known = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Consent:
    """How far cells may be mended: what is sure always, what is proposed only by ``mapping`` or ``accept``.

    ``period`` is the first and the last day of the round.
    """

    accept: bool = False
    mapping: Known = field(default_factory=lambda: MappingProxyType({}))
    period: tuple[dt.date, dt.date] | None = None

    def choice(self, title: str, read: str, proposal: Proposal | None) -> tuple[str, Ground] | None:
        """Return what a cell is to be taken as and by what right; None leaves it a problem."""
        if (known := self.mapping.get((title, read.strip()))) is not None:
            return known, Ground.MAPPED
        if proposal is None or len(proposal.choices) != 1:
            return None
        if proposal.sure:
            return proposal.choices[0], Ground.SURE
        return (proposal.choices[0], Ground.ACCEPTED) if self.accept else None

    def year(self, month: int, day: int) -> int | None:
        """Return the year in which a day falls into the period; None without one, or where two years would fit."""
        if self.period is None:
            return None
        first, last = self.period
        if first.year == last.year:
            return first.year
        fits = [
            year for year in range(first.year, last.year + 1) if first <= _day(year, month, day, last) <= last
        ]
        return fits[0] if len(fits) == 1 else None


def _day(year: int, month: int, day: int, last: dt.date) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return last + dt.timedelta(days=1)
