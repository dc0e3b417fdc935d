"""Which clauses rest on some names: what they read, and what that is worked out of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoring.compiled import CompiledItem, compile_bonus, compile_clause
from scoring.standard import Standard
from scoring.terms import terms_of

_ITEM = CompiledItem(1, "", Decimal(0), ())


def resting_on(standard: Standard, names: Iterable[str]) -> Iterator[str]:
    """Yield the 编号 of every clause whose answer or price rests on one of some 检查项 or computed fields."""
    terms = terms_of(standard)
    wanted = set(names)
    # A computed field reads only what stands above it, so one pass follows every chain.
    wanted |= {name for name in terms.form if wanted.intersection(terms.asked[name])}
    for one in terms.computed:
        if wanted.intersection(one.reads):
            wanted.add(one.name)
    for clause in standard.clauses:
        if wanted.intersection(compile_clause(clause, standard, terms, 1, _ITEM).reads):
            yield clause.id
    for bonus in standard.bonus.clauses if standard.bonus else ():
        if wanted.intersection(compile_bonus(bonus, standard, terms, 1, Decimal(0)).reads):
            yield bonus.id
