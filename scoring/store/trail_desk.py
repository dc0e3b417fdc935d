"""The trail: what happened, and whether anything was changed past the program."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from scoring.audit import Broken, Event, verify
from scoring.errors import ScoringError
from scoring.store import draws, entries, kept_trail, order_trail, trail
from scoring.store.desk import Desk
from scoring.store.kept import can_be_replayed, horizon_of, kept_digest, version_by
from scoring.store.recompose import RECOMPOSED
from scoring.store.rounds import Round, rounds
from scoring.store.schema import event
from scoring.store.scores import judged

PUBLIC = ("结束", "更正", RECOMPOSED)


class Trail(Desk):
    """The append-only chain of events of a database."""

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the last event: what is printed on a bulletin."""
        with self._reading() as connection:
            return trail.head(connection)

    def verify(self, expected: str = "") -> tuple[int, Broken | None]:
        """Return how many events there are, and the first broken link: in the chain, or between it and what is kept."""
        with self._reading() as connection:
            number, _ = trail.head(connection)
            kept = kept_trail.unlike, order_trail.unlike, entries.unlike, draws.unlike, self._unlike
            broken = verify(trail.events(connection), expected)
            return number, broken or next(filter(None, (unlike(connection) for unlike in kept)), None)

    def events(self) -> tuple[Event, ...]:
        """Return the whole trail."""
        with self._reading() as connection:
            return tuple(trail.events(connection))

    def _unlike(self, connection: sa.Connection) -> Broken | None:
        """Return the event that made a result public, of the first whose visits and texts no longer come to it."""
        for one in rounds(connection):
            if one.open:
                continue
            public = event.c.about == one.name, event.c.kind.in_(PUBLIC)
            for each in list(trail.events(connection, *public)):
                version = each.body.get("version") or version_by(connection, one.name, each.number)
                if "sha256" in each.body and not self._holds(connection, one, version, each.body["sha256"]):
                    message = (
                        f"“{one.name}”现在算出的与{each.kind}时（第{version}版）不同，表里的检查或得分被改过"
                    )
                    return Broken(each.number, message)
        return None

    def _holds(self, connection: sa.Connection, one: Round, version: int, sha: str) -> bool:
        """Return whether a version of a round is kept as it was, and comes out so again."""
        then = replace(one, version=version)
        if kept_digest(connection, then) != sha:
            return False
        if not can_be_replayed(connection, then):
            return True
        seen = horizon_of(connection, then)
        try:
            again = judged(connection, one.name, calendar=self._calendar, infer=self._infer, horizon=seen)
        except (ScoringError, ValueError, KeyError, ArithmeticError):
            return False  # what the program wrote it can read and score
        return again.sha256 == sha
