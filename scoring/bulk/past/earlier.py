"""Earlier rounds: in how many of them, just before this one, each unit failed each clause without passing since.

A round in which a clause was 未查 or 不适用 at every visit neither extends a run nor breaks it (``history.past.Earlier``).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.past.tables import PastTable, lacking, opened, wrong
from scoring.errors import Problem, ScoringError
from scoring.rule.scheme import Scheme
from scoring.sql.checked import FAILED, PASSED
from scoring.sql.subjects import SEPARATOR

RUNS, FOLDER, RECORD = "runs", "checked", "result.json"
NEEDED = (columns.CODE, columns.DATE, PASSED, FAILED)
_HINT = "单位编号、检查日期每行都要有，日期写成 2026-06-10 的样子"


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """A round before: its table, and the days of its first and last visit."""

    table: PastTable
    first: dt.date
    last: dt.date


def earlier_rounds(
    inputs: Sequence[Path], scheme: Scheme, connection: duckdb.DuckDBPyConnection, work: Path
) -> tuple[EarlierRound, ...]:
    """Return earlier rounds in the order of time, each the folder of a run or a table.

    Raises ScoringError where one cannot be read, was scored by another scheme, or two lie on the same days.
    """
    found: list[EarlierRound] = []
    problems: list[Problem] = []
    for path in inputs:
        try:
            found.append(_round(path, scheme, connection, work))
        except ScoringError as error:
            problems += error.problems
    found.sort(key=lambda one: (one.first, one.last))
    problems += _overlapping(found)
    if problems:
        raise ScoringError(problems)
    return tuple(found)


def after(rounds: Sequence[EarlierRound], first: dt.date) -> Iterator[Problem]:
    """Yield a problem for each earlier round that is not over before the first day of this one."""
    for one in rounds:
        if one.last >= first:
            message = f"检查到 {one.last}，不早于本轮的第一天 {first}"
            yield Problem(one.table.name, message=message, hint="--history 只给本轮以前的各轮")


def _overlapping(rounds: Sequence[EarlierRound]) -> Iterator[Problem]:
    for one, other in pairwise(rounds):
        if other.first <= one.last:
            message = (
                f"和 {one.table.name} 的日期交叉（{one.first} 至 {one.last}，{other.first} 至 {other.last}）"
            )
            yield Problem(other.table.name, message=message, hint="一轮给一次；同一轮的几个表放进一个文件夹")


def _round(path: Path, scheme: Scheme, connection: duckdb.DuckDBPyConnection, work: Path) -> EarlierRound:
    whole = path.is_dir() and (path / RECORD).is_file()
    if whole:
        _alike(path, scheme)
    table = opened([path / FOLDER if whole else path], path.name, connection, work)
    if problems := list(lacking(table, NEEDED)):
        raise ScoringError(problems)
    blank = f"{table.word(columns.CODE)} IS NULL"
    checks = [(columns.CODE, blank), (columns.DATE, f"{table.day(columns.DATE)} IS NULL")]
    if problems := list(wrong(table, checks, _HINT, connection)):
        raise ScoringError(problems)
    day = table.day(columns.DATE)
    first, last = connection.execute(f"SELECT min({day}), max({day}) FROM {table.scan}").fetchall()[0]
    if first is None:
        raise ScoringError([Problem(table.name, message="一行也没有", hint="看看给的是不是那一轮的结果")])
    return EarlierRound(table, first, last)


def _alike(folder: Path, scheme: Scheme) -> None:
    """Refuse the results of another scheme, and those that say nothing of what passed."""
    said = json.loads((folder / RECORD).read_text("utf-8")).get("scheme")
    hint = f"那一轮也要这样评: chuangwei bulk score … --scheme {scheme.id}"
    if said is None or not (folder / FOLDER).is_dir():
        raise ScoringError([Problem(str(folder), message="没有记下各条合格不合格", hint=hint)])
    if said["id"] != scheme.id:
        raise ScoringError([Problem(str(folder), message=f"是按别的办法“{said['id']}”评的", hint=hint)])


def runs(rounds: Iterable[EarlierRound], longest: int, connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of runs (unit, clause, run), no longer than can be told apart; a round at a time, so that little is held."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {RUNS} (unit VARCHAR, clause VARCHAR, run SMALLINT)")
    for one in rounds:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE failed_now AS SELECT DISTINCT unit, clause FROM ({_clauses(one.table, FAILED)})"
        )
        held = f"SELECT DISTINCT r.unit, r.clause FROM ({_clauses(one.table, PASSED, only=RUNS)}) r"
        connection.execute(f"""CREATE OR REPLACE TEMP TABLE {RUNS} AS
            SELECT unit, clause, least(coalesce(r.run, 0) + 1, {max(longest - 1, 0)})::SMALLINT AS run
            FROM failed_now LEFT JOIN {RUNS} r USING (unit, clause)
            UNION ALL
            SELECT * FROM {RUNS} ANTI JOIN failed_now USING (unit, clause) ANTI JOIN ({held}) USING (unit, clause)""")
    connection.execute("DROP TABLE IF EXISTS failed_now")


def _clauses(table: PastTable, name: str, only: str = "") -> str:
    """Return the query of (unit, clause) that a column names; of units ``only`` in another table."""
    unit = table.word(columns.CODE)
    some = f" WHERE {unit} IN (SELECT unit FROM {only})" if only else ""
    parts = f"unnest(string_split(coalesce({quoted(name)}, ''), {literal(SEPARATOR)}))"
    return f"SELECT unit, clause FROM (SELECT {unit} AS unit, trim({parts}) AS clause FROM {table.scan}{some}) WHERE clause <> ''"
