"""Do the orders still say what the trail says of them? Every step has its event, and every order ends where they lead."""

from __future__ import annotations

import json

import sqlalchemy as sa

from scoring.audit import Broken
from scoring.rectify.issued import FOUND_AGAIN, ISSUED
from scoring.store.codec import digest, life_of
from scoring.store.schema import event, order, step


def unlike(connection: sa.Connection) -> Broken | None:
    """Return the first event of an order that the tables no longer agree with."""
    ends: dict[str, tuple[int, str]] = {}
    for row in connection.execute(_events()):
        body = json.loads(row.body)
        kept = None if row.step is None else json.loads(row.step) | {"life": digest(row.life)}
        if kept is not None and row.kind == ISSUED:
            kept["order"] = digest(row.order)
        if kept != body or row.number_ != row.about:
            return Broken(row.number, f"整改单 {row.about} 的“{row.kind}”在表里被改过或删了")
        if row.kind != FOUND_AGAIN:
            ends[row.about] = row.number, row.life
    for number, state, life in connection.execute(sa.select(order.c.number, order.c.state, order.c.life)):
        last, end = ends.get(number, (0, ""))
        if life != end or state != life_of(end).state.value:
            return Broken(last, f"整改单 {number} 现在的情况与它的记录不符，表里被改过")
    return None


def _events() -> sa.Select[tuple[int, str, str, str, str | None, str, str, str]]:
    """Ask for every event of an order beside its step and its order."""
    told = sa.or_(event.c.kind == ISSUED, event.c.about.in_(sa.select(order.c.number)))
    return (
        sa.select(
            event.c.number, event.c.kind, event.c.about, event.c.body,
            step.c.body.label("step"), step.c.life, order.c.body.label("order"), order.c.number.label("number_"),
        )
        .outerjoin(step, step.c.event == event.c.number)
        .outerjoin(order, order.c.id == step.c.order_)
        .where(told)
        .order_by(event.c.number)
    )  # fmt: skip
