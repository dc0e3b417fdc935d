"""The trail: what happened, and whether anything was changed past the program."""

from __future__ import annotations

import sqlalchemy as sa

from scoring.audit import Broken, Event, verify
from scoring.store import entries, kept_trail, order_trail, scores, trail
from scoring.store.desk import Desk
from scoring.store.rounds import rounds
from scoring.store.schema import event


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
            kept = kept_trail.unlike, order_trail.unlike, entries.unlike, self._unlike
            broken = verify(trail.events(connection), expected)
            return number, broken or next(filter(None, (unlike(connection) for unlike in kept)), None)

    def events(self) -> tuple[Event, ...]:
        """Return the whole trail."""
        with self._reading() as connection:
            return tuple(trail.events(connection))

    def _unlike(self, connection: sa.Connection) -> Broken | None:
        """Return the event that fixed a round's result, of the first whose visits and texts no longer come to it."""
        for one in rounds(connection):
            if one.open:
                continue
            fixed = list(
                trail.events(connection, event.c.about == one.name, event.c.kind.in_(("结束", "更正")))
            )[-1]
            again = scores.judged(connection, one.name, calendar=self._calendar, infer=self._infer)
            if not fixed.body["sha256"] == again.sha256 == scores.kept_digest(connection, one.name):
                return Broken(fixed.number, f"“{one.name}”现在算出的与结束时不同，表里的检查或得分被改过")
        return None
