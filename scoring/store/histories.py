"""What is known of each unit from before, for the scoring of a round: earlier rounds and the orders as they stood."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import sqlalchemy as sa

from scoring.history.past import Earlier, History, PastFinding, PastOrder
from scoring.history.policy import policy
from scoring.inspection import Inspection
from scoring.rectify.issued import FOUND_AGAIN
from scoring.rectify.past import past_order
from scoring.rule.scheme import Scheme
from scoring.store.codec import life_of
from scoring.store.horizon import came_by
from scoring.store.outcomes import past_findings
from scoring.store.past_rounds import asks_history, rounds_before
from scoring.store.rounds import Round
from scoring.store.schema import order, step


@dataclass(frozen=True, slots=True)
class _Order:
    """An order with where it stood after each of its steps, as (day, text), the earliest first."""

    number: str
    clauses: tuple[str, ...]
    found_on: date
    lives: tuple[tuple[date, str], ...]

    def on(self, day: date) -> PastOrder | None:
        """Return the order as it stood at the end of a day; None where it was not there or was 撤销."""
        known = [text for when, text in self.lives if when <= day]
        return past_order(life_of(known[-1]), self.clauses, self.number) if known else None


class Histories:
    """Tell the history of a visit's unit, up to the day of the visit; None where the scheme asks for none."""

    def __init__(self, connection: sa.Connection, one: Round, scheme: Scheme, event: int) -> None:
        self._policy, self._none = cache(partial(policy, scheme)), Earlier(one.starts)
        self._asked = asks_history(scheme)
        self._earlier: dict[str, Earlier] = {}
        self._orders: dict[str, list[_Order]] = defaultdict(list)
        if self._asked:
            findings: dict[str, list[PastFinding]] = defaultdict(list)
            for before in rounds_before(connection, one, scheme, event):
                for unit, finding in past_findings(connection, before):
                    findings[unit].append(finding)
            self._earlier = {unit: Earlier(one.starts, found) for unit, found in findings.items()}
            for unit, found in _orders(connection, event):
                self._orders[unit].append(found)

    def __call__(self, visit: Inspection) -> History | None:
        """Return what is known of a visit's unit before it."""
        if not self._asked:
            return None
        unit = visit.unit.id
        orders = (one.on(visit.date) for one in self._orders.get(unit, ()) if one.found_on < visit.date)
        return History(
            self._earlier.get(unit, self._none),
            self._policy(visit.source),
            tuple(one for one in orders if one is not None),
            visit.date,
        )


def _orders(connection: sa.Connection, event: int) -> Iterator[tuple[str, _Order]]:
    """Yield (unit, order) for every order that an event saw."""
    lives: dict[int, list[tuple[date, str]]] = defaultdict(list)
    steps = (
        sa.select(step.c.order_, step.c.on, step.c.life)
        .where(came_by(step, event), step.c.act != FOUND_AGAIN)  # which moves nothing
        .order_by(step.c.on, step.c.id)
    )
    for row in connection.execute(steps):
        lives[row.order_].append((date.fromisoformat(row.on), row.life))
    for row in connection.execute(sa.select(order).where(came_by(order, event)).order_by(order.c.number)):
        body = json.loads(row.body)
        found_on = date.fromisoformat(body["found_on"])
        yield row.unit, _Order(row.number, tuple(body["clauses"]), found_on, tuple(lives[row.id]))
