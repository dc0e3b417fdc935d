"""申诉: what a unit says against a visit as it was recorded, and what was decided (维持, or 更正 as a new version)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.inspection import Unit
from scoring.sheets.corrected import Change

# How a longer round rests on the one that was put right.
COMPOSED = "由本轮得分合成"


class Ruling(StrEnum):
    """What becomes of an appeal: the record stands, or it is put right."""

    UPHELD = "维持"
    AMENDED = "更正"


@dataclass(frozen=True, slots=True)
class Which:
    """Which of a unit's visits is meant; what is left empty (0) is not said."""

    date: date
    source: str = ""
    inspectors: tuple[str, ...] = ()
    number: int = 0

    @property
    def words(self) -> str:
        """Return the visit as a clerk would name it."""
        people, nth = "、".join(self.inspectors), f"第{self.number}次" if self.number > 1 else ""
        return " ".join(filter(None, (str(self.date), self.source, nth, people)))


@dataclass(frozen=True, slots=True)
class Decision:
    """复核: who decided what, when (ISO time) and why.

    Of a 更正 ``changes`` are what was put right; ``version`` is the one it made and ``sha256`` its digest (None and empty
    where the round was not scored yet); ``later`` are the closed rounds that rest on the version before, each with how;
    ``orders`` are what becomes of orders of the visit, each (its number, its problem, a ``rectify.appealed.Fate``).
    """

    ruling: Ruling
    who: str
    at: str
    reason: str
    changes: tuple[Change, ...] = ()
    version: int | None = None
    sha256: str = ""
    later: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal: its number, against which visit of which unit, ``about`` which clauses or 检查项, by whom, when and why.

    ``decision`` is None while it waits.
    """

    number: int
    round: str
    unit: Unit
    visit: Which
    about: tuple[str, ...]
    who: str
    at: str
    reason: str
    decision: Decision | None = None

    @property
    def state(self) -> str:
        """Return 待复核, 维持 or 更正."""
        return "待复核" if self.decision is None else self.decision.ruling.value
