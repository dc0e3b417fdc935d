"""Sheets to entries: the name of a sheet, or of a file without sheets, tells which 登记簿 it is.

All or nothing: where anything is wrong, every problem is told and no entry is read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.registers.entry import Entry, Value
from scoring.registers.kind import DATE, UNREAD, Column, Kind
from scoring.registers.kinds import KINDS, known_kind, names
from scoring.registers.values import value_of
from scoring.sheets.header import top_with
from scoring.sheets.line import Line, Memo
from scoring.sheets.table import Layout, Table, holds_rows
from scoring.sheets.tables import read_all
from scoring.sheets.titles import HEADER_ROWS, columns_under, refused_below

_OWN_LISTS = ("选项",)
_SUMS = ("合计", "总计", "小计", "累计")


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries that some files hold, in a fixed order, and what was not looked at."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


def read_entries(paths: Iterable[Path | str], only: Kind | None = None) -> Reading:
    """Read the 登记簿 in some files; the order of files, sheets and rows changes nothing.

    ``only``: sheets of another kind are left out, and a sheet whose name tells nothing is of this kind. Raises
    ScoringError with every problem found.
    """
    tables = read_all(map(Path, paths))
    problems: list[Problem] = []
    found: list[Entry] = []
    for table in tables:
        kind = _kind_of(table, only, problems)
        if kind is not None:
            found += entries_of(table, kind, problems)
    problems += _doubles(found)
    if not found and not problems:
        files = "、".join(sorted({table.path for table in tables}))
        problems.append(Problem(files, message="表上没有登记", hint="填上日期和各栏再导入"))
    if problems:
        raise ScoringError(in_order(problems))
    hidden = (one for one in tables if one.hidden and one.sheet not in _OWN_LISTS)
    notices = {f"{one.path} 的工作表“{one.sheet}”是隐藏的，没有读" for one in hidden}
    return Reading(tuple(sorted(found, key=_place)), tuple(sorted(notices)))


def written(kind: Kind, said: Mapping[str, str]) -> Entry:
    """Return one entry from words by their titles; raise ScoringError with every problem found."""
    problems: list[Problem] = []
    rows = tuple(said), tuple(said.values())
    found = entries_of(Table("", "", rows, Layout.RECORDS, (1, 1)), kind, problems)
    if problems:
        raise ScoringError(replace(one, where=one.where.removeprefix("第1条")) for one in in_order(problems))
    if not found:
        raise ScoringError([Problem(message="一栏也没写", hint=f"要写 {'、'.join(_needed(kind))}")])
    return found[0]


def entries_of(table: Table, kind: Kind, problems: list[Problem]) -> list[Entry]:
    """Return the entries of one table; what is wrong in it becomes problems."""
    titles = kind.titles()
    top = _top(table, titles)
    if top is None:
        hint = f"前{HEADER_ROWS}行里要有一行写着 {'、'.join(_needed(kind))}"
        problems.append(table.problem(0, None, f"找不到{kind.name}的表头", hint))
        return []
    places = columns_under(table, top, titles, problems)
    missing = [title for title in _needed(kind) if title not in places]
    if missing:
        message = f"{kind.name}没有“{'”“'.join(missing)}”一栏"
        problems.append(table.problem(top, None, message, "加上这一栏，每一行都要写"))
        return []
    refused, memo = refused_below(table, top), Memo()
    rows = (row for row in range(top + 1, len(table.rows)) if {*table.filled(row)} - {places.get(UNREAD)})
    read = (_entry(Line(table, row, refused, memo), kind, places, problems) for row in rows)
    return [one for one in read if one is not None]


def _top(table: Table, titles: Mapping[str, str]) -> int | None:
    """Return the header's row: it names the day and another column."""

    def fits(words: set[str]) -> bool:
        meant = {titles.get(word) for word in words} - {None, UNREAD}
        return DATE in meant and len(meant) > 1

    return top_with(table, fits)


def _entry(line: Line, kind: Kind, places: Mapping[str, int], problems: list[Problem]) -> Entry | None:
    sums = (at for at, cell in enumerate(line.line) if folded(str(cell)) in _SUMS)
    if (at := next(sums, None)) is not None:
        hint = "删去这一行；合计用 chuangwei log totals 算"
        problems.append(line.table.problem(line.row, at, "这是合计，不是一条登记", hint))
        return None
    values: dict[str, Value] = {}
    day: dt.date | None = None
    for column in kind.columns:
        value = _said(line, column, places.get(column.title))
        if isinstance(value, dt.date):
            day = value
        elif value is not None:
            values[column.title] = value
    problems += line.problems
    if line.problems or day is None:
        return None
    return Entry(kind, day, MappingProxyType(values), line.table.origin(line.row))


def _said(line: Line, column: Column, at: int | None) -> Value | dt.date | None:
    """Return what a row says in a column; a column that the sheet does not have is as good as blank."""
    return value_of("", column) if at is None else line.take(at, lambda cell: value_of(cell, column))


def _needed(kind: Kind) -> list[str]:
    return [column.title for column in kind.columns if column.needed]


def _kind_of(table: Table, only: Kind | None, problems: list[Problem]) -> Kind | None:
    """Return of which kind a table is; None where it is not to be read, or nothing tells."""
    if not holds_rows(table):
        return None
    own = known_kind(table.sheet) if table.sheet else only or known_kind(Path(table.path).stem)
    if only is not None:
        return only if own in (only, None) else None
    if own is None:
        where = f"工作表“{table.sheet}”" if table.sheet else ""
        near = did_you_mean(shortened(table.sheet or Path(table.path).stem), names(KINDS))
        hint = f"改名为哪一种，或加 --kind；{near}"
        problems.append(Problem(table.path, where=where, message="不知道是哪种登记", hint=hint))
    return own


def _doubles(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield entries that stand there twice: one of them may be a copy, and a copy would be counted again."""
    alike: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for one in entries:
        alike[one.kind.name, *one.key].append(one)
    for group in alike.values():
        first, *more = sorted((one.origin for one in group), key=lambda it: (it.path, it.sheet, it.row))
        kind = group[0].kind
        for origin in more:
            message = f"和 {first.path} {first.spot} 是同一条{kind.name}（{'、'.join(kind.key)}都一样）"
            yield Problem(origin.path, 0, 0, origin.spot, message, "删去一行，或合成一行；写错的改正")


def _place(one: Entry) -> tuple[int, dt.date, tuple[str, ...]]:
    return KINDS.index(one.kind), one.date, one.key
