"""Find a sheet's header under its titles and sort its columns; what is not understood is a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from scoring import columns
from scoring.columns import folded
from scoring.errors import Problem, shortened
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets.table import Cell, Complaint, Table
from scoring.sheets.titles import HEADER_ROWS, refused_below, unknown_title

Fields = Mapping[str, FormField]
# After the colon a name must stand: not a line to write on, not a refusal, not the label of the next blank (日期：).
_SIGNATURE = re.compile(r"[:：][\s_＿]*(?!签|日期|年|月|无|否|未|不|没)[^\W\d_]+(?!\w*\s*[:：])")


class Role(Enum):
    """What a column is for."""

    VISIT = auto()
    ANSWER = auto()
    PLACES = auto()
    REASON = auto()


Titles = Mapping[str, tuple[Role, str]]
_LIKE_A_HEADER = 2
_UNOFFERED = (*columns.FROM_PHONES, *columns.PENDING)
_SUFFIX = {Role.PLACES: columns.PLACE_SUFFIX, Role.REASON: columns.REASON_SUFFIX}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header has been found: which column holds what, and whether the blank line is signed.

    ``refused`` are the complaints about cells below the header; ``doubtful`` says that a column stands there twice, or
    the one that matters not at all, so that no row of the sheet can be relied on. ``detailed``: it is a 问题明细.
    """

    table: Table
    top: int
    visit: Mapping[str, int]
    answers: Mapping[str, int]
    places: Mapping[str, int]
    reasons: Mapping[str, int]
    signed: bool
    refused: Mapping[tuple[int, int], Complaint] = field(default_factory=dict)
    doubtful: bool = False
    detailed: bool = False


def known_titles(fields: Fields) -> Titles:
    """Return every title a sheet may have, as it is compared, with the column it means.

    A 检查项 may be followed by its 量词 in brackets, as the form prints it.
    """
    titles = {folded(name): (Role.ANSWER, name) for name in fields}
    titles |= {folded(f"{name}({one.unit})"): (Role.ANSWER, name) for name, one in fields.items() if one.unit}
    titles |= {folded(f"{name}{columns.PLACE_SUFFIX}"): (Role.PLACES, name) for name in fields}
    given = [name for name, one in fields.items() if one.kind is FieldKind.POINTS]
    titles |= {folded(f"{name}{columns.REASON_SUFFIX}"): (Role.REASON, name) for name in given}
    return titles | {folded(name): (Role.VISIT, name) for name in (*columns.VISIT, *columns.FROM_PHONES)}


def find_header(table: Table, titles: Titles, problems: list[Problem]) -> Sheet | None:
    """Find the header and sort its titles; what is not understood becomes a problem."""
    top = _top(table)
    if top is None:
        hint = f"前{HEADER_ROWS}行里要有一行写着 {columns.UNIT}（或{columns.CODE}）和 {columns.DATE}"
        hint += _nearest(table, titles)
        problems.append(table.problem(0, None, "找不到表头", hint))
        return None
    if not _detailed(table.rows[top], titles):
        return sorted_titles(table, top, titles, problems)
    sheet = replace(sorted_titles(table, top, _DETAILED, problems), detailed=True)
    if columns.ITEM in sheet.visit:
        return sheet
    hint = "每一行写明是哪个检查项；改好以前这张表不算"
    problems.append(table.problem(top, None, f"{columns.OCCURRENCES}没有“{columns.ITEM}”一栏", hint))
    return replace(sheet, doubtful=True)


def sorted_titles(table: Table, top: int, titles: Titles, problems: list[Problem]) -> Sheet:
    """Sort the titles of a header; one that is unknown or stands there twice becomes a problem."""
    found: dict[Role, dict[str, int]] = {role: {} for role in Role}
    doubtful = False
    for column, cell in enumerate(table.rows[top]):
        word = "" if (top, column) in table.refused else folded(str(cell))
        role, name = titles.get(word, (None, ""))
        if role is None:
            offered = ((kind, known) for kind, known in titles.values() if known not in _UNOFFERED)
            names = [known + _SUFFIX.get(kind, "") for kind, known in offered]
            complaint = unknown_title(table, top, column, str(cell), names)
            problems += [table.problem(top, column, *complaint)] if complaint else []
        elif name in found[role]:
            doubtful = True
            message = f"“{shortened(str(cell))}”这一栏有两个"
            problems.append(table.problem(top, column, message, "删去一个；改好以前这张表不算"))
        else:
            found[role][name] = column
    visit, answers, places, reasons = (found[role] for role in Role)
    return Sheet(
        table, top, visit, answers, places, reasons, _signed(table, top), refused_below(table, top), doubtful
    )


def _nearest(table: Table, titles: Titles) -> str:
    """Say which row is most like a header, and what it lacks."""
    words = [{folded(str(cell)) for cell in row} for row in table.rows[:HEADER_ROWS]]
    known = [len(one & titles.keys()) for one in words]
    most = max(known, default=0)
    if most < _LIKE_A_HEADER:
        return ""
    row = known.index(most)
    lacks = [columns.DATE] if columns.DATE not in words[row] else []
    if words[row].isdisjoint((columns.UNIT, columns.CODE)):
        lacks.insert(0, columns.UNIT)
    return f"；第{table.origin(row).row}行像表头，没写 {'、'.join(lacks)}"


def _top(table: Table) -> int | None:
    return top_with(
        table, lambda words: columns.DATE in words and not words.isdisjoint((columns.UNIT, columns.CODE))
    )


def top_with(table: Table, fits: Callable[[set[str]], bool]) -> int | None:
    """Return the header's row: the first of a record's table, else the first whose words fit."""
    if table.layout.keyed:
        return 0
    for row, line in enumerate(table.rows[:HEADER_ROWS]):
        if fits({folded(str(cell)) for cell in line}):
            return row
    return None


_DETAILED: Titles = {folded(name): (Role.VISIT, name) for name in (*columns.OCCURRENCE, *_UNOFFERED)}
_TELLING = {columns.PLACE_SUFFIX, columns.COUNT, columns.SIZE, columns.PHOTO}


def _detailed(header: Sequence[Cell], titles: Titles) -> bool:
    """Return whether a header is a 问题明细's: it has 检查项, or, that column mistyped or lost, two of its others."""
    words = {folded(str(cell)) for cell in header} - titles.keys()
    return columns.ITEM in words or len(words & _TELLING) > 1


def _signed(table: Table, top: int) -> bool:
    """Return whether the line 空白即未发现问题 above the header carries a signature after its colon."""
    for line in table.rows[:top]:
        _, said, rest = " ".join(str(cell) for cell in line).partition(columns.BLANK_IS_NONE)
        if said and _SIGNATURE.search(rest):
            return True
    return False
