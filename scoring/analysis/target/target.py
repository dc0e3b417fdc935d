"""整改目标: the cheapest set of open problems whose rectification lifts a card to a grade.

Exact: findings are turned to 合格 and the real tally is asked, since losses meet in caps, floors, zero-outs and vetoes.
Cheapest is: the fewest problems, then the fewest points given back, then the gravest, then the earliest due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scoring.analysis.target.problems import OpenProblem, open_problems, turned
from scoring.analysis.target.search import Rejudge, assured, search
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.finding import Result
from scoring.points import ZERO, plain
from scoring.rectify.orders import Order
from scoring.tally import ScoreCard

MOST_TRIED = 5000


@dataclass(frozen=True, slots=True)
class Fix:
    """One problem to rectify: its clauses (编号; more than one where they count the same occurrences), and its points.

    ``gain`` is what the published score rises by, this one put right after those before it.
    """

    clauses: tuple[str, ...]
    name: str
    severity: str
    due_at: datetime | None
    gain: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """The way to a grade: ``fixes`` lead to ``after``; with ``reached`` False they are all that can be put right.

    ``cut`` says that the search stopped before it had tried everything: then ``fixes`` is one way, perhaps not the
    cheapest. ``why`` says what stands in the way.
    """

    card: ScoreCard
    grade: str
    reached: bool
    fixes: tuple[Fix, ...]
    after: ScoreCard
    cut: bool = False
    why: str = ""


def target(
    card: ScoreCard,
    grade: str,
    rejudge: Rejudge,
    orders: Iterable[Order] = (),
    fixable: Collection[str] | None = None,
    most_tried: int = MOST_TRIED,
) -> Target:
    """Return the cheapest way from a card to a grade, or what can be reached at best and why no more.

    ``rejudge`` is ``Scorer.rejudged``; ``orders`` tell when the problems are due; ``fixable`` limits the clauses (编号)
    that can still be put right. Raises ScoringError for an unknown grade.
    """
    grades = [name for name, _ in card.program.grades]
    if grade not in grades:
        raise unknown_grade(grade, grades)
    problems = open_problems(card, orders, fixable)
    good = frozenset(grades[: grades.index(grade) + 1])
    found = search(card, problems, good, rejudge, most_tried)
    chosen = problems if found.fixed is None else found.fixed
    fixes, after = _stepwise(card, chosen, rejudge)
    reached = assured(after) in good
    return Target(
        card, grade, reached, fixes, after, found.cut, "" if reached else _why(after, grade, fixable)
    )


def unknown_grade(grade: str, known: Iterable[str]) -> ScoringError:
    """Return the error for a grade that no standard asked has."""
    hint = did_you_mean(shortened(grade), known)
    return ScoringError([Problem(message=f"没有“{shortened(grade)}”这个等次", hint=hint)])


def _stepwise(
    card: ScoreCard, chosen: Sequence[OpenProblem], rejudge: Rejudge
) -> tuple[tuple[Fix, ...], ScoreCard]:
    """Return what each problem gives back, put right one after another, and the card at the end."""
    fixes: list[Fix] = []
    now = card
    for problem in chosen:
        then = rejudge(card, turned(now.findings, [problem]))
        gain = (then.low or ZERO) - (now.low or ZERO)
        fixes.append(Fix(problem.clauses, problem.name, problem.severity, problem.due_at, gain))
        now = then
    return tuple(fixes), now


def _why(best: ScoreCard, grade: str, fixable: Collection[str] | None) -> str:
    """Say what still stands in the way when everything that can be has been put right."""
    reasons: list[str] = []
    vetoes = [best.program.clause(one.clause).card for one in best.vetoes]
    if vetoes:
        named = "、".join(f"{one.id} {one.name}" for one in vetoes)
        certain = any(one.certain for one in best.vetoes)
        reasons.append(f"一票否决 {named}" if certain else f"{named} 未查，可能一票否决")
    open_ = [one for one in best.findings if one.result is Result.NOT_CHECKED]
    if open_ and best.low is not None and best.high is not None and best.low < best.high:
        reasons.append(f"{len(open_)} 条未查，还悬着 {plain(best.high - best.low)} 分，查清才能定")
    if best.low is None:
        reasons.append("没有可评的条款")
    failing = sum(one.result is Result.FAIL for one in best.findings)
    if failing and fixable is not None:
        reasons.append(f"还有 {failing} 条不在可整改之列")
    return "；".join(reasons) or f"全部整改也不到{grade}的起点分"
