"""From a scheme to the policy by which findings are judged: its 阶梯, 加倍来源, 反弹期 and 督办 made ready for one source.

A source means itself, whatever it is merged into (并入): merging says how scores are pooled, the ladder what a finding
weighs, and 加倍来源 could otherwise name none but those that have a share of their own. A source that is not scored
(只通报) has no price to raise, so that it climbs no ladder; what its units owe is still told.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from scoring.finding import MarkKind
from scoring.history.ladder import LadderStep, Level, Policy
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Escalation, Step

DOUBLED = LadderStep(None, multiply=Decimal(2))


def policy(scheme: Scheme, source: str) -> Policy:
    """Return by what the history of a unit is judged at a visit of a source; made once for all that is said alike."""
    scored = bool(scheme.pool(source))
    steps = (one for one in scheme.ladder if (scored if one.sources is None else source in one.sources))
    return _policy(tuple(steps), source in scheme.doubled, scheme.relapse or 0, scheme.escalations)


@lru_cache(maxsize=256)
def _policy(
    steps: tuple[Step, ...], doubled: bool, relapse: int, escalations: tuple[Escalation, ...]
) -> Policy:
    # A step that is written is taken before 加倍, which costs the same, for it says more.
    ladder = *map(_step, steps), *((DOUBLED,) if doubled else ())
    return Policy(ladder, relapse, _levels(escalations))


def _step(step: Step) -> LadderStep:
    return LadderStep(MarkKind(step.kind), step.times, multiply=step.multiply, add=step.add)


def _levels(escalations: Sequence[Escalation]) -> tuple[Level, ...]:
    """Return whom orders go to, each once, in the order in which they are named first: from the lowest."""
    levels: dict[str, Level] = {}
    for one in escalations:
        known = levels.get(one.to, Level(one.to))
        levels[one.to] = Level(one.to, one.late or known.late, one.redo or known.redo)
    return tuple(levels.values())
