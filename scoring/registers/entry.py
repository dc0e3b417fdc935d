"""One entry of a 登记簿, by what it is the same entry as another, and how it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scoring.columns import folded
from scoring.inspection import NO, YES, Origin
from scoring.registers.kind import DATE, Column, Kind

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: of which kind, on which day, and what is written in its other columns by their titles.

    What a blank means is not written: a counter of 0 and an empty one are the same entry.
    """

    kind: Kind
    date: dt.date
    values: Mapping[str, Value]
    origin: Origin = field(default=Origin(), compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this entry from others of its kind, as it is compared."""
        return tuple(folded(words(self.said(title))) for title in self.kind.key)

    def said(self, title: str) -> Value | None:
        """Return what is written in a column, None where nothing is."""
        return self.date.isoformat() if title == DATE else self.values.get(title)

    def spoken(self) -> Iterator[tuple[Column, str]]:
        """Yield every column that something is written in, but the day, with its words."""
        for column in self.kind.columns:
            value = self.values.get(column.title)
            if value is not None:
                yield column, words(value)


def words(value: Value | None) -> str:
    """Return a value as it is written in a sheet, "" for nothing.

    >>> words(True), words(("路政", "公安")), words(3)
    ('是', '路政、公安', '3')
    """
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case tuple():
            return "、".join(value)
    return str(value)
