"""A sheet with 检查项 down the side and a unit in each column, turned so that a row is a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scoring import columns
from scoring.columns import folded
from scoring.sheets.header import Role, Titles
from scoring.sheets.mend.other_names import ALSO, RESULTS
from scoring.sheets.table import MAX_COLUMNS, Cell, Layout, Table
from scoring.sheets.titles import HEADER_ROWS

_CORNERS = {"", *map(folded, ("检查项", "检查项目", "检查内容", "项目", "内容", "检查指标", "指标"))}
# A sheet that is scored by hand, or says more than one thing of each unit, is not read so.
_NOT_UNITS = set(
    map(
        folded,
        (*RESULTS, "满分", "分值", "标准分", "扣分标准", "评分标准", "检查结果", "结果", "点位", "备注"),
    )
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Side:
    """The column that holds the titles, and the row that names the units."""

    column: int
    top: int


def turned(table: Table, titles: Titles) -> Table | None:
    """Return a table turned, its places still named as in the file; None where it does not stand on its side."""
    if table.layout not in (Layout.SHEET, Layout.GRID) or len(table.rows) > MAX_COLUMNS:
        return None
    side = _side(table.rows, titles)
    return None if side is None else _turn(table, side)


def _side(rows: Sequence[Sequence[Cell]], titles: Titles) -> _Side | None:
    """Return where the titles stand, if they stand below each other and the row beside their head names units."""
    for column in range(min(3, max(map(len, rows), default=0))):
        words = [folded(str(_cell(rows, row, column))) for row in range(len(rows))]
        asked = [row for row, word in enumerate(words) if titles.get(word, (None, ""))[0] is Role.ANSWER]
        if len(asked) < _FEWEST or len(asked) <= max(_known(rows, titles)):
            continue
        top = _top(words, asked[0])
        if top is not None and _units(rows[top][column + 1 :]):
            return _Side(column, top)
    return None


def _known(rows: Sequence[Sequence[Cell]], titles: Titles) -> Iterator[int]:
    for row in rows[:HEADER_ROWS]:
        yield sum((word := folded(str(cell))) in titles or word in ALSO for cell in row)


def _top(words: Sequence[str], first: int) -> int | None:
    """Return the row that names the units: the one so called, else the one above the first title."""
    named = [row for row, word in enumerate(words[: first + HEADER_ROWS]) if _means_unit(word)]
    if named:
        return named[0]
    above = [row for row in range(first) if words[row] in _CORNERS]
    return above[-1] if above else None


def _means_unit(word: str) -> bool:
    return ALSO.get(word, word) in (columns.UNIT, columns.CODE)


def _units(cells: Sequence[Cell]) -> bool:
    """Return whether some cells name a unit each."""
    words = [folded(str(cell)) for cell in cells if cell != ""]
    return bool(words) and _NOT_UNITS.isdisjoint(words)


def _turn(table: Table, side: _Side) -> Table:
    """Turn a table; what stands above the titles comes above them again, and the corner is called 被检单位."""
    width = max(map(len, table.rows))
    said = [str(cell) for row in table.rows[: side.top] for cell in row if cell != ""]
    lines: list[list[Cell]] = [list(said)]
    for column in range(width):
        line = [_cell(table.rows, row, column) for row in range(side.top, len(table.rows))]
        lines.append([*[""] * side.top, *(line if column >= side.column else [""] * len(line))])
    if not _means_unit(folded(str(lines[side.column + 1][side.top]))):
        lines[side.column + 1][side.top] = columns.UNIT
    return replace(
        table,
        rows=lines,
        numbers=range(width + 1),
        refused={(column + 1, row): one for (row, column), one in table.refused.items()},
        merged=[(left + 1, top, right + 1, bottom) for top, left, bottom, right in table.merged if top >= side.top],
        across=table.numbers or range(1, len(table.rows) + 1),
    )  # fmt: skip


def _cell(rows: Sequence[Sequence[Cell]], row: int, column: int) -> Cell:
    return rows[row][column] if column < len(rows[row]) else ""
