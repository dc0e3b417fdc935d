"""Whole numbers in SQL that know how large they can be, so that no engine overflows or turns to floating point.

Every operation works out the bounds of its result and widens an operand where the result needs it. NULL is unknown and
spreads through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from sqlglot import exp

from scoring.sql.logic import FALSE, Sql, bracketed, case, first_known, is_false, is_true, negated

# The widest holds 38 digits: DuckDB could take a few more, Spark's decimals cannot.
_MOST = {16: 1 << 15, 32: 1 << 31, 64: 1 << 63, 128: 10**38}
WIDEST = 128
TYPES = {16: "SMALLINT", 32: "INT", 64: "BIGINT", WIDEST: "INT128"}


class TooWideError(ArithmeticError):
    """A number can become larger than any engine's whole numbers."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low`` to ``high``, or NULL; ``bits`` is how wide the engine holds it."""

    sql: Sql
    low: int
    high: int
    bits: int = 16

    @property
    def fixed(self) -> int | None:
        """Return the number where it is written out."""
        inner = self.sql.this if isinstance(self.sql, exp.Neg) else self.sql
        return self.low if isinstance(inner, exp.Literal) else None


def fitting(low: int, high: int) -> int:
    """Return the bits that hold every number from ``low`` to ``high``; raise TooWideError where none do."""
    found = next((bits for bits, most in _MOST.items() if -most < low and high < most), None)
    if found is None:
        raise TooWideError
    return found


def fixed(number: int) -> Whole:
    """Return a number written out."""
    written: Sql = exp.Literal.number(abs(number))
    return Whole(exp.Neg(this=written) if number < 0 else written, number, number, fitting(number, number))


def widened(one: Whole, bits: int) -> Whole:
    """Return a number held at least so wide."""
    if one.bits >= bits:
        return one
    return replace(one, sql=_cast(one.sql, bits), bits=bits)


def held(one: Whole) -> Whole:
    """Return a number as a column holds it: as narrow as its bounds allow."""
    bits = fitting(one.low, one.high)
    return replace(one, sql=_cast(one.sql, bits), bits=bits)


def _cast(sql: Sql, bits: int) -> Sql:
    wanted = exp.DataType.build(TYPES[bits])
    return sql if isinstance(sql, exp.Cast) and sql.to == wanted else exp.Cast(this=sql, to=wanted)


def _operation(kind: type[exp.Binary], one: Whole, other: Whole, low: int, high: int) -> Whole:
    bits = max(one.bits, other.bits, fitting(low, high))
    if max(one.bits, other.bits) < bits:
        one, other = (one, widened(other, bits)) if one.fixed is not None else (widened(one, bits), other)
    return Whole(kind(this=_left(kind, one.sql), expression=bracketed(other.sql)), low, high, bits)


def _left(kind: type[exp.Binary], sql: Sql) -> Sql:
    """Return the left side: a chain of one sign needs no brackets."""
    return sql if type(sql) is kind and kind in (exp.Add, exp.Mul) else bracketed(sql)


def plus(one: Whole, other: Whole) -> Whole:
    """Return the sum of two numbers."""
    if one.fixed == 0 or other.fixed == 0:
        return other if one.fixed == 0 else one
    if one.fixed is not None and other.fixed is not None:
        return fixed(one.fixed + other.fixed)
    return _operation(exp.Add, one, other, one.low + other.low, one.high + other.high)


def minus(one: Whole, other: Whole) -> Whole:
    """Return the difference of two numbers."""
    if other.fixed == 0:
        return one
    if one.fixed is not None and other.fixed is not None:
        return fixed(one.fixed - other.fixed)
    return _operation(exp.Sub, one, other, one.low - other.high, one.high - other.low)


def times(one: Whole, other: Whole) -> Whole:
    """Return the product of two numbers; that with 0 stays unknown where the other is."""
    if one.fixed == 1 or other.fixed == 1:
        return other if one.fixed == 1 else one
    if one.fixed is not None and other.fixed is not None:
        return fixed(one.fixed * other.fixed)
    ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return _operation(exp.Mul, one, other, min(ends), max(ends))


def total(numbers: Iterable[Whole]) -> Whole:
    """Return the sum of some numbers, 0 of none."""
    return reduce(plus, numbers, fixed(0))


def least(one: Whole, other: Whole) -> Whole:
    """Return the smaller of two numbers that are both known."""
    if one.high <= other.low or other.high <= one.low:
        return one if one.high <= other.low else other
    low, high = min(one.low, other.low), min(one.high, other.high)
    return Whole(
        exp.Least(this=one.sql, expressions=[other.sql], ignore_nulls=True),
        low,
        high,
        max(one.bits, other.bits),
    )


def clipped(one: Whole, low: int, high: int) -> Whole:
    """Return a number no less than ``low`` and no more than ``high``; unknown stays unknown."""
    sql, bits = one.sql, max(one.bits, fitting(low, high))
    branches: list[tuple[Sql, Sql]] = []
    if one.low < low:
        branches.append((exp.LT(this=bracketed(sql), expression=fixed(low).sql), fixed(low).sql))
    if one.high > high:
        branches.append((exp.GT(this=bracketed(sql), expression=fixed(high).sql), fixed(high).sql))
    if not branches:
        return one
    return Whole(
        case(*branches, default=sql), min(max(one.low, low), high), max(min(one.high, high), low), bits
    )


def known(one: Whole, otherwise: Whole) -> Whole:
    """Return a number, and another where it is NULL."""
    if one.fixed is not None:
        return one
    low, high = min(one.low, otherwise.low), max(one.high, otherwise.high)
    return Whole(first_known(one.sql, otherwise.sql), low, high, max(one.bits, otherwise.bits))


def chosen(*branches: tuple[Sql, Whole], default: Whole) -> Whole:
    """Return the number of the first branch whose condition holds, else the default."""
    left = [(condition, number) for condition, number in branches if not is_false(condition)]
    if not left or is_true(left[0][0]):
        return left[0][1] if left else default
    numbers = [*(number for _, number in left), default]
    if default.fixed is not None and all(one.fixed == default.fixed for one in numbers):
        return default
    sql = case(*((condition, number.sql) for condition, number in left), default=default.sql)
    return Whole(
        sql,
        min(one.low for one in numbers),
        max(one.high for one in numbers),
        max(one.bits for one in numbers),
    )


def counted(conditions: Iterable[Sql]) -> Whole:
    """Return how many conditions hold; none of them is NULL."""
    return total(_one_if(one) for one in conditions if not is_false(one))


def _one_if(condition: Sql) -> Whole:
    if is_true(condition):
        return fixed(1)
    return Whole(exp.Cast(this=condition, to=exp.DataType.build("INT")), 0, 1, 32)


def compared(kind: type[exp.Binary], one: Whole, other: Whole) -> Sql:
    """Return a comparison of two numbers, NULL where one is unknown."""
    return kind(this=bracketed(one.sql), expression=bracketed(other.sql))


def at_least(one: Whole, other: Whole) -> Sql:
    """Return that a known number is no less than another; what the bounds tell already is not asked."""
    if one.low >= other.high:
        return negated(FALSE)
    return FALSE if one.high < other.low else compared(exp.GTE, one, other)
