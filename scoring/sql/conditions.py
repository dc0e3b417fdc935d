"""Conditions as SQL, one function per node; the reference reading is ``match.predicates``."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import singledispatch

from sqlglot import exp

from scoring.grammar.bands import Band
from scoring.grammar.condition import And, Compare, CompareFields, Condition, OneOf, Or, Sign
from scoring.sql.logic import (
    FALSE,
    NULL,
    TRUE,
    Outcome,
    Sql,
    all_hold,
    any_holds,
    both,
    bracketed,
    case,
    first_known,
    is_null,
    negated,
    plain,
)
from scoring.sql.values import Value, Values
from scoring.sql.whole import Whole, compared, fixed, times

_SIGNS: dict[Sign, type[exp.Binary]] = {
    Sign.EQ: exp.EQ,
    Sign.NE: exp.NEQ,
    Sign.LT: exp.LT,
    Sign.LE: exp.LTE,
    Sign.GT: exp.GT,
    Sign.GE: exp.GTE,
}


@singledispatch
def outcome(node: object, values: Values) -> Outcome:
    """Return what a condition may come to."""
    raise TypeError(f"no SQL for {type(node).__name__}: {len(values)}")


@outcome.register
def _(node: Compare, values: Values) -> Outcome:
    value = values[node.field]
    if isinstance(node.value, str):
        holds = _chosen(value, (node.value,))
        return _leaf(negated(holds) if node.sign is Sign.NE else holds, value)
    return _leaf(against(value, node.sign, node.value), value)


@outcome.register
def _(node: CompareFields, values: Values) -> Outcome:
    one, other = values[node.field], values[node.other]
    return _leaf(compared(_SIGNS[node.sign], *alike(one, other)), one, other)


@outcome.register
def _(node: OneOf, values: Values) -> Outcome:
    value = values[node.field]
    return _leaf(_chosen(value, node.values), value)


@outcome.register
def _(node: And, values: Values) -> Outcome:
    return all_hold(outcome(part, values) for part in node.parts)


@outcome.register
def _(node: Or, values: Values) -> Outcome:
    return any_holds(outcome(part, values) for part in node.parts)


def _leaf(holds: Sql, *values: Value) -> Outcome:
    """Return the outcome of a comparison that is NULL where one of its values is unknown or 不适用."""
    if not any(one.may_skip for one in values):
        return plain(holds)
    applies = both(negated(one.na) for one in values)
    return Outcome(first_known(holds, applies), first_known(negated(holds), applies), is_null(holds))


def _chosen(value: Value, words: tuple[str, ...]) -> Sql:
    """Return that one of some options was chosen."""
    numbers: list[Sql] = [fixed(value.options.index(word) + 1).sql for word in words]
    asked = bracketed(value.whole.sql)
    if len(numbers) == 1:
        return exp.EQ(this=asked, expression=numbers[0])
    return exp.In(this=asked, expressions=numbers)


def alike(one: Value, other: Value) -> tuple[Whole, Whole]:
    """Return two numbers with the same decimal places."""
    fine = max(one.places, other.places)
    return (
        times(one.whole, fixed(10 ** (fine - one.places))),
        times(other.whole, fixed(10 ** (fine - other.places))),
    )


def against(value: Value, sign: Sign, number: Decimal) -> Sql:
    """Return a comparison with a written number, NULL where the value is; a finer number lies between two whole ones."""
    exact = number.scaleb(value.places)
    down, up = (int(exact.to_integral_value(way)) for way in (ROUND_FLOOR, ROUND_CEILING))
    if sign in (Sign.EQ, Sign.NE) and down != up:
        return case((is_null(value.whole.sql), NULL), default=TRUE if sign is Sign.NE else FALSE)
    end = up if sign in (Sign.GE, Sign.LT) else down
    return compared(_SIGNS[sign], value.whole, fixed(end))


def inside(value: Value, band: Band) -> Sql:
    """Return that a number lies in a band, NULL where it is unknown."""
    ends = []
    if band.low is not None and band.low == band.high:
        return against(value, Sign.EQ, band.low)
    if band.low is not None:
        ends.append(against(value, Sign.GE if band.holds_low else Sign.GT, band.low))
    if band.high is not None:
        ends.append(against(value, Sign.LE if band.holds_high else Sign.LT, band.high))
    return both(ends)


def sampled(condition: Condition, values: Values) -> Sql:
    """Return that a sample is certainly large enough."""
    return outcome(condition, values).only_true
