"""The content of an ODS workbook, looked through before it is read: how far its cells span, cells without a result.

A cell or row may stand for thousands of equal ones (``…-repeated``), so the span is counted, never unfolded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from scoring.sheets.parts import UNCALCULATED, plain_part, weigh
from scoring.sheets.table import Complaint, bound, refusal

_HINT = "请在 Excel 或 WPS 里打开后另存为 xlsx"
_NAMESPACES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE = _NAMESPACES % "table", _NAMESPACES % "office"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


@dataclass(slots=True)
class _Span:
    """How far a sheet reaches, and what in it cannot be used."""

    rows: int = 0
    bottom: int = 0
    right: int = 0
    refused: dict[tuple[int, int], Complaint] = field(default_factory=dict)


def look_through_open(path: Path, content: bytes) -> dict[str, dict[tuple[int, int], Complaint]]:
    """Return, by sheet name, the cells that hold an error value or a formula without a result.

    Raises ScoringError for a damaged archive, one that unpacks to too much, and sheets whose cells span too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            weigh(path, archive.infolist())
            part = plain_part(archive.read("content.xml"))
        return dict(_sheets(path, part))
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, NotImplementedError, EOFError, OSError,
            RuntimeError, ValueError, KeyError) as error:  # fmt: skip
        locked = isinstance(error, RuntimeError) and "encrypted" in str(error)
        raise refusal(path, "工作簿加了密码" if locked else "工作簿损坏，打不开", _HINT) from None


def _sheets(path: Path, part: bytes) -> Iterator[tuple[str, dict[tuple[int, int], Complaint]]]:
    span = _Span()
    for _, element in ElementTree.iterparse(io.BytesIO(part)):
        if element.tag == f"{_TABLE}table-row":
            _row(element, span)
            bound(path, span.bottom, span.right, span.bottom * span.right)
            element.clear()
        elif element.tag == f"{_TABLE}table":
            name = element.get(f"{_TABLE}name", "")
            yield name, span.refused
            span = _Span()
            element.clear()


def _row(row: Element, span: _Span) -> None:
    column = 0
    times = _times(row, "rows")
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        many = _times(cell, "columns")
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            span.bottom, span.right = span.rows + times, max(span.right, column + many)
            if complaint := _complaint(cell):
                span.refused[span.rows, column] = complaint
        elif cell.get(f"{_TABLE}formula"):
            span.refused[span.rows, column] = UNCALCULATED
        column += many
    span.rows += times


def _times(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))


def _complaint(cell: Element) -> Complaint | None:
    if not cell.get(f"{_TABLE}formula"):
        return None
    if cell.get(_ERROR) == "error":
        return f"“{''.join(cell.itertext())[:20]}”是错误值", "改成直接填写的值"
    return None if cell.get(f"{_OFFICE}value-type") else UNCALCULATED
