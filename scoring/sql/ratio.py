"""Fractions of whole numbers, and the only divisions in the SQL: each rounded as it is written, never by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

from sqlglot import exp

from scoring.sql.logic import NULL, Sql, bracketed, case
from scoring.sql.whole import WIDEST, Whole, fitting, fixed, held, minus, plus, times


@dataclass(frozen=True, slots=True)
class Ratio:
    """``upper ÷ lower``; ``lower`` is never 0, NULL where it would be."""

    upper: Whole
    lower: Whole


def _positive(one: Whole) -> bool:
    return one.low > 0


def added(one: Ratio, other: Ratio, sign: int = 1) -> Ratio:
    """Return the sum of two fractions, or with ``sign`` -1 the difference."""
    join = plus if sign == 1 else minus
    first, second = one.lower.fixed, other.lower.fixed
    if first is not None and second is not None:
        common = lcm(first, second)
        left, right = times(one.upper, fixed(common // first)), times(other.upper, fixed(common // second))
        return Ratio(join(left, right), fixed(common))
    left, right = times(one.upper, other.lower), times(other.upper, one.lower)
    return Ratio(join(left, right), times(one.lower, other.lower))


def multiplied(one: Ratio, other: Ratio) -> Ratio:
    """Return the product of two fractions."""
    return Ratio(times(one.upper, other.upper), times(one.lower, other.lower))


def divided(one: Ratio, other: Ratio) -> Ratio:
    """Return the quotient of two fractions, unknown where the divisor is 0."""
    divisor = other.upper
    if not _positive(divisor):
        sql: Sql = exp.Nullif(this=divisor.sql, expression=fixed(0).sql)
        low = 1 if divisor.low == 0 else divisor.low
        divisor = Whole(NULL, 0, 0) if divisor.fixed == 0 else Whole(sql, low, divisor.high, divisor.bits)
    return Ratio(times(one.upper, other.lower), times(one.lower, divisor))


def _quotient(upper: Whole, lower: Whole) -> Whole:
    """Return ``upper ÷ lower`` without its rest; the upper is not negative, the lower greater than 0."""
    if lower.fixed == 1:
        return upper
    sql = exp.IntDiv(this=bracketed(upper.sql), expression=bracketed(lower.sql))
    low, high = upper.low // max(lower.high, 1), upper.high // max(lower.low, 1)
    found = Whole(sql, low, high, max(upper.bits, lower.bits))
    # Said in the tree, since Spark divides the widest in another way (``dialects``).
    return held(found) if fitting(low, high) == WIDEST else found


def half_up(upper: Whole, lower: Whole) -> Whole:
    """Return ``upper ÷ lower`` rounded half-up; the upper is not negative, the lower greater than 0.

    (2 × upper + lower) ÷ (2 × lower) without its rest is just that.
    """
    if lower.fixed == 1:
        return upper
    return _quotient(plus(times(upper, fixed(2)), lower), times(lower, fixed(2)))


def whole_part(upper: Whole, lower: Whole) -> Whole:
    """Return ``upper ÷ lower`` rounded down; the upper is not negative, the lower greater than 0."""
    return _quotient(upper, lower)


def started(upper: Whole, lower: Whole) -> Whole:
    """Return ``upper ÷ lower`` rounded up; the upper is not negative, the lower greater than 0."""
    return _quotient(plus(upper, minus(lower, fixed(1))), lower)


_MIRROR = {"舍去": started, "进一": whole_part, "四舍五入": half_up}
_WAYS = {"舍去": whole_part, "进一": started, "四舍五入": half_up}


def rounded(number: Ratio, way: str, places: int = 0) -> Whole:
    """Return a fraction × 10^places as a whole number, rounded 进一, 舍去 or 四舍五入 (half away from zero)."""
    upper, lower = times(number.upper, fixed(10**places)), number.lower
    if not _positive(lower):
        upper, lower = _upright(upper, lower)
    if upper.low >= 0:
        return _WAYS[way](upper, lower)
    below = minus(fixed(0), upper)
    mirrored = minus(fixed(0), _MIRROR[way](_from_zero(below), lower))
    if upper.high < 0:
        return mirrored
    straight = _WAYS[way](_from_zero(upper), lower)
    negative = exp.LT(this=bracketed(upper.sql), expression=fixed(0).sql)
    sql = case((negative, mirrored.sql), default=straight.sql)
    return Whole(sql, mirrored.low, straight.high, max(mirrored.bits, straight.bits))


def _from_zero(one: Whole) -> Whole:
    """Return a number of which only those from 0 on are looked at."""
    return Whole(one.sql, max(one.low, 0), max(one.high, 0), one.bits)


def _upright(upper: Whole, lower: Whole) -> tuple[Whole, Whole]:
    """Return the same fraction with a divisor greater than 0 (it is never 0)."""
    far = max(abs(lower.low), abs(lower.high))
    most = max(abs(upper.low), abs(upper.high))
    if lower.low >= 0:
        return upper, Whole(lower.sql, 1, max(far, 1), lower.bits)
    negative = exp.LT(this=bracketed(lower.sql), expression=fixed(0).sql)
    turned = case((negative, bracketed(exp.Neg(this=bracketed(upper.sql)))), default=upper.sql)
    return Whole(turned, -most, most, upper.bits), Whole(exp.Abs(this=lower.sql), 1, max(far, 1), lower.bits)


def published(number: Whole) -> Whole:
    """Return points as a column of the result holds them."""
    return held(number)
