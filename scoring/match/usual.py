"""Look at all answers of a visit at once: most are usual ones, and only the others are worth a closer look.

One pass in C over a visit's answers takes the place of a loop over its 检查项.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from operator import contains, itemgetter
from typing import Any

from scoring.inspection import BLANK

_PLAIN = (Decimal, str)

Usual = frozenset[Any]
Pick = Callable[[Mapping[str, Any]], tuple[Any, ...]]


def picker(names: Sequence[str]) -> Pick:
    """Return what picks the answers to some 检查项, in their order; BLANK where there is none."""

    def slowly(answers: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(map(answers.get, names, repeat(BLANK)))

    if len(names) < 2:  # of one name alone an itemgetter makes no tuple
        return slowly
    all_given = itemgetter(*names)

    def pick(answers: Mapping[str, Any]) -> tuple[Any, ...]:
        try:
            return tuple(all_given(answers))
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
