"""Entries of the 登记簿 in and out of the database: the same sheet twice changes nothing; a corrected one asks.

An entry is the same entry when its kind and the columns of its kind's key agree. One that is stored otherwise is
replaced only on demand. What was 作废 stays where it is, and no import brings it back: only ``add`` does, one by one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from scoring.audit import Broken, Json, canonical
from scoring.registers.entry import Entry
from scoring.registers.kinds import kind_named
from scoring.store import trail
from scoring.store.codec import digest
from scoring.store.schema import entry, event

ENTERED, STRUCK = "登记", "登记作废"
_REPLACED = "后来改过"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is stored, under its number; ``struck`` is why it no longer counts, empty where it does."""

    number: int
    entry: Entry
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is stored otherwise."""

    kept: Kept
    new: Entry

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return the columns that differ, as (title, stored, new)."""
        was, now = (
            {column.title: words for column, words in one.spoken()} for one in (self.kept.entry, self.new)
        )
        both = ((one.title, was.get(one.title, ""), now.get(one.title, "")) for one in self.new.kind.columns)
        return tuple(change for change in both if change[1] != change[2])


@dataclass(frozen=True, slots=True)
class Filing:
    """What storing entries comes to: those new, those known, those stored otherwise, those 作废 before."""

    new: tuple[Entry, ...]
    known: tuple[Kept, ...]
    changed: tuple[Changed, ...]
    struck: tuple[Kept, ...]


def filing(connection: sa.Connection, entries: Sequence[Entry]) -> Filing:
    """Return what storing entries would come to; nothing is written."""
    live: dict[str, Kept] = {}
    ended: dict[str, list[Kept]] = defaultdict(list)
    for one in kept(connection, entry.c.kind.in_({one.kind.name for one in entries})):
        if one.struck:
            ended[_sha(one.entry)].append(one)
        else:
            live[_sha(one.entry)] = one
    new: list[Entry] = []
    known: list[Kept] = []
    changed: list[Changed] = []
    struck: list[Kept] = []
    for given in entries:
        there = live.get(_sha(given))
        gone = [one for one in ended[_sha(given)] if one.entry == given]
        if there is not None and there.entry == given:
            known.append(there)
        elif there is not None:
            changed.append(Changed(there, given))
        elif gone:
            struck.append(gone[-1])
        else:
            new.append(given)
    return Filing(tuple(new), tuple(known), tuple(changed), tuple(struck))


def write(connection: sa.Connection, entries: Sequence[Entry], ended: Iterable[int], number: int) -> Json:
    """Store entries by an event, and let those of some numbers count no longer; return what the event says of it."""
    gone = sorted(ended)
    connection.execute(entry.update().where(entry.c.id.in_(gone)).values(ended=number))
    rows = [
        {"kind": one.kind.name, "date": one.date.isoformat(), "digest": _sha(one), "body": _text(one), "event": number}
        for one in entries
    ]  # fmt: skip
    if rows:
        connection.execute(entry.insert(), rows)
    return {"ended": gone, "sha256": _of_all(rows)}


def kept(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Kept]:
    """Return the entries that some conditions pick, those too that no longer count, by day and number."""
    ends = sa.select(event.c.number, event.c.body).where(event.c.kind == STRUCK).subquery()
    asked = sa.select(entry, ends.c.body.label("said")).outerjoin(ends, ends.c.number == entry.c.ended)
    rows = connection.execute(asked.where(*where).order_by(entry.c.date, entry.c.id))
    return [Kept(row.id, _entry(row), _why(row)) for row in rows]


def unlike(connection: sa.Connection) -> Broken | None:
    """Return the first event whose entries are no longer what it says it wrote."""
    made: dict[int, list[Json]] = defaultdict(list)
    ended: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(sa.select(entry).order_by(entry.c.id)):
        made[row.event].append(dict(row._mapping))
        if row.ended is not None:
            ended[row.ended].append(row.id)
    for one in trail.events(connection, event.c.kind.in_((ENTERED, STRUCK))):
        same = (
            one.body["sha256"] == _of_all(made.pop(one.number, [])),
            one.body["ended"] == ended.pop(one.number, []),
        )
        if not all(same):
            return Broken(one.number, f"登记簿里第{one.number}条日志写下的，现在不一样了")
    strange = min([*made, *ended], default=0)
    return Broken(strange, "登记簿里有一条不是用程序登记的") if strange else None


def _text(one: Entry) -> str:
    """Return what is written in an entry's columns but the day."""
    return canonical(
        {title: list(said) if isinstance(said, tuple) else said for title, said in one.values.items()}
    )


def _entry(row: sa.Row[Any]) -> Entry:
    body = json.loads(row.body)
    values = {title: tuple(said) if isinstance(said, list) else said for title, said in body.items()}
    return Entry(kind_named(row.kind), dt.date.fromisoformat(row.date), MappingProxyType(values))


def _why(row: sa.Row[Any]) -> str:
    if row.ended is None:
        return ""
    return str(json.loads(row.said)["reason"]) if row.said else _REPLACED


def _sha(one: Entry) -> str:
    """Return what only the same entry has."""
    return digest(canonical([one.kind.name, *one.key]))


def _of_all(rows: Iterable[Json]) -> str:
    return digest(canonical(sorted([row["kind"], row["date"], row["digest"], row["body"]] for row in rows)))
