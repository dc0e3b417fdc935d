"""Write and read the trail of events in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from scoring.audit import GENESIS, Event, Json, canonical, link
from scoring.store.schema import event

_CHUNK = 1000


def head(connection: sa.Connection) -> tuple[int, str]:
    """Return the number and the hash of the last event; (0, the genesis hash) where there is none."""
    row = connection.execute(
        sa.select(event.c.number, event.c.hash).order_by(event.c.number.desc()).limit(1)
    ).first()
    return (row.number, row.hash) if row else (0, GENESIS)


def last_about(connection: sa.Connection, about: str) -> tuple[int, str] | None:
    """Return the number and the hash of the last event about something, None where there is none."""
    asked = sa.select(event.c.number, event.c.hash).where(event.c.about == about)
    row = connection.execute(asked.order_by(event.c.number.desc()).limit(1)).first()
    return None if row is None else (row.number, row.hash)


def append(connection: sa.Connection, at: str, who: str, kind: str, about: str, body: Json) -> int:
    """Add one event to the end of the chain, inside the writing transaction it belongs to; return its number."""
    (number,) = extend(connection, at, who, [(kind, about, body)])
    return number


def extend(
    connection: sa.Connection, at: str, who: str, told: Iterable[tuple[str, str, Json]]
) -> Sequence[int]:
    """Add events, (kind, about, body) each, to the end of the chain, as ``append`` does; return their numbers.

    Raises ValueError where ``at`` is no ISO time with its zone: what is in the chain stays there.
    """
    if datetime.fromisoformat(at).tzinfo is None:
        raise ValueError(f"at must be an ISO time with its zone, not {at!r}")
    first, previous = head(connection)
    rows = []
    for number, (kind, about, body) in enumerate(told, first + 1):
        made = link(previous, number, at, who, kind, about, body)
        rows.append(
            {"number": number, "at": at, "who": who, "kind": kind, "about": about, "body": canonical(body),
             "previous": previous, "hash": made.hash}
        )  # fmt: skip
        previous = made.hash
    if rows:
        connection.execute(event.insert(), rows)
    return range(first + 1, first + 1 + len(rows))


def events(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Iterator[Event]:
    """Yield events in order, those that some conditions pick, in bounded memory."""
    asked = sa.select(event).where(*where).order_by(event.c.number)
    for row in connection.execute(asked, execution_options={"yield_per": _CHUNK}):
        yield Event(
            row.number, row.at, row.who, row.kind, row.about, json.loads(row.body), row.previous, row.hash
        )
