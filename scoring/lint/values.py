"""The values at which a condition can change its outcome: few enough to try them all.

Every comparison with a number cuts a field's range in two; one value at each cut and one on either side of it stand for
all others. Numbers that are compared with one another share their cuts, with as many values between two cuts as there
are numbers, so that each order among them occurs. What is computed is tried as if it were filled in freely within its
limits: more values than can occur, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from scoring.bands import read_band
from scoring.computed import Constant, Lookup
from scoring.condition import Compare, CompareFields, Condition, Value, fields_of, leaves
from scoring.derive import misfit
from scoring.form_field import ComputedAnswer, FieldKind, FormField
from scoring.lint.ends import ends_of
from scoring.terms import Terms

_STEPS = {FieldKind.COUNT: Decimal(1), FieldKind.POINTS: Decimal("0.01")}


class Values:
    """The values worth trying for the names that some conditions read."""

    def __init__(self, terms: Terms) -> None:
        self.fields = terms.fields
        self.ends = ends_of(terms.form, terms.computed)
        self._fixed = {one.name: fixed for one in terms.computed if (fixed := _fixed(one.card)) is not None}

    def of(self, conditions: Sequence[Condition]) -> dict[str, tuple[Value, ...]]:
        """Return the values to try of every name the conditions read."""
        names = dict.fromkeys(name for one in conditions for name in fields_of(one))
        found: dict[str, tuple[Value, ...]] = {
            name: self._fixed.get(name, self.fields[name].choices)
            for name in names
            if self.fields[name].choices
        }
        for group in _linked(conditions, [name for name in names if self.fields[name].numeric]):
            found |= self._numbers(group, conditions)
        return {name: found[name] for name in names}

    def _numbers(self, group: Sequence[str], conditions: Sequence[Condition]) -> dict[str, tuple[Value, ...]]:
        cuts = {Decimal(0), *_cuts(group, conditions)}
        for name in group:
            cuts.update(end for end in self.ends[name] if end is not None)
            cuts.update(_tier_ends(self.fields[name]))
        stepped = {name: _near(cuts, step, len(group)) for name in group if (step := self._step(name))}
        for points in stepped.values():
            cuts = cuts | points if len(group) > 1 else cuts
        between = _between(cuts, len(group)) if len(stepped) < len(group) else set()
        return {
            name: self._fixed.get(name) or self._allowed(name, stepped.get(name, between)) for name in group
        }

    def _step(self, name: str) -> Decimal | None:
        field = self.fields[name]
        return None if isinstance(field, ComputedAnswer) else _STEPS.get(field.kind)

    def _allowed(self, name: str, numbers: Iterable[Decimal]) -> tuple[Value, ...]:
        field, (low, high) = self.fields[name], self.ends[name]
        if not isinstance(field, ComputedAnswer):
            return tuple(sorted(one for one in numbers if misfit(field, one) is None))
        return tuple(
            sorted(one for one in numbers if (low is None or one >= low) and (high is None or one <= high))
        )


def _fixed(card: object) -> tuple[Value, ...] | None:
    """Return all values a computed field can have, where the file lists them."""
    if isinstance(card, Constant):
        return (card.value if isinstance(card.value, str) else Decimal(card.value),)
    return tuple(sorted(set(card.numbers.values()))) if isinstance(card, Lookup) else None


def _cuts(group: Sequence[str], conditions: Iterable[Condition]) -> Iterable[Decimal]:
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and isinstance(leaf.value, Decimal) and leaf.field in group:
                yield leaf.value


def _linked(conditions: Iterable[Condition], numbers: Iterable[str]) -> list[list[str]]:
    """Return the numbers in groups: those that are compared with one another together."""
    groups: Mapping[str, list[str]] = {name: [name] for name in numbers}
    found = dict(groups)
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, CompareFields) and found[leaf.field] is not found[leaf.other]:
                joined = [*found[leaf.field], *found[leaf.other]]
                found |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in found.values()}.values())


def _tier_ends(field: FormField) -> Iterable[Decimal]:
    for words in (field.bands or {}).values():
        band = read_band(words)
        yield from (end for end in (band.low, band.high) if end is not None)


def _near(cuts: Iterable[Decimal], step: Decimal, many: int) -> set[Decimal]:
    return {(cut // step + offset) * step for cut in cuts for offset in range(-many, many + 2)}


def _between(cuts: Iterable[Decimal], many: int) -> set[Decimal]:
    ordered = sorted(cuts)
    inside = {
        low + (high - low) * part / (many + 1)
        for low, high in pairwise(ordered)
        for part in range(1, many + 1)
    }
    outside = {
        end + sign * part for end, sign in ((ordered[0], -1), (ordered[-1], 1)) for part in range(1, many + 1)
    }
    return {*ordered, *inside, *outside}
