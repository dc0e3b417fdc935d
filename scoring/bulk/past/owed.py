"""Orders (整改单) as they stood: a table that says of each when it was found and due, and what was done about it when.

An order may have several rows, each with the day from which it stood so (记于); of a visit the last of them counts that is not
after its day. A table without that column has one row for each order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.past.tables import PastTable, lacking, opened, wrong
from scoring.errors import Problem, ScoringError
from scoring.rectify.lifecycle import State
from scoring.sql.subjects import CLAUSES, SEPARATOR

OWED = "owed"
DUE, STATE, CLOSED_ON, REDO, SINCE = "截止", "状态", "销号日期", "复查不合格", "记于"
NEEDED = (columns.CODE, CLAUSES, columns.DATE, DUE)
_HINT = "日期写成 2026-06-10 的样子；已销号的要写销号日期，写了记于的要写问题编号"


def owed(inputs: Sequence[Path], connection: duckdb.DuckDBPyConnection, work: Path) -> tuple[PastTable, ...]:
    """Make the table of what is owed, a row for each clause of an order and time; return where it was read.

    Raises ScoringError naming every column that is missing and every one that is filled in wrong.
    """
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE {OWED} (unit VARCHAR, clause VARCHAR, found DATE, due DATE,
        replied DATE, closed DATE, redo INTEGER, gone BOOLEAN, since DATE, until DATE)""")
    if not inputs:
        return ()
    table = opened(inputs, "、".join(path.name for path in inputs), connection, work)
    problems = list(lacking(table, NEEDED)) or [
        *wrong(table, _checks(table), _HINT, connection),
        *_twice(table, connection),
    ]
    if problems:
        raise ScoringError(problems)
    connection.execute(f"INSERT INTO {OWED} {_rows(table)}")
    return (table,)


def _checks(table: PastTable) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong, each column with the condition that a row is."""
    for name in (columns.CODE, CLAUSES, columns.DATE):
        yield name, f"{table.word(name)} IS NULL"
    yield from table.bad_days((columns.DATE, DUE, columns.REPLIED_ON, CLOSED_ON, SINCE))
    state, known = table.word(STATE), ", ".join(literal(one.value) for one in State)
    yield STATE, f"{state} NOT IN ({known})"
    yield CLOSED_ON, f"({state} = {literal(State.CLOSED.value)}) <> ({table.word(CLOSED_ON)} IS NOT NULL)"
    redo = table.word(REDO)
    yield REDO, f"{redo} IS NOT NULL AND NOT regexp_full_match({redo}, '[0-9]{{1,3}}')"
    yield SINCE, f"{table.word(SINCE)} IS NOT NULL AND {table.word(columns.ORDER)} IS NULL"


def _twice(table: PastTable, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Yield a problem where an order stands so and otherwise from the same day on."""
    number = table.word(columns.ORDER)
    found = connection.execute(
        f"SELECT {number} FROM {table.scan} WHERE {number} IS NOT NULL"
        f" GROUP BY {table.word(columns.CODE)}, {number}, {table.day(SINCE)} HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    ).fetchone()
    if found is not None:
        message, hint = f"“{found[0]}”有两行，不知道哪一行算数", "一张单写一行；先后不同的各写上记于"
        yield Problem(table.name, where=f"“{columns.ORDER}”栏", message=message, hint=hint)


def _rows(table: PastTable) -> str:
    number, since = table.word(columns.ORDER), table.day(SINCE)
    same = f"PARTITION BY {table.word(columns.CODE)}, {number} ORDER BY {since} NULLS FIRST"
    until = f"CASE WHEN {number} IS NOT NULL THEN lead({since}) OVER ({same}) END"
    parts = f"unnest(string_split({quoted(CLAUSES)}, {literal(SEPARATOR)}))"
    return f"""SELECT * REPLACE (trim(clause) AS clause) FROM (
        SELECT {table.word(columns.CODE)} AS unit, {parts} AS clause, {table.day(columns.DATE)} AS found,
          {table.day(DUE)} AS due, {table.day(columns.REPLIED_ON)} AS replied, {table.day(CLOSED_ON)} AS closed,
          coalesce({table.word(REDO)}::INTEGER, 0) AS redo,
          coalesce({table.word(STATE)} = {literal(State.CANCELLED.value)}, FALSE) AS gone,
          coalesce({since}, DATE '0001-01-01') AS since, coalesce({until}, DATE '9999-12-31') AS until
        FROM {table.scan}) WHERE trim(clause) <> ''"""
