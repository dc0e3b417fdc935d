"""What the ladder made dearer, visit by visit (``climb.Taken``): the price before and after, and why."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from scoring.sql.clauses import Found
from scoring.sql.climb import WHY_SUFFIX
from scoring.sql.logic import TRUE, Sql, case, either
from scoring.sql.plan import Plan
from scoring.sql.results import Source, points
from scoring.sql.stack import column
from scoring.sql.whole import Whole, chosen, compared

RAISED = ("标准", "条款", "原扣", "加到", "确定", "原因")


def raised(plan: Plan, source: Source) -> Iterator[exp.Select]:
    """Yield, clause by clause, the visits at which it took a step; where only the most it may cost did, that is told."""
    for card, prices in zip(plan.cards, plan.prices, strict=True):
        id = card.program.standard.id
        for one, before in zip(card.findings, prices, strict=True):
            if one.high.sql != before.high.sql:
                yield _raised(id, one, before, source)


def _raised(standard: str, one: Found, before: Found, source: Source) -> exp.Select:
    certain, some = _dearer(one.low, before.low), _dearer(one.high, before.high)
    price = chosen((certain, before.low), default=before.high)
    cost = chosen((certain, one.low), default=one.high)
    columns = (
        exp.Literal.string(standard),
        exp.Literal.string(one.check.card.id),
        points(price),
        points(cost),
        case((certain, exp.Literal.string("是")), (TRUE, exp.Literal.string("否"))),
        column(one.check.card.id + WHY_SUFFIX),
    )
    return source.rows(RAISED, columns).where(either((certain, some)), copy=False)


def _dearer(after: Whole, before: Whole) -> Sql:
    return compared(exp.GT, after, before)
