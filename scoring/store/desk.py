"""What every part of the store works with: the database, the calendar and the inference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.store.engine import reading, writing


class Desk:
    """One part of the store. Every change is one transaction: the rows, and the event that says who did what, when.

    ``who`` and ``at`` (ISO time, to the second) of every method go into the trail; the store has no clock of its own.
    """

    def __init__(self, engine: sa.Engine, calendar: Calendar, infer: Infer) -> None:
        self._engine, self._calendar, self._infer = engine, calendar, infer

    @contextmanager
    def _writing(self, who: str) -> Iterator[sa.Connection]:
        """Yield a connection in one writing transaction; raise ScoringError where nobody says who writes."""
        if not who.strip():
            raise ScoringError([Problem(message="没写是谁做的", hint="加 --by 姓名")])
        with writing(self._engine) as connection:
            yield connection

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine)
