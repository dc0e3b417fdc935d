"""Prices (扣分) as SQL in hundredths of a point, one function per shape; the reference is ``tariff``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from sqlglot import exp

from scoring.grammar.condition import Compare, CompareFields, Condition, Sign
from scoring.inspection import NO
from scoring.rule.price import PERCENT_POINT
from scoring.sql.conditions import alike, inside
from scoring.sql.logic import TRUE, Sql, both, case, either, is_null
from scoring.sql.ratio import half_up, started, whole_part
from scoring.sql.values import Value, Values, scaled
from scoring.sql.whole import Whole, chosen, clipped, counted, fixed, known, least, minus, times
from scoring.tariff import (
    STARTED,
    WHOLE_ONLY,
    Fixed,
    Judged,
    PerBand,
    PerMissing,
    PerOption,
    PerUnit,
    Remainder,
    Tariff,
    WholeItem,
)

# Points have two decimal places everywhere.
CENTS = 2
FREE = fixed(0)
Keep = Callable[[str, Whole], Whole]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a failed clause costs by itself, in hundredths: never NULL; ``uncapped`` and ``count`` are where unknown.

    ``count`` has ``places`` decimal places.
    """

    low: Whole
    high: Whole
    uncapped: Whole | None = None
    count: Whole | None = None
    places: int = 0


def cents(points: Decimal) -> int:
    """Return points in hundredths."""
    return scaled(points, CENTS)


@singledispatch
def cost(tariff: object, full: Decimal, values: Values, keep: Keep) -> Cost:
    """Return what a failed clause costs; ``keep`` makes a column of a number that is used more than once."""
    raise TypeError(f"no SQL for {type(tariff).__name__}: {full}, {len(values)}, {keep}")


@cost.register
def _(tariff: Fixed, full: Decimal, values: Values, keep: Keep) -> Cost:
    return _settled(fixed(cents(tariff.points)))


@cost.register
def _(tariff: WholeItem, full: Decimal, values: Values, keep: Keep) -> Cost:
    return _settled(fixed(cents(full)))


@cost.register
def _(tariff: PerUnit, full: Decimal, values: Values, keep: Keep) -> Cost:
    answer, limit = values[tariff.field], _limit(tariff, values)
    count, places = _counted(tariff, answer, limit)
    due = keep("points", _due(tariff, count, places))
    most = fixed(cents(tariff.highest(full)))
    blank = either((answer.unknown, limit.unknown)) if answer.may_skip or limit.may_skip else TRUE
    low, high = known(due, FREE), known(due, chosen((blank, most), default=FREE))
    if tariff.cap is not None:
        cap = fixed(cents(tariff.cap))
        low, high = least(low, cap), least(high, cap)
    return Cost(low, high, due, count, places)


def counts_what_it_asks(when: Condition, tariff: Tariff) -> bool:
    """Return whether a condition holds just where the price counts something: a clause that passes then costs 0 by itself."""
    if not isinstance(tariff, PerUnit):
        return False
    over = Sign.LT if tariff.short else Sign.GT
    if isinstance(tariff.limit, str):
        return when == CompareFields(tariff.field, over, tariff.limit)
    limit = tariff.limit or Decimal(0)
    return isinstance(when, Compare) and (when.field, when.sign, when.value) == (tariff.field, over, limit)


def _limit(tariff: PerUnit, values: Values) -> Value:
    if isinstance(tariff.limit, str):
        return values[tariff.limit]
    number = tariff.limit or Decimal(0)
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    places = max(-exponent, 0)
    return Value(fixed(scaled(number, places)), places)


def _counted(tariff: PerUnit, answer: Value, limit: Value) -> tuple[Whole, int]:
    """Return the number that counts, and its decimal places; a rate counts in percentage points."""
    one, other = alike(answer, limit)
    over = minus(other, one) if tariff.short else minus(one, other)
    count = clipped(over, 0, max(over.high, 0))
    places = max(answer.places, limit.places)
    if tariff.unit != PERCENT_POINT:
        return count, places
    return (count, places - 2) if places >= 2 else (times(count, fixed(10 ** (2 - places))), 0)


def _due(tariff: PerUnit, count: Whole, places: int) -> Whole:
    """Return the points for a count, before 最高扣: count ÷ (10^places × step) of them, the odd part as declared."""
    points = fixed(cents(tariff.points))
    fine = max(-int(tariff.step.normalize().as_tuple().exponent), 0)
    upper, lower = times(count, fixed(10**fine)), fixed(scaled(tariff.step, fine) * 10**places)
    if tariff.odd == WHOLE_ONLY:
        return times(whole_part(upper, lower), points)
    if tariff.odd == STARTED:
        return times(started(upper, lower), points)
    return half_up(times(upper, points), lower)


@cost.register
def _(tariff: PerOption, full: Decimal, values: Values, keep: Keep) -> Cost:
    option = values[tariff.field]
    branches = [
        (exp.EQ(this=option.whole.sql, expression=fixed(place).sql), fixed(cents(tariff.points[word])))
        for place, word in enumerate(option.options, start=1)
        if tariff.points.get(word)
    ]
    return _ranged(option, chosen(*branches, default=FREE), fixed(0), fixed(cents(tariff.highest(full))))


@cost.register
def _(tariff: PerBand, full: Decimal, values: Values, keep: Keep) -> Cost:
    value = values[tariff.field]
    branches = [(inside(value, band), fixed(cents(points))) for _, band, points in tariff.bands if points]
    return _ranged(value, chosen(*branches, default=FREE), fixed(0), fixed(cents(tariff.highest(full))))


@cost.register
def _(tariff: Remainder, full: Decimal, values: Values, keep: Keep) -> Cost:
    given = values[tariff.field]
    left = known(minus(fixed(cents(tariff.full)), given.whole), FREE)
    return _ranged(given, left, fixed(0), fixed(cents(tariff.highest(full))))


@cost.register
def _(tariff: Judged, full: Decimal, values: Values, keep: Keep) -> Cost:
    entered = values[tariff.field]
    least_, most = fixed(cents(tariff.least)), fixed(cents(tariff.most))
    return _ranged(entered, known(entered.whole, FREE), least_, most)


@cost.register
def _(tariff: PerMissing, full: Decimal, values: Values, keep: Keep) -> Cost:
    asked = [values[name] for name in tariff.fields]
    no = [fixed(one.options.index(NO) + 1).sql for one in asked]
    certainly = [
        both((negated_null(one.whole.sql), exp.EQ(this=one.whole.sql, expression=number)))
        for one, number in zip(asked, no, strict=True)
    ]
    missing = keep("missing", counted(certainly))
    most = keep(
        "missing at most",
        counted(either((one, each.unknown)) for one, each in zip(certainly, asked, strict=True)),
    )
    points = fixed(cents(tariff.points))
    low, high = times(missing, points), times(most, points)
    settled = case((exp.EQ(this=low.sql, expression=high.sql), low.sql))
    uncapped = Whole(settled, low.low, low.high, low.bits)
    if tariff.cap is not None:
        cap = fixed(cents(tariff.cap))
        low, high = least(low, cap), least(high, cap)
    return Cost(low, high, uncapped, missing)


def negated_null(sql: Sql) -> Sql:
    """Return that a value is not NULL."""
    return exp.Not(this=is_null(sql))


def _settled(points: Whole) -> Cost:
    return Cost(points, points)


def _ranged(value: Value, points: Whole, low: Whole, high: Whole) -> Cost:
    """Return points that rest on one value: a range where it is blank, nothing where it is 不适用."""
    return Cost(
        chosen((value.unknown, low), default=points) if low.fixed else points,
        chosen((value.unknown, high), default=points),
    )
