"""Which dialect a file is written in, told by what only that dialect has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scoring.sheets.submissions import central, kobo
from scoring.sheets.submissions.tables import tables_of
from scoring.sheets.table import Table


def submitted(path: Path, data: Any) -> tuple[Table, ...] | None:
    """Return the tables of a JSON file that is an export of submissions, None of any other."""
    if isinstance(data, dict) and "@odata.context" in data and isinstance(data.get("value"), list):
        return tables_of(path, central.read_odata(path, data))
    if isinstance(data, dict) and isinstance(data.get("results"), list) and "next" in data:
        return tables_of(path, kobo.read_page(path, data))
    if isinstance(data, list) and data and all(isinstance(one, dict) and "_uuid" in one for one in data):
        return tables_of(path, kobo.read_records(path, data))
    return None


def submitted_book(path: Path, tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables of a workbook, those of its submissions where it is Kobo's."""
    if any(map(kobo.is_kobo, tables)):
        return tables_of(path, kobo.read_sheets(path, tables))
    return tuple(tables)


def submitted_archive(path: Path, content: bytes) -> tuple[Table, ...]:
    """Return the tables of an archive of ODK Central; raise ScoringError for any other archive."""
    return tables_of(path, central.read_archive(path, content))
