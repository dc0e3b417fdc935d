"""The titles of a header: which column each means, and what of a header is not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scoring.columns import folded
from scoring.errors import Problem, did_you_mean, shortened
from scoring.sheets.table import Complaint, Table

HEADER_ROWS = 15
_MERGED = ("与别的单元格合并了", "取消合并，每一格都填上")


def columns_under(
    table: Table, top: int, titles: Mapping[str, str], problems: list[Problem]
) -> dict[str, int]:
    """Return the column of each title in a header row; unknown and repeated titles are problems.

    ``titles`` holds, by each title as it is compared (``folded``), the name of the column it means.
    """
    found: dict[str, int] = {}
    for column, cell in enumerate(table.rows[top]):
        name = "" if (top, column) in table.refused else titles.get(folded(str(cell)), "")
        if not name:
            complaint = unknown_title(table, top, column, str(cell), dict.fromkeys(titles.values()))
            problems += [table.problem(top, column, *complaint)] if complaint else []
        elif name in found:
            problems.append(table.problem(top, column, f"“{name}”这一栏有两个", "删去一个"))
        else:
            found[name] = column
    return found


def unknown_title(table: Table, top: int, column: int, title: str, names: Iterable[str]) -> Complaint | None:
    """Return the complaint about a column whose title means nothing; None where the whole column is empty."""
    if (top, column) in table.refused:
        return table.refused[top, column]
    if title.strip():
        return f"不认识的栏目“{shortened(title)}”", did_you_mean(shortened(title), names)
    rows = range(top + 1, len(table.rows))
    if any(column < len(table.rows[row]) and str(table.rows[row][column]).strip() for row in rows):
        return "这一栏没有标题", "补上标题，或清空这一栏"
    return None


def refused_below(table: Table, top: int) -> Mapping[tuple[int, int], Complaint]:
    """Return the complaints about cells that cannot be used; below the header those merged with another are among them."""
    return {**dict.fromkeys(_merged(table, top), _MERGED), **table.refused}


def _merged(table: Table, top: int) -> Iterator[tuple[int, int]]:
    for first, left, last, right in table.merged:
        for row in range(max(first, top + 1), min(last + 1, len(table.rows))):
            yield from ((row, column) for column in range(left, min(right + 1, len(table.rows[row]))))
