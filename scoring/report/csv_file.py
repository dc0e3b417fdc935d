"""Tables as CSV, the scores among them, one row per unit and standard; opens in Excel and WPS without asking for an encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from scoring.report.rows import SCORE_COLUMNS, Row, score_rows
from scoring.score import Assessment

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(assessment: Assessment) -> str:
    """Return the scores as CSV."""
    return table_csv(SCORE_COLUMNS, score_rows(assessment))


def table_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a table as CSV with a byte order mark; text that a spreadsheet would calculate gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + out.getvalue()
