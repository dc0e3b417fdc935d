"""What every part of the store works with: the database, the calendar and the inference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, visible
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.store.engine import reading, writing

MOST_NAME, MOST_REASON = 200, 1000


def one_line(reason: str) -> str:
    """Return a reason as it is kept: on one line."""
    return " ".join(visible(reason).split())


def reason_problems(reason: str, what: str) -> Iterator[Problem]:
    """Yield what is wrong with the reason somebody gives for something."""
    if not one_line(reason):
        yield Problem(message=f"{what}没写理由", hint="加 --reason 理由")
    elif len(reason) > MOST_REASON:
        yield Problem(message=f"{what}的理由太长（{len(reason)}字）", hint=f"最多{MOST_REASON}字")


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
        if len(who) > MOST_NAME:
            raise ScoringError([Problem(message="--by 太长", hint=f"只写姓名，最多{MOST_NAME}字")])
        with writing(self._engine) as connection:
            yield connection

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine)
