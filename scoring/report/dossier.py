"""What every finished document is made of, whether it comes from a round or from one file's scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar
from scoring.inspection import Unit
from scoring.judge.standing import Standing
from scoring.points import ZERO
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.reconcile import Issue, plan
from scoring.rectify.supervision import Supervised
from scoring.registers.totals import Totals
from scoring.round import UnitScore
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.score import Assessment
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class PastRound:
    """What an earlier round of the same kind came to, for a trend."""

    name: str
    ends: date
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """What was done from a dossier's first day to its last, whichever round keeps it.

    ``visits`` are the inspections by source, ``visited`` how many units they went to, ``orders`` all that were issued,
    ``rounds`` the shorter rounds that the dossier's own is made of, from the earliest.
    """

    visits: Mapping[str, int]
    visited: int
    orders: tuple[IssuedOrder, ...]
    rounds: tuple[PastRound, ...]


@dataclass(frozen=True)
class Dossier:
    """A round, or the sheets of one file, as of a day: ranks, cards and orders, with what is known from before.

    ``standings`` stand in the order of groups and ranks, ``orders`` in that of their numbers, ``earlier`` rounds from the
    earliest. ``again`` are the orders of other rounds whose trouble this one found again. ``pending`` are those of
    earlier rounds that are still open; ``supervised`` says which of all go to somebody higher. ``counted`` is what the
    registers add up to between the first day and the last, ``period`` what all rounds of those days hold: both are None of
    sheets alone, the second also where nobody asked for it. ``amendments`` are the 更正说明, line by line;
    ``seal`` is the number and hash of the last event about the round in the trail, None without a database.
    """

    title: str
    starts: date
    ends: date
    as_of: date
    standards: tuple[Standard, ...]
    standings: tuple[Standing, ...]
    cards: tuple[ScoreCard, ...]
    orders: tuple[IssuedOrder, ...]
    scheme: Scheme | None = None
    earlier: tuple[PastRound, ...] = ()
    counted: Totals | None = None
    period: Period | None = None
    again: tuple[IssuedOrder, ...] = ()
    pending: tuple[IssuedOrder, ...] = ()
    supervised: tuple[Supervised, ...] = ()
    amendments: tuple[tuple[str, ...], ...] = ()
    seal: tuple[int, str] | None = None

    @property
    def provisional(self) -> bool:
        """Return whether any number is 拟定, which every document that shows it must say."""
        own = self.scheme is not None and self.scheme.provisional
        return own or any(one.provisional for one in self.standards)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Return the units that anything is said of, by 编号."""
        return {one.unit.id: one.unit for one in self.orders} | {
            one.unit.id: one.unit for one in self.standings
        }

    @cached_property
    def cards_of(self) -> Mapping[str, tuple[ScoreCard, ...]]:
        """Return each unit's cards by its 编号, in the order of visits."""
        found: dict[str, list[ScoreCard]] = {}
        for card in sorted(self.cards, key=lambda one: (one.inspection.visit, one.program.standard.id)):
            found.setdefault(card.inspection.unit.id, []).append(card)
        return {id: tuple(cards) for id, cards in found.items()}

    @cached_property
    def orders_of(self) -> Mapping[str, tuple[IssuedOrder, ...]]:
        """Return each unit's orders by its 编号."""
        return _by_unit(self.orders)

    @cached_property
    def troubles_of(self) -> Mapping[str, tuple[IssuedOrder, ...]]:
        """Return the orders of all that this round found at each unit, whichever round issued them, by its 编号."""
        return _by_unit((*self.again, *self.orders))


def _by_unit(orders: Iterable[IssuedOrder]) -> Mapping[str, tuple[IssuedOrder, ...]]:
    found: dict[str, list[IssuedOrder]] = {}
    for one in orders:
        found.setdefault(one.unit.id, []).append(one)
    return {id: tuple(own) for id, own in found.items()}


def dossier_of(assessment: Assessment, title: str, as_of: date | None, calendar: Calendar) -> Dossier:
    """Return the dossier of one run over sheets, called by a title, as of a day or of the last visit.

    Its orders are as if they were issued then. Raises ScoringError where there is neither a visit nor a day.
    """
    days = [card.inspection.date for card in assessment.cards] or ([as_of] if as_of else [])
    if not days:
        raise ScoringError([Problem(message="没有评出一次检查，没有什么可写"), *assessment.problems])
    issue = Issue(title, 1, None, calendar)
    return Dossier(
        title=title,
        starts=min(days),
        ends=max(days),
        as_of=as_of or max(days),
        standards=assessment.standards,
        standings=tuple(map(_standing, assessment.units)),
        cards=assessment.cards,
        orders=plan(assessment.orders, (), issue).new,
    )


def _standing(one: UnitScore) -> Standing:
    """Return a unit's mean over its visits as a standing under the plain round."""
    why = "" if one.rank is not None else "得分没有确定"
    return Standing(
        one.unit,
        one.standard.id,
        (one.unit.kind,),
        (),
        (),
        ZERO,
        one.low,
        one.high,
        one.grade,
        None,
        one.rank,
        why,
    )
