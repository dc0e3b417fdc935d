"""The values of a round: what is taken from each card, and what a unit comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.inspection import Unit
from scoring.points import ONE, ZERO

Certainty = Literal["", "possible", "certain"]
Ends = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class CardLine:
    """What a round needs of one card: a (unit, standard, visit) and its published score, an interval while 未查.

    ``coverage`` is the share of applicable clauses that were checked; ``veto`` says whether a veto is certain. Where 豁免
    had a part in the card, ``without`` is its line without any.
    """

    unit: Unit
    standard: str
    source: str
    date: dt.date
    number: int
    inspectors: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    coverage: Decimal | None
    veto: Certainty = ""
    veto_grade: str = ""
    without: CardLine | None = None

    @property
    def counted(self) -> bool:
        """Return whether anything was checked, so that the visit says something of the unit."""
        return bool(self.coverage) and self.low is not None

    @property
    def visit(self) -> tuple[str, str, dt.date, str, tuple[str, ...], int]:
        """Return what makes two lines the same card."""
        return self.unit.id, self.standard, self.date, self.source, self.inspectors, self.number


@dataclass(frozen=True, slots=True, order=True)
class ExtraPoints:
    """附加: points the office adds (or takes: negative), with its reason; ``standard`` is empty for all of them."""

    unit: str
    standard: str
    points: Decimal
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class LowerScore:
    """What a unit came to in a round of a shorter period: its published score, and the grade and honours it won.

    ``standard`` is what the lower round's standing says: empty where several standards are added up. ``without`` is its
    score without 豁免, where one had a part in it.
    """

    unit: Unit
    standard: str
    round: str
    period: str
    ends: dt.date
    low: Decimal | None
    high: Decimal | None
    names: tuple[str, ...] = ()
    without: Ends | None = None


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of a total, down to the single visit; every ``low`` and ``high`` is published.

    ``share`` is its weight in what it is part of; where the parts of something are not weighed, ``how`` says what is
    taken of them (平均, 最低, 最近). ``made`` visits or rounds there were, ``count`` of them went in. ``low`` and
    ``high`` are None where none did.
    """

    name: str
    low: Decimal | None
    high: Decimal | None
    share: Decimal = ONE
    how: str = ""
    count: int = 1
    made: int = 1
    parts: tuple[PartScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Prize:
    """An award in 元; where several units share one by their rank, the whole of it and among how many."""

    name: str
    amount: Decimal
    whole: Decimal | None = None
    sharing: int = 1

    @property
    def left(self) -> Decimal:
        """Return what could not be shared out evenly."""
        return ZERO if self.whole is None else self.whole - self.amount * self.sharing


@dataclass(frozen=True, slots=True)
class Standing:
    """What one unit comes to in a round under one standard (empty: all of them together).

    ``parts`` are weighed into the total before ``extra``; each is published, so the sum can be checked by hand.
    ``rank`` and ``last`` (倒数名次) count within ``group``, of which ``peers`` are ranked; both are None with the reason
    in ``unranked``. ``reported`` are visits shown and not scored. ``extra`` is what the ``extras`` come to within the
    scheme's limits. ``veto`` says whether an 一票否决 is certain; while it is only possible the grade stays open. ``without``
    is what the unit would come to without any 豁免, None where none had a part in it.
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
    awards: tuple[Prize, ...] = ()
    last: int | None = None
    peers: int = 0
    veto: Certainty = ""
    extras: tuple[ExtraPoints, ...] = ()
    without: Ends | None = None

    @property
    def score(self) -> Decimal | None:
        """Return the score where it is settled."""
        return self.low if self.low == self.high else None

    @property
    def won(self) -> tuple[str, ...]:
        """Return what later rounds ask of this one: its grade and honours."""
        return (*((self.grade,) if self.grade else ()), *self.honours)
