"""Filled scoring tables as one workbook, behind what they come to together."""

from __future__ import annotations

import io
from collections.abc import Sequence

from scoring.report.book import CREATED, OPTIONS, Sheet, write_sheet
from scoring.report.score_table import ScoreTable
from scoring.report.table_xlsx import TableSheet


def tables_xlsx(summary: Sheet, tables: Sequence[ScoreTable]) -> bytes:
    """Return the workbook's bytes, the same for the same contents."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": summary.title, "created": CREATED})
    write_sheet(book, summary)
    for number, table in enumerate(tables, start=1):
        TableSheet(book, table, f"表{number}", landscape=True).write()
    book.close()
    return out.getvalue()
