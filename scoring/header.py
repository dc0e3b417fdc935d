"""Find a sheet's header under its titles and sort its columns; what is not understood is a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring import columns
from scoring.errors import Problem, did_you_mean
from scoring.standard import FormField
from scoring.table import Cell, Table

Fields = Mapping[str, FormField]
HEADER_ROWS = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header has been found: which column holds what, and whether the blank line is signed."""

    table: Table
    top: int
    visit: Mapping[str, int]
    fields: Mapping[str, int]
    places: Mapping[str, int]
    signed: bool


def find_header(table: Table, fields: Fields, problems: list[Problem]) -> Sheet | None:
    """Find the header and sort its titles; what is not understood is a problem."""
    top = _top(table)
    if top is None:
        hint = f"表头要有 {columns.UNIT} 和 {columns.DATE}，在前{HEADER_ROWS}行内"
        problems.append(table.problem(0, None, "找不到表头", hint))
        return None
    visit: dict[str, int] = {}
    asked: dict[str, int] = {}
    places: dict[str, int] = {}
    known = (*columns.VISIT, *fields, *(f"{name}{columns.PLACE_SUFFIX}" for name in fields))
    for column, cell in enumerate(table.rows[top]):
        title = _title(cell, fields)
        place = title.removesuffix(columns.PLACE_SUFFIX)
        target = (
            visit
            if title in columns.VISIT
            else asked
            if title in fields
            else places
            if place in fields
            else None
        )
        if not title:
            if any(column < len(line) and line[column] != "" for line in table.rows[top + 1 :]):
                problems.append(table.problem(top, column, "这一栏没有标题", "补上标题，或清空这一栏"))
        elif target is None:
            problems.append(
                table.problem(top, column, f"不认识的栏目“{title[:40]}”", did_you_mean(title, known))
            )
        elif title in target or (target is places and place in places):
            problems.append(table.problem(top, column, f"“{title}”这一栏有两个", "删去一个"))
        else:
            target[place if target is places else title] = column
    for bottom, column in table.merged:
        if bottom > top:
            problems.append(table.problem(bottom, column, "合并了几行的单元格", "取消合并，每一行都填上"))
    return Sheet(table, top, visit, asked, places, _signed(table, top))


def _top(table: Table) -> int | None:
    for row, line in enumerate(table.rows[:HEADER_ROWS]):
        titles = {str(cell).strip() for cell in line}
        if columns.DATE in titles and not titles.isdisjoint((columns.UNIT, columns.CODE)):
            return row
    return None


def _title(cell: Cell, fields: Fields) -> str:
    """Return a column's title without blanks and line breaks, and without the 量词 the form adds in brackets."""
    title = "".join(str(cell).split())
    for left, right in ("（）", "()"):
        name, bracket, unit = title.partition(left)
        if bracket and name in fields and unit.removesuffix(right) == fields[name].unit:
            return name
    return title


def _signed(table: Table, top: int) -> bool:
    """Return whether the line 空白即未发现问题 above the header carries a signature after its colon."""
    for line in table.rows[:top]:
        whole = "".join(str(cell).strip() for cell in line)
        if columns.BLANK_IS_NONE in whole:
            statement = whole.partition(columns.BLANK_IS_NONE)[2]
            if statement.replace(":", "：").partition("：")[2].strip(" _＿\u3000"):
                return True
    return False
