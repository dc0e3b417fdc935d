"""Orders in the database: each with its steps, every step a row and an event of the trail.

The first step is 交办; 再次发现 notes another finding and moves nothing, so that what is recorded later may be dated before
it. Every other step is a move of the life of the order.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from scoring.audit import Json, canonical
from scoring.errors import Problem, ScoringError, shortened
from scoring.grammar.deadline import Calendar
from scoring.inspection import Unit
from scoring.rectify.issued import FOUND_AGAIN, ISSUED, IssuedOrder
from scoring.rectify.lifecycle import Move, OrderState, moved
from scoring.rectify.reconcile import Again
from scoring.store import trail
from scoring.store.codec import digest, life_of, life_text, unit_of
from scoring.store.order_codec import (
    again_body,
    issue_body,
    move_body,
    move_of,
    order_of,
    order_text,
    visit_again,
)
from scoring.store.schema import event, order, round_, step, unit


@dataclass(frozen=True, slots=True)
class Taken:
    """One step as it was recorded: what was done on which day by whom (its ``body``), ``by`` whom and ``at`` what time."""

    act: str
    on: date
    who: str
    body: Json
    by: str
    at: str


def orders_of(
    connection: sa.Connection, *where: sa.ColumnElement[bool], day: date | None = None
) -> list[IssuedOrder]:
    """Return the orders that some conditions pick, as they stood at the end of a day; None: after every step.

    One that was not yet issued by then is left out. They come in the order of their numbers.
    """
    units, steps = units_by_round(connection), _steps(connection, where, day)
    rows = connection.execute(sa.select(order).where(*where).order_by(order.c.id))
    return [_order(row, units[row.round][row.unit], steps[row.id]) for row in rows if row.id in steps]


def _steps(
    connection: sa.Connection, where: Iterable[sa.ColumnElement[bool]], day: date | None
) -> dict[int, list[sa.Row[Any]]]:
    asked = sa.select(step).join(order, step.c.order_ == order.c.id).where(*where)
    if day is not None:
        asked = asked.where(step.c.on <= day.isoformat())
    found: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(asked.order_by(step.c.on, step.c.id)):
        found[row.order_].append(row)
    return {id: rows for id, rows in found.items() if any(row.act == ISSUED for row in rows)}


def _order(row: sa.Row[Any], one: Unit, steps: Sequence[sa.Row[Any]]) -> IssuedOrder:
    moves = [each for each in steps if each.act not in (ISSUED, FOUND_AGAIN)]
    first = next(each for each in steps if each.act == ISSUED)
    life = life_of((moves or [first])[-1].life)
    noted = (visit_again(row.unit, json.loads(each.body)) for each in steps if each.act == FOUND_AGAIN)
    return replace(
        order_of(row.number, row.round, one, row.subject, row.body, life),
        moves=tuple(move_of(json.loads(each.body)) for each in moves),
        # What was found after a close that was recorded later is no longer this trouble.
        again=tuple(visit for visit in noted if life.closed_on is None or visit[1] < life.closed_on),
    )


def units_by_round(connection: sa.Connection) -> dict[str, dict[str, Unit]]:
    """Return the units of every round by id, the earliest round first."""
    asked = sa.select(unit).join(round_, unit.c.round == round_.c.name)
    found: dict[str, dict[str, Unit]] = defaultdict(dict)
    for row in connection.execute(asked.order_by(round_.c.starts, round_.c.name, unit.c.id)):
        found[row.round][row.id] = unit_of(row.id, row.name, row.kind, row.body)
    return found


def named(connection: sa.Connection, numbers: Iterable[str]) -> list[IssuedOrder]:
    """Return the orders with some numbers.

    Raises ScoringError naming every number that no order has.
    """
    wanted = list(dict.fromkeys(numbers))
    found = {one.number: one for one in orders_of(connection, order.c.number.in_(wanted))}
    hint = "用 chuangwei rectify list 看有哪些编号"
    wrong = [
        Problem(message=f"没有编号“{shortened(one)}”的整改单", hint=hint)
        for one in wanted
        if one not in found
    ]
    if wrong:
        raise ScoringError(wrong)
    return [found[one] for one in wanted]


def next_number(connection: sa.Connection, round: str) -> int:
    """Return the number in its round that the next order gets; numbers are never used twice."""
    asked = sa.select(sa.func.count()).select_from(order).where(order.c.round == round)
    return 1 + int(connection.execute(asked).scalar_one())


@dataclass(frozen=True, slots=True)
class Entry:
    """A step to be recorded: of which order (its number), everything about it, and where the order stands after it."""

    number: str
    body: Json
    life: OrderState


def stepped(one: IssuedOrder, move: Move, calendar: Calendar) -> tuple[IssuedOrder, Entry]:
    """Return an order after a step, and the step as it is to be recorded.

    Raises ScoringError where the step is not allowed.
    """
    life = moved(one.life, move, calendar)
    return replace(one, life=life, moves=(*one.moves, move)), Entry(one.number, move_body(move), life)


def found_again(one: IssuedOrder, again: Again, who: str) -> Entry:
    """Return what is to be noted on an order whose trouble was found again."""
    return Entry(one.number, again_body(again, who), one.life)


def issue(connection: sa.Connection, made: Iterable[IssuedOrder], *, who: str, at: str) -> None:
    """Keep new orders, each with its first step."""
    entries, rows = list[Entry](), list[dict[str, str]]()
    for one in made:
        entries.append(Entry(one.number, issue_body(one.life.last_on or one.found_on, who), one.life))
        rows.append(
            {"round": one.round, "number": one.number, "unit": one.unit.id, "subject": one.subject,
             "place": "、".join(one.places), "state": one.life.state.value, "body": order_text(one),
             "life": life_text(one.life)}
        )  # fmt: skip
    told = ({"order": digest(row["body"])} for row in rows)
    events = _tell(connection, entries, who, at, told)
    if rows:
        numbered = [{**row, "event": event} for row, event in zip(rows, events, strict=True)]
        connection.execute(order.insert(), numbered)
    _keep_steps(connection, entries, events)


def record(connection: sa.Connection, entries: Sequence[Entry], *, who: str, at: str) -> None:
    """Record steps in their order; each order then stands where its last one leads."""
    _keep_steps(connection, entries, _tell(connection, entries, who, at))
    ends = {one.number: one.life for one in entries}
    rows = [
        {"which": number, "state": life.state.value, "life": life_text(life)} for number, life in ends.items()
    ]
    if rows:
        connection.execute(order.update().where(order.c.number == sa.bindparam("which")), rows)


def _tell(
    connection: sa.Connection, entries: Iterable[Entry], who: str, at: str, more: Iterable[Json] = repeat({})
) -> Sequence[int]:
    """Tell the trail of steps, with what more there is of each; return the numbers of the events."""
    told = (
        (one.body["act"], one.number, one.body | {"life": digest(life_text(one.life))} | rest)
        for one, rest in zip(entries, more, strict=False)
    )
    return trail.extend(connection, at, who, told)


def _keep_steps(connection: sa.Connection, entries: Iterable[Entry], events: Iterable[int]) -> None:
    rows = [
        {"which": one.number, "on": one.body["on"], "act": one.body["act"], "body": canonical(one.body),
         "life": life_text(one.life), "event": event}
        for one, event in zip(entries, events, strict=True)
    ]  # fmt: skip
    which = sa.select(order.c.id).where(order.c.number == sa.bindparam("which")).scalar_subquery()
    if rows:
        connection.execute(step.insert().values(order_=which), rows)


def history(connection: sa.Connection, number: str) -> Iterator[Taken]:
    """Yield every step of an order in the order of their days."""
    asked = (
        sa.select(step.c.body, event.c.who, event.c.at)
        .join(event, event.c.number == step.c.event)
        .join(order, order.c.id == step.c.order_)
        .where(order.c.number == number)
        .order_by(step.c.on, step.c.id)
    )
    for row in connection.execute(asked):
        body = json.loads(row.body)
        yield Taken(body["act"], date.fromisoformat(body["on"]), body["who"], body, row.who, row.at)
