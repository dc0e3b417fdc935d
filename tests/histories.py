"""Random pasts of a unit: the same thing as the plain lists of ``brute_history`` and as a ``History``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from scoring.finding import MarkKind, Result
from scoring.history.ladder import STEP_KINDS, LadderStep, Level, Policy
from scoring.history.past import Earlier, History, PastFinding, PastOrder
from tests import brute_history as brute
from tests.support import DAY

BEGAN = DAY.replace(day=1)
ROUNDS = [(dt.date(2021, 12, 1), "2021-12")] + [
    (dt.date(2022, month, 1), f"2022-{month:02d}") for month in range(1, 6)
]
VISITS = ("", "F", "F", "F", "P", "FF", "FP", "PF", "PP", "N", "X", "NF", "XP")
_SAID = {"F": "fail", "P": "pass", "N": "notchecked", "X": "notapplicable"}
timelines = st.lists(
    st.sampled_from(VISITS).map(lambda letters: [_SAID[one] for one in letters]),
    min_size=len(ROUNDS),
    max_size=len(ROUNDS),
)
near = st.integers(-40, 12).map(lambda days: DAY + dt.timedelta(days))
maybe = st.none() | near
orders = st.fixed_dictionaries(
    {
        "found": near,
        "due": maybe,
        "replied": maybe,
        "closed": maybe,
        "level": st.integers(0, 3),
        "redo": st.integers(0, 3),
    }
)
points = st.sampled_from([Decimal(text) for text in ("0", "0.3", "0.5", "1", "1.5", "2", "3.33")])
steps = st.builds(
    LadderStep, st.sampled_from([*STEP_KINDS, None]), st.integers(1, 5), st.integers(0, 2), points, points
)
levels = st.lists(st.builds(Level, st.just("乡长"), st.integers(0, 9), st.integers(0, 3)), max_size=3)
policies = st.builds(
    Policy,
    st.lists(steps, max_size=5).map(tuple),
    st.sampled_from([0, 5, 30]),
    levels.map(tuple),
)


@dataclass(frozen=True)
class Told:
    """One past of a unit, told twice."""

    timelines: Mapping[str, brute.Timeline]
    orders: Sequence[tuple[tuple[str, ...], brute.Order]]
    history: History

    @property
    def policy(self) -> dict[str, Any]:
        """Return the policy in plain numbers."""
        policy = self.history.policy
        of = lambda kind: [one.times for one in policy.ladder if one.kind is kind]  # noqa: E731
        return {
            "longest": max(3, *of(MarkKind.REPEATED), 0),
            "relapse": policy.relapse,
            "late": {1, *of(MarkKind.OVERDUE)},
            "redo": {1, *of(MarkKind.REDONE)},
            "levels": [(one.late, one.redo) for one in policy.levels],
        }

    @property
    def ladder(self) -> list[tuple[Any, ...]]:
        """Return the ladder in plain words and numbers."""
        return [
            (one.kind and one.kind.value, one.times, one.level, one.multiply, one.add)
            for one in self.history.policy.ladder
        ]

    def consequences(self, clause: str, fails: bool, seen: dt.date = DAY) -> set[tuple[str, int, int]]:
        """Return what the simple reading derives for a clause."""
        own = [order for ids, order in self.orders if clause in ids]
        on = self.history.as_of or seen
        return brute.consequences(fails, self.timelines.get(clause, []), own, self.policy, seen, on)


@st.composite
def pasts(draw: st.DrawFn, clauses: Sequence[str]) -> Told:
    """A past of some clauses; rows come in any order, some of them twice."""
    drawn = {clause: draw(timelines) for clause in clauses}
    rows = [
        PastFinding(*place, clause, Result(said))
        for clause, timeline in drawn.items()
        for place, visits in zip(ROUNDS, timeline, strict=True)
        for said in visits
    ]
    rows += [PastFinding(BEGAN, "2022-06", clause, Result.FAIL) for clause in clauses]
    cited = st.sets(st.sampled_from(list(clauses)), min_size=1, max_size=2).map(
        lambda ids: tuple(sorted(ids))
    )
    given = draw(st.lists(st.tuples(cited, orders), max_size=3))
    kept = [
        PastOrder(ids, one["found"], one["due"], one["replied"], one["closed"], one["level"], one["redo"])
        for ids, one in given
    ]
    as_of = draw(st.sampled_from([None, DAY, DAY + dt.timedelta(9)]))
    history = History(
        Earlier(BEGAN, draw(st.permutations(rows))), draw(policies), draw(st.permutations(kept)), as_of
    )
    return Told(drawn, given, history)
