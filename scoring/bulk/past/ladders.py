"""The policies of a scheme's sources, and what each distinct pattern of a clause's past comes to: asked of ``infer`` once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.past.facts import Pattern, Thresholds
from scoring.errors import Problem, ScoringError
from scoring.finding import Fact, FindingFact, Infer, OrderFact
from scoring.history.ladder import Policy
from scoring.history.policy import policy
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.sql.climb import rungs

# What no source is called: whatever a scheme says of all sources it says of this one.
ANY = ""
DOUBLED = "加倍来源"


class Ladders:
    """The ladders by which a scheme's sources climb; ``rungs`` are those of all of them, each a bit in a clause's steps."""

    def __init__(self, scheme: Scheme, infer: Infer) -> None:
        self.scheme, self._infer = scheme, infer
        self.names = tuple(sorted({*scheme.sources, *scheme.doubled}))
        found = {name: policy(scheme, name) for name in (ANY, *self.names)}
        self.policies: tuple[Policy, ...] = tuple(dict.fromkeys(found.values()))
        self._numbers = {name: self.policies.index(one) for name, one in found.items()}
        self.rungs = rungs(step for one in self.policies for step in one.ladder)
        self._known: dict[Pattern, tuple[int, str]] = {}

    @cached_property
    def thresholds(self) -> Thresholds:
        """Return the numbers that the rules of any source tell apart."""
        every = [one.ruleset() for one in self.policies]
        return Thresholds(
            max(one.run for one in every),
            self.scheme.relapse or 0,
            tuple(sorted({days for one in every for days in one.late})),
            tuple(sorted({times for one in every for times in one.redo})),
        )

    @property
    def number(self) -> str:
        """Return, in SQL, the number of the policy by which a visit is judged."""
        return self._by_source({name: str(number) for name, number in self._numbers.items()})

    @property
    def without(self) -> tuple[str, str]:
        """Return, in SQL, what a clause takes without any past (加倍来源): its steps, and why."""
        found = {name: self.taken((number, 0, 0, 0, False)) for name, number in self._numbers.items()}
        steps = self._by_source({name: str(one) for name, (one, _) in found.items()})
        return steps, self._by_source({name: literal(why) for name, (_, why) in found.items()})

    def _by_source(self, values: Mapping[str, str]) -> str:
        other = values[ANY]
        ways = [f"WHEN {literal(name)} THEN {values[name]}" for name in self.names if values[name] != other]
        return f"CASE {quoted(columns.SOURCE)} {' '.join(ways)} ELSE {other} END" if ways else other

    def taken(self, pattern: Pattern) -> tuple[int, str]:
        """Return what a failed clause with such a past takes: which rungs fit, each a bit, and why in words."""
        found = self._known.get(pattern)
        if found is None:
            found = self._known[pattern] = self._asked(self.policies[pattern[0]], *pattern[1:])
        return found

    def _asked(self, one: Policy, run: int, late: int, redo: int, lately: bool) -> tuple[int, str]:
        orders = OrderFact(1, open=1, late=late, redo=redo), *([OrderFact(1)] if lately else [])
        marks = self._infer(one.ruleset(), (*_fails(run), *orders))
        fitting = [step for step in one.ladder if step.kind is None or any(map(step.fits, marks))]
        why = dict.fromkeys(DOUBLED if step.kind is None else step.kind.value for step in fitting)
        return sum(1 << self.rungs.index(rung) for rung in rungs(fitting)), "、".join(why)


def _fails(run: int) -> Iterator[Fact]:
    """Yield the clause's fail, and those of the rounds just before."""
    yield FindingFact(1, 1)
    yield from (FindingFact(1, 1, cur=0, seq=-back, nxt=1 - back) for back in range(1, run + 1))


def used(scheme: Scheme, standards: Sequence[Standard]) -> tuple[Standard, ...]:
    """Return the standards that a scheme uses; raises ScoringError where one of them is missing."""
    missing = [one.id for one in scheme.standards if one.id not in {each.id for each in standards}]
    if missing:
        hint = "用 --standard 给全，或不写用全部内置标准"
        raise ScoringError([Problem(where=scheme.name, message=f"没给标准 {'、'.join(missing)}", hint=hint)])
    wanted = {one.id for one in scheme.standards}
    return tuple(one for one in standards if one.id in wanted)


def asks_past(scheme: Scheme) -> bool:
    """Return whether a scheme makes anything dearer for what was before, or for where it was found."""
    return bool(scheme.ladder or scheme.doubled)
