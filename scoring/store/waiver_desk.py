"""豁免: granted, revoked and listed."""

from __future__ import annotations

from datetime import date

from scoring.errors import Problem, ScoringError
from scoring.match.waive import Waiver
from scoring.store import trail, waivers
from scoring.store.desk import Desk
from scoring.store.waivers import Granted


class Waivers(Desk):
    """The waivers of a database: scorings after a grant see it, closed rounds stay as they were."""

    def grant(
        self, unit: str, clause: str, days: tuple[date, date], reason: str, *, who: str, at: str
    ) -> Granted:
        """Excuse a unit, by its id or name, from a clause from a first day to a last."""
        with self._writing(who) as connection:
            made = Waiver(clause, *days, reason.strip(), who)
            body = waivers.grant(connection, unit, made, trail.head(connection)[0] + 1)
            trail.append(connection, at, who, "豁免", body["unit"], body)
            return waivers.granted(connection)[-1]

    def revoke(self, number: int, reason: str, *, who: str, at: str) -> Granted:
        """Take a waiver back by its number: later scorings no longer see it."""
        with self._writing(who) as connection:
            if not reason.strip():
                raise ScoringError([Problem(message="撤销豁免没写理由", hint="加 --reason 理由")])
            found = waivers.revoke(connection, number, trail.head(connection)[0] + 1)
            body = {"waiver": number, "reason": reason.strip()}
            trail.append(connection, at, who, "撤销豁免", found.unit.id, body)
        return found

    def all(self) -> list[Granted]:
        """Return every waiver, the earliest first, expired and revoked ones too."""
        with self._reading() as connection:
            return waivers.granted(connection)
