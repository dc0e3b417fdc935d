"""The scores as CSV, one row per unit and standard; opens in Excel and WPS without asking for an encoding."""

from __future__ import annotations

import csv
import io

from scoring.report.rows import SCORE_COLUMNS, score_rows
from scoring.score import Assessment

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(assessment: Assessment) -> str:
    """Return the scores as CSV with a byte order mark; text that a spreadsheet would calculate gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(SCORE_COLUMNS)
    for row in score_rows(assessment):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + out.getvalue()
