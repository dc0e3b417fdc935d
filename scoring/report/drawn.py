"""Aligned tables for a terminal; the only door to tabulate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tabulate as _tabulate
import wcwidth

from scoring.errors import visible


def drawn(
    header: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[str] = (), *, width: int = 100
) -> str:
    """Return one table whose Chinese lines up; the columns named in ``wide`` are wrapped to keep within ``width`` cells."""
    return Tables(width, 1).draw(header, rows, wide)


class Tables:
    """Draw tables whose Chinese lines up, wrapping the column that holds the long words."""

    def __init__(self, width: int, ambiguous_width: int) -> None:
        self.width, self.ambiguous = width, ambiguous_width

    def draw(self, header: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[str]) -> str:
        """Return a table; the columns named in ``wide`` share what the others leave of the width."""
        cells = [[visible(cell) for cell in row] for row in rows]
        taken = [max(self._cells(row[i]) for row in (header, *cells)) for i in range(len(header))]
        spare = (
            self.width
            - 2 * len(header)
            - sum(w for name, w in zip(header, taken, strict=True) if name not in wide)
        )
        share = max(spare // max(len(wide), 1), 16)
        limits = [share if name in wide else None for name in header]
        style = "simple" if self.ambiguous == 1 else "plain"
        return self._tabulated(cells, header, style, limits)

    def _tabulated(
        self, cells: list[list[str]], header: Sequence[str], style: str, limits: list[int | None]
    ) -> str:
        module: Any = _tabulate  # its width module is not part of its typed interface
        known = module.wcwidth
        module.wcwidth = self
        try:
            drawn = module.tabulate(
                cells, header, tablefmt=style, disable_numparse=True, maxcolwidths=limits if cells else None
            )
        finally:
            module.wcwidth = known
        return "\n".join(line.rstrip() for line in drawn.splitlines())

    def wcwidth(self, char: str) -> int:
        """Return a character's cells, as tabulate asks its wcwidth module."""
        return wcwidth.wcwidth(char, ambiguous_width=self.ambiguous)

    def wcswidth(self, text: str) -> int:
        """Return a text's cells, as tabulate asks its wcwidth module."""
        return self._cells(text)

    def _cells(self, text: str) -> int:
        return wcwidth.wcswidth(text, ambiguous_width=self.ambiguous)
