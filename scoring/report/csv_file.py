"""Rows as CSV that opens in Excel and WPS without asking for an encoding; the scores, one row per unit and standard."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from scoring.columns import guarded
from scoring.report.rows import SCORE_COLUMNS, score_rows
from scoring.score import Assessment


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV with a byte order mark; text that a spreadsheet would calculate gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def to_csv(assessment: Assessment) -> str:
    """Return the scores as CSV."""
    return csv_text([SCORE_COLUMNS, *score_rows(assessment)])
