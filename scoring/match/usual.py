"""Look at all answers of a visit at once: most are as usual, and only the others are worth a closer look.

A frozenset for each 检查项 says which answers are usual, a quiet one that no clause fails by; two passes in C over a
visit's answers then take the place of a loop over its clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from operator import contains, itemgetter
from typing import Any

from scoring.grammar.condition import And, CompareFields, Condition, Leaf, Or
from scoring.inspection import BLANK
from scoring.match.predicates import F, Form, predicate

_PLAIN = (Decimal, str)

Usual = frozenset[Any]
Pick = Callable[[Mapping[str, Any]], tuple[Any, ...]]
Watched = Mapping[str, Sequence[Leaf]]


def picker(names: Sequence[str]) -> Pick:
    """Return what picks the answers to some 检查项, in their order; BLANK where there is none."""

    def slowly(answers: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(map(answers.get, names, repeat(BLANK)))

    if len(names) < 2:  # of one name alone an itemgetter makes no tuple
        return slowly
    all_given = itemgetter(*names)

    def pick(answers: Mapping[str, Any]) -> tuple[Any, ...]:
        try:
            return all_given(answers)
        except KeyError:
            return slowly(answers)

    return pick


class AllUsual:
    """Tell whether each of some answers is a usual one of its 检查项."""

    def __init__(self, usual: Sequence[Usual]) -> None:
        self._usual = tuple(usual)
        self._types = [type(next(iter(some), None)) for some in usual]

    def __call__(self, given: Sequence[Any]) -> bool:
        """Return whether they all are; the answers stand in the order of the 检查项."""
        return [*map(type, given)] == self._types and all(map(contains, self._usual, given))


def is_usual(answer: Any, usual: Usual) -> bool:
    """Return whether an answer is a usual one; of no other type, for 3, 3.0 and True equal Decimal(3) and are no answers."""
    return type(answer) in _PLAIN and answer in usual


def watched(condition: Condition, names: Iterable[str]) -> Watched | None:
    """Return the 检查项 whose answers are enough to know that a condition is false: by each, the comparisons to ask.

    While all those comparisons are certainly false, so is the condition; it may be false without. Only some ``names``
    can be watched; None where those are not enough.
    """
    if isinstance(condition, And):  # one part that is false makes it false
        return next(filter(None, (watched(part, names) for part in condition.parts)), None)
    if isinstance(condition, CompareFields):
        return None
    if not isinstance(condition, Or):
        return {condition.field: (condition,)} if condition.field in names else None
    found: dict[str, tuple[Leaf, ...]] = {}
    for part in condition.parts:
        own = watched(part, names)
        if own is None:
            return None
        for name, leaves in own.items():
            found[name] = (*found.get(name, ()), *leaves)
    return found


def quiet(usual: Usual, name: str, leaves: Iterable[Leaf], form: Form) -> Usual:
    """Return those of a 检查项's usual answers by which all of some comparisons are certainly false."""
    asked = [predicate(leaf, form) for leaf in leaves]
    return frozenset(one for one in usual if all(holds({name: one}) == F for holds in asked))
