"""Which clauses passed and which failed, visit by visit: what the rounds after this one must know of it (``history.past``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from scoring.sql.clauses import Found
from scoring.sql.logic import Sql, case
from scoring.sql.plan import Plan
from scoring.sql.results import Source
from scoring.sql.subjects import SEPARATOR

PASSED, FAILED = "合格条款", "不合格条款"
CHECKED = ("标准", PASSED, FAILED)


def checked(plan: Plan, source: Source) -> Iterator[exp.Select]:
    """Yield, standard by standard, one row per visit; 未查 and 不适用 are named nowhere."""
    for card in plan.cards:
        own = [one for one in card.findings if one.asked]
        passed, failed = _named([(one, one.passed) for one in own]), _named([(one, one.fail) for one in own])
        yield source.rows(CHECKED, [exp.Literal.string(card.program.standard.id), passed, failed])


def _named(clauses: Sequence[tuple[Found, Sql]]) -> Sql:
    """Return the 编号 of the clauses of which something holds, in their order."""
    words: list[Sql] = [
        case((holds, exp.Literal.string(one.check.card.id + SEPARATOR)), default=exp.Literal.string(""))
        for one, holds in clauses
    ]
    if not words:
        return exp.Literal.string("")
    joined = exp.Concat(expressions=words, safe=False, coalesce=False) if len(words) > 1 else words[0]
    return exp.Trim(this=joined, expression=exp.Literal.string(SEPARATOR), position="TRAILING")
