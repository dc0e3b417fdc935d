"""A clause read back as one sentence, so that its author hears whether the card says what was meant."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from scoring.condition import And, Compare, Condition, OneOf, Or, Sign
from scoring.fit import condition
from scoring.points import plain
from scoring.price import ByOption, Each, Flat, Price, ZeroItem
from scoring.standard import Clause, Standard

_WORDS = {
    Sign.EQ: "是",
    Sign.NE: "不是",
    Sign.LT: "小于",
    Sign.LE: "不超过",
    Sign.GT: "大于",
    Sign.GE: "达到",
}


def clause_sentence(clause: Clause, standard: Standard) -> str:
    """Return a clause as one sentence: name, who, when, how much, remedy."""
    parts = [f"{clause.name}: "]
    if clause.kinds is not None:
        parts.append(f"只查{'、'.join(clause.kinds)}。")
    if clause.exempt is not None:
        parts.append(f"{_aloud(condition(clause.exempt, standard.form, '不适用'))}的，不适用。")
    when = _aloud(condition(clause.when, standard.form, "扣分情形"))
    parts.append(f"{when}的，{price_aloud(clause.price)}{'，并一票否决' if clause.veto else ''}。")
    remedy = clause.remedy
    parts.append(
        f"{clause.severity}问题，{remedy.deadline}内整改"
        if remedy.deadline.amount
        else f"{clause.severity}问题，{remedy.deadline}"
    )
    parts.append(f": {remedy.text}（{remedy.unit}，{remedy.person}）。")
    if clause.starts or clause.ends:
        parts.append(
            f"[{clause.starts or standard.starts} 起{f'，{clause.ends} 废止' if clause.ends else ''}]"
        )
    return "".join(parts)


def price_aloud(price: Price) -> str:
    """Return a price in words."""
    match price:
        case Flat(root=points):
            return f"扣{plain(points)}分"
        case ZeroItem():
            return "本项不得分"
        case Each():
            cap = "扣完本项为止" if price.cap is None else f"最高扣{plain(price.cap)}分"
            return f"每{price.unit}扣{plain(price.points)}分，{cap}"
        case ByOption():
            return "，".join(f"{option}扣{plain(points)}分" for option, points in price.points.items())


@singledispatch
def _aloud(node: Condition) -> str:
    raise TypeError(f"no words for {type(node).__name__}")


@_aloud.register
def _(node: Compare) -> str:
    value = node.value
    if isinstance(value, Decimal):
        word = "等于" if node.sign is Sign.EQ else "不等于" if node.sign is Sign.NE else _WORDS[node.sign]
        return (
            f"{node.field}{word}{plain(value * 100)}%"
            if node.percent
            else f"{node.field}{word}{plain(value)}"
        )
    return f"{node.field}{_WORDS[node.sign]}“{value}”"


@_aloud.register
def _(node: OneOf) -> str:
    return f"{node.field}是{'或'.join(f'“{value}”' for value in node.values)}"


@_aloud.register
def _(node: And) -> str:
    return "，并且".join(_inner(part) for part in node.parts)


@_aloud.register
def _(node: Or) -> str:
    return "，或者".join(_inner(part) for part in node.parts)


def _inner(node: Condition) -> str:
    return f"（{_aloud(node)}）" if isinstance(node, And | Or) else _aloud(node)
