"""Visits in and out of the database.

A visit is the same visit when unit, date, source, inspectors and number agree. One that is put right or imported
otherwise is replaced: it stays where it is and says by which it was replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import Inspection, Unit
from scoring.store.codec import digest, inspectors_of, unit_of, unit_text, visit_of, visit_text
from scoring.store.horizon import NOW, came_by
from scoring.store.schema import event as event_table
from scoring.store.schema import unit, visit

_KEY = ("unit", "date", "source", "inspectors", "number")
_CHUNK = 500
Key = tuple[str, str, str, str, int]


def keep_units(connection: sa.Connection, round: str, units: Iterable[Unit], event: int) -> None:
    """Keep what the register says of units for a round; what was kept before stays as it was."""
    known = set(connection.execute(sa.select(unit.c.id).where(unit.c.round == round)).scalars())
    rows = [
        {
            "round": round,
            "id": one.id,
            "name": one.name,
            "kind": one.kind,
            "body": unit_text(one),
            "event": event,
        }
        for one in units
        if one.id not in known
    ]
    if rows:
        connection.execute(unit.insert(), rows)


def units_of(connection: sa.Connection, round: str, event: int = NOW.own) -> dict[str, Unit]:
    """Return the units of a round that an event saw, by id, as its register knew them."""
    asked = sa.select(unit).where(unit.c.round == round, came_by(unit, event))
    rows = connection.execute(asked.order_by(unit.c.id))
    return {row.id: unit_of(row.id, row.name, row.kind, row.body) for row in rows}


def row_of(one: Inspection, round: str, event: int) -> dict[str, Any]:
    """Return the row of the table that holds a visit."""
    body = visit_text(one)
    return {
        "round": round, "unit": one.unit.id, "date": one.date.isoformat(), "source": one.source,
        "inspectors": "、".join(one.inspectors), "number": one.number, "digest": digest(body), "body": body, "event": event,
    }  # fmt: skip


def key_of(row: Any) -> Key:
    """Return what makes a row's visit that visit: unit, date, source, inspectors, number."""
    values = row if isinstance(row, dict) else row._mapping
    found: Key = tuple(values[name] for name in _KEY)
    return found


def live(round: str) -> sa.Select[Any]:
    """Return the query of a round's visits as they now stand."""
    return sa.select(visit).where(visit.c.round == round, visit.c.replaced_by.is_(None))


def live_visits(connection: sa.Connection, round: str, unit: str) -> list[sa.Row[Any]]:
    """Return the rows of a unit's visits in a round as they now stand, in the order of visits."""
    asked = live(round).where(visit.c.unit == unit)
    return list(connection.execute(asked.order_by(*(visit.c[name] for name in _KEY))))


def amend(connection: sa.Connection, round: str, old: int, corrected: Inspection, event: int) -> None:
    """Put a corrected visit in the place of a stored one, by its number in the table."""
    succeed(connection, [(old, row_of(corrected, round, event))], event)


def succeed(connection: sa.Connection, rows: Iterable[tuple[int, Mapping[str, Any]]], event: int) -> None:
    """Put a new row in the place of each stored visit, by its number in the table."""
    # Every old row leaves the unique index of live visits first: each names itself until its new one has a number.
    pairs = list(rows)
    for old, _ in pairs:
        connection.execute(visit.update().where(visit.c.id == old).values(replaced_by=old, ended=event))
    for old, row in pairs:
        made = connection.execute(visit.insert().values(row)).inserted_primary_key
        assert made is not None
        connection.execute(visit.update().where(visit.c.id == old).values(replaced_by=made[0]))


def visits_of(connection: sa.Connection, round: str, event: int) -> list[Inspection]:
    """Return the visits of a round that an event saw, in the order of visits."""
    units = units_of(connection, round)
    rows = connection.execute(_seen(round, event), execution_options={"yield_per": _CHUNK})
    return [visit_of(units[row.unit], dict(row._mapping)) for row in rows]


def visit_numbers(connection: sa.Connection, round: str, event: int) -> dict[object, int]:
    """Return the number in the table of each visit of a round that an event saw, by what makes it that visit."""
    rows = connection.execute(
        _seen(round, event).with_only_columns(visit.c.id, *(visit.c[name] for name in _KEY))
    )
    return {
        (
            row.unit,
            date.fromisoformat(row.date),
            row.source,
            inspectors_of(row.inspectors),
            row.number,
        ): row.id
        for row in rows
    }


def _seen(round: str, event: int) -> sa.Select[Any]:
    asked = sa.select(visit).where(visit.c.round == round, came_by(visit, event))
    return asked.order_by(*(visit.c[name] for name in _KEY))


def amended(connection: sa.Connection, round: str) -> list[Inspection]:
    """Return the visits of a round as they were first recorded, of those that a 更正 corrected."""
    corrections = sa.select(event_table.c.number).where(
        event_table.c.about == round, event_table.c.kind == "更正"
    )
    asked = (
        sa.select(visit)
        .where(visit.c.round == round, visit.c.ended.in_(corrections))
        .order_by(visit.c.id.desc())
    )
    first = {key_of(row): row for row in connection.execute(asked)}
    units = units_of(connection, round) if first else {}
    return [visit_of(units[row.unit], dict(row._mapping)) for row in first.values()]


def unit_named(connection: sa.Connection, round: str, name: str) -> Unit:
    """Return the unit of a round by its id, name or another of its names.

    Raises ScoringError where there is none, or more than one.
    """
    return named(units_of(connection, round), name, "这一轮")


def named(units: Mapping[str, Unit], name: str, where: str) -> Unit:
    """Return the unit among some, by their ids, of an id, a name or another name.

    Raises ScoringError where there is none, or more than one.
    """
    if name in units:
        return units[name]
    found = [one for one in units.values() if name in (one.name, *one.aliases)]
    if len(found) == 1:
        return found[0]
    if found:
        hint = "写编号: " + "、".join(one.id for one in found[:5])
        raise ScoringError([Problem(message=f"“{shortened(name)}”有{len(found)}个", hint=hint)])
    names = [one.name for one in units.values()]
    raise ScoringError([Problem(message=f"{where}没有“{shortened(name)}”", hint=did_you_mean(name, names))])
