"""Words that every report shares: how a score, a unit's main problems, a deadline and outside text are written."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from scoring.errors import visible
from scoring.finding import Result
from scoring.rectify.orders import Order, found_text
from scoring.round import UnitScore

MAIN_PROBLEMS = 3


def score_text(one: UnitScore) -> str:
    """Write a score, its range while something is 未查, or why there is none."""
    if not one.standard.scored:
        return "只统计"
    if one.low is None or one.high is None:
        return "未查" if not one.counted and any(card.low is not None for card in one.cards) else "不适用"
    return f"{one.low:.2f}" if one.score is not None else f"{one.low:.2f}～{one.high:.2f}"


def grade_text(one: UnitScore) -> str:
    """Write a grade, 未定 while the two ends of the range differ."""
    return one.grade or ("未定" if one.low is not None else "—")


def main_problems(one: UnitScore) -> str:
    """Name what cost a unit most over its visits, the dearest first."""
    worst: dict[str, tuple[Decimal, str]] = {}
    for card in one.cards:
        for finding in card.findings:
            if finding.result is Result.FAIL:
                clause = card.program.clause(finding.clause)
                id, lost = clause.card.id, card.losses[finding.clause - 1]
                if id not in worst or lost > worst[id][0]:
                    worst[id] = (lost, found_text(clause, finding))
    ranked = sorted(worst.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return visible("；".join(text for _, (_, text) in ranked[:MAIN_PROBLEMS]))


def due_text(order: Order, as_of: date | None) -> str:
    """Write a deadline as date and hour; with ``as_of``, how long it has passed."""
    if order.due_at is None:
        return "另定"
    text = f"{order.due_at:%Y-%m-%d %H:%M}"
    if as_of is not None and order.due_at < datetime.combine(as_of, time()):
        text += f"（已过{(as_of - order.due_at.date()).days}天）"
    return text
