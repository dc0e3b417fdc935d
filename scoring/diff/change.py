"""One change between two versions of a standard, and the changes of one card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scoring.diff.cards import key_changes
from scoring.rule.card import Card
from scoring.rule.standard import Standard


class Part(StrEnum):
    """Which part of a standard a change concerns."""

    STANDARD = "标准"
    ITEM = "项目"
    FIELD = "检查项"
    COMPUTED = "计算"
    CLAUSE = "条款"
    BONUS = "加分"
    CONCLUSION = "结论"


class Kind(StrEnum):
    """What became of it; a successor (接续) is a later version of a clause that stays in the file."""

    ADDED = "新增"
    REMOVED = "删去"
    SUCCEEDED = "接续"
    CHANGED = "改动"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``name`` is the 编号 of a clause, else a name; ``key`` the key that changed, empty for a whole card.

    ``law`` says whether it can change what is found, charged or put right; tests, notes and accepted doubts cannot.
    """

    part: Part
    name: str
    kind: Kind
    text: str
    key: str = ""

    @property
    def law(self) -> bool:
        """Return whether it changes the law."""
        return self.key not in ("算例", "接受疑点", "说明")


def by_id(id: str) -> tuple[int, str]:
    """Return what 编号 are sorted by: WL-2 before WL-10."""
    return len(id), id


def card_changes(
    part: Part,
    name: str,
    old: Card,
    new: Card,
    both: tuple[Standard, Standard],
    skip: frozenset[str] = frozenset(),
) -> Iterator[Change]:
    """Yield every key that differs between two cards."""
    for one in key_changes(old, new, (both[0].fields, both[1].fields), skip):
        yield Change(part, name, Kind.CHANGED, one.sentence, one.key)
