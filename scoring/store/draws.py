"""抽签 in the database: what was drawn for which round, kept so that each draw comes out again and later ones know of it.

All draws of a database make one series: whoever was drawn for an earlier round waits until everyone of the stratum was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from scoring.analysis.draw.units import Drawn, Quota
from scoring.analysis.draw.wanted import Wanted
from scoring.audit import Broken, Json, canonical
from scoring.errors import Problem, ScoringError
from scoring.inspection import Unit
from scoring.store import trail
from scoring.store.horizon import NOW
from scoring.store.schema import draw as table
from scoring.store.schema import event, visit
from scoring.store.visits import units_of

DRAWN = "抽签"


@dataclass(frozen=True, slots=True)
class KeptDraw:
    """A draw as it was recorded: ``number`` in the series, for which ``round``, on which ``day``, by whom.

    ``open`` are those of the drawn ``units`` whom no visit of the round from that day on has seen.
    """

    number: int
    round: str
    day: date
    who: str
    seed: str
    fingerprint: str
    units: tuple[Unit, ...]
    open: tuple[Unit, ...]


def drawn(connection: sa.Connection, round: str, wanted: Wanted, day: date) -> tuple[Drawn, Json]:
    """Return a draw from a round's register, after all that were kept, and what is to be kept of it.

    Raises ScoringError where the seed has drawn of these kinds before, and as ``draw`` does.
    """
    earlier = [json.loads(row.body) for row in _rows(connection)]
    found = _drawn(connection, round, wanted, earlier)
    for one in earlier:
        if one["seed"] == found.seed and {*one["from"]} & {*found.kinds}:
            message = f"种子“{found.seed}”第{one['number']}次抽签用过了"
            raise ScoringError([Problem(message=message, hint="每次当众另定一个；抽过的用 sample list 看")])
    return found, {
        "number": found.number, "day": day.isoformat(), "seed": found.seed, "by": list(found.by),
        "kinds": list(wanted.kinds), "from": list(found.kinds), "quota": _quota_text(wanted.quota),
        "quotas": {name: _quota_text(one) for name, one in wanted.quotas.items()},
        "fingerprint": found.fingerprint, "drawn": [one.id for one in found.units],
    }  # fmt: skip


def keep(connection: sa.Connection, round: str, body: Json, event: int) -> None:
    """Keep a draw, made by an event."""
    connection.execute(table.insert().values(round=round, body=canonical(body), event=event))


def draws(connection: sa.Connection, round: str = "") -> Iterator[KeptDraw]:
    """Yield every draw, or those of one round, in the order of the series."""
    told = {one.number: one for one in trail.events(connection, event.c.kind == DRAWN)}
    for row in _rows(connection):
        if round in ("", row.round):
            yield _kept(connection, row, told[row.event].who)


def _kept(connection: sa.Connection, row: sa.Row[Any], who: str) -> KeptDraw:
    body, known = json.loads(row.body), units_of(connection, row.round)
    seen = sa.select(visit.c.unit).where(
        visit.c.round == row.round, visit.c.replaced_by.is_(None), visit.c.date >= body["day"]
    )
    visited = set(connection.execute(seen).scalars())
    units = tuple(known[id] for id in body["drawn"])
    return KeptDraw(
        body["number"], row.round, date.fromisoformat(body["day"]), who, body["seed"], body["fingerprint"],
        units, tuple(one for one in units if one.id not in visited),
    )  # fmt: skip


def unlike(connection: sa.Connection) -> Broken | None:
    """Return the first event of a draw that is kept otherwise than it says, or that does not come out again."""
    kept = {row.event: row for row in _rows(connection)}
    earlier: list[Json] = []
    for one in trail.events(connection, event.c.kind == DRAWN):
        row = kept.pop(one.number, None)
        if row is None or row.round != one.about or row.body != canonical(one.body):
            return Broken(one.number, f"“{one.about}”的一次抽签被改过或删了")
        if not _again(connection, row, one.body, earlier):
            return Broken(one.number, f"“{one.about}”的一次抽签再抽一遍，与记下的不同，名册被改过")
        earlier.append(one.body)
    return Broken(min(kept), "有一次抽签不是用程序抽的") if kept else None


def _again(connection: sa.Connection, row: sa.Row[Any], body: Json, earlier: Sequence[Json]) -> bool:
    """Return whether a draw comes out as it was recorded."""
    quotas = {name: _quota(said) for name, said in body["quotas"].items()}
    asked = Wanted(body["seed"], _quota(body["quota"]), tuple(body["by"]), tuple(body["kinds"]), quotas)
    try:
        found = _drawn(connection, row.round, asked, earlier, row.event)
    except ScoringError:
        return False  # what was drawn once can be drawn again
    return (found.fingerprint, [one.id for one in found.units]) == (body["fingerprint"], body["drawn"])


def _drawn(
    connection: sa.Connection, round: str, asked: Wanted, earlier: Sequence[Json], event: int = NOW.own
) -> Drawn:
    return asked.drawn(units_of(connection, round, event).values(), [one["drawn"] for one in earlier])


def _rows(connection: sa.Connection) -> Sequence[sa.Row[Any]]:
    return connection.execute(sa.select(table).order_by(table.c.event)).all()


def _quota_text(one: Quota) -> Json:
    share = None if one.share is None else str(one.share)
    return {"share": share, "number": one.number, "least": one.least}


def _quota(said: Json) -> Quota:
    share = None if said["share"] is None else Decimal(said["share"])
    return Quota(share, said["number"], said["least"])
