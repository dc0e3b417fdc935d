"""附加分 in the database: points the office adds or takes, each with its reason and who gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import sqlalchemy as sa

from scoring.audit import Json
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.judge.standing import ExtraPoints
from scoring.rule.scheme import Scheme
from scoring.store.desk import one_line, reason_problems
from scoring.store.horizon import came_by
from scoring.store.rounds import the_round
from scoring.store.schema import extra
from scoring.store.texts import scheme_of
from scoring.store.visits import unit_named

MOST = 1000


def add(connection: sa.Connection, round: str, given: ExtraPoints, event: int) -> Json:
    """Keep points for a unit, named by its id or one of its names; return what the trail says of them.

    Raises ScoringError where the scheme knows no 附加分 or not the standard, the unit is not in the round, or no reason
    is given.
    """
    unit = unit_named(connection, round, given.unit)
    if wrong := list(_wrong(scheme_of(connection, the_round(connection, round).scheme), given)):
        raise ScoringError(wrong)
    said = {
        "unit": unit.id,
        "standard": given.standard,
        "points": str(given.points),
        "reason": one_line(given.reason),
    }
    connection.execute(extra.insert().values(**said, round=round, who=given.by, event=event))
    return said


def _wrong(scheme: Scheme, given: ExtraPoints) -> Iterator[Problem]:
    """Yield what is wrong with points that are to be given."""
    used = [one.id for one in scheme.standards]
    if scheme.extra is None:
        hint = "在办法里写 附加: {最高加: 5, 最高扣: 10}"
        yield Problem(message=f"考核办法“{scheme.name}”没有附加分", hint=hint)
    if given.standard and given.standard not in used:
        yield Problem(
            message=f"考核办法没有用标准“{given.standard}”", hint=did_you_mean(given.standard, used)
        )
    yield from reason_problems(given.reason, "附加分")
    if not given.points:
        yield Problem(message="附加分是 0", hint="加分写 2，扣分写 -2")
    elif abs(given.points) > MOST or given.points != round(given.points, 2):
        yield Problem(message=f"附加分不能是 {given.points:.24}", hint=f"最多{MOST}分，最多两位小数")


def extras_of(connection: sa.Connection, round: str, event: int) -> Iterable[ExtraPoints]:
    """Return a round's 附加分 as an event saw them."""
    rows = connection.execute(
        sa.select(extra).where(extra.c.round == round, came_by(extra, event)).order_by(extra.c.id)
    )
    return [ExtraPoints(row.unit, row.standard, Decimal(row.points), row.reason, row.who) for row in rows]
