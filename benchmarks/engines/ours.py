"""Ours: findings alone, with the ledger, and complete with means, ranks and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from benchmarks.engines.conditions import Records, Run, standard_text
from scoring.compile.program import Law
from scoring.finding import Finding, Result
from scoring.infer import choose
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import read_standard
from scoring.score import Scorer
from scoring.steps import Steps
from scoring.workdays import WorkCalendar

_STANDARD = read_standard(standard_text())
_FAIL = Result.FAIL


def findings(drawn: Records) -> Run:
    """Return a run that answers every clause: checked answers, a finding with its deduction each, nothing else."""
    seen = _visits(drawn)
    steps = Steps(Law([_STANDARD]).on(seen[0].date)[0])

    def run() -> int:
        return sum(len(steps.match(one, steps.derive(one)).failed) for one in seen)

    return run


def cards(drawn: Records) -> Run:
    """Return a run that makes cards: what follows from the findings, each item's sum, each clause's loss, the grade."""
    seen, scorer = _visits(drawn), _scorer("durable")
    return lambda: sum(_failed(card.findings) for one in seen for card in scorer.cards(one))


def complete(drawn: Records) -> Run:
    """Return a run of complete assessments: cards, means, ranks, orders."""
    return _assessed(drawn, "durable")


def with_reference(drawn: Records) -> Run:
    """Return the same with the inference said in Python, without durable-rules."""
    return _assessed(drawn, "reference")


def _assessed(drawn: Records, infer: str) -> Run:
    seen, scorer = _visits(drawn), _scorer(infer)
    return lambda: sum(_failed(card.findings) for card in scorer.score(seen).cards)


def _failed(findings: Iterable[Finding]) -> int:
    return sum([one.result is _FAIL for one in findings])


def _scorer(infer: str) -> Scorer:
    return Scorer([_STANDARD], calendar=WorkCalendar(), infer=choose(infer)[0])


def _visits(drawn: Records) -> list[Inspection]:
    columns, visits = frozenset(_STANDARD.form), []
    for number, record in enumerate(drawn):
        answers: dict[str, Answer] = {
            name: Decimal(value) if isinstance(value, int) else value for name, value in record.items()
        }
        day = dt.date(2022, 6, 1 + number % 28)
        visits.append(Inspection(Unit(f"{number:06d}", f"村{number}", "行政村"), day, answers, columns))
    return visits
