"""The same submission in several exports: it counts once where they agree, and stands twice, to be told, where they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scoring.sheets.table import Layout, Table

Said = frozenset[tuple[str, str]]


def each_once(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables without the rows of submissions that another file has alike; what was left out is a notice."""
    said: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for table in tables:
        if table.layout is Layout.SUBMISSIONS:
            for row in range(1, len(table.rows)):
                said[table.path, str(table.rows[row][0])].append(_said(table, row))
    first: dict[str, str] = {}
    for path, id in sorted(said):
        first.setdefault(id, path)
    again = {
        (path, id)
        for path, id in said
        if first[id] != path
        and sorted(map(sorted, said[path, id])) == sorted(map(sorted, said[first[id], id]))
    }
    return tuple(_without(table, again) for table in tables) if again else tuple(tables)


def _said(table: Table, row: int) -> Said:
    cells = zip(table.rows[0], table.rows[row], strict=False)
    return frozenset((str(title), str(cell)) for title, cell in cells if cell != "")


def _without(table: Table, again: Iterable[tuple[str, str]]) -> Table:
    left_out = {id for path, id in again if path == table.path}
    if table.layout is not Layout.SUBMISSIONS or not left_out:
        return table
    rows = [() if at and str(row[0]) in left_out else row for at, row in enumerate(table.rows)]
    notice = f"{table.path}: {len(left_out)}份提交别的文件里也有，一样的，只算一次"
    refused = {at: one for at, one in table.refused.items() if rows[at[0]]}
    return replace(table, rows=rows, refused=refused, notices=(*table.notices, notice))
