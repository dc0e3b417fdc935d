"""The database of appraisals: what a host application and the command keep rounds in.

Every change is one transaction: the rows and the event that says who did what, when, and what came of it. Events form a
chain of hashes (``audit``), so a change past the program shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.store.analysis_desk import Analyses
from scoring.store.appeal_desk import Appeals
from scoring.store.draw_desk import Draws
from scoring.store.engine import open_engine
from scoring.store.order_desk import Orders
from scoring.store.register_desk import Registers
from scoring.store.round_desk import Rounds
from scoring.store.trail_desk import Trail
from scoring.store.upgrade import upgrade
from scoring.store.waiver_desk import Waivers

__all__ = ["Store"]


class Store:
    """A database of appraisals, by the path of an SQLite file or a database URL (SQLite, PostgreSQL).

    ``rounds`` opens, fills, scores and closes rounds; ``orders`` issues what must be put right and follows it to its end;
    ``draws`` draws by lot who is visited; ``appeals`` puts recorded visits right, ``waivers`` excuses units from clauses;
    ``analyses`` compares and replays rounds; ``registers`` keeps the 登记簿 and adds them up; ``trail`` tells what happened
    and verifies it. Every method raises ScoringError with the way out where something is asked that cannot be.
    """

    def __init__(self, url: Path | str, *, calendar: Calendar, infer: Infer, create: bool = True) -> None:
        self._engine = open_engine(str(url), create=create)
        upgrade(self._engine, create=create)
        parts = self._engine, calendar, infer
        self.rounds, self.orders, self.registers = Rounds(*parts), Orders(*parts), Registers(*parts)
        self.appeals, self.waivers = Appeals(*parts), Waivers(*parts)
        self.analyses, self.draws, self.trail = Analyses(*parts), Draws(*parts), Trail(*parts)

    def __enter__(self) -> Self:
        """Return the store itself; at the end of the block it lets go of the database."""
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
