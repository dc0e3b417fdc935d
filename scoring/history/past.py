"""What is known of a unit from before: its earlier findings and orders, and the facts the inference sees of them.

A store fills ``PastFinding`` and ``PastOrder`` from its rows, in any order and with nothing summed up. What
counts as earlier is decided here: rounds that began before the one being judged, and orders found before the day of the
visit; so an old round scored again from a full store comes to the same.

One fact is made per clause and round: not passed if any visit failed it, passed if one passed it. A round in which the
clause was 未查 or 不适用 at every visit has no number, so that it neither extends a run nor breaks it. Days count from
the visit (days since 销号) or from the as-of date (days late), and are clipped at what some rule reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoring.finding import FindingFact, OrderFact, Result, Ruleset
from scoring.history.ladder import Policy


@dataclass(frozen=True, slots=True, order=True)
class PastFinding:
    """A clause's answer at one visit of a round; ``began`` is the round's first day, ``round`` what it is called (2026-05)."""

    began: date
    round: str
    clause: str
    result: Result


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order as it stood on the as-of date: cancelled ones are left out.

    ``due_on`` is None where the date is fixed apart (另定), ``replied_on`` the day on which 整改 was reported, ``closed_on``
    that of 销号. ``level`` is the level of 督办 it has reached (0: none), ``redo`` how often 复查 found it 不合格.
    """

    clauses: tuple[str, ...]
    found_on: date
    due_on: date | None
    replied_on: date | None = None
    closed_on: date | None = None
    level: int = 0
    redo: int = 0
    number: str = ""

    def open(self, on: date) -> bool:
        """Return whether the order had not been 销号 by the end of a day."""
        return self.closed_on is None or self.closed_on > on

    def late(self, on: date) -> int:
        """Return how many days it was past its deadline on a day; what was reported done in time is in time."""
        done = on if self.replied_on is None else min(self.replied_on, on)
        return 0 if self.due_on is None else max((done - self.due_on).days, 0)

    def __str__(self) -> str:
        """Name the order as a ledger does."""
        return f"{self.number}整改单" if self.number else f"{self.found_on} 的整改单"


@dataclass(frozen=True, eq=False)
class Earlier:
    """What was found of a unit in the rounds before one that ``began`` on a day; read once, however many visits ask."""

    began: date
    findings: Sequence[PastFinding] = ()

    @cached_property
    def checked(self) -> Mapping[str, tuple[tuple[str, bool], ...]]:
        """Return each clause's earlier rounds in which it was checked, the latest first: (round, whether it failed)."""
        rounds: dict[str, dict[tuple[date, str], bool]] = {}
        for one in self.findings:
            if one.began < self.began and one.result in (Result.FAIL, Result.PASS):
                seen = rounds.setdefault(one.clause, {})
                place = one.began, one.round
                seen[place] = seen.get(place, False) or one.result is Result.FAIL
        return {
            clause: tuple((name, seen[began, name]) for began, name in sorted(seen, reverse=True))
            for clause, seen in rounds.items()
        }

    @cached_property
    def last_round(self) -> str:
        """Return what the latest earlier round is called, empty where there is none."""
        earlier = ((one.began, one.round) for one in self.findings if one.began < self.began)
        return max(earlier, default=(None, ""))[1]

    def run(self, clause: str) -> tuple[str, ...]:
        """Return the rounds just before this one in which a clause failed without passing since, the earliest first."""
        names: list[str] = []
        for name, failed in self.checked.get(clause, ()):
            if not failed:
                break
            names.append(name)
        return tuple(reversed(names))


@dataclass(frozen=True, slots=True)
class History:
    """One unit's past, as a visit sees it, and the policy it is judged by.

    ``as_of`` is the day on which deadlines are looked at, the day of the visit where it is None.
    """

    earlier: Earlier
    policy: Policy
    orders: Sequence[PastOrder] = ()
    as_of: date | None = None


def finding_facts(
    earlier: Earlier, ruleset: Ruleset, clauses: Iterable[tuple[int, int, str]]
) -> Iterator[FindingFact]:
    """Yield the earlier fails of some clauses, (number, item, 编号) each, as far back as a run is told apart."""
    for number, item, id in clauses:
        rounds = earlier.checked.get(id, ())[: max(ruleset.run - 1, 0)]
        for back, (_, failed) in enumerate(rounds, start=1):
            if failed:
                yield FindingFact(number, item, cur=0, seq=-back, nxt=1 - back)


class OrderFacts:
    """Turn orders into facts for one ruleset, as of a day, for clauses ``seen`` on another; clipped at what a rule reads."""

    def __init__(self, ruleset: Ruleset, as_of: date, seen: date) -> None:
        self._as_of, self._seen, self._relapse = as_of, seen, ruleset.relapse
        self._days = max((0, *ruleset.late, *(one.late for one in ruleset.levels)))
        self._times = max((0, *ruleset.redo, *(one.redo for one in ruleset.levels)))

    def __call__(self, order: PastOrder, clause: int) -> OrderFact:
        """Return what the inference sees of an order of a clause."""
        redo = min(order.redo, self._times)
        if order.closed_on is None or order.open(self._as_of):
            late = min(order.late(self._as_of), self._days)
            return OrderFact(clause, open=1, late=late, level=order.level, redo=redo)
        ago = min((self._seen - order.closed_on).days, self._relapse + 1)
        return OrderFact(clause, open=0, fixed_ago=max(ago, -1), level=order.level, redo=redo)
