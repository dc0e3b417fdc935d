"""What can be put right on a card: its failed findings, those about one heap together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.finding import Finding, Result
from scoring.points import ZERO
from scoring.rectify.orders import SEVERITIES, Order
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """Failed findings that one rectification turns to 合格: a heap's taker with those it spares."""

    findings: tuple[Finding, ...]
    clauses: tuple[str, ...]
    name: str
    severity: str
    due_at: datetime | None


def turned(findings: Sequence[Finding], problems: Iterable[OpenProblem]) -> tuple[Finding, ...]:
    """Return findings with those of some problems turned to 合格."""
    fixed = {one.clause for problem in problems for one in problem.findings}
    return tuple(
        Finding(one.clause, Result.PASS, ZERO, ZERO) if one.clause in fixed else one for one in findings
    )


def open_problems(
    card: ScoreCard, orders: Iterable[Order] = (), fixable: Collection[str] | None = None
) -> tuple[OpenProblem, ...]:
    """Return what can be put right, the dearest first, so that a search soon knows what is enough."""
    due, found = _due(card, orders), []
    failed = [one for one in card.findings if one.result is Result.FAIL]
    own = {card.program.clause(one.clause).card.id for one in failed}
    heaps: dict[str, list[Finding]] = {}
    for one in failed:
        id = card.program.clause(one.clause).card.id
        heaps.setdefault(one.charged_by if one.charged_by in own else id, []).append(one)
    for taker, members in sorted(heaps.items(), key=lambda pair: (-max(one.low for one in pair[1]), pair[0])):
        clauses = [card.program.clause(one.clause).card for one in members]
        if fixable is not None and taker not in fixable:
            continue
        first = next((clause for clause in clauses if clause.id == taker), clauses[0])
        gravest = max((clause.severity for clause in clauses), key=SEVERITIES.index)
        dates = [due[clause.id] for clause in clauses if clause.id in due]
        ids = (first.id, *(clause.id for clause in clauses if clause is not first))
        found.append(OpenProblem(tuple(members), ids, first.name, gravest, min(dates, default=None)))
    return tuple(found)


def _due(card: ScoreCard, orders: Iterable[Order]) -> dict[str, datetime]:
    """Return when each clause's problem is due, by the orders of this visit."""
    due: dict[str, datetime] = {}
    for order in orders:
        if order.inspection.visit == card.inspection.visit and order.due_at is not None:
            for id in order.clauses:
                due[id] = min(due.get(id, order.due_at), order.due_at)
    return due
