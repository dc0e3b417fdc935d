"""Ask only the clauses that something may be wrong by: those that rest on an answer which is not quiet.

An answer is quiet where no clause fails by it (0 of what is counted, 否 to a fault); most answers are. One pass in C over
a visit's answers tells the others, and takes the place of a loop over its clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, repeat
from typing import Any

from scoring.grammar.condition import And, CompareFields, Condition, Leaf, Or
from scoring.match.derive import usual
from scoring.match.predicates import F, Form, predicate
from scoring.match.usual import Usual, picker
from scoring.tariff import Values

Watched = Mapping[str, Sequence[Leaf]]


class Watch:
    """Tell which of some clauses are to be asked at a visit: a clause passes while every answer watched for it is quiet."""

    def __init__(self, conditions: Mapping[int, Condition], form: Form) -> None:
        """Take, by the place of each clause, the condition without which it passes, and the form that is watched."""
        self._always: set[int] = set()
        leaves: dict[str, list[Leaf]] = {}
        places: dict[str, list[int]] = {}
        for place, condition in conditions.items():
            found = watched(condition, form)
            if found is None:
                self._always.add(place)
            for name, own in (found or {}).items():
                leaves.setdefault(name, []).extend(own)
                places.setdefault(name, []).append(place)
        self._pick, self._places = picker(tuple(places)), tuple(places.values())
        self._quiet: list[dict[Any, bool]] = [
            dict.fromkeys(quiet(usual(form[name]), name, own, form), False) for name, own in leaves.items()
        ]

    def __call__(self, values: Values) -> list[int]:
        """Return the places of the clauses to ask, in their order; by all others nothing can be wrong."""
        loud = compress(self._places, map(dict.get, self._quiet, self._pick(values), repeat(True)))
        return sorted(self._always.union(*loud))


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
