"""The values of a round: what is taken from each card, and what a unit comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from scoring.inspection import Unit


@dataclass(frozen=True, slots=True)
class CardLine:
    """What a round needs of one card: a (unit, standard, visit) and its published score, an interval while 未查.

    ``coverage`` is the share of applicable clauses that were checked; ``veto`` says whether a veto is certain.
    """

    unit: Unit
    standard: str
    source: str
    date: date
    number: int
    inspectors: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    coverage: Decimal | None
    veto: Literal["", "possible", "certain"] = ""
    veto_grade: str = ""


@dataclass(frozen=True, slots=True, order=True)
class ExtraPoints:
    """附加: points the office adds (or takes: negative), with its reason; ``standard`` is empty for all of them."""

    unit: str
    standard: str
    points: Decimal
    reason: str
    by: str


@dataclass(frozen=True, slots=True, order=True)
class LowerScore:
    """What a unit came to in a round of a shorter period: its published score and grade."""

    unit: str
    standard: str
    round: str
    period: str
    ends: date
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of a total: a source, or the rounds below; ``count`` visits or rounds went in, ``share`` is its weight."""

    name: str
    share: Decimal
    low: Decimal | None
    high: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What one unit comes to in a round under one standard (empty: all of them together).

    ``parts`` add up, weighted, to the total before ``extra``; each is published, so the sum can be checked by hand.
    ``rank`` is None with the reason in ``unranked``; ``reported`` are sources shown and not scored.
    """

    unit: Unit
    standard: str
    group: tuple[str, ...]
    parts: tuple[PartScore, ...]
    reported: tuple[PartScore, ...]
    extra: Decimal
    low: Decimal | None
    high: Decimal | None
    grade: str | None
    coverage: Decimal | None
    rank: int | None = None
    unranked: str = ""
    honours: tuple[str, ...] = ()
    awards: tuple[tuple[str, Decimal], ...] = ()

    @property
    def score(self) -> Decimal | None:
        """Return the score where it is settled."""
        return self.low if self.low == self.high else None
