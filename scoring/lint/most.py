"""The numbers of a price: those it is written with, and the most it can come to within the limits of what it counts."""

from __future__ import annotations

from decimal import Decimal

from scoring.grammar.bands import read_band
from scoring.lint.values import Values
from scoring.rule.form_field import FormField
from scoring.rule.price import PERCENT_POINT
from scoring.tariff import Fixed, Judged, PerBand, PerMissing, PerOption, PerUnit, Remainder, Tariff


def most(tariff: Tariff, full: Decimal, values: Values) -> Decimal:
    """Return the most a price can cost in an item of that full mark."""
    highest = tariff.highest(full)
    match tariff:
        case PerUnit():
            uncapped = most_uncapped(tariff, values)
            return highest if uncapped is None else min(highest, uncapped)
        case Remainder():
            return min(highest, tariff.full - _least_given(values.fields[tariff.field]))
    return highest


def most_uncapped(tariff: Tariff, values: Values) -> Decimal | None:
    """Return the most a price can come to before its 最高扣; None where it has none, or nothing limits the count."""
    if isinstance(tariff, PerMissing):
        return tariff.points * len(tariff.fields)
    if not isinstance(tariff, PerUnit):
        return None
    count = _greatest_count(tariff, values)
    return None if count is None else tariff.due(count)


def numbers_of(tariff: Tariff) -> tuple[Decimal, ...]:
    """Return the numbers of points that a price is written with."""
    found: tuple[Decimal, ...] = ()
    match tariff:
        case Fixed():
            found = (tariff.points,)
        case PerUnit() | PerMissing():
            found = (tariff.points, *(() if tariff.cap is None else (tariff.cap,)))
        case PerOption():
            found = tuple(tariff.points.values())
        case PerBand():
            found = tuple(points for _, _, points in tariff.bands)
        case Remainder():
            found = (tariff.full,)
        case Judged():
            found = (tariff.least, tariff.most)
    return found


def _greatest_count(tariff: PerUnit, values: Values) -> Decimal | None:
    low, high = values.ends[tariff.field]
    least, greatest = _limit(tariff, values)
    top, bottom = (greatest, low) if tariff.short else (high, least)
    if top is None or bottom is None:
        return None
    count = max(top - bottom, Decimal(0))
    return count * 100 if tariff.unit == PERCENT_POINT else count


def _limit(tariff: PerUnit, values: Values) -> tuple[Decimal | None, Decimal | None]:
    if isinstance(tariff.limit, str):
        return values.ends[tariff.limit]
    limit = tariff.limit or Decimal(0)
    return limit, limit


def _least_given(field: FormField) -> Decimal:
    low = field.limits[0] or Decimal(0)
    tiers = [read_band(words) for words in (field.bands or {}).values()]
    return max(low, min((tier.low or Decimal(0) for tier in tiers), default=low))
