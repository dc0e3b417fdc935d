"""What comes out: one assessment in five formats, all from the same objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.report.files import write_file, write_new

if TYPE_CHECKING:
    from scoring.score import Assessment

FORMATS = ("table", "json", "jsonl", "csv", "xlsx")

__all__ = ["FORMATS", "render", "write_file", "write_new"]


def render(assessment: Assessment, kind: str, *, width: int = 100, ambiguous_width: int = 1) -> str | bytes:
    """Return an assessment in one of ``FORMATS``; only xlsx is bytes, csv carries a byte order mark.

    ``width`` is the terminal's in cells; ``ambiguous_width`` how many of them a character like ① takes. Raises
    ValueError for another format.
    """
    match kind:
        case "table":
            from scoring.report import text

            return text.table(assessment, width=width, ambiguous_width=ambiguous_width)
        case "json":
            from scoring.report import result

            return result.to_json(assessment)
        case "jsonl":
            from scoring.report import result

            return result.to_json_lines(assessment)
        case "csv":
            from scoring.report import csv_file

            return csv_file.to_csv(assessment)
        case "xlsx":
            from scoring.report import workbook

            return workbook.to_xlsx(assessment)
    raise ValueError(f"there is no format {kind!r}; there are {', '.join(FORMATS)}")
