"""Whether any answers make some conditions hold and others fail, by trying the values at which something can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from types import MappingProxyType

from scoring.compile.terms import Terms
from scoring.grammar.condition import And, Condition, Or, Value, fields_of
from scoring.lint.values import Values
from scoring.match.predicates import F, T, predicate

# How many sets of answers may be tried for one question, and for all questions about a standard together.
ONE, ALL = 4096, 1_000_000
Wish = tuple[Condition, bool]
Given = Mapping[str, Value]
NOTHING: Given = MappingProxyType({})


class Reach:
    """What answers can bring about in a standard; all questions together may cost no more than ``ALL`` tries."""

    def __init__(self, terms: Terms) -> None:
        self.values = Values(terms)
        self._left = ALL

    def can(
        self, holds: Sequence[Condition], fails: Sequence[Condition] = (), given: Given = NOTHING
    ) -> bool:
        """Return whether some whole set of answers makes all of ``holds`` true and all of ``fails`` false.

        ``given`` answers stand as they are; answers 不适用 are left aside. Where there are too many sets to try, the
        answer is True: not known not to be.
        """
        wishes = [
            *(one for condition in holds for one in _split((condition, True))),
            *(one for condition in fails for one in _split((condition, False))),
        ]
        return all(self._met(group, given) for group in _apart(wishes))

    def _met(self, wishes: Sequence[Wish], given: Given) -> bool:
        values = self.values.of([condition for condition, _ in wishes])
        values |= {name: (given[name],) for name in values if name in given}
        if prod(map(len, values.values())) > min(ONE, self._left):
            if len(wishes) > 1:
                return all(self._met([wish], given) for wish in wishes)
            return self._by_parts(*wishes[0], given)
        tests = [(predicate(one, self.values.fields), T if wanted else F) for one, wanted in wishes]
        for some in product(*values.values()):
            self._left -= 1
            answers = dict(zip(values, some, strict=True))
            if all(test(answers) == wanted for test, wanted in tests):
                return True
        return False

    def _by_parts(self, condition: Condition, wanted: bool, given: Given) -> bool:
        """Answer for a 或 that must hold or a 且 that must fail: one part of it is enough."""
        if not isinstance(condition, And | Or):
            return True
        return any(
            self.can([part], (), given) if wanted else self.can([], [part], given) for part in condition.parts
        )


def _split(wish: Wish) -> Iterator[Wish]:
    """Yield a wish as the single wishes that must all be met."""
    condition, wanted = wish
    if isinstance(condition, And if wanted else Or):
        for part in condition.parts:
            yield from _split((part, wanted))
    else:
        yield wish


def _apart(wishes: Iterable[Wish]) -> list[list[Wish]]:
    """Return the wishes in groups that share no name: each group can be met by itself."""
    groups: list[tuple[set[str], list[Wish]]] = []
    for wish in wishes:
        names, together = set(fields_of(wish[0])), [wish]
        apart = []
        for known, group in groups:
            if known.isdisjoint(names):
                apart.append((known, group))
            else:
                names |= known
                together = [*group, *together]
        groups = [*apart, (names, together)]
    return [group for _, group in groups]
