"""A 问题明细 whose rows wait for a person's word (采用): only those that are taken are read, the others are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scoring import columns
from scoring.columns import folded
from scoring.inspection import NO, YES
from scoring.sheets.table import Cell, Table
from scoring.sheets.titles import HEADER_ROWS


def adopted(table: Table) -> Table:
    """Return a table without the rows that were not taken; what is neither 是 nor 否 stays, to be complained about."""
    found = _column(table)
    if found is None:
        return table
    top, column = found
    words = [_word(row, column) if at > top else YES for at, row in enumerate(table.rows)]
    refused, open_ = (
        [at for at, word in enumerate(words) if word == one and any(table.filled(at))] for one in (NO, "")
    )
    if not refused and not open_:
        return table
    out = {at for at, word in enumerate(words) if word in (NO, "")}
    taken = sum(1 for at, word in enumerate(words) if at > top and word == YES)
    sheet = f"的工作表“{table.sheet}”" if table.sheet else ""
    notice = f"{table.path}{sheet}: 采用{taken}行，不采用{len(refused)}行，{len(open_)}行没写采用，没有算"
    return replace(
        table,
        rows=[() if at in out else row for at, row in enumerate(table.rows)],
        refused={at: one for at, one in table.refused.items() if at[0] not in out},
        notices=(*table.notices, notice),
    )


def _column(table: Table) -> tuple[int, int] | None:
    """Return the header's row and the column 采用, None where a table has none or is no 问题明细."""
    for at, row in enumerate(table.rows[:HEADER_ROWS]):
        titles = [folded(str(cell)) for cell in row]
        if columns.ADOPTED in titles and columns.ITEM in titles:
            return at, titles.index(columns.ADOPTED)
    return None


def _word(row: Sequence[Cell], column: int) -> str:
    return str(row[column]).strip() if column < len(row) else ""
