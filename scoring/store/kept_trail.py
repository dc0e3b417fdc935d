"""Do the rules of a round, its visits and its 附加分 still say what the trail says of them?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import sqlalchemy as sa

from scoring.audit import Broken, Json
from scoring.errors import ScoringError
from scoring.store import trail
from scoring.store.codec import digest
from scoring.store.rounds import the_round
from scoring.store.schema import event, extra, visit
from scoring.store.texts import scheme_of, standards_of


def unlike(connection: sa.Connection) -> Broken | None:
    """Return the first event that the tables no longer agree with."""
    return next(chain(_rules(connection), _visits(connection), _extras(connection)), None)


def _rules(connection: sa.Connection) -> Iterator[Broken]:
    """Yield the opening of each round whose standards or 考核办法 are no longer those it was opened with."""
    for one in trail.events(connection, event.c.kind == "开轮次"):
        if _law(connection, one.about) != (one.body["scheme"], one.body["standards"]):
            yield Broken(one.number, f"“{one.about}”的标准或考核办法与开轮次时不同，被改过")


def _law(connection: sa.Connection, round: str) -> tuple[str, list[str]] | None:
    """Return the digests that a round's texts come to; None where they are no rules any more."""
    try:
        scheme = scheme_of(connection, the_round(connection, round).scheme)
        return scheme.sha256, sorted(one.sha256 for one in standards_of(connection, round))
    except (ScoringError, sa.exc.NoResultFound):
        return None


def _visits(connection: sa.Connection) -> Iterator[Broken]:
    for row in connection.execute(sa.select(visit).order_by(visit.c.id)):
        if digest(row.body) != row.digest:
            yield Broken(row.event, f"“{row.round}”里 {row.date} 的一次检查被改过")


def _extras(connection: sa.Connection) -> Iterator[Broken]:
    """Yield the event of each 附加分 that is kept otherwise than it says, or is kept without one."""
    kept = {row.event: row for row in connection.execute(sa.select(extra).order_by(extra.c.id.desc()))}
    for one in trail.events(connection, event.c.kind == "附加分"):
        row = kept.pop(one.number, None)
        if row is None or (row.round, row.who, _said(row)) != (one.about, one.who, one.body):
            yield Broken(one.number, f"“{one.about}”的一笔附加分被改过或删了")
    for number in sorted(kept):
        yield Broken(number, "有一笔附加分不是用程序加的")


def _said(row: sa.Row[tuple[object, ...]]) -> Json:
    return {name: row._mapping[name] for name in ("unit", "standard", "points", "reason")}
