"""The way to a grade for a unit, whatever its cards come from: sheets, a host's own records, a round in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time

from scoring.analysis.target.search import Rejudge
from scoring.analysis.target.target import Target, target, unknown_grade
from scoring.errors import Problem, ScoringError
from scoring.inspection import Unit
from scoring.score import Assessment
from scoring.tally import ScoreCard


def unit_targets(
    assessment: Assessment,
    unit: Unit,
    grade: str,
    rejudge: Rejudge,
    day: date | None = None,
    fixable: Collection[str] | None = None,
) -> tuple[Target, ...]:
    """Return the way to a grade under each standard that knows it, from the unit's latest card, or that of a ``day``.

    ``rejudge`` is ``Scorer.rejudged`` of any scorer; ``fixable`` are the clauses (编号) whose problems are still open, all
    of them by default. Raises ScoringError where the unit has no card (on that day) or none of its standards the grade.
    """
    own = [card for card in assessment.cards if card.inspection.unit.id == unit.id]
    scored = [card for card in own if card.program.standard.scored]
    there = [card for card in scored if day in (None, card.inspection.date)]
    if not there:
        raise _none(unit, day, own, scored)
    by_standard: dict[str, list[ScoreCard]] = {}
    for card in there:
        by_standard.setdefault(card.program.standard.id, []).append(card)
    latest = [max(cards, key=_lateness) for _, cards in sorted(by_standard.items())]
    known = dict.fromkeys(name for card in latest for name, _ in card.program.grades)
    if grade not in known:
        raise unknown_grade(grade, known)
    return tuple(
        target(card, grade, rejudge, assessment.orders, fixable)
        for card in latest
        if grade in dict(card.program.grades)
    )


def _lateness(card: ScoreCard) -> tuple[object, ...]:
    """Return what the latest card has most of: anything checked at all, then the date and hour; then in a fixed order."""
    seen = card.inspection
    return card.checked, seen.date, seen.time or time.min, seen.number, seen.source, seen.inspectors


def _none(
    unit: Unit, day: date | None, own: Sequence[ScoreCard], scored: Sequence[ScoreCard]
) -> ScoringError:
    if not scored:
        message = f"{unit.name}只有只统计、不计分的标准" if own else f"{unit.name}没有检查记录"
        return ScoringError([Problem(message=message, hint="给出有这个单位的检查")])
    days = sorted({card.inspection.date for card in scored})
    hint = f"查过的日子: {'、'.join(map(str, days))}"
    return ScoringError([Problem(message=f"{unit.name}在 {day} 没有检查", hint=hint)])
