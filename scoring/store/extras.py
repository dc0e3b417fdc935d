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


def add(
    connection: sa.Connection,
    round: str,
    name: str,
    points: Decimal,
    reason: str,
    standard: str,
    who: str,
    event: int,
) -> Json:
    """Keep points for a unit by its id or name; return what the trail says of them.

    Raises ScoringError where the scheme knows no 附加分 or not the standard, the unit is not in the round, or no reason is given.
    """
    one = unit_named(connection, round, name)
    scheme = scheme_of(connection, the_round(connection, round).scheme)
    if wrong := list(_wrong(scheme, points, reason, standard)):
        raise ScoringError(wrong)
    said: Json = {"unit": one.id, "standard": standard, "points": str(points), "reason": one_line(reason)}
    connection.execute(extra.insert().values(**said, round=round, who=who, event=event))
    return said


def _wrong(scheme: Scheme, points: Decimal, reason: str, standard: str) -> Iterator[Problem]:
    used = [one.id for one in scheme.standards]
    if scheme.extra is None:
        hint = "在办法里写 附加: {最高加: 5, 最高扣: 10}"
        yield Problem(message=f"考核办法“{scheme.name}”没有附加分", hint=hint)
    if standard and standard not in used:
        yield Problem(message=f"考核办法没有用标准“{standard}”", hint=did_you_mean(standard, used))
    yield from reason_problems(reason, "附加分")
    if not points:
        yield Problem(message="附加分是 0", hint="加分写 2，扣分写 -2")
    elif abs(points) > MOST or points != round(points, 2):
        yield Problem(message=f"附加分不能是 {points:.24}", hint=f"最多{MOST}分，最多两位小数")


def extras_of(connection: sa.Connection, round: str, event: int) -> Iterable[ExtraPoints]:
    """Return a round's 附加分 as an event saw them."""
    rows = connection.execute(
        sa.select(extra).where(extra.c.round == round, came_by(extra, event)).order_by(extra.c.id)
    )
    return [ExtraPoints(row.unit, row.standard, Decimal(row.points), row.reason, row.who) for row in rows]
