"""A bulk run in one call, as most tests ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scoring.bulk.engine import USUAL, Limits
from scoring.bulk.record import Outcome
from scoring.bulk.run import Progress, unwatched
from scoring.bulk.run import run as carry_out
from scoring.bulk.source import Input
from scoring.bulk.task import Task
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.rule.standard import Standard


def run(
    inputs: Sequence[Input],
    out: Path,
    laws: Sequence[Standard],
    infer: Infer,
    calendar: Calendar,
    limits: Limits = USUAL,
    progress: Progress = unwatched,
    **more: Any,
) -> Outcome:
    """Score some tables; ``more`` are the other fields of a task."""
    return carry_out(Task(inputs, laws, infer, calendar, **more), out, limits, progress)
