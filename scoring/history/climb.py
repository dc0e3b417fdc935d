"""The ladder applied: what a unit's history makes of the prices of its findings, after 最高扣 and before the item's floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from scoring.compile.program import Program
from scoring.finding import Finding, Mark, Result
from scoring.history.consequence import Consequence
from scoring.history.ladder import Choice, LadderStep, dearest
from scoring.match.records import Matched


@dataclass(frozen=True, slots=True)
class Taken:
    """A clause's step of the ladder, and why (None: its source counts more for every fail).

    ``certain`` is False where the step is that of the upper end of the cost: the lower end took none, or is 未查.
    """

    choice: Choice
    cause: Consequence | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Raised:
    """What history comes to on one card: its consequences, and the step of each clause that took one, by number."""

    consequences: tuple[Consequence, ...] = ()
    steps: Mapping[int, Taken] = field(default_factory=lambda: MappingProxyType({}))


UNRAISED = Raised()


def climb(
    program: Program,
    matched: Matched,
    consequences: Sequence[Consequence],
    ladder: Sequence[LadderStep],
) -> tuple[Matched, Raised]:
    """Return the findings with the costs that the ladder makes of them, and how.

    A clause that takes its whole item (本项不得分) can take no more, one whose heap another clause takes nothing. What is
    certain counts for the lower end of a cost, what is possible for the upper; a step raises a higher price at least as
    high, so the ends stay in order.
    """
    by_clause: dict[int, dict[Mark, Consequence]] = {}
    for one in consequences:
        by_clause.setdefault(one.mark.clause, {})[one.mark] = one
    findings, steps = list(matched.findings), {}
    for finding in (*matched.failed, *(one for one in matched.open if one.may_fail)):
        causes = by_clause.get(finding.clause, {})
        low, high = _ends(program, finding, causes, ladder)
        if choice := low or high:
            steps[finding.clause] = Taken(
                choice, causes.get(choice.mark) if choice.mark else None, low is not None
            )
            findings[finding.clause - 1] = replace(
                finding, low=low.cost if low else finding.low, high=high.cost if high else finding.high
            )
    failed, open_ = (
        tuple(findings[one.clause - 1] for one in some) for some in (matched.failed, matched.open)
    )
    raised = replace(matched, findings=tuple(findings), failed=failed, open=open_)
    return raised, Raised(tuple(consequences), steps)


def _ends(
    program: Program, finding: Finding, causes: Mapping[Mark, Consequence], ladder: Sequence[LadderStep]
) -> tuple[Choice | None, Choice | None]:
    """Return the step that each end of a cost takes."""
    spared = finding.charged_by and not finding.high
    if not ladder or spared or program.clause(finding.clause).zeroes:
        return None, None
    certain = [mark for mark, one in causes.items() if one.certain]
    high = dearest(ladder, causes, finding.high)
    if finding.result is not Result.FAIL or finding.charged_by:
        return None, high
    settled = finding.low == finding.high and len(certain) == len(causes)
    return high if settled else dearest(ladder, certain, finding.low), high
