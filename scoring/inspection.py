"""Units (对象) and inspections (检查记录). A blank stays blank: 未查 is a value, never 0 and never 否."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from scoring.errors import Problem
from scoring.grammar.condition import Value

YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class NotChecked:
    """未查, with the reason where the inspector gave one (锁门, 拒检, 夜间未去)."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不适用, written by the inspector in a field that allows it (可缺项)."""


BLANK = NotChecked()
NOT_APPLICABLE = NotApplicable()

Answer = Value | NotChecked | NotApplicable


@dataclass(frozen=True, slots=True)
class Unit:
    """One 对象 as the register (名册) knows it.

    ``id`` is the 12-digit place code where there is one, else any stable code; ``details`` holds the register's other
    columns under their own names (联路段领导, 站所长, 包村领导, 责任人, 电话, 户数 …).
    """

    id: str
    name: str
    kind: str
    area: str = ""
    aliases: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a visit was read from: file name, sheet, and row counted from 1; ``across`` says that it is a column's number."""

    path: str = ""
    sheet: str = ""
    row: int = 0
    across: bool = False

    @property
    def spot(self) -> str:
        """Return the place within the file, as a user finds it: 第4行, or 第4条 of a JSON file; empty where it was read from none."""
        if not self.row:
            return ""
        kind = "列" if self.across else "条" if self.path.lower().endswith(".json") else "行"
        return f"工作表“{self.sheet}” 第{self.row}{kind}" if self.sheet else f"第{self.row}{kind}"

    def problem(self, unit: Unit, message: str, hint: str = "", about: str = "") -> Problem:
        """Return a problem with what stands here of a unit, which stays 未评; ``about`` says more closely what it is about."""
        where = " ".join(filter(None, (self.spot, unit.name, about)))
        return Problem(self.path, 0, 0, where, message, hint, unit.id)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One row of the 问题明细: what was found where, how many (``count``, whole, at least 1) and how large.

    ``field`` is the 检查项; ``size`` is in the measure the form names (area, length), None where it was not taken;
    ``photo`` is a name, never opened; ``position`` is where it was taken, latitude and longitude in degrees ("31.8,117.2").
    """

    field: str
    place: str = ""
    count: Decimal = Decimal(1)
    size: Decimal | None = None
    photo: str = ""
    note: str = ""
    origin: Origin = Origin()
    position: str = ""

    @property
    def said(self) -> tuple[str, str, Decimal, Decimal, str, str, str]:
        """Return all that the row says, for comparing and sorting; where it stood is no part of it."""
        size = Decimal(-1) if self.size is None else self.size
        return self.field, self.place, size, self.count, self.photo, self.note, self.position


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit to one unit: who, when, how, and what was seen.

    ``answers`` maps 检查项 to a number (``Decimal``; 60 % is 0.6), a word (an option, 是 or 否), 未查 or 不适用; a missing
    key is 未查. ``places`` maps 检查项 to where each occurrence was, ``reasons`` points the inspector gave (分数) to why.
    ``columns`` names every 检查项 the sheet asked for, answered or not. ``blank_is_none``: the signed line
    空白即未发现问题 stands on the sheet or row. ``occurrences`` are the rows of the 问题明细 that belong to the visit, in the
    order of what they say; where a 检查项 has some and its answer is blank, they are the answer. ``position`` is where the visit was recorded,
    ``submission`` names the phone's submission that told it, which stays the same when it is edited.
    """

    unit: Unit
    date: dt.date
    answers: Mapping[str, Answer]
    columns: frozenset[str] = frozenset()
    time: dt.time | None = None
    source: str = "日常"
    inspectors: tuple[str, ...] = ()
    number: int = 1
    places: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    blank_is_none: bool = False
    note: str = ""
    origin: Origin = Origin()
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    occurrences: tuple[Occurrence, ...] = ()
    position: str = ""
    submission: str = ""

    @property
    def visit(self) -> tuple[str, dt.date, str, tuple[str, ...], int]:
        """Return what makes two rows the same visit: unit, date, source, inspectors, number."""
        return self.unit.id, self.date, self.source, self.inspectors, self.number
