"""Fit a price 每… to the condition: which field it counts, and for 每超、每少、每低、每高 against which limit."""

from __future__ import annotations

from decimal import Decimal

from scoring.compile.fit import CardError, Fields
from scoring.errors import KEY, did_you_mean
from scoring.grammar.condition import And, Compare, CompareFields, Condition, Sign, fields_of
from scoring.points import plain
from scoring.rule import price as cards
from scoring.rule.form_field import FieldKind, FormField
from scoring.tariff import IN_PROPORTION, PerUnit

Limit = Decimal | str | None
_VERBS = {
    "超": (Sign.GT, Sign.GE),
    "高": (Sign.GT, Sign.GE),
    "少": (Sign.LT, Sign.LE),
    "低": (Sign.LT, Sign.LE),
}
_WAYS = {"超": "甲 > 乙", "高": "阳性率 > 5%", "少": "保洁员人数 < 应配人数", "低": "结案率 < 90%"}
_NUMBERS = (FieldKind.COUNT, FieldKind.MEASURE)


def each_key(each: cards.Each) -> str:
    """Return the key 每… of a price, as its author wrote it."""
    return key_of(each.verb, each.step, each.unit)


def key_of(verb: str, step: Decimal, unit: str) -> str:
    """Return the key 每…, with a 1 written out only after a verb.

    >>> key_of("", Decimal(1), "处"), key_of("超", Decimal(1), "处"), key_of("", Decimal(5), "户")
    ('每处', '每超1处', '每5户')
    """
    number = plain(step) if step != 1 or verb else ""
    return f"每{verb}{number}{unit}"


def per_unit(each: cards.Each, when: Condition | None, fields: Fields) -> PerUnit:
    """Return what a price 每… counts, over or short of what, settled by the condition.

    Raises CardError where no field, or more than one, fits.
    """
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
