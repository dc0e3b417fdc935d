"""荣誉 and warnings: conditions on a standing, and streaks over this scheme's own rounds or over those below.

Where a unit's own score is still open, a condition must hold at every score it may come to; ranks are those among the
units that are ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.compile.fit_honour import GRADE, LAST, OPEN, RANK, SCORE, VETOED, honour_condition, honour_fields
from scoring.finding import Infer
from scoring.grammar.condition import Compare, Condition, Value, leaves
from scoring.inspection import NO, YES
from scoring.judge.standing import Standing
from scoring.judge.streak import streak, streak_anywhere
from scoring.judge.subjects import Subject
from scoring.match.predicates import T, predicate
from scoring.points import ONE
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Honour

Won = Sequence[Collection[str]]
Earlier = Mapping[tuple[str, str], Won]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A standing, the honours it has so far, and what its unit won in the rounds before and below (by part)."""

    standing: Standing
    won: tuple[str, ...]
    before: Won
    below: Mapping[str, Won]

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the unit has won in this round so far, its grade among it."""
        return *self.won, self.standing.grade or ""


Test = Callable[[Candidate], bool]


def honoured(
    scheme: Scheme,
    standings: Iterable[Standing],
    subjects: Mapping[tuple[str, str], Subject],
    ran: Mapping[tuple[str, str], Sequence[str]],
    earlier: Earlier,
    infer: Infer,
) -> Iterator[Standing]:
    """Yield each standing with its honours, in the order in which the scheme writes them."""
    tests = [(honour, _test(scheme, honour, infer)) for honour in scheme.honours]
    for one in standings:
        key = one.unit.id, one.standard
        before, below = earlier.get(key, ()), won_below(scheme, subjects[key], ran)
        won: tuple[str, ...] = ()
        for honour, given in tests:
            meant = honour.kinds is None or one.unit.kind in honour.kinds
            if meant and given(Candidate(one, won, before, below)):
                won = (*won, honour.name)
        yield replace(one, honours=won) if won else one


def won_below(
    scheme: Scheme, subject: Subject, ran: Mapping[tuple[str, str], Sequence[str]]
) -> dict[str, list[tuple[str, ...]]]:
    """Return by part what a subject won in each round below, in the order of time; nothing where it was not judged."""
    found = {}
    for part in scheme.parts:
        names = {score.round: score.names for score in subject.lower.get(part.name, ())}
        found[part.name] = [names.get(name, ()) for name in ran.get((subject.standard, part.name), ())]
    return found


def _test(scheme: Scheme, honour: Honour, infer: Infer) -> Test:
    if honour.when is not None:
        holds = _holds(scheme, honour.when)
        return lambda one: holds(one.standing)
    name, times = honour.streak or "", honour.times
    if (rounds := honour.rounds) is not None:
        return lambda one: streak_anywhere(infer, [name in won for won in one.below[rounds]], times)
    return lambda one: streak(infer, [name in won for won in (*one.before, one.names)], times)


def _holds(scheme: Scheme, text: str) -> Callable[[Standing], bool]:
    """Return the test whether a condition holds of a standing for certain."""
    tree, step = honour_condition(text, scheme), ONE.scaleb(-scheme.places)
    ask = predicate(tree, honour_fields(scheme))
    ends = sorted({one for value in _bounds(tree) for one in (value - step, value, value + step)})

    def holds(one: Standing) -> bool:
        known = _known(one)
        if one.low is None or one.high is None:
            return ask(known) == T
        inside = [end for end in ends if one.low < end < one.high]
        return all(ask({**known, SCORE: score}) == T for score in dict.fromkeys((one.low, one.high, *inside)))

    return holds


def _bounds(tree: Condition) -> Iterator[Decimal]:
    """Yield the scores at which a condition may turn."""
    for leaf in leaves(tree):
        if isinstance(leaf, Compare) and leaf.field == SCORE and isinstance(leaf.value, Decimal):
            yield leaf.value


def _known(one: Standing) -> dict[str, Value]:
    """Return what is known of a standing, but its score; what is missing is unknown to the condition."""
    known: dict[str, Value] = {OPEN: NO if one.low == one.high else YES}
    if one.rank is not None and one.last is not None:
        known |= {RANK: Decimal(one.rank), LAST: Decimal(one.last)}
    if one.grade is not None:
        known[GRADE] = one.grade
    if one.veto != "possible":
        known[VETOED] = YES if one.veto else NO
    return known
