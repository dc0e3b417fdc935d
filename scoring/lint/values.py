"""The values at which a condition can change its outcome: few enough to try them all.

Every comparison with a number cuts a field's range in two; one value at each cut and one on either side of it stand for
all others. Numbers that are compared with one another share their cuts, with as many values between two cuts as there
are numbers, so that each order among them occurs. What is computed is tried as if it were filled in freely within its
limits: more values than can occur, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from scoring.compile.terms import Terms
from scoring.grammar.bands import Band, read_band
from scoring.grammar.condition import Compare, CompareFields, Condition, Value, fields_of, leaves
from scoring.lint.ends import ends_of
from scoring.points import ZERO
from scoring.rule.computed import Constant, Lookup
from scoring.rule.form_field import ComputedAnswer, FieldKind

_STEPS = {FieldKind.COUNT: Decimal(1), FieldKind.POINTS: Decimal("0.01")}


@dataclass(frozen=True, slots=True)
class _Manner:
    """All that matters of a number when values are chosen for it: ``fixed`` are all it can have, where that is known."""

    low: Decimal | None
    high: Decimal | None
    step: Decimal | None
    tiers: tuple[str, ...] = ()
    fixed: tuple[Value, ...] = ()


class Values:
    """The values worth trying for the names that some conditions read."""

    def __init__(self, terms: Terms) -> None:
        self.fields = terms.fields
        self.ends = ends_of(terms.form, terms.computed)
        self._fixed = {one.name: fixed for one in terms.computed if (fixed := _fixed(one.card))}
        self._known: dict[tuple[Condition, ...], dict[str, tuple[Value, ...]]] = {}

    def of(self, conditions: Sequence[Condition]) -> dict[str, tuple[Value, ...]]:
        """Return the values to try of every name the conditions read."""
        question = tuple(conditions)
        if question not in self._known:
            self._known[question] = self._chosen(question)
        return dict(self._known[question])

    def _chosen(self, conditions: Sequence[Condition]) -> dict[str, tuple[Value, ...]]:
        names = dict.fromkeys(name for one in conditions for name in fields_of(one))
        found: dict[str, tuple[Value, ...]] = {
            name: self._fixed.get(name, self.fields[name].choices) for name in names
        }
        for group in _linked(conditions, [name for name in names if self.fields[name].numeric]):
            manners = tuple(self._manner(name) for name in group)
            found |= zip(group, _grid(manners, frozenset(_cuts(group, conditions))), strict=True)
        return found

    def _manner(self, name: str) -> _Manner:
        field = self.fields[name]
        step = None if isinstance(field, ComputedAnswer) else _STEPS.get(field.kind)
        return _Manner(*self.ends[name], step, tuple((field.bands or {}).values()), self._fixed.get(name, ()))


@lru_cache(maxsize=1024)
def _grid(manners: tuple[_Manner, ...], cuts: frozenset[Decimal]) -> tuple[tuple[Value, ...], ...]:
    """Return the values to try of each of some numbers that are compared with one another and with ``cuts``."""
    places, many = {ZERO, *cuts}, len(manners)
    for one in manners:
        places.update(end for end in (one.low, one.high) if end is not None)
        places.update(number for number in one.fixed if isinstance(number, Decimal))
        places.update(_tier_ends(one.tiers))
    steps = {one.step: _near(places, one.step, many) for one in manners if one.step}
    among = _between(places.union(*steps.values()) if many > 1 else places, many)
    return tuple(one.fixed or _allowed(one, steps[one.step] if one.step else among) for one in manners)


def _allowed(manner: _Manner, numbers: Iterable[Decimal]) -> tuple[Value, ...]:
    inside = Band(manner.low, manner.high)
    tiers = [read_band(words) for words in manner.tiers]
    return tuple(
        one for one in numbers if one in inside and (not tiers or any(one in tier for tier in tiers))
    )


def _fixed(card: object) -> tuple[Value, ...]:
    """Return all values a computed field can have, where the file lists them; else nothing."""
    if isinstance(card, Constant):
        return (card.value if isinstance(card.value, str) else Decimal(card.value),)
    return tuple(sorted(set(card.numbers.values()))) if isinstance(card, Lookup) else ()


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


def _tier_ends(tiers: Iterable[str]) -> Iterable[Decimal]:
    for words in tiers:
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
