"""Double inspections: which clauses two inspections of one unit on one day judged alike, and which clauses are disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from scoring.errors import Problem, ScoringError
from scoring.finding import Result
from scoring.rule.clause import Clause
from scoring.tally import ScoreCard

MOST_A_DAY = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """One double inspection: two visits of a unit on one day by different inspectors, under one standard.

    Of the ``judged`` clauses, which both visits answered, ``alike`` got the same answer and ``differ`` (编号) did not;
    ``apart`` is how far the scores lie apart, None unless both are settled.
    """

    one: ScoreCard
    other: ScoreCard
    judged: int
    alike: int
    differ: tuple[str, ...]
    apart: Decimal | None

    @property
    def visits(self) -> tuple[object, object]:
        """Return the two visits, under whichever standard they are compared."""
        return self.one.inspection.visit, self.other.inspection.visit


@dataclass(frozen=True, slots=True)
class ClauseDispute:
    """A clause that double inspections disagree on: in how many of how many pairs."""

    clause: str
    name: str
    differ: int
    judged: int


def pairs(cards: Sequence[ScoreCard]) -> Iterator[Pair]:
    """Yield the double inspections among the visits of one unit under one standard.

    Raises ScoringError where there are more than ``MOST_A_DAY`` on one day.
    """
    by_day: dict[object, list[ScoreCard]] = {}
    for card in cards:
        if card.inspection.inspectors:
            by_day.setdefault(card.inspection.date, []).append(card)
    for day, same in by_day.items():
        if len(same) > MOST_A_DAY:
            message = f"{same[0].inspection.unit.name}在 {day} 查了{len(same)}次，太多"
            raise ScoringError([Problem(message=message, hint=f"一天最多{MOST_A_DAY}次；看看日期写对没有")])
        for one, other in combinations(same, 2):
            if not {*one.inspection.inspectors} & {*other.inspection.inspectors}:
                yield _pair(one, other)


def _pair(one: ScoreCard, other: ScoreCard) -> Pair:
    both = list(_both_answered(one, other))
    differ = tuple(clause.id for clause, alike in both if not alike)
    apart = None if one.score is None or other.score is None else abs(one.score - other.score)
    return Pair(one, other, len(both), len(both) - len(differ), differ, apart)


def _both_answered(one: ScoreCard, other: ScoreCard) -> Iterator[tuple[Clause, bool]]:
    """Yield the clauses that both visits answered and to which one at least applied, and whether they agree."""
    for clause, first, second in zip(one.program.clauses, one.findings, other.findings, strict=True):
        results = {first.result, second.result}
        if Result.NOT_CHECKED not in results and results != {Result.NOT_APPLICABLE}:
            yield clause.card, len(results) == 1


def disputes(found: Sequence[Pair]) -> tuple[ClauseDispute, ...]:
    """Return the clauses disagreed on, the most often first."""
    judged: Counter[str] = Counter()
    differ: Counter[str] = Counter()
    names: dict[str, str] = {}
    for pair in found:
        for clause, alike in _both_answered(pair.one, pair.other):
            names[clause.id] = clause.name
            judged[clause.id] += 1
            differ[clause.id] += not alike
    return tuple(
        ClauseDispute(id, names[id], times, judged[id])
        for id, times in sorted(differ.items(), key=lambda pair: (-pair[1], pair[0]))
        if times
    )
