"""``compile(standard, on=date)``: versions settled, conditions read, every price a ``Tariff``.

A successor (同一编号、施行更晚) ends its predecessor for good: it does not come back when the successor is 废止.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from scoring.compile.compiled import (
    CompiledBonus,
    CompiledClause,
    CompiledItem,
    compile_bonus,
    compile_clause,
)
from scoring.compile.terms import Terms, terms_of
from scoring.errors import Problem, ScoringError
from scoring.finding import Ruleset
from scoring.rule.standard import Standard

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Program:
    """A standard as it stands on a day: what the four steps run on."""

    standard: Standard
    clauses: tuple[CompiledClause, ...]
    items: tuple[CompiledItem, ...]
    terms: Terms
    bonuses: tuple[CompiledBonus, ...] = ()

    @cached_property
    def scale(self) -> Decimal:
        """Return what a unit that loses nothing gets: 标化分 where the standard has one, else the total 满分."""
        return self.full if self.standard.scale is None else self.standard.scale

    @cached_property
    def full(self) -> Decimal:
        """Return the total 满分 of the items in force."""
        return sum((item.full for item in self.items), Decimal(0))

    @cached_property
    def ruleset(self) -> Ruleset:
        """Return the numbers the generic inference rules are made with."""
        return Ruleset(severe=self.standard.severe or 0)

    @cached_property
    def grades(self) -> tuple[tuple[str, Decimal], ...]:
        """Return (等次, 起点分), the best first."""
        return tuple(sorted(self.standard.grades.items(), key=lambda pair: -pair[1]))

    @cached_property
    def conclusions(self) -> dict[str, tuple[int, ...]]:
        """Return the numbers of the clauses in force that each 结论 rests on."""
        named = self.standard.conclusions.items()
        return {name: tuple(self.numbers[id] for id in ids if id in self.numbers) for name, ids in named}

    @cached_property
    def law(self) -> tuple[str, tuple[tuple[str, date | None], ...]]:
        """Return what a law is told by: the digest of its standard, and the 编号 and 施行 of each clause in force."""
        return self.standard.sha256, tuple((one.card.id, one.card.starts) for one in self.clauses)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each clause by its 编号."""
        return {clause.card.id: clause.number for clause in self.clauses}

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the name of each clause by its 编号."""
        return {clause.card.id: clause.card.name for clause in self.clauses}

    def clause(self, number: int) -> CompiledClause:
        """Return a clause by its number."""
        return self.clauses[number - 1]


class Law:
    """Every version of the standards in use, and the programs that hold on a day; compiled once per law."""

    def __init__(self, standards: Iterable[Standard]) -> None:
        self.standards = tuple(standards)
        self._days: dict[date, tuple[Program, ...]] = {}
        self._programs: dict[object, Program] = {}

    def on(self, day: date) -> tuple[Program, ...]:
        """Return the program of each standard in force on a day, in the order of 编号."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = tuple(self._program(one, day) for one in settle(self.standards, day))
        return found

    def _program(self, standard: Standard, day: date) -> Program:
        law = (id(standard), _in_force(standard, day))
        if law not in self._programs:
            self._programs[law] = compile(standard, day)
        return self._programs[law]


def settle(standards: Iterable[Standard], on: date) -> tuple[Standard, ...]:
    """Return the version in force on a day of each 编号, in the order of 编号; none where it is 废止."""
    latest = _latest(((one.id, one.starts, one) for one in standards), on)
    return tuple(one for _, one in sorted(latest.items()) if one.ends is None or on < one.ends)


def compile(standard: Standard, on: date) -> Program:
    """Compile a standard as it stands on a day.

    Raises ScoringError when it is not in force on that day, and fit.CardError for a card that ``check`` would refuse.
    """
    if not settle([standard], on):
        ends = f"、{standard.ends} 废止" if standard.ends else ""
        raise ScoringError(
            [Problem(message=f"“{standard.name}”在 {on} 不施行", hint=f"{standard.starts} 施行{ends}")]
        )
    terms = terms_of(standard)
    clauses: list[CompiledClause] = []
    items: list[CompiledItem] = []

    def by_id(place: tuple[int, int]) -> tuple[int, int, str]:
        id = standard.items[place[0]].clauses[place[1]].id
        return place[0], len(id), id

    for i, j in sorted(_in_force(standard, on), key=by_id):
        item = standard.items[i]
        if not items or items[-1].name != item.name:
            items.append(CompiledItem(len(items) + 1, item.name, item.full, ()))
        number = len(clauses) + 1
        clauses.append(compile_clause(item.clauses[j], standard, terms, number, items[-1]))
        items[-1] = replace(items[-1], clauses=(*items[-1].clauses, number))
    extra = standard.bonus
    bonuses = [
        compile_bonus(card, standard, terms, number, extra.cap)
        for number, card in enumerate(extra.clauses if extra else (), start=1)
        if extra
    ]
    return Program(standard, tuple(clauses), tuple(items), terms, tuple(bonuses))


def _in_force(standard: Standard, on: date) -> tuple[tuple[int, int], ...]:
    """Return the places (item, clause) of the clauses in force: the law of a day, as a key."""
    versions = (
        (clause.id, clause.starts or standard.starts, (i, j))
        for i, item in enumerate(standard.items)
        for j, clause in enumerate(item.clauses)
    )
    places = _latest(versions, on).values()
    ends = {(i, j): standard.items[i].clauses[j].ends for i, j in places}
    return tuple(sorted(place for place, end in ends.items() if end is None or on < end))


def _latest(versions: Iterable[tuple[str, date, T]], on: date) -> dict[str, T]:
    """Return the version of each 编号 with the latest 施行 that has come; its own 废止 is not asked here."""
    latest: dict[str, tuple[date, T]] = {}
    for name, starts, version in versions:
        if starts <= on and (name not in latest or starts > latest[name][0]):
            latest[name] = (starts, version)
    return {name: version for name, (_, version) in latest.items()}
