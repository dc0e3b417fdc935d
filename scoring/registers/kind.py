"""What a 登记簿 is made of: columns, each with what is written in it, and the columns that say which entry is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from scoring.columns import folded

DATE = "日期"
# Printed numbers of rows say nothing; a sheet may have them.
UNREAD = "序号"


class Fill(Enum):
    """What is written in a column."""

    DAY = auto()
    TEXT = auto()
    PEOPLE = auto()
    NAMES = auto()
    CHOICE = auto()
    YES_NO = auto()
    COUNT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what is written in it, and for a count its 量词 (``unit``).

    ``words`` are what the annual summary calls it, where that is longer; ``others`` are other titles it may have. A
    ``needed`` column is never blank. ``blank`` is the count that a blank means, None where it only means that nobody
    wrote it down; no count is below ``least``.
    """

    title: str
    fill: Fill = Fill.TEXT
    unit: str = ""
    words: str = ""
    needed: bool = False
    blank: int | None = None
    least: int = 0
    choices: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the title as a sheet prints it, with the 量词 in brackets.

        >>> Column("拆除横幅", Fill.COUNT, "幅").label
        '拆除横幅（幅）'
        """
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of 登记簿. ``key`` are the columns by which an entry is the same entry; ``note`` says how it is kept."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    note: str
    others: tuple[str, ...] = ()

    def column(self, title: str) -> Column:
        """Return a column by its title."""
        return next(one for one in self.columns if one.title == title)

    def titles(self) -> Mapping[str, str]:
        """Return, by every title a sheet may have (``folded``), the title of the column it means."""
        found: dict[str, str] = {}
        for column in self.columns:
            names = filter(None, (column.title, column.words, *column.others))
            found |= {
                folded(spelt): column.title
                for name in names
                for spelt in (name, f"{name}（{column.unit}）" if column.unit else name)
            }
        return found | {folded(UNREAD): UNREAD}
