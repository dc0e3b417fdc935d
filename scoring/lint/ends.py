"""Within which ends a computed number lies, by the ends of what it is computed from; None is no end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from scoring.compile.fit_computed import CompiledField
from scoring.grammar.arithmetic import Arithmetic, Field, Number, Operator
from scoring.rule.computed import Constant, Formula, Lookup
from scoring.rule.form_field import FormField

End = Fraction | None
Ends = tuple[Decimal | None, Decimal | None]
_Range = tuple[End, End]


def ends_of(form: Mapping[str, FormField], computed: Iterable[CompiledField]) -> dict[str, Ends]:
    """Return the ends of every number, of the form and computed."""
    found: dict[str, Ends] = {name: field.limits for name, field in form.items() if field.numeric}
    for one in computed:
        if one.field.numeric:
            found[one.name] = _ends(one, found)
    return found


def _ends(one: CompiledField, known: Mapping[str, Ends]) -> Ends:
    if isinstance(one.card, Constant):
        return Decimal(one.card.value), Decimal(one.card.value)
    if isinstance(one.card, Lookup):
        return min(one.card.numbers.values()), max(one.card.numbers.values())
    if not isinstance(one.card, Formula) or one.formula is None:
        return None, None
    low, high = _range(one.formula, known)
    # Rounding moves a result by less than one: to the next whole number outwards is far enough.
    return (
        _clamped(None if low is None else Decimal(floor(low)), one.card, one.card.floor),
        _clamped(None if high is None else Decimal(ceil(high)), one.card, one.card.ceiling),
    )


def _clamped(end: Decimal | None, card: Formula, open_end: Decimal | None) -> Decimal | None:
    """Return an end as 不低于 and 不高于 leave it; without an end, theirs on that side."""
    if end is None:
        return open_end
    above = end if card.floor is None else max(end, card.floor)
    return above if card.ceiling is None else min(above, card.ceiling)


def _range(tree: Arithmetic, known: Mapping[str, Ends]) -> _Range:
    if isinstance(tree, Number):
        return Fraction(tree.value), Fraction(tree.value)
    if isinstance(tree, Field):
        low, high = known[tree.name]
        return None if low is None else Fraction(low), None if high is None else Fraction(high)
    left, right = _range(tree.left, known), _range(tree.right, known)
    match tree.sign:
        case Operator.PLUS:
            return _sum(left[0], right[0]), _sum(left[1], right[1])
        case Operator.MINUS:
            return _sum(left[0], _minus(right[1])), _sum(left[1], _minus(right[0]))
        case Operator.TIMES:
            return _product(left, right)
        case Operator.DIVIDE:
            return _product(left, _one_over(right))


def _sum(one: End, other: End) -> End:
    return None if one is None or other is None else one + other


def _minus(end: End) -> End:
    return None if end is None else -end


def _product(left: _Range, right: _Range) -> _Range:
    """Return the range of a product; with an open end, only of what is never negative."""
    lows, highs = (left[0], right[0]), (left[1], right[1])
    if all(low is not None and low >= 0 for low in lows):
        return _times(*lows), _times(*highs)
    corners = [_times(one, other) for one in left for other in right]
    known = [corner for corner in corners if corner is not None]
    return (min(known), max(known)) if len(known) == len(corners) else (None, None)


def _times(one: End, other: End) -> End:
    return None if one is None or other is None else one * other


def _one_over(divisor: _Range) -> _Range:
    """Return the range of 1 ÷ a range; a division by 0 has no result, so 0 itself is left out."""
    low, high = divisor
    if low is None or low < 0:
        return None, None
    least = Fraction(0) if high is None else (None if high == 0 else 1 / high)
    return least, None if low == 0 else 1 / low
