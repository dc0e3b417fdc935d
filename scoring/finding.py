"""The values between the steps: what is known of a visit, a clause's answer, the facts the inference sees, and the marks it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from scoring.inspection import Answer, Occurrence
from scoring.tariff import Values


class Result(StrEnum):
    """One clause's answer for one inspection, in the words of XCCDF."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "notapplicable"
    NOT_CHECKED = "notchecked"

    @property
    def chinese(self) -> str:
        """Return 合格, 不合格, 不适用 or 未查."""
        return {"pass": "合格", "fail": "不合格", "notapplicable": "不适用", "notchecked": "未查"}[self]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a visit's 问题明细 comes to: the answers it makes, where, and the rows too small to count (算一处)."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    small: frozenset[Occurrence] = frozenset()


NOTHING = Counted()


@dataclass(frozen=True, slots=True)
class Derived:
    """The known values of one visit under one program, computed fields among them.

    ``assumed`` are the blanks that the signed line fills, ``registered`` those that the register fills; ``unknown`` says
    why a value could not be worked out, where the reason is not a blank; ``counted`` is what the 问题明细 came to.
    """

    values: Values
    assumed: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    counted: Counted = NOTHING


@dataclass(frozen=True, slots=True)
class Finding:
    """判定: one clause's answer, and the interval [low, high] of what it may cost by itself.

    ``uncapped`` is the cost before 最高扣, ``count`` the occurrences it rests on. ``reason`` says why something is
    未查; ``may_fail`` and ``optional`` that a 未查 clause may still turn out 不合格 or 不适用. What the item's full mark leaves of the cost is
    tally's work. ``charged_by`` is the 编号 of the dearer clause that takes the same occurrences, or may take them.
    """

    clause: int
    result: Result
    low: Decimal
    high: Decimal
    uncapped: Decimal | None = None
    count: Decimal | None = None
    places: tuple[str, ...] = ()
    reason: str = ""
    may_fail: bool = False
    optional: bool = False
    charged_by: str = ""


@dataclass(frozen=True, slots=True, order=True)
class FindingFact:
    """What the inference sees of one finding: integers only, 0 where absent.

    ``clause`` and ``item`` are numbered within the unit from 1; ``cur``, ``seq``, ``nxt`` say current round, its number
    and the next; ``zero`` 本项不得分, ``veto`` 一票否决; ``nth`` the ordinal among the severe findings, from 1.
    """

    clause: int
    item: int
    cur: int = 1
    seq: int = 0
    nxt: int = 1
    zero: int = 0
    veto: int = 0
    nth: int = 0


@dataclass(frozen=True, slots=True, order=True)
class OrderFact:
    """What the inference sees of one order (整改单): days are relative to the as-of date and clipped."""

    clause: int
    open: int = 0
    late: int = 0
    fixed_ago: int = 0
    level: int = 0
    redo: int = 0


@dataclass(frozen=True, slots=True, order=True)
class FlagFact:
    """What the inference sees of one honour or warning of a round (红旗, 黄旗)."""

    kind: int
    seq: int = 0
    nxt: int = 1


Fact = FindingFact | OrderFact | FlagFact


class MarkKind(StrEnum):
    """What may follow from the findings of one unit."""

    ZERO_ITEM = "本项不得分"
    VETO = "一票否决"
    SEVERE = "严重条款达"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One consequence: its kind, the clause it rests on, and the item it concerns (0: the whole card)."""

    kind: MarkKind
    clause: int
    item: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Ruleset:
    """The numbers the generic rules are made with: how many severe findings are a veto (0: never)."""

    severe: int = 0


class Infer(Protocol):
    """One reading of step 2: facts of one unit in, marks out, sorted and each once."""

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows; order of facts never matters."""


def integers(fact: Fact) -> tuple[int, ...]:
    """Return a fact's values in the order of its fields."""
    return tuple(getattr(fact, one.name) for one in fields(fact))
