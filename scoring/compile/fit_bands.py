"""Fit bands (分段, 分级) to the field whose values they divide: each value lies in just one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from scoring.compile.fit import CardError
from scoring.errors import KEY, Loc
from scoring.grammar.bands import FORM, Band, BandError, contested, read_band
from scoring.points import plain
from scoring.rule.form_field import FieldKind, FormField


def band_of(words: str, field: FormField, loc: Loc) -> Band:
    """Read a band of a field's values.

    Raises CardError where it cannot be read, or has a % where the field has none.
    """
    try:
        band = read_band(words)
    except BandError as error:
        raise CardError(loc, str(error), FORM) from None
    if band.percent != (field.kind is FieldKind.PERCENT):
        way = "写成 ≥90% 的样子" if field.kind is FieldKind.PERCENT else "不写 %"
        raise CardError(loc, f"“{words}”的写法不对，填的是{field.kind}", way)
    return band


def settle_bands(bands: Mapping[str, Band], field: FormField, loc: Loc, *, gaps: bool = True) -> None:
    """Raise CardError where two bands claim a value of the field, or (``gaps``) none does, with that value."""
    ends = [end for band in bands.values() for end in (band.low, band.high) if end is not None]
    low, high = field.limits
    low = min(ends) - 1 if low is None else low
    high = max(ends) + 1 if high is None else high
    step = Decimal(1) if field.kind is FieldKind.COUNT else None
    for value, claims in contested(bands, low, high, step):
        percent = field.kind is FieldKind.PERCENT
        shown = plain(value * 100) + "%" if percent else plain(value)
        if claims:
            message = f"“{claims[0]}”和“{claims[1]}”都占了 {shown}"
            raise CardError((*loc, claims[-1], KEY), message, leave_to_one(shown))
        if gaps:
            way = "；算出的数可加 不低于、不高于" if None in field.limits else ""
            raise CardError(loc, f"{shown} 不在任何一段里", f"把段接上，两头的写 ≥ 和 <{way}")


def leave_to_one(value: str) -> str:
    """Return the way out where two bands claim a value."""
    return f"留给一段，另一段写 低于{value}、超过{value} 或加（不含{value}）"
