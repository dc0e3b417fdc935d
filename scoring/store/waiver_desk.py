"""豁免: granted, revoked and listed."""

from __future__ import annotations

from datetime import date

from scoring.errors import ScoringError
from scoring.match.waive import Waiver
from scoring.store import trail, waivers
from scoring.store.desk import Desk, one_line, reason_problems
from scoring.store.waivers import Granted


class Waivers(Desk):
    """The waivers of a database: scorings after a grant see it, closed rounds stay as they were."""

    def grant(
        self, unit: str, clause: str, days: tuple[date, date], reason: str, *, who: str, at: str
    ) -> Granted:
        """Excuse a unit, by its id or name, from a clause from a first day to a last."""
        with self._writing(who) as connection:
            made = Waiver(clause, *days, one_line(reason), who)
            body = waivers.grant(connection, unit, made, trail.head(connection)[0] + 1)
            trail.append(connection, at, who, "豁免", body["unit"], body)
            return waivers.granted(connection)[-1]

    def revoke(self, number: int, reason: str, *, who: str, at: str) -> Granted:
        """Take a waiver back by its number: later scorings no longer see it."""
        with self._writing(who) as connection:
            if wrong := list(reason_problems(reason, "撤销豁免")):
                raise ScoringError(wrong)
            found = waivers.revoke(connection, number, trail.head(connection)[0] + 1)
            body = {"waiver": number, "reason": one_line(reason)}
            trail.append(connection, at, who, "撤销豁免", found.unit.id, body)
        return found

    def all(self) -> list[Granted]:
        """Return every waiver, the earliest first, expired and revoked ones too."""
        with self._reading() as connection:
            return waivers.granted(connection)
