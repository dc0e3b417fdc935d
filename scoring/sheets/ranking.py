"""Read the published ranking tables of a file: 名次、单位、得分, and what else they have of 等次, 类别, 奖励, 附加分, parts.

Titles may stand on two lines, cells may be merged, and two tables may stand side by side; what is no number where one
should be is a problem with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.sheets.ranking_header import (
    GROUPS,
    HEADER_ROWS,
    NEEDED,
    STANDARD,
    WORDS,
    Titles,
    columns_of,
    ranking_header,
)
from scoring.sheets.ranking_rows import Block, RankingRow, covered
from scoring.sheets.table import Table
from scoring.sheets.tables import read_tables

MAX_UNITS = 5000
MAX_SIDES = 8
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Titles to look for besides the usual: of ``parts`` and of more ``groups``; those ``needed`` must be there."""

    parts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankingTable:
    """One published table: its rows in their order, and the titles of their ``groups`` and ``parts``.

    ``has_extra`` says that it has a column 附加分.
    """

    name: str
    rows: tuple[RankingRow, ...]
    groups: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    has_extra: bool = False


@dataclass(frozen=True, slots=True)
class RankingFile:
    """The published tables of a file, and what in it was left out."""

    tables: tuple[RankingTable, ...]
    notes: tuple[str, ...]


def read_ranking(path: Path | str, wanted: Wanted | None = None) -> RankingFile:
    """Read every table of a file that has the columns of a ranking.

    Raises ScoringError with every problem found.
    """
    problems: list[Problem] = []
    found: list[RankingTable] = []
    notes: list[str] = []
    others: list[str] = []
    for table in read_tables(Path(path)):
        header = None if table.hidden else ranking_header(table)
        if header is not None:
            found += _tables(table, header, wanted or Wanted(), problems, notes)
        else:
            others.append(f"“{table.sheet}”（隐藏的）" if table.hidden else f"“{table.sheet}”")
    if not found and not problems:
        hint = f"前{HEADER_ROWS}行里要有一行写着 名次（或排名）、村（或单位）、得分（或成绩）"
        problems.append(Problem(Path(path).name, message="找不到排名表的表头", hint=hint))
    if problems:
        raise ScoringError(in_order(problems))
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"另有 {len(notes) - _MOST_NOTES} 行不是单位的得分，没有核"]
    if others:
        notes.append(f"工作表{'、'.join(others)}没有排名表的表头，没有核")
    return RankingFile(tuple(found), tuple(notes))


def _tables(
    table: Table, header: tuple[int, Titles], wanted: Wanted, problems: list[Problem], notes: list[str]
) -> Iterator[RankingTable]:
    """Yield the ranking of a sheet, one for each standard where it holds several."""
    top, titles = header
    known = (STANDARD, *GROUPS, *wanted.groups, *wanted.parts)
    at = {title: columns_of(titles, [folded(title)]) for title in known}
    at |= {name: columns_of(titles, words) for name, words in WORDS.items()}
    missing = [
        table.problem(top, None, f"表上没有“{shortened(title)}”一栏", did_you_mean(title, titles.values()))
        for title in (*NEEDED, *wanted.needed)
        if not at[title]
    ]
    problems += missing
    groups = tuple(title for title in dict.fromkeys((*GROUPS, *wanted.groups)) if at[title])
    parts = tuple(title for title in wanted.parts if at[title])
    whole = covered(table)
    sides = [] if missing else _sides(at)
    blocks = (
        Block(table, columns, groups, parts, whole, side, problems, notes).rows(top)
        for side, columns in sides
    )
    rows = list(islice(chain.from_iterable(blocks), MAX_UNITS + 1))
    if not missing and not 0 < len(rows) <= MAX_UNITS:
        message = f"单位超过 {MAX_UNITS} 个，太多" if rows else "表头下面没有单位"
        hint = "删去多余的行，或拆成几个文件" if rows else "给出填好的排名表"
        problems.append(table.problem(top, None, message, hint))
    by_standard: dict[str, list[RankingRow]] = {}
    for row in rows:
        by_standard.setdefault(row.standard, []).append(row)
    for standard, own in by_standard.items():
        name = f"{table.sheet or table.path} {standard}".rstrip()
        yield RankingTable(name, tuple(own), groups, parts, bool(at["附加分"]))


def _sides(at: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    """Yield each of several blocks of columns that stand side by side: what it is called, and where its columns are."""
    blocks = min(MAX_SIDES, *(len(at[name]) for name in NEEDED))
    for block in range(blocks):
        side = f" 左起第{block + 1}组" if blocks > 1 else ""
        yield side, {name: found[block] if block < len(found) else None for name, found in at.items()}
