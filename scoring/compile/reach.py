"""What the clauses of a standard rest on: which clauses some names concern, and which 检查项 a kind of unit is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from scoring.compile.compiled import Check, CompiledItem, compile_bonus, compile_clause
from scoring.compile.terms import Terms, terms_of
from scoring.rule.standard import Standard

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
    for check in _checks(standard, terms):
        if wanted.intersection(check.reads):
            yield check.card.id


def asked_of(standard: Standard, kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the 检查项 that units of some kinds are asked, in the order of the form.

    Left out is only what clauses for other kinds ask and none for these does, with the whole that it is a part of.
    """
    own = frozenset(kinds)
    here: set[str] = set()
    elsewhere: set[str] = set()
    for check in _checks(standard, terms_of(standard)):
        (here if own & check.kinds else elsewhere).update(check.asks)
    elsewhere |= {field.at_most for field in standard.form.values() if field.at_most is not None}
    kept = dict.fromkeys(name for name in standard.form if name in here or name not in elsewhere)
    todo = list(kept)
    while todo:  # the whole of a part (不多于) is asked with it
        whole = standard.form[todo.pop()].at_most
        if whole is not None and whole not in kept:
            kept[whole] = None
            todo.append(whole)
    return tuple(name for name in standard.form if name in kept)


def _checks(standard: Standard, terms: Terms) -> Iterator[Check[Any]]:
    for clause in standard.clauses:
        yield compile_clause(clause, standard, terms, 1, _ITEM)
    for bonus in standard.bonus.clauses if standard.bonus else ():
        yield compile_bonus(bonus, standard, terms, 1, Decimal(0))
