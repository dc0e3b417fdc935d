"""What follows from findings: asked of ``infer`` once per pattern of a clause, and only applied in SQL.

Every rule joins facts of one clause only, so what follows from a clause's fail can be asked before any row is read: once
for the clause by itself, and once as the N-th severe one of its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from scoring.compile.program import Program
from scoring.finding import FindingFact, Infer, Mark, MarkKind
from scoring.sql.clauses import Found
from scoring.sql.logic import FALSE, Sql, either
from scoring.sql.whole import compared, counted, fixed

VETOES = (MarkKind.VETO, MarkKind.SEVERE)


@dataclass(frozen=True, slots=True)
class Marks:
    """What follows on one card: the items zeroed (for certain, or as it may turn out), and its vetoes likewise."""

    zeroed: dict[int, Sql]
    threatened: dict[int, Sql]
    vetoed: Sql
    may_be_vetoed: Sql


def marks(program: Program, findings: Sequence[Found], infer: Infer) -> Marks:
    """Return what follows from the findings of a card, for certain and where every 未查 clause fails too."""
    certain = {one.check.number: one.fail for one in findings}
    possible = {one.check.number: either((one.fail, one.may_fail)) for one in findings}
    alone = [mark for one in findings for mark in infer(program.ruleset, (_fact(one),))]
    return Marks(
        _zeroed(alone, certain),
        _zeroed(alone, possible),
        either((_vetoed(alone, certain), _severe(program, findings, certain, infer))),
        either((_vetoed(alone, possible), _severe(program, findings, possible, infer))),
    )


def _fact(one: Found, nth: int = 0) -> FindingFact:
    check = one.check
    return FindingFact(check.number, check.item, zero=int(check.zeroes), veto=int(check.card.veto), nth=nth)


def _zeroed(alone: Iterable[Mark], fails: dict[int, Sql]) -> dict[int, Sql]:
    zeroed: dict[int, Sql] = {}
    for mark in alone:
        if mark.kind is MarkKind.ZERO_ITEM:
            zeroed[mark.item] = either((zeroed.get(mark.item, FALSE), fails[mark.clause]))
    return zeroed


def _vetoed(alone: Iterable[Mark], fails: dict[int, Sql]) -> Sql:
    return either(fails[mark.clause] for mark in alone if mark.kind in VETOES)


def _severe(program: Program, findings: Sequence[Found], fails: dict[int, Sql], infer: Infer) -> Sql:
    """Return that so many severe clauses fail that the N-th of them leads to a veto."""
    severe = [one for one in findings if one.check.card.severity == "严重"]
    number = program.ruleset.severe
    if not number or len(severe) < number:
        return FALSE
    told = {mark.kind for mark in infer(program.ruleset, (_fact(severe[number - 1], number),))}
    if MarkKind.SEVERE not in told:
        return FALSE
    return compared(exp.GTE, counted(fails[one.check.number] for one in severe), fixed(number))
