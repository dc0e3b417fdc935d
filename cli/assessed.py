"""What the verbs that score sheets share: the sheets as they are given on the command line, read, mended and scored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .common import calendar_of, infer_of, register_of, watched, watched_rows
from .consent import consent_of
from .files import sheets_in, spare

if TYPE_CHECKING:
    from ..score import Assessment


def assess_sheets(
    files: Sequence[Path],
    standard: Sequence[str],
    units: Path | None,
    *,
    calendar: Path | None = None,
    infer: str = "",
    on: date | None = None,
    accept: bool = False,
    mapping: Path | None = None,
    output: Path | None = None,
) -> Assessment:
    """Score sheets, or the folders they lie in, a bar on stderr where there are many visits.

    ``output`` is where the result goes: no sheet, and never one of them. Raises ScoringError where anything given cannot
    be read at all.
    """
    from ..api import assess_files
    from ..find import find_standards

    standards, register = find_standards(standard), register_of(units)
    sheets = sheets_in(files, besides=[units, mapping])
    spare(output, *sheets, units, mapping)
    return assess_files(
        sheets,
        standards,
        register,
        calendar=calendar_of(calendar),
        infer=infer_of(infer),
        on=on,
        progress=watched,
        consent=consent_of(standards, register, mapping, accept=accept),
        watch=watched_rows,
    )
