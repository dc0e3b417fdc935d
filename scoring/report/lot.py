"""What was drawn by lot, as table, CSV, workbook or JSON: how anyone can repeat the draw, and below it the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.errors import visible
from scoring.report.book import Sheet, workbook
from scoring.report.csv_file import csv_text
from scoring.report.json_file import json_text
from scoring.sheets.draws import SCHEMAS

REPEAT = ("复核", "用同一份名册、同一个种子和以前各次的结果再抽，结果一样")


@dataclass(frozen=True, slots=True)
class Lot:
    """A draw ready to be written: its name, what a notice must print of it, and the drawn.

    ``how`` holds titles and what they say, ``titles`` and ``rows`` the list that sheets hold, ``tables`` the one to read
    (drawn only when it is asked for), ``document`` what JSON says beside its schema and how to repeat it.
    """

    name: str
    how: Sequence[tuple[str, str]]
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    tables: Iterator[str]
    document: Mapping[str, Any]

    def render(self, kind: str) -> str | bytes:
        """Return the draw as table, csv, xlsx (the only bytes) or json; raise ValueError for another format."""
        match kind:
            case "table":
                return "\n".join([*self._how, *(line for one in self.tables for line in ("", one)), ""])
            case "csv":
                return csv_text([*self.how, (), self.titles, *self.rows])
            case "xlsx":
                return workbook(self.name, [Sheet(self.name, self.how, self.titles, self.rows)])
            case "json":
                return json_text({"schema": SCHEMAS[self.name], **self.document, "repeat": self._how})
        raise ValueError(kind)

    @property
    def _how(self) -> list[str]:
        return [f"{title}: {text}" for title, text in self.how]


def printable(lines: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return titles and what they say without characters that steer a reader's eye."""
    return tuple((title, visible(text)) for title, text in lines)
