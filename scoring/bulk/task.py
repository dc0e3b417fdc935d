"""What a run is given, apart from where its results go and how much of the machine it may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.bulk.past.join import NO_PAST, Sources
from scoring.bulk.source import Input
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.inspection import Unit
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard


@dataclass(frozen=True, slots=True)
class Task:
    """Tables of visits (``inputs``), and by which standards they are judged.

    The register's ``units`` say what the tables have no column for; without a register a table says it all. ``details`` are
    the 问题明细 of the visits, a row for each problem found. By a ``scheme`` the units' past (``before``) makes findings
    dearer, and what passed and failed is written for the rounds to come.
    """

    inputs: Sequence[Input]
    standards: Sequence[Standard]
    infer: Infer
    calendar: Calendar
    units: Sequence[Unit] = ()
    details: Sequence[Input] = ()
    scheme: Scheme | None = None
    before: Sources = NO_PAST
