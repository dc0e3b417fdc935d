"""What one check of a published table says: the faults it found, the rule it used, and what it could not look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scoring.points import plain
from scoring.sheets.ranking_rows import RankingRow


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which row and column (``kind``), what is ``printed``, why not, what would be right."""

    place: str
    unit: str
    kind: str
    printed: str
    message: str
    right: str = ""

    @property
    def text(self) -> str:
        """Say the fault in one line."""
        right = f"，{self.right}" if self.right else ""
        return f"{self.place} {self.unit}: {self.message}{right}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check says: what it looked at (empty for nothing), its faults, the rule it found, and what it could not."""

    kind: str = ""
    faults: tuple[Fault, ...] = ()
    rule: str = ""
    note: str = ""


def _points(value: Decimal | int | None) -> str:
    return "" if value is None else plain(Decimal(value))


_PRINTED: Mapping[str, Callable[[RankingRow], str]] = {
    "单位": lambda row: row.unit,
    "名次": lambda row: _points(row.rank),
    "等次": lambda row: row.grade,
    "奖励": lambda row: _points(row.award),
}


def _score(row: RankingRow) -> str:
    return _points(row.score)


def fault(row: RankingRow, kind: str, message: str, right: str = "") -> Fault:
    """Return a fault in a row; of the kinds without a column of their own the score is what is printed."""
    printed = _PRINTED.get(kind, _score)
    return Fault(row.place, row.unit or "（没写单位）", kind, printed(row), message, right)


def rounded(score: Decimal, places: int) -> Decimal:
    """Return a score with some decimal places, half up."""
    return score.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
