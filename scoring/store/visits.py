"""Visits in and out of the database: the same file twice changes nothing; a corrected one shows what differs and asks.

A visit is the same visit when unit, date, source, inspectors and number agree. One whose particulars differ replaces the
stored one, which stays where it is and says by which it was replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.inspection import Inspection, Unit
from scoring.store.codec import digest, inspectors_of, unit_of, unit_text, visit_of, visit_text
from scoring.store.horizon import NOW, came_by
from scoring.store.schema import event as event_table
from scoring.store.schema import round_, unit, visit

_KEY = ("unit", "date", "source", "inspectors", "number")
_CHUNK = 500
Key = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit that is stored otherwise: the 检查项 whose answers differ, as (name, stored, new)."""

    unit: Unit
    date: date
    source: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import comes to: how many visits are new, how many were known, and which are stored otherwise."""

    new: int
    known: int
    differences: tuple[Difference, ...] = ()


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


def take_in(
    connection: sa.Connection, round: str, visits: Sequence[Inspection], event: int, *, replace: bool
) -> Intake:
    """Store visits; with ``replace`` those that are stored otherwise too, else they are only told.

    A visit that a 更正 put right stays so: the file it was first read from changes nothing. Raises ScoringError for
    visits outside the round's days, and for those that would replace one put right.
    """
    _inside(connection, round, visits)
    amending, superseded = _amended(connection, round)
    keep_units(connection, round, {one.unit.id: one.unit for one in visits}.values(), event)
    stored = _stored(connection, round)
    fresh: list[dict[str, Any]] = []
    known = 0
    changed: list[tuple[Inspection, sa.Row[Any], dict[str, Any]]] = []
    for one in visits:
        row = _row(one, round, event)
        old = stored.get(_key(row))
        if old is None:
            fresh.append(row)
        elif old.digest == row["digest"] or (*_key(row), row["digest"]) in superseded:
            known += 1
        else:
            changed.append((one, old, row))
    if fresh:
        connection.execute(visit.insert(), fresh)
    if replace:
        _none_put_right(one for one, old, _ in changed if old.event in amending)
        for _, old, row in changed:
            _replace(connection, old.id, row, event)
    return Intake(len(fresh), known, tuple(_difference(one, old) for one, old, _ in changed))


def _inside(connection: sa.Connection, round: str, visits: Iterable[Inspection]) -> None:
    row = connection.execute(sa.select(round_).where(round_.c.name == round)).one()
    wrong = [
        Problem(
            one.origin.path, one.origin.row, 0, one.unit.name, f"检查日期 {one.date} 不在本轮（{row.starts} 至 {row.ends}）",
            "改日期，或导入到另一轮", one.unit.id,
        )
        for one in visits
        if not row.starts <= one.date.isoformat() <= row.ends
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))


def _amended(connection: sa.Connection, round: str) -> tuple[set[int], set[tuple[object, ...]]]:
    """Return the events of a round's 更正, and what they put right: each visit with the digest of what it said before."""
    told = sa.select(event_table.c.number).where(event_table.c.kind == "更正", event_table.c.about == round)
    numbers = set(connection.execute(told).scalars())
    rows = connection.execute(sa.select(visit).where(visit.c.round == round, visit.c.ended.in_(numbers)))
    return numbers, {(*_key(row), row.digest) for row in rows}


def _none_put_right(visits: Iterable[Inspection]) -> None:
    wrong = [
        Problem(
            one.origin.path, one.origin.row, 0, one.unit.name, f"{one.date} 的检查经申诉更正过，不能用导入代替",
            "照更正后的改表；还有错的，另提申诉", one.unit.id,
        )
        for one in visits
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))


def _row(one: Inspection, round: str, event: int) -> dict[str, Any]:
    body = visit_text(one)
    return {
        "round": round, "unit": one.unit.id, "date": one.date.isoformat(), "source": one.source,
        "inspectors": "、".join(one.inspectors), "number": one.number, "digest": digest(body), "body": body, "event": event,
    }  # fmt: skip


def _key(row: Any) -> Key:
    values = row if isinstance(row, dict) else row._mapping
    found: Key = tuple(values[name] for name in _KEY)
    return found


def _live(round: str) -> sa.Select[Any]:
    return sa.select(visit).where(visit.c.round == round, visit.c.replaced_by.is_(None))


def live_visits(connection: sa.Connection, round: str, unit: str) -> list[sa.Row[Any]]:
    """Return the rows of a unit's visits in a round as they now stand, in the order of visits."""
    asked = _live(round).where(visit.c.unit == unit)
    return list(connection.execute(asked.order_by(*(visit.c[name] for name in _KEY))))


def _stored(connection: sa.Connection, round: str) -> dict[Key, sa.Row[Any]]:
    return {_key(row): row for row in connection.execute(_live(round))}


def amend(connection: sa.Connection, round: str, old: int, corrected: Inspection, event: int) -> None:
    """Put a corrected visit in the place of a stored one, by its number in the table."""
    _replace(connection, old, _row(corrected, round, event), event)


def _replace(connection: sa.Connection, old: int, row: dict[str, Any], event: int) -> None:
    # The old row leaves the unique index of live visits first: it names itself until the new one has a number.
    connection.execute(visit.update().where(visit.c.id == old).values(replaced_by=old, ended=event))
    made = connection.execute(visit.insert().values(row)).inserted_primary_key
    assert made is not None
    connection.execute(visit.update().where(visit.c.id == old).values(replaced_by=made[0]))


def _difference(one: Inspection, old: sa.Row[Any]) -> Difference:
    before = visit_of(one.unit, dict(old._mapping))
    names = dict.fromkeys((*before.answers, *one.answers))
    changes = tuple(
        (name, _shown(before.answers.get(name)), _shown(one.answers.get(name)))
        for name in names
        if before.answers.get(name) != one.answers.get(name)
    )
    return Difference(one.unit, one.date, one.source, changes)


def _shown(answer: object) -> str:
    if answer is None:
        return "没有这一栏"
    reason = getattr(answer, "reason", None)
    if reason is not None:
        return f"未查（{reason}）" if reason else "未查"
    return "不适用" if not isinstance(answer, str) and not hasattr(answer, "is_finite") else str(answer)


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
    first = {_key(row): row for row in connection.execute(asked)}
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
