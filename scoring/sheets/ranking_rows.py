"""The rows below the header of a published ranking: one unit each, merged cells and lines of sums seen through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from scoring.columns import folded
from scoring.errors import Problem, shortened
from scoring.sheets import cells, ranking_cells
from scoring.sheets.cells import CellError
from scoring.sheets.ranking_cells import NOTHING, UNRANKED, UNSETTLED
from scoring.sheets.ranking_header import RANK, STANDARD, UNIT
from scoring.sheets.table import Table

_SUMMARY = ("合计", "总计", "小计", "平均", "平均分", "全乡平均", "全镇平均")
_VETO = "否决"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One unit of a published table; ``place`` is where it stands (第3行). None is an empty cell.

    ``groups`` are the words in the columns that may group the ranking; ``parts`` the scores that the total is made of,
    ``extra`` the points added to them. ``ranked`` is False where the table says that the unit takes no part, ``vetoed``
    True where its row speaks of 一票否决; ``standard`` is what it was judged by, where the table says so.
    """

    place: str
    unit: str
    rank: int | None
    score: Decimal | None
    grade: str = ""
    groups: tuple[str, ...] = ()
    parts: Mapping[str, Decimal | None] = field(default_factory=lambda: MappingProxyType({}))
    award: Decimal | None = None
    extra: Decimal | None = None
    ranked: bool = True
    vetoed: bool = False
    standard: str = ""


def covered(table: Table) -> Mapping[Place, Place]:
    """Return, for every cell that a merged one covers, the cell that holds its content."""
    return {
        (row, column): (first, left)
        for first, left, last, right in table.merged
        for row in range(first, min(last + 1, len(table.rows)))
        for column in range(left, min(right + 1, len(table.rows[row])))
    }


@dataclass(frozen=True, slots=True)
class Block:
    """One block of columns of a table, ``at`` which each title stands; ``side`` says which of several side by side.

    What is wrong with a cell is added to ``problems``, a line that is no unit's to ``notes``.
    """

    table: Table
    at: Mapping[str, int | None]
    groups: Sequence[str]
    parts: Sequence[str]
    covered: Mapping[Place, Place]
    side: str
    problems: list[Problem]
    notes: list[str]

    def rows(self, top: int) -> Iterator[RankingRow]:
        """Yield the units below the header; lines of sums and remarks are noted and left out."""
        for row in range(top + 1, len(self.table.rows)):
            unit, rank, score = (self.text(row, name) for name in ("单位", "名次", "得分"))
            place = f"{self.table.origin(row).spot}{self.side}"
            if not unit and not rank and not score:
                continue
            if folded(unit) in (*UNIT, *_SUMMARY) or folded(rank) in (*RANK, *_SUMMARY):
                continue
            if score in ("", unit) and (not unit or not rank or rank == unit):
                self.notes.append(f"{place}“{shortened(unit or rank, 20)}”不是一个单位的得分，没有核")
                continue
            yield self.row(row, place, unit)

    def row(self, row: int, place: str, unit: str) -> RankingRow:
        """Return one unit's row."""
        rank = self.text(row, "名次")
        return RankingRow(
            place,
            unit,
            self.rank(row, rank),
            self.score(row),
            self.text(row, "等次"),
            tuple(self.text(row, title) for title in self.groups),
            {title: self.number(row, title) for title in self.parts},
            ranking_cells.number(self.text(row, "奖励")),
            self.number(row, "附加分"),
            rank not in UNRANKED,
            any(_VETO in str(cell) for cell in self.table.rows[row]),
            self.text(row, STANDARD),
        )

    def text(self, row: int, name: str) -> str:
        """Return a cell's text, of a merged cell that of its first; what cannot be read is a problem."""
        column = self.at.get(name)
        if column is None:
            return ""
        row, column = self.covered.get((row, column), (row, column))
        if complaint := self.table.refused.get((row, column)):
            self.problems.append(self.table.problem(row, column, *complaint))
            return ""
        line = self.table.rows[row]
        try:
            return cells.plain(line[column] if column < len(line) else "")
        except CellError as error:
            self.problems.append(self.table.problem(row, column, error.message, error.hint))
            return ""

    def rank(self, row: int, word: str) -> int | None:
        """Return a rank, None where there is none."""
        if not word or word in UNRANKED:
            return None
        found = ranking_cells.rank(word)
        if found is None:
            self.wrong(row, "名次", word, "写整数，如 3；不排名的写 —")
        return found

    def score(self, row: int) -> Decimal | None:
        """Return a score, None where there is none or it is not settled."""
        word = self.text(row, "得分")
        return None if word in UNSETTLED or ranking_cells.is_span(word) else self.number(row, "得分")

    def number(self, row: int, name: str) -> Decimal | None:
        """Return a number, None where there is none."""
        word = self.text(row, name)
        if word in NOTHING:
            return None
        found = ranking_cells.number(word)
        if found is None:
            self.wrong(row, name, word, "写数字，如 92.5")
        return found

    def wrong(self, row: int, name: str, word: str, hint: str) -> None:
        """Add a problem at a cell."""
        message = f"{name}“{shortened(word, 20)}”读不懂"
        self.problems.append(self.table.problem(row, self.at[name], message, hint))
