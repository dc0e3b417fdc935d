"""Computed fields (计算) as SQL; the reference reading is ``match.compute``."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from sqlglot import exp

from scoring.compile.fit_computed import CompiledField
from scoring.grammar.arithmetic import Field, Number, Operation, Operator
from scoring.match.compute import FINEST, LARGEST
from scoring.rule.computed import Constant, Formula, Level, Lookup
from scoring.sql.conditions import inside, sampled
from scoring.sql.logic import Sql, both, case, either
from scoring.sql.ratio import Ratio, added, divided, multiplied, rounded
from scoring.sql.values import Value, Values, scaled
from scoring.sql.whole import Whole, clipped, fitting, fixed, times


def fraction(one: CompiledField, values: Values) -> Ratio | None:
    """Return what a formula comes to before it is rounded; None for the other ways to compute."""
    return None if one.formula is None else _exact(one.formula, values)


def computed(one: CompiledField, exact: Ratio | None, values: Values) -> Value:
    """Return the value of a computed field, given those above it: unknown where it rests on a blank or a small sample.

    ``exact`` is its ``fraction``.
    """
    if isinstance(one.card, Formula):
        assert exact is not None
        found = _formula(one.card, exact)
    else:
        found = _worked(one.card, one, values)
    na = either(values[name].na for name in one.needs)
    if one.sample is None:
        return Value(found.whole, found.places, found.options, na, one.field.may_skip)
    enough = case((sampled(one.sample, values), found.whole.sql))
    whole = Whole(enough, found.whole.low, found.whole.high, found.whole.bits)
    return Value(whole, found.places, found.options, na, one.field.may_skip)


@singledispatch
def _worked(card: object, one: CompiledField, values: Values) -> Value:
    raise TypeError(f"no SQL for {type(card).__name__}: {one.name}, {len(values)}")


@_worked.register
def _(card: Constant, one: CompiledField, values: Values) -> Value:
    if isinstance(card.value, str):
        return Value(fixed(1), 0, one.field.choices)
    number = Decimal(card.value)
    places = _places(number)
    return Value(fixed(scaled(number, places)), places)


@_worked.register
def _(card: Lookup, one: CompiledField, values: Values) -> Value:
    by = values[card.by]
    places = max(_places(number) for number in card.numbers.values())
    numbers = {option: scaled(number, places) for option, number in card.numbers.items()}
    branches = [
        (exp.EQ(this=by.whole.sql, expression=fixed(place).sql), fixed(numbers[option]).sql)
        for place, option in enumerate(by.options, start=1)
    ]
    return Value(_between(case(*branches), min(numbers.values()), max(numbers.values())), places)


@_worked.register
def _(card: Level, one: CompiledField, values: Values) -> Value:
    by = values[card.by]
    branches = [(inside(by, band), fixed(place).sql) for place, (_, band) in enumerate(one.bands, start=1)]
    return Value(_between(case(*branches), 1, len(branches)), 0, one.field.choices)


def _formula(card: Formula, exact: Ratio) -> Value:
    way = card.rounding or "四舍五入"
    most = 0 if card.rounding is not None else FINEST if card.places is None else card.places
    ends = [end for end in (card.floor, card.ceiling) if end is not None]
    places = max(_natural(exact.lower, most), *(_places(end) for end in ends), 0)
    fine = min(places, most)
    number = times(rounded(exact, way, fine), fixed(10 ** (places - fine)))
    number = _ends(number, card, places)
    return Value(_not_too_large(number, places), places)


def _natural(lower: Whole, most: int) -> int:
    """Return how many decimal places a fraction with that divisor needs, ``most`` where it never ends before."""
    if lower.fixed is None:
        return most
    return next((n for n in range(most) if 10**n % lower.fixed == 0), most)


def _ends(number: Whole, card: Formula, places: int) -> Whole:
    """Apply 不低于 and 不高于."""
    low = number.low if card.floor is None else max(scaled(card.floor, places), number.low)
    if card.floor is not None:
        low = scaled(card.floor, places)
        number = clipped(number, low, max(low, number.high))
    if card.ceiling is not None:
        high = scaled(card.ceiling, places)
        number = clipped(number, min(high, number.low), high)
    return number


def _not_too_large(number: Whole, places: int) -> Whole:
    most = int(LARGEST) * 10**places
    if -most <= number.low and number.high <= most:
        return number
    within = both(
        (
            exp.GTE(this=exp.Paren(this=number.sql), expression=fixed(-most).sql),
            exp.LTE(this=exp.Paren(this=number.sql), expression=fixed(most).sql),
        )
    )
    return Whole(case((within, number.sql)), max(number.low, -most), min(number.high, most), number.bits)


@singledispatch
def _exact(node: object, values: Values) -> Ratio:
    raise TypeError(f"no SQL for {type(node).__name__}: {len(values)}")


@_exact.register
def _(node: Number, values: Values) -> Ratio:
    del values
    places = _places(node.value)
    return Ratio(fixed(scaled(node.value, places)), fixed(10**places))


@_exact.register
def _(node: Field, values: Values) -> Ratio:
    value = values[node.name]
    return Ratio(value.whole, fixed(10**value.places))


@_exact.register
def _(node: Operation, values: Values) -> Ratio:
    left, right = _exact(node.left, values), _exact(node.right, values)
    match node.sign:
        case Operator.PLUS:
            return added(left, right)
        case Operator.MINUS:
            return added(left, right, -1)
        case Operator.TIMES:
            return multiplied(left, right)
        case Operator.DIVIDE:
            return divided(left, right)


def _places(number: Decimal) -> int:
    """Return how many decimal places a number has."""
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)


def _between(sql: Sql, low: int, high: int) -> Whole:
    return Whole(sql, low, high, fitting(low, high))
