"""What a published table is checked as: its rows, and the faults found in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TableRow:
    """One unit of a published table; ``place`` is where it stands (第3行). None is an empty cell.

    ``groups`` are the words in the columns that may group the ranking; ``parts`` the scores that the total is made of.
    """

    place: str
    unit: str
    rank: int | None
    score: Decimal | None
    grade: str = ""
    groups: tuple[str, ...] = ()
    parts: Mapping[str, Decimal | None] = field(default_factory=lambda: MappingProxyType({}))
    award: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which row, what stands there, and what would be right."""

    place: str
    unit: str
    kind: str
    message: str
    right: str = ""

    @property
    def text(self) -> str:
        """Say the fault in one line."""
        right = f"，{self.right}" if self.right else ""
        return f"{self.place} {self.unit}: {self.message}{right}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check says: its faults, the rule it found, and what it could not look at."""

    faults: tuple[Fault, ...] = ()
    rule: str = ""
    note: str = ""


def fault(row: TableRow, kind: str, message: str, right: str = "") -> Fault:
    """Return a fault in a row."""
    return Fault(row.place, row.unit or "（没写单位）", kind, message, right)


def rounded(score: Decimal, places: int) -> Decimal:
    """Return a score with some decimal places, half up."""
    return score.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
