"""The values between the steps: what is known of a visit, a clause's answer, the facts the inference sees, and the marks it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """What the inference sees of one finding that failed: integers only, 0 where absent.

    ``clause`` and ``item`` are numbered within the unit from 1; ``cur`` is 1 in the round being judged. ``seq`` numbers
    the rounds in which this clause was checked, the current one 0 and earlier ones counted back from it (-1, -2 …), and
    ``nxt`` is the number of the round that follows; a round in which the clause was 未查 or 不适用 has no number.
    ``zero`` 本项不得分, ``veto`` 一票否决; ``nth`` the ordinal among the severe findings, from 1.
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
    """What the inference sees of one order (整改单): days are relative to the as-of date and clipped.

    ``late`` are days past the deadline, ``fixed_ago`` days since 销号 (of a closed order), ``level`` the level of 督办 it
    has reached, ``redo`` how often 复查 found it 不合格.
    """

    clause: int
    open: int = 0
    late: int = 0
    fixed_ago: int = 0
    level: int = 0
    redo: int = 0


@dataclass(frozen=True, slots=True, order=True)
class FlagFact:
    """What the inference sees of a round in which a unit won one honour or grade (黄旗, 优秀).

    A question is about one honour. Rounds are numbered as in FindingFact, back from the one up to which streaks count.
    """

    cur: int = 1
    seq: int = 0
    nxt: int = 1


Fact = FindingFact | OrderFact | FlagFact


class MarkKind(StrEnum):
    """What may follow from the findings of one unit and its history."""

    ZERO_ITEM = "本项不得分"
    VETO = "一票否决"
    SEVERE = "严重条款达"
    REPEATED = "重复"
    RELAPSED = "反弹"
    OVERDUE = "逾期"
    REDONE = "复查不合格"
    ESCALATED = "提级督办"
    STREAK = "连续"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One consequence: its kind, the clause it rests on, and the item it concerns (0: the whole card).

    ``level`` is that of the order it rests on. ``n`` says how far: of 重复 and 连续 the length of the run, of 逾期 the
    days and of 复查不合格 the times of the highest threshold reached, of 提级督办 the level to go to, of 反弹 1; 0 without
    history. The marks of a unit that differ in ``n`` alone are one, the farthest. A 连续 mark rests on no clause: 0.
    """

    kind: MarkKind
    clause: int
    item: int = 0
    level: int = 0
    n: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Lift:
    """An open order goes to a ``level`` of 督办 once it is ``late`` days past its deadline or ``redo`` times 不合格 (0: never)."""

    level: int
    late: int = 0
    redo: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Ruleset:
    """The numbers the generic rules are made with; what they leave out is never derived.

    ``severe`` findings are a veto (0: never); ``run`` is the longest run of rounds that is told apart; a fail within
    ``relapse`` days of 销号 is 反弹 (0: never); ``late`` days and ``redo`` times are the thresholds told apart;
    ``streak`` is the longest streak of an honour that is told apart.
    """

    severe: int = 0
    run: int = 0
    relapse: int = 0
    late: tuple[int, ...] = ()
    redo: tuple[int, ...] = ()
    levels: tuple[Lift, ...] = ()
    streak: int = 0


class Infer(Protocol):
    """One reading of step 2: facts of one unit in, marks out, sorted and each once."""

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows; order of facts never matters."""

    def __hash__(self) -> int:
        """Return the same for the same reading, for answers are remembered."""


def farthest(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks sorted, and of those that differ in ``n`` alone the farthest."""
    last = {(one.kind, one.clause, one.item, one.level): one for one in sorted(marks)}
    return tuple(last.values())
