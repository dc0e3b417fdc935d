"""Fit the price of a card to its fields and its condition: every price knows which 检查项 it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.compile.fit import CardError, Fields
from scoring.compile.fit_bands import band_of, settle_bands
from scoring.compile.fit_count import per_unit
from scoring.errors import KEY, Loc, did_you_mean
from scoring.grammar.bands import Band
from scoring.grammar.condition import And, Compare, Condition, Or, Sign, fields_of
from scoring.inspection import NO
from scoring.points import plain
from scoring.rule import price as cards
from scoring.rule.form_field import NOT_DONE, FieldKind, FormField
from scoring.tariff import (
    Fixed,
    Judged,
    PerBand,
    PerMissing,
    PerOption,
    Remainder,
    Tariff,
    WholeItem,
)

_NUMBERS = (FieldKind.COUNT, FieldKind.MEASURE)


def price(written: cards.Price, when: Condition | None, fields: Fields, key: str = "扣分") -> Tariff:
    """Return a clause's price with the field it rests on settled; ``when`` is the 扣分情形 as written, if any.

    Raises CardError, under ``key``, where no field, or more than one, fits.
    """
    try:
        return _price(written, when, fields)
    except CardError as error:
        raise CardError((key, *error.loc), error.message, error.hint, error.at) from None


def implied(tariff: Tariff) -> Condition | None:
    """Return when a price that says so itself costs something (各项, 分段, 得分); None for the other shapes."""
    parts: Sequence[Condition]
    match tariff:
        case PerMissing():
            parts = [Compare(name, Sign.EQ, NO) for name in tariff.fields]
        case PerBand():
            parts = [inside(tariff.field, band) for _, band, points in tariff.bands if points]
        case Remainder():
            parts = [Compare(tariff.field, Sign.LT, tariff.full)]
        case _:
            return None
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def inside(field: str, band: Band) -> Condition:
    """Return the condition that a number lies in a band."""
    ends = []
    if band.low is not None:
        ends.append(Compare(field, Sign.GE if band.holds_low else Sign.GT, band.low, band.percent))
    if band.high is not None:
        ends.append(Compare(field, Sign.LE if band.holds_high else Sign.LT, band.high, band.percent))
    return ends[0] if len(ends) == 1 else And(tuple(ends))


def _price(written: cards.Price, when: Condition | None, fields: Fields) -> Tariff:
    if isinstance(written, cards.Flat | cards.ZeroItem):
        return Fixed(written.root) if isinstance(written, cards.Flat) else WholeItem()
    if isinstance(written, cards.Each):
        return per_unit(written, when, fields)
    if isinstance(written, cards.ByOption):
        return _per_option(written, when, fields)
    if isinstance(written, cards.EachMissing):
        return _per_missing(written, fields)
    return _of_one_field(written, fields)


def _of_one_field(
    written: cards.ByBand | cards.Graded | cards.Discretion | cards.IfNotRectified, fields: Fields
) -> Tariff:
    match written:
        case cards.ByBand():
            return _per_band(written, fields)
        case cards.Graded():
            return _remainder(written, fields)
        case cards.Discretion():
            return _judged(written, fields)
        case cards.IfNotRectified():
            _kind_of(written.field, fields, "复查", [FieldKind.RECHECK])
            return PerOption(written.field, {NOT_DONE: written.points})


def _per_option(tiers: cards.ByOption, when: Condition | None, fields: Fields) -> Tariff:
    names = (tiers.field,) if tiers.field is not None else () if when is None else fields_of(when)
    fitting = [name for name in names if name in fields and set(tiers.points) <= set(fields[name].choices)]
    if len(fitting) == 1:
        return PerOption(fitting[0], dict(tiers.points))
    if fitting:
        raise CardError((), "各档说的是哪一项不明确", f"加一行 按: {'、'.join(fitting)} 中的一个")
    options = [word for name in names if name in fields for word in fields[name].choices]
    wrong = next((word for word in tiers.points if word not in options), next(iter(tiers.points)))
    raise CardError((wrong, KEY), f"“{wrong}”: 不认识的键", did_you_mean(wrong, ["最高扣", *options]))


def _per_missing(written: cards.EachMissing, fields: Fields) -> Tariff:
    for place, name in enumerate(written.fields):
        _kind_of(name, fields, "各项", [FieldKind.YES_NO], place)
    if len(set(written.fields)) < len(written.fields):
        raise CardError(("各项",), "各项里有重复的", "删去重复的")
    return PerMissing(written.fields, written.points, written.cap)


def _per_band(written: cards.ByBand, fields: Fields) -> Tariff:
    field = _kind_of(written.field, fields, "按", [*_NUMBERS, FieldKind.PERCENT, FieldKind.POINTS])
    bands = {words: band_of(words, field, ("分段", words, KEY)) for words in written.bands}
    settle_bands(bands, field, ("分段",))
    if not any(written.bands.values()):
        raise CardError(("分段",), "每一段都扣 0 分", "至少一段写上扣几分")
    return PerBand(
        written.field, tuple((words, bands[words], points) for words, points in written.bands.items())
    )


def _remainder(written: cards.Graded, fields: Fields) -> Tariff:
    field = _kind_of(written.field, fields, "得分", [FieldKind.POINTS])
    if field.maximum != written.full:
        top = "没写" if field.maximum is None else plain(field.maximum)
        raise CardError(
            ("满分",), f"满分 {plain(written.full)} 与“{written.field}”的最大（{top}）不同", "改成一样"
        )
    return Remainder(written.field, written.full)


def _judged(written: cards.Discretion, fields: Fields) -> Tariff:
    field = _kind_of(written.field, fields, "裁量", [FieldKind.POINTS])
    if field.minimum is None or field.maximum is None:
        raise CardError(("裁量",), f"“{written.field}”没写扣分的范围", "在登记表给它写上 最小、最大")
    return Judged(written.field, field.minimum, field.maximum)


def _kind_of(
    name: str, fields: Fields, key: str, kinds: Sequence[FieldKind], place: int | None = None
) -> FormField:
    loc: Loc = (key,) if place is None else (key, place)
    fitting = [one for one, field in fields.items() if field.kind in kinds]
    if name not in fields:
        raise CardError(loc, f"“{name}”不在登记表里", did_you_mean(name, fitting or fields, label="可用"))
    if fields[name].kind not in kinds:
        raise CardError(
            loc,
            f"“{name}”填的是{fields[name].kind}，这里要填{'、'.join(kinds)}的",
            did_you_mean(name, fitting),
        )
    return fields[name]
