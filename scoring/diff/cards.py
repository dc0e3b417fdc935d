"""Two versions of one card, key by key, in the words of the file; nothing here knows which card it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.compile.fit import Fields
from scoring.explain.readback import price_aloud
from scoring.grammar.condition import read
from scoring.points import plain
from scoring.rule.card import Card
from scoring.rule.clause import Remedy
from scoring.rule.price import ByOption, Each, Flat, ZeroItem
from scoring.rule.source import Approval, Approved, Basis
from scoring.rule.standard import NO_GRADE

# Written differently, these may still say the same.
_SAME: Mapping[str, Callable[[Any], object]] = {
    "扣分情形": read,
    "加分情形": read,
    "不适用": read,
    "样本": read,
    "算一处": read,
    "适用": frozenset,
}
# Cards within a card, compared key by key.
_INNER = (Remedy, Basis, Approved, Approval)
_NOTHING: tuple[object, ...] = (None, "", (), {})
LISTED = 200


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of a card: what it was and what it is, in words; empty where it was not, or is not, written."""

    key: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        """Return the change as one sentence."""
        if self.key == "算例":
            return f"算例改了（{self.old}改为{self.new}）" if self.old != self.new else "算例改了"
        if not self.old or not self.new:
            return f"写上了{self.key}“{self.new}”" if self.new else f"删去了{self.key}“{self.old}”"
        return f"{self.key}由“{self.old}”改为“{self.new}”"


def key_changes(
    old: Card, new: Card, fields: tuple[Fields, Fields], skip: frozenset[str] = frozenset()
) -> Iterator[KeyChange]:
    """Yield every key whose value differs between two cards of one kind; ``fields`` are those each card speaks of."""
    for attribute, info in type(old).model_fields.items():
        key = info.alias or attribute
        one, other = getattr(old, attribute), getattr(new, attribute)
        if key in skip or one == other or _same(key, one, other):
            continue
        if isinstance(one, _INNER) and type(one) is type(other):
            yield from key_changes(one, other, fields)
        elif key == "条文":
            yield from _passages(one, other)
        else:
            words = _words(_written(key, one), fields[0]), _words(_written(key, other), fields[1])
            # Prices are read aloud as what they take; of a 加分 clause they are what it gives.
            yield KeyChange(key, *(each.replace("扣", "加") if key == "加分" else each for each in words))


def _passages(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[KeyChange]:
    """Yield what became of each paragraph of the source."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield KeyChange(f"条文 {name} ", _words(old.get(name), {}), _words(new.get(name), {}))


def _same(key: str, one: object, other: object) -> bool:
    means = _SAME.get(key)
    if means is None or one in _NOTHING or other in _NOTHING:
        return False
    return means(one) == means(other)


def _written(key: str, value: object) -> object:
    """Return a value as the file has it, where the model keeps something shorter."""
    if key == "计分":
        return "评分" if value else "只统计"
    if key == "一票否决" and isinstance(value, str) and value != NO_GRADE:
        return f"等次定为{value}"
    return value


def _words(value: object, fields: Fields) -> str:
    """Write a value as its author would; a price as it is read aloud."""
    if value in _NOTHING:
        return ""
    match value:
        case tuple():
            texts = all(isinstance(one, str) for one in value)
            text = "、".join(value) if texts else f"{len(value)}个"
        case Mapping():
            text = "，".join(f"{name} {_words(inner, fields)}" for name, inner in value.items())
        case Basis() | Approved() | Approval():
            text = "，".join(_words(inner, fields) for _, inner in value if not isinstance(inner, Mapping))
        case Card() | Flat() | ZeroItem():
            text = _price(value, fields)
        case _:
            text = _plain(value)
    return text if len(text) <= LISTED else f"{text[:LISTED]}……"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _price(price: Any, fields: Fields) -> str:
    named = price.counted if isinstance(price, Each) else price.field if isinstance(price, ByOption) else None
    return price_aloud(price, fields) + (f"（看“{named}”）" if named else "")
