"""A file's plain data, and where in its text each key and value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from scoring.errors import KEY, Loc, Problem

MOST = 200

Data = dict[str, "Data"] | list["Data"] | str | int | Decimal | None


@dataclass(slots=True)
class Document:
    """A file's data, the character (from 0) where each path's value and key starts, and the problems met on the way.

    ``refused`` holds the paths whose value could not be read; what else is wrong with them is not worth saying.
    """

    name: str
    text: str
    data: Data = None
    values: dict[Loc, int] = field(default_factory=dict)
    keys: dict[Loc, int] = field(default_factory=dict)
    refused: set[Loc] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def find(self, loc: Loc, at: int = 0) -> int:
        """Return where a location starts, ``at`` characters into its value; where its nearest parent starts if it has none."""
        if loc and loc[-1] == KEY:
            return self.keys.get(loc[:-1], self.find(loc[:-1]))
        while loc not in self.values:
            loc, at = loc[:-1], 0
        return self._inside(self.values[loc], at) if at else self.values[loc]

    def complain(self, index: int, message: str, hint: str = "", where: str = "") -> None:
        """Add a problem at a character of the text; past ``MOST`` problems only say that there are more."""
        if len(self.problems) > MOST:
            return
        if len(self.problems) == MOST:
            message, hint = "问题太多，其余的没有列出", "先改好列出的这些"
        self.problems.append(Problem(self.name, *self.place(index), where, message, hint))

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and column, from 1, of a character of the text."""
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)

    def _inside(self, start: int, at: int) -> int:
        """Return where the ``at``-th character of a scalar stands; a folded line break counts as one."""
        if self.text[start] in "|>":
            start = self.text.find("\n", start) + 1
            start += len(self.text[start:]) - len(self.text[start:].lstrip(" "))
        elif self.text[start] in "\"'":
            start += 1
        written = re.compile(r" *\n\s*|.").finditer(self.text, start)
        return next((one.start() for one in islice(written, at, None)), len(self.text))
