"""Questions to the columns of a sheet, and their values to cells as an inspector would have written them there."""

from __future__ import annotations

import re
from decimal import Decimal

from scoring import columns
from scoring.inspection import YES
from scoring.questions import AREA, ASKED, OCCURRENCE, PERCENT, REASON, SKIP, VISIT, decoded
from scoring.sheets.submissions.submission import Answers
from scoring.sheets.table import Cell, Complaint

_PERCENT_LABEL = "（%）"
_NOT_ASKED = (AREA, ASKED)
_CLOCK = re.compile(r"([0-9]{1,2}:[0-9]{2}):[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_GEOPOINT = re.compile(r"(-?[0-9.]{1,20}) (-?[0-9.]{1,20})(?: -?[0-9.]{1,20}){0,2}")
_WKT = re.compile(r"POINT ?Z? ?\((-?[0-9.]{1,20}) (-?[0-9.]{1,20})(?: -?[0-9.]{1,20})?\)")
NOT_APPLICABLE = "不适用"

Row = dict[str, Cell | Complaint]


def visit_row(answers: Answers) -> Row:
    """Return a visit's cells, by the titles of a sheet; a question that nobody knows keeps its own name.

    An export has a place for every question of the form: those that the unit's 类别 is not asked are left out.
    """
    row: Row = {}
    asked = asked_titles(answers)
    for name, cell in answers.items():
        if (placed := _placed(name, cell, asked)) is not None:
            _put(row, *placed)
    return {title: _as_written(title, cell) for title, cell in row.items()}


def _placed(name: str, cell: Cell, asked: frozenset[str]) -> tuple[str, Cell] | None:
    """Return under which title a question's answer stands, and how; None for what tells nothing."""
    known = decoded(name)
    if known is None:
        return None if name in _NOT_ASKED else _labelled(name, VISIT.get(name, name), cell)
    prefix, field = known
    if asked and field not in asked and cell == "":
        return None
    if prefix == SKIP:
        return (field, NOT_APPLICABLE) if _word(cell) == YES else None
    if prefix == REASON:
        return f"{field}{columns.REASON_SUFFIX}", cell
    return field, _per_cent(cell) if prefix == PERCENT else cell


def problem_row(answers: Answers) -> Row:
    """Return the cells of one problem, by the titles of a 问题明细."""
    row: Row = {}
    for name, cell in answers.items():
        _put(row, OCCURRENCE.get(name, name), cell)
    return {title: _as_written(title, cell) for title, cell in row.items()}


def asked_titles(answers: Answers) -> frozenset[str]:
    """Return the 检查项 that the form says it asked of the unit."""
    names = _word(answers.get(ASKED, "")).split()
    return frozenset(known[1] for name in names if (known := decoded(name)) is not None)


def _labelled(name: str, title: str, cell: Cell) -> tuple[str, Cell]:
    """Return a column that an export gives under its label instead of its name."""
    if name.endswith(_PERCENT_LABEL):
        return name.removesuffix(_PERCENT_LABEL), _per_cent(cell)
    return title, cell


def _put(row: Row, title: str, cell: Cell) -> None:
    """Put a cell under its title; what stands there twice must say the same."""
    there = row.get(title, "")
    if there in ("", cell):
        row[title] = cell
    elif cell != "":
        row[title] = (f"“{title}”写了两处，不一样", "核对这份提交，改好再导出")


def _as_written(title: str, cell: Cell | Complaint) -> Cell | Complaint:
    if isinstance(cell, tuple):
        return cell
    word = _word(cell)
    if title == columns.TIME and (found := _CLOCK.fullmatch(word)):
        return found[1]
    if title == columns.POSITION:
        return position(word)
    if title == columns.PHOTO and ("/" in word or "\\" in word or word in (".", "..")):
        return "照片的文件名不对", "只写文件名，不带文件夹"
    return cell


def position(word: str) -> str:
    """Return a geopoint as latitude and longitude, what is none as it stands.

    >>> position("31.86 117.28 20.0 4.5"), position("POINT (117.28 31.86 20)")
    ('31.86,117.28', '31.86,117.28')
    """
    if found := _WKT.fullmatch(word):
        return f"{found[2]},{found[1]}"
    found = _GEOPOINT.fullmatch(word)
    return f"{found[1]},{found[2]}" if found else word


def _per_cent(cell: Cell) -> Cell:
    word = _word(cell)
    return f"{word}%" if word else ""


def _word(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return str(cell).strip()
