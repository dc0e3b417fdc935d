"""What was done between the days of a round, whichever round it belongs to: inspections, orders, shorter rounds."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from scoring.report.dossier import PastRound, Period
from scoring.rule.scheme import Scheme
from scoring.store import orders
from scoring.store.kept import horizon_of, standings_of
from scoring.store.past_rounds import rounds_within
from scoring.store.rounds import Round
from scoring.store.schema import order, round_, visit


def period_of(connection: sa.Connection, one: Round, scheme: Scheme, day: date) -> Period:
    """Return what was done between the days of a round, its orders as of a day."""
    first, last = one.starts.isoformat(), one.ends.isoformat()
    within = sa.select(round_.c.name).where(round_.c.starts >= first, round_.c.ends <= last)
    # A visit that several rounds keep was made once.
    made = (
        sa.select(visit.c.unit, visit.c.date, visit.c.source, visit.c.inspectors, visit.c.number)
        .where(visit.c.ended.is_(None), visit.c.date.between(first, last))
        .distinct()
        .subquery()
    )
    by_source = sa.select(made.c.source, sa.func.count()).group_by(made.c.source).order_by(made.c.source)
    visited = sa.select(sa.func.count(made.c.unit.distinct()))
    return Period(
        {row[0]: row[1] for row in connection.execute(by_source)},
        int(connection.execute(visited).scalar_one()),
        tuple(orders.orders_of(connection, order.c.round.in_(within), day=day)),
        tuple(
            PastRound(each.name, each.ends, standings_of(connection, each))
            for each in rounds_within(connection, one, scheme, horizon_of(connection, one))
        ),
    )
