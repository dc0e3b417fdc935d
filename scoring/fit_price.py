"""Fit the price of a card to its fields and its condition: every price knows which 检查项 it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring import price as cards
from scoring.bands import FORM, Band, BandError, contested, read_band
from scoring.condition import And, Compare, CompareFields, Condition, Or, Sign, fields_of
from scoring.errors import KEY, Loc, did_you_mean
from scoring.fit import CardError, Fields
from scoring.form_field import NOT_DONE, FieldKind, FormField
from scoring.inspection import NO
from scoring.points import plain
from scoring.tariff import (
    IN_PROPORTION,
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

Limit = Decimal | str | None
_VERBS = {
    "超": (Sign.GT, Sign.GE),
    "高": (Sign.GT, Sign.GE),
    "少": (Sign.LT, Sign.LE),
    "低": (Sign.LT, Sign.LE),
}
_WAYS = {"超": "甲 > 乙", "高": "阳性率 > 5%", "少": "保洁员人数 < 应配人数", "低": "结案率 < 90%"}
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
            parts = [_inside(tariff.field, band) for _, band, points in tariff.bands if points]
        case Remainder():
            parts = [Compare(tariff.field, Sign.LT, tariff.full)]
        case _:
            return None
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _inside(field: str, band: Band) -> Condition:
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
        return _per_unit(written, when, fields)
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


def each_key(each: cards.Each) -> str:
    """Return the key 每… as its author wrote it, with 1 written out only after a verb."""
    number = plain(each.step) if each.step != 1 or each.verb else ""
    return f"每{each.verb}{number}{each.unit}"


def _per_unit(each: cards.Each, when: Condition | None, fields: Fields) -> Tariff:
    name, limit = _compared(each, when, fields) if each.verb else _counted(each, when, fields)
    whole = fields[name].kind is FieldKind.COUNT and _whole(limit, fields)
    loose = each.step != 1 or (each.verb and not whole)
    if loose and each.odd is None:
        key = each_key(each)
        raise CardError((), f"“{key}”没说不足一个的怎么办", "加一个 零头: 不计，或 进一、照算（按比例）")
    odd = each.odd or IN_PROPORTION
    return PerUnit(name, each.unit, each.points, each.cap, each.verb, each.step, odd, limit)


def _whole(limit: Limit, fields: Fields) -> bool:
    if isinstance(limit, str):
        return fields[limit].kind is FieldKind.COUNT
    return limit is None or limit == limit.to_integral_value()


def _compared(each: cards.Each, when: Condition | None, fields: Fields) -> tuple[str, Limit]:
    """Return what 每超、每少、每低、每高 counts: the one comparison in the condition that has that direction."""
    parts = when.parts if isinstance(when, And) else (when,)
    found = []
    for part in parts:
        if (
            isinstance(part, Compare | CompareFields)
            and part.sign in _VERBS[each.verb]
            and fields[part.field].numeric
        ):
            limit = part.other if isinstance(part, CompareFields) else part.value
            if each.counted in (None, part.field) and not (isinstance(limit, str) and limit not in fields):
                found.append((part.field, limit))
    fitting = [one for one in found if _unit(fields[one[0]]) == each.unit]
    if len(fitting) == 1:
        return fitting[0]
    key = each_key(each)
    if fitting:
        names = "、".join(name for name, _ in fitting)
        raise CardError((key,), f"“{key}”数的是哪一项不明确", f"加一行 计数: {names} 中的一个")
    if found:
        units = [_unit(fields[name]) for name, _ in found]
        hint = (
            did_you_mean(key, [f"每{each.verb}1{unit}" for unit in units if unit]) or "在登记表给它写上 单位"
        )
        raise CardError((key, KEY), f"“{key}”: 单位与所数的检查项不同", hint)
    raise CardError((each_key(each),), f"“{key}”不知道和多少比", f"扣分情形写成 {_WAYS[each.verb]} 的样子")


def _unit(field: FormField) -> str:
    return cards.PERCENT_POINT if field.kind is FieldKind.PERCENT else field.unit


def _counted(each: cards.Each, when: Condition | None, fields: Fields) -> tuple[str, Limit]:
    names = () if when is None else fields_of(when)
    counts = {name: fields[name] for name in names if fields[name].kind in _NUMBERS}
    if each.counted is not None:
        if each.counted not in fields or not fields[each.counted].numeric:
            numbers = [name for name, field in fields.items() if field.numeric]
            raise CardError(
                ("计数",), f"“{each.counted}”不是登记表里的数量", did_you_mean(each.counted, numbers)
            )
        counts = {each.counted: fields[each.counted]}
    fitting = [name for name, field in counts.items() if field.unit == each.unit]
    if len(fitting) == 1:
        return fitting[0], None
    key = each_key(each)
    if fitting:
        raise CardError((key,), f"“{key}”数的是哪一项不明确", f"加一行 计数: {'、'.join(fitting)} 中的一个")
    units = [f"每{field.unit}" for field in counts.values() if field.unit]
    hint = did_you_mean(key, units) or "先在登记表给所数的检查项写上 单位，并让扣分情形提到它"
    raise CardError((key, KEY), f"“{key}”: 不认识的键", hint)


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
    settled(bands, field, ("分段",))
    if not any(written.bands.values()):
        raise CardError(("分段",), "每一段都扣 0 分", "至少一段写上扣几分")
    return PerBand(
        written.field, tuple((words, bands[words], points) for words, points in written.bands.items())
    )


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


def settled(bands: Mapping[str, Band], field: FormField, loc: Loc, *, gaps: bool = True) -> None:
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
            fewer = f"去掉一头，如 {claims[-1]}（不含{shown}）"
            raise CardError((*loc, claims[-1], KEY), f"“{claims[0]}”和“{claims[1]}”都占了 {shown}", fewer)
        if gaps:
            way = "；算出的数可加 不低于、不高于" if None in field.limits else ""
            raise CardError(loc, f"{shown} 不在任何一段里", f"把段接上，两头的写 ≥ 和 <{way}")


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
