"""Fit the words of a card to its form: every name exists, every value suits its field, every price knows what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from scoring import price as cards
from scoring.condition import Compare, Condition, ConditionError, OneOf, Sign, fields_of, leaves, read
from scoring.errors import KEY, Loc, did_you_mean
from scoring.standard import Clause, FieldKind, FormField
from scoring.tariff import Fixed, PerOption, PerUnit, Tariff, WholeItem

Form = Mapping[str, FormField]


class CardError(ValueError):
    """Say what a card gets wrong: the key it stands under, the message, the way out, the character (from 0)."""

    def __init__(self, loc: Loc, message: str, hint: str = "", at: int = 0) -> None:
        super().__init__(message)
        self.loc, self.message, self.hint, self.at = loc, message, hint, at


def condition(text: str, form: Form, key: str) -> Condition:
    """Read a condition and fit it to the form: names, kinds of value, options.

    Raises CardError at the first thing that does not fit.
    """
    try:
        tree = read(text)
    except ConditionError as error:
        raise CardError((key,), error.message, error.hint, error.at) from None
    for leaf in leaves(tree):
        if complaint := _misfit(leaf, form):
            raise CardError((key,), *complaint, at=max(text.find(leaf.field), 0))
    return tree


def _misfit(leaf: Compare | OneOf, form: Form) -> tuple[str, str] | None:
    field = form.get(leaf.field)
    if field is None:
        return f"“{leaf.field}”不在登记表里", did_you_mean(leaf.field, form, label="登记表有")
    words = leaf.values if isinstance(leaf, OneOf) else (leaf.value,)
    if field.choices:
        ordered = isinstance(leaf, Compare) and leaf.sign not in (Sign.EQ, Sign.NE)
        if ordered:
            return f"“{leaf.field}”填的是选项，不能比大小", "用 =、≠ 或 属于"
        wrong = [str(word) for word in words if word not in field.choices]
        return (
            (f"“{leaf.field}”没有“{wrong[0]}”这个选项", did_you_mean(wrong[0], field.choices))
            if wrong
            else None
        )
    if isinstance(leaf, OneOf) or isinstance(leaf.value, str):
        return f"“{leaf.field}”填的是{field.kind}，要和数字比较", f"如 {leaf.field} > 0"
    if leaf.percent != (field.kind is FieldKind.PERCENT):
        way = "30%" if field.kind is FieldKind.PERCENT else "30"
        return f"“{leaf.field}”填的是{field.kind}，比较的数写法不对", f"写成 {way} 的样子"
    return None


def price(card: Clause, when: Condition, form: Form) -> Tariff:
    """Return a clause's price with the field it counts settled.

    Raises CardError where no field, or more than one, fits.
    """
    match card.price:
        case cards.Flat(root=points):
            return Fixed(points)
        case cards.ZeroItem():
            return WholeItem()
        case cards.Each():
            return _per_unit(card.price, when, form)
        case cards.ByOption():
            return _per_option(card.price, when, form)


def _per_unit(each: cards.Each, when: Condition, form: Form) -> Tariff:
    counts = {n: form[n] for n in fields_of(when) if form[n].kind in (FieldKind.COUNT, FieldKind.MEASURE)}
    if each.counted is not None:
        if each.counted not in form or form[each.counted].choices:
            numbers = [name for name, field in form.items() if not field.choices]
            raise CardError(
                ("扣分", "计数"), f"“{each.counted}”不是登记表里的数量", did_you_mean(each.counted, numbers)
            )
        counts = {each.counted: form[each.counted]}
    fitting = [name for name, field in counts.items() if field.unit == each.unit]
    if len(fitting) == 1:
        return PerUnit(fitting[0], each.unit, each.points, each.cap)
    key = f"每{each.unit}"
    if fitting:
        raise CardError(
            ("扣分", key), f"“{key}”数的是哪一项不明确", f"加一行 计数: {'、'.join(fitting)} 中的一个"
        )
    units = [f"每{field.unit}" for field in counts.values() if field.unit]
    hint = did_you_mean(key, units) or "先在登记表给所数的检查项写上 单位，并让扣分情形提到它"
    raise CardError(("扣分", key, KEY), f"“{key}”: 不认识的键", hint)


def _per_option(tiers: cards.ByOption, when: Condition, form: Form) -> Tariff:
    names = fields_of(when) if tiers.field is None else (tiers.field,)
    fitting = [name for name in names if name in form and set(tiers.points) <= set(form[name].choices)]
    if len(fitting) == 1:
        return PerOption(fitting[0], dict(tiers.points))
    if fitting:
        raise CardError(("扣分",), "各档说的是哪一项不明确", f"加一行 按: {'、'.join(fitting)} 中的一个")
    options = [word for name in names if name in form for word in form[name].choices]
    wrong = next((word for word in tiers.points if word not in options), next(iter(tiers.points)))
    raise CardError(("扣分", wrong, KEY), f"“{wrong}”: 不认识的键", did_you_mean(wrong, ["最高扣", *options]))
