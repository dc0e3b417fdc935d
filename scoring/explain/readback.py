"""A clause read back as one sentence, so that its author hears whether the card says what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatch

from scoring.compile.fit import Fields, condition
from scoring.compile.fit_count import each_key
from scoring.grammar.condition import And, Compare, CompareFields, Condition, OneOf, Or, Sign
from scoring.points import plain
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.computed import Computed, Constant, Formula, Level
from scoring.rule.price import (
    ByBand,
    ByOption,
    Discretion,
    Each,
    EachMissing,
    Flat,
    Graded,
    IfNotRectified,
    Price,
    ZeroItem,
)
from scoring.rule.standard import Standard

_WORDS = {
    Sign.EQ: "是",
    Sign.NE: "不是",
    Sign.LT: "小于",
    Sign.LE: "不超过",
    Sign.GT: "大于",
    Sign.GE: "达到",
}
_ODD = {"不计": "零头不计", "进一": "零头算一个", "照算": "零头按比例"}


def clause_sentence(clause: Clause, standard: Standard) -> str:
    """Return a clause as one sentence: name, who, when, how much, remedy."""
    parts = [*_head(clause, standard)]
    when = f"{_said(clause.when, standard.fields, '扣分情形')}的，" if clause.when else ""
    parts.append(
        f"{when}{price_aloud(clause.price, standard.fields)}{'，并一票否决' if clause.veto else ''}。"
    )
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


def bonus_sentence(clause: BonusClause, standard: Standard) -> str:
    """Return a 加分 clause as one sentence: name, who, when, how much."""
    words = price_aloud(clause.price, standard.fields).replace("扣", "加").replace("，加完本项为止", "")
    return "".join(
        [*_head(clause, standard), f"{_said(clause.when, standard.fields, '加分情形')}的，{words}。"]
    )


def _head(clause: Clause | BonusClause, standard: Standard) -> list[str]:
    parts = [f"{clause.name}: "]
    if clause.kinds is not None:
        parts.append(f"只查{'、'.join(clause.kinds)}。")
    if clause.exempt is not None:
        parts.append(f"{_said(clause.exempt, standard.fields, '不适用')}的，不适用。")
    return parts


def price_aloud(price: Price, fields: Fields) -> str:
    """Return a price in words; ``fields`` say within which limits the inspector may judge."""
    if isinstance(price, Flat):
        return f"扣{plain(price.root)}分" if price.root else "记下，不扣分"
    if isinstance(price, Graded | Discretion | IfNotRectified):
        return _by_inspector(price, fields)
    return price.root if isinstance(price, ZeroItem) else _counted(price)


def _counted(price: Each | ByOption | EachMissing | ByBand) -> str:
    match price:
        case Each():
            odd = f"（{_ODD[price.odd]}）" if price.odd else ""
            return f"{each_key(price)}扣{plain(price.points)}分{odd}，{_cap(price.cap)}"
        case ByOption():
            return _tiers(price.points)
        case EachMissing():
            cap = "" if price.cap is None else f"，{_cap(price.cap)}"
            return f"{'、'.join(price.fields)}，每缺1项扣{plain(price.points)}分{cap}"
        case ByBand():
            return f"{price.field}{_tiers(price.bands)}"


def _by_inspector(price: Graded | Discretion | IfNotRectified, fields: Fields) -> str:
    match price:
        case Graded():
            tiers = fields[price.field].bands if price.field in fields else None
            shown = f"（{'、'.join(f'{name} {words}' for name, words in tiers.items())}）" if tiers else ""
            return f"检查员在“{price.field}”打分{shown}，满分{plain(price.full)}分，没得的都扣"
        case Discretion():
            field = fields.get(price.field)
            least = Decimal(0) if field is None or field.minimum is None else field.minimum
            most = "" if field is None or field.maximum is None else f"～{plain(field.maximum)}"
            return f"由检查员定扣{plain(least)}{most}分，填在“{price.field}”并写理由"
        case IfNotRectified():
            return f"先限期整改，“{price.field}”为整改不到位的，扣{plain(price.points)}分"


def _cap(cap: Decimal | None) -> str:
    return "扣完本项为止" if cap is None else f"最高扣{plain(cap)}分"


def _tiers(tiers: Mapping[str, Decimal]) -> str:
    return "，".join(
        f"{words}扣{plain(points)}分" if points else f"{words}不扣" for words, points in tiers.items()
    )


def computed_sentence(name: str, card: Computed) -> str:
    """Return a computed field as one sentence."""
    unit = f"（{card.unit}）" if card.unit else ""
    sample = f"；{card.sample} 才算，不够的按未查" if card.sample else ""
    if isinstance(card, Formula):
        rounding = card.rounding or (f"保留{card.places}位小数" if card.places is not None else "")
        ends = [f"不低于{plain(card.floor)}" if card.floor is not None else "",
                f"不高于{plain(card.ceiling)}" if card.ceiling is not None else ""]  # fmt: skip
        words = "，".join(filter(None, [f"{name}{unit} = {card.formula}", rounding, *ends]))
    elif isinstance(card, Constant):
        words = f"{name}{unit} 定为 {card.value}"
    elif isinstance(card, Level):
        words = (
            f"{name} 按{card.by}分级: {'，'.join(f'{level} {band}' for level, band in card.levels.items())}"
        )
    else:
        numbers = "，".join(f"{option} {plain(number)}" for option, number in card.numbers.items())
        words = f"{name}{unit} 按{card.by}: {numbers}"
    return words + sample


def condition_aloud(tree: Condition) -> str:
    """Return a condition in words."""
    return _aloud(tree)


def _said(text: str, fields: Fields, key: str) -> str:
    return _aloud(condition(text, fields, key))


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
def _(node: CompareFields) -> str:
    word = "等于" if node.sign is Sign.EQ else "不等于" if node.sign is Sign.NE else _WORDS[node.sign]
    return f"{node.field}{word}{node.other}"


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
