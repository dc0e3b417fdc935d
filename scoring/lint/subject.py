"""A standard made ready to be doubted: every card compiled, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic

from scoring.compile.compiled import CardT, Check, CompiledItem, compile_bonus, compile_clause
from scoring.compile.terms import Terms, terms_of
from scoring.errors import Loc
from scoring.lint.doubt import Doubt, doubt
from scoring.lint.most import most
from scoring.lint.reach import Reach
from scoring.points import ZERO
from scoring.rule.casefile import CaseFile
from scoring.rule.clause import BonusClause, Clause, Item
from scoring.rule.standard import Standard


@dataclass(frozen=True, eq=False)
class Placed(Generic[CardT]):
    """A card compiled by itself, its place, and the most it can come to.

    ``current`` says that it is the latest version of its 编号, and not 废止.
    """

    loc: Loc
    check: Check[CardT]
    most: Decimal
    current: bool = True

    @property
    def card(self) -> CardT:
        """Return the card as written."""
        return self.check.card


MOST_KINDS = 50
AnyPlaced = Placed[Clause] | Placed[BonusClause]


@dataclass(frozen=True, eq=False)
class Subject:
    """A standard, its cases where it has any, and its cards compiled.

    Doubts are about the law as it will stand when all that is written has come into force: what is superseded is
    history, and nobody can change it.
    """

    standard: Standard
    cases: CaseFile | None
    terms: Terms
    clauses: tuple[Placed[Clause], ...]
    bonuses: tuple[Placed[BonusClause], ...]
    reach: Reach

    @cached_property
    def current(self) -> tuple[Placed[Clause], ...]:
        """Return the clauses in force at the end."""
        return tuple(one for one in self.clauses if one.current)

    @cached_property
    def cards(self) -> tuple[AnyPlaced, ...]:
        """Return the clauses in force at the end, then those of the 加分."""
        return (*self.current, *self.bonuses)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of unit looked at one by one; no standard has more than a few."""
        return self.standard.kinds[:MOST_KINDS]

    @cached_property
    def by_item(self) -> tuple[tuple[int, Item, tuple[Placed[Clause], ...]], ...]:
        """Return (place, item, its clauses in force at the end) of the items that have any."""
        found: dict[int, list[Placed[Clause]]] = {}
        for one in self.current:
            found.setdefault(int(one.loc[1]), []).append(one)
        return tuple((place, self.standard.items[place], tuple(ones)) for place, ones in found.items())

    def doubt(self, code: str, loc: Loc, message: str, hint: str = "") -> Doubt:
        """Return a doubt about a place of this standard."""
        return doubt(code, self.standard, loc, message, hint)


def prepare(standard: Standard, cases: CaseFile | None) -> Subject:
    """Compile a standard that ``check`` has found right."""
    terms = terms_of(standard)
    reach = Reach(terms)
    clauses, bonuses = _clauses(standard, terms, reach), _bonuses(standard, terms, reach)
    return Subject(standard, cases, terms, tuple(clauses), tuple(bonuses), reach)


def _clauses(standard: Standard, terms: Terms, reach: Reach) -> Iterator[Placed[Clause]]:
    latest = _latest(standard)
    for i, item in enumerate(standard.items):
        alone = CompiledItem(1, item.name, item.full, (1,))
        for j, card in enumerate(item.clauses):
            check = compile_clause(card, standard, terms, 1, alone)
            highest = most(check.tariff, item.full, reach.values)
            yield Placed(("项目", i, "条款", j), check, highest, (i, j) in latest)


def _bonuses(standard: Standard, terms: Terms, reach: Reach) -> Iterator[Placed[BonusClause]]:
    bonus = standard.bonus
    for j, card in enumerate(() if bonus is None else bonus.clauses):
        cap = ZERO if bonus is None else bonus.cap
        check = compile_bonus(card, standard, terms, 1, cap)
        yield Placed(("加分", "条款", j), check, most(check.tariff, cap, reach.values))


def _latest(standard: Standard) -> set[tuple[int, int]]:
    """Return the places of the clauses that stand when the last version written has come into force."""
    versions: dict[str, tuple[date, int, int]] = {}
    last = standard.starts
    for i, item in enumerate(standard.items):
        for j, card in enumerate(item.clauses):
            starts = card.starts or standard.starts
            if standard.ends is None or starts < standard.ends:
                last = max(last, starts)
                versions[card.id] = max(versions.get(card.id, (starts, i, j)), (starts, i, j))
    ends = {(i, j): standard.items[i].clauses[j].ends for _, i, j in versions.values()}
    return {place for place, end in ends.items() if end is None or last < end}
