"""Fit the conditions of a card to its fields: every name exists, every value suits what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from scoring.errors import Loc, did_you_mean
from scoring.grammar.condition import (
    And,
    Compare,
    CompareFields,
    Condition,
    ConditionError,
    Leaf,
    OneOf,
    Or,
    Sign,
    read,
)
from scoring.rule.form_field import FieldKind, FormField

Fields = Mapping[str, FormField]


class CardError(ValueError):
    """Say what a card gets wrong: the key it stands under, the message, the way out, the character (from 0)."""

    def __init__(self, loc: Loc, message: str, hint: str = "", at: int = 0) -> None:
        super().__init__(message)
        self.loc, self.message, self.hint, self.at = loc, message, hint, at


def condition(text: str, fields: Fields, key: str, place: str = "登记表") -> Condition:
    """Read a condition and fit it to the fields: names, kinds of value, options, other numbers.

    ``place`` is what the fields stand in, for messages. Raises CardError at the first thing that does not fit.
    """
    try:
        tree = read(text)
    except ConditionError as error:
        raise CardError((key,), error.message, error.hint, error.at) from None

    def fitted(leaf: Leaf) -> Leaf:
        if isinstance(leaf, Compare) and (other := _other_number(leaf, fields)) is not None:
            leaf = other
        if complaint := _misfit(leaf, fields, place):
            raise CardError((key,), *complaint, at=max(text.find(leaf.field), 0))
        return leaf

    return _mapped(tree, fitted)


def _mapped(tree: Condition, change: Callable[[Leaf], Leaf]) -> Condition:
    if isinstance(tree, And | Or):
        return type(tree)(tuple(_mapped(part, change) for part in tree.parts))
    return change(tree)


def _other_number(leaf: Compare, fields: Fields) -> CompareFields | None:
    """Return the comparison of two numbers that a word means, where it names one and the field is a number too."""
    if not isinstance(leaf.value, str) or leaf.value not in fields or leaf.field not in fields:
        return None
    both = fields[leaf.field].numeric and fields[leaf.value].numeric
    return CompareFields(leaf.field, leaf.sign, leaf.value) if both else None


def _misfit(leaf: Leaf, fields: Fields, place: str) -> tuple[str, str] | None:
    field = fields.get(leaf.field)
    if field is None:
        return f"“{leaf.field}”不在{place}里", did_you_mean(leaf.field, fields, label=f"{place}有")
    if isinstance(leaf, CompareFields):
        return _unlike(leaf, field, fields[leaf.other])
    return _wrong_option(leaf, field) if field.choices else _wrong_number(leaf, field, fields)


def _unlike(leaf: CompareFields, field: FormField, other: FormField) -> tuple[str, str] | None:
    if (field.kind is FieldKind.PERCENT) == (other.kind is FieldKind.PERCENT):
        return None
    kinds = f"“{leaf.field}”填的是{field.kind}，“{leaf.other}”填的是{other.kind}"
    return f"{kinds}，不能相比", "换成同一种数"


def _wrong_number(leaf: Compare | OneOf, field: FormField, fields: Fields) -> tuple[str, str] | None:
    if isinstance(leaf, OneOf) or isinstance(leaf.value, str):
        word = leaf.values[0] if isinstance(leaf, OneOf) else str(leaf.value)
        near = get_close_matches(word, [name for name, one in fields.items() if one.numeric], n=1)
        hint = f"是不是“{near[0]}”？" if near else f"如 {leaf.field} > 0"
        return f"“{leaf.field}”填的是{field.kind}，要和数字比较", hint
    if leaf.percent != (field.kind is FieldKind.PERCENT):
        way = "30%" if field.kind is FieldKind.PERCENT else "30"
        return f"“{leaf.field}”填的是{field.kind}，比较的数写法不对", f"写成 {way} 的样子"
    return None


def _wrong_option(leaf: Compare | OneOf, field: FormField) -> tuple[str, str] | None:
    words = leaf.values if isinstance(leaf, OneOf) else (str(leaf.value),)
    if isinstance(leaf, Compare) and leaf.sign not in (Sign.EQ, Sign.NE):
        return f"“{leaf.field}”填的是选项，不能比大小", "用 =、≠ 或 属于"
    wrong = [word for word in words if word not in field.choices]
    if not wrong:
        return None
    return f"“{leaf.field}”没有“{wrong[0]}”这个选项", did_you_mean(wrong[0], field.choices)
