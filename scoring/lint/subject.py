"""A standard made ready to be doubted: every card compiled, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic

from scoring.casefile import CaseFile
from scoring.clause import BonusClause, Clause, Item
from scoring.compiled import CardT, Check, CompiledItem, compile_bonus, compile_clause
from scoring.errors import Loc
from scoring.lint.doubt import Doubt, doubt
from scoring.lint.most import most
from scoring.lint.reach import Reach
from scoring.standard import Standard
from scoring.terms import Terms, terms_of


@dataclass(frozen=True, eq=False)
class Placed(Generic[CardT]):
    """A card compiled by itself, and its place: ``current`` says that it is the latest version of its 编号, and not 废止."""

    loc: Loc
    check: Check[CardT]
    current: bool = True

    @property
    def card(self) -> CardT:
        """Return the card as written."""
        return self.check.card


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
    def by_item(self) -> tuple[tuple[int, Item, tuple[Placed[Clause], ...]], ...]:
        """Return (place, item, its clauses in force at the end) of the items that have any."""
        found: dict[int, list[Placed[Clause]]] = {}
        for one in self.current:
            found.setdefault(int(one.loc[1]), []).append(one)
        return tuple((place, self.standard.items[place], tuple(ones)) for place, ones in found.items())

    def most(self, placed: Placed[Clause] | Placed[BonusClause]) -> Decimal:
        """Return the most a card can come to."""
        return most(placed.check.tariff, placed.check.full, self.reach.values)

    def doubt(self, code: str, loc: Loc, message: str, hint: str = "") -> Doubt:
        """Return a doubt about a place of this standard."""
        return doubt(code, self.standard, loc, message, hint)


def prepare(standard: Standard, cases: CaseFile | None) -> Subject:
    """Compile a standard that ``check`` has found right."""
    terms = terms_of(standard)
    clauses = tuple(_clauses(standard, terms))
    bonus = standard.bonus
    bonuses = tuple(
        Placed(("加分", "条款", j), compile_bonus(card, standard, terms, 1, bonus.cap))
        for j, card in enumerate(bonus.clauses if bonus else ())
        if bonus
    )
    return Subject(standard, cases, terms, clauses, bonuses, Reach(terms, len(clauses) + len(bonuses)))


def _clauses(standard: Standard, terms: Terms) -> Iterator[Placed[Clause]]:
    latest = _latest(standard)
    for i, item in enumerate(standard.items):
        compiled = CompiledItem(1, item.name, item.full, (1,))
        for j, card in enumerate(item.clauses):
            check = compile_clause(card, standard, terms, 1, compiled)
            yield Placed(("项目", i, "条款", j), check, (i, j) in latest)


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
