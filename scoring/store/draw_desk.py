"""抽签 for rounds: drawn from the round's own register, recorded, listed with who is still to be visited."""

from __future__ import annotations

from datetime import date

from scoring.analysis.draw.units import Drawn
from scoring.analysis.draw.wanted import Wanted
from scoring.store import draws, trail
from scoring.store.desk import Desk
from scoring.store.draws import KeptDraw
from scoring.store.rounds import the_round


class Draws(Desk):
    """The draws of a database. A draw cannot be taken back: another one is another draw, and both stand in the trail."""

    def draw(self, round: str, wanted: Wanted, *, on: date, who: str, at: str) -> Drawn:
        """Draw units of an open round on a day and record it; nobody again before everyone of the stratum was drawn.

        Raises ScoringError for a seed that drew of these kinds before, and for all that cannot be drawn.
        """
        with self._writing(who) as connection:
            one = the_round(connection, round, to_change=True)
            found, body = draws.drawn(connection, one.name, wanted, on)
            draws.keep(
                connection, one.name, body, trail.append(connection, at, who, draws.DRAWN, one.name, body)
            )
        return found

    def all(self, round: str = "") -> list[KeptDraw]:
        """Return every draw, or those of one round, in the order in which they were made."""
        with self._reading() as connection:
            name = the_round(connection, round).name if round else ""
            return list(draws.draws(connection, name))
