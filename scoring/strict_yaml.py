"""YAML text to plain data with the place of every key and value; the only door to PyYAML.

Stricter than YAML: no anchors, aliases, tags, merges, duplicate keys or second documents; words stay words (``no``,
``on``, ``010``, ``12:30``, dates), a decimal is read from its own text. Only the parser's events are used, so nothing
in a file can run code, read another file, grow beyond what it says, or nest deep enough to exhaust the C stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

import yaml

from scoring.errors import KEY, Loc, Problem, shortened
from scoring.slips import lost_key, syntax

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build without libyaml reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 40
MAX_NODES = 500_000
MAX_DIGITS = 30
MOST = 200

Data = dict[str, "Data"] | list["Data"] | str | int | Decimal | None

# Everything that has no width or turns the writing round, and the line ends that editors do not count.
_HIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_NOTHING = ("", "~", "null")


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
        """Add a problem at a character of the text."""
        line, column = self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
        self.problems.append(Problem(self.name, line, column, where, message, hint))

    def _inside(self, start: int, at: int) -> int:
        """Return where the ``at``-th character of a scalar stands: folding moves blanks only, so the others are counted.

        The value is not at hand here, and blanks inside a condition are single, so a run of blanks counts as one.
        """
        if self.text[start] in "|>":
            start = self.text.find("\n", start) + 1
        start += self.text[start] in "\"'"
        run = re.compile(r"\s+|\S")
        found = islice(run.finditer(self.text, self._past_blanks(start)), at, None)
        return next((one.start() for one in found), start)

    def _past_blanks(self, start: int) -> int:
        found = re.compile(r"\S").search(self.text, start)
        return found.start() if found else start
