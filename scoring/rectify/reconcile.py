"""What a scoring makes of the orders there are: problems that need one, troubles found again, orders that rest on nothing.

Nothing is issued twice: a problem that has its order is known, and one all of whose places earlier orders name that are
not 销号 yet is noted on them. Where it names new places too, it gets an order of its own that refers to them. An order whose
problem is no longer found (the sheet was corrected) is 撤销 where nobody has touched it, else kept and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar
from scoring.rectify.issued import IssuedOrder, VisitKey, problem_of
from scoring.rectify.lifecycle import State, issued
from scoring.rectify.orders import Order


@dataclass(frozen=True, slots=True)
class Issue:
    """How orders are issued: in which round, from which number, on which day (None: each on that of its visit)."""

    round: str
    first: int
    on: date | None
    calendar: Calendar

    def order(self, found: Order, nth: int, see: tuple[str, ...]) -> IssuedOrder:
        """Return the ``nth`` order, from 0, that is issued."""
        seen = found.inspection
        life = issued(found.deadline, seen.date, seen.time, found.person, self.calendar)
        photos = (one.photo for one in seen.occurrences if one.field == found.subject and one.photo)
        return IssuedOrder(
            number=f"{self.round}-{self.first + nth:04d}",
            round=self.round,
            unit=found.unit,
            visit=seen.visit,
            subject=found.subject,
            places=found.places,
            clauses=found.clauses,
            problem=found.problem,
            text=found.text,
            responsible=found.responsible,
            severity=found.severity,
            photos=tuple(photos),
            see=see,
            life=replace(life, last_on=self.on or seen.date),
        )


@dataclass(frozen=True, slots=True)
class Again:
    """A trouble found again: the order that has it, the finding, and the number of its own order where it has new places."""

    number: str
    found: Order
    other: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: orders to issue, findings to note, orders to withdraw; ``kept`` rest on nothing but were touched."""

    new: tuple[IssuedOrder, ...]
    again: tuple[Again, ...]
    known: int
    gone: tuple[IssuedOrder, ...]
    kept: tuple[IssuedOrder, ...]


def plan(
    found: Iterable[Order], known: Collection[IssuedOrder], issue: Issue, unscored: Collection[str] = ()
) -> Plan:
    """Return what a round's problems make of every order there is, in the order of days and units.

    ``unscored`` are the ids of units whose visits could not be scored: nothing is known of their orders. Raises
    ScoringError where something was found after the day on which it is to be issued.
    """
    ordered = sorted(found, key=lambda one: (one.inspection.date, *problem_of(one)))
    gone, kept = _unfounded(ordered, known, issue.round, unscored)
    dropped = {one.number for one in gone}
    desk = _Desk([one for one in known if one.number not in dropped], issue)
    for one in ordered:
        desk.take(one)
    _in_time(desk.new, issue.on)
    return Plan(tuple(desk.new), tuple(desk.again), desk.known, gone, kept)


def _unfounded(
    found: Iterable[Order], known: Iterable[IssuedOrder], round: str, unscored: Collection[str]
) -> tuple[tuple[IssuedOrder, ...], tuple[IssuedOrder, ...]]:
    """Return the round's orders that no finding says any more: those nobody touched, and the others."""
    now = {problem_of(one): one for one in found}
    wrong = [
        one
        for one in known
        if one.round == round
        and one.life.state is not State.CANCELLED
        and one.unit.id not in unscored
        and (one.same_as not in now or not one.says(now[one.same_as]))
    ]
    return tuple(one for one in wrong if not one.moves), tuple(one for one in wrong if one.moves)


class _Desk:
    """Go through the findings one by one, each seeing the orders that those before it were given."""

    def __init__(self, standing: Iterable[IssuedOrder], issue: Issue) -> None:
        self.issue, self.known = issue, 0
        self.new: list[IssuedOrder] = []
        self.again: list[Again] = []
        self.noted: set[tuple[str, VisitKey]] = set()
        self.by_trouble: dict[tuple[str, str], list[IssuedOrder]] = defaultdict(list)
        for one in standing:
            self.noted |= {(one.number, visit) for visit in one.again}
            if not one.withdrawn:
                self.by_trouble[one.unit.id, one.subject].append(one)

    def take(self, found: Order) -> None:
        """Settle one finding: it has its order, or is noted on those that cover it, or gets an order of its own."""
        there = self.by_trouble[found.unit.id, found.subject]
        covering = [one for one in there if one.covers(found)]
        if any(map(partial(_has, found), there)):
            self.known += 1
        elif not _all_named(covering, found):
            self.note(covering, found, self.open(found, covering))
        elif not self.note(covering, found):
            self.known += 1

    def open(self, found: Order, covering: Iterable[IssuedOrder]) -> str:
        """Issue an order of its own to a finding; return its number."""
        made = self.issue.order(found, len(self.new), tuple(one.number for one in covering))
        self.new.append(made)
        self.by_trouble[found.unit.id, found.subject].append(made)
        return made.number

    def note(self, covering: Iterable[IssuedOrder], found: Order, other: str = "") -> bool:
        """Note a finding on the orders that cover it, once a visit; return whether anything was new."""
        visit = found.inspection.visit
        fresh = [one.number for one in covering if (one.number, visit) not in self.noted]
        self.noted |= {(number, visit) for number in fresh}
        self.again += [Again(number, found, other) for number in fresh]
        return bool(fresh)


def _has(found: Order, one: IssuedOrder) -> bool:
    """Return whether an order is the finding's own; one that somebody cancelled stays so while it reads the same."""
    return one.same_as == problem_of(found) and (one.life.state is not State.CANCELLED or one.says(found))


def _all_named(covering: Collection[IssuedOrder], found: Order) -> bool:
    """Return whether some orders name every place of a finding; one without places names them all."""
    if any(not one.places for one in covering):
        return True
    return bool(covering) and set(found.places) <= {place for one in covering for place in one.places}


def _in_time(new: Iterable[IssuedOrder], on: date | None) -> None:
    late = [one for one in new if on is not None and one.found_on > on]
    if late:
        last = max(one.found_on for one in late)
        raise ScoringError(
            [Problem(message=f"有{len(late)}件是 {on} 以后查到的，不能在 {on} 交办", hint=f"把 --on 改到 {last} 或以后，或不写")]
        )  # fmt: skip
