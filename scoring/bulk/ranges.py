"""One range of rows scored: typed, judged cohort by cohort, and each result written as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.cohorts import Cohort
from scoring.bulk.details.attach import Attached
from scoring.bulk.details.counted import beside
from scoring.bulk.front import BAD, FILE, ROW, Front, answers
from scoring.bulk.journal import Done
from scoring.bulk.past.join import Past
from scoring.bulk.source import File
from scoring.bulk.visit import WRONG_SUFFIX
from scoring.bulk.wording import Wording
from scoring.sql.plan import ANSWERS
from scoring.sql.results import Source

# So many queries are run as one: DuckDB's planning grows with the square of what is united.
TOGETHER = 64
TYPED = "typed"
RESULTS = ("cards", "findings", "orders", "problems")


@dataclass(frozen=True, slots=True)
class Range:
    """Some rows of one file, counted from 0, and the number of the range within the run.

    ``place`` is the file's place among those of the run, from 0.
    """

    number: int
    file: File
    front: Front
    first: int
    last: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class Ordered:
    """The orders about one subject: the query of the patterns that words are written for, and that of the orders.

    ``only`` is the one pattern where there can be no other.
    """

    wording: Wording
    table: str
    patterns: str
    orders: str
    only: tuple[str] | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cohort's SQL: the table that its results are taken from, ``width`` columns wide, and the results by name.

    ``reads`` are the columns of the typed table that it speaks of, ``climbing`` the clauses that the past can make dearer.
    """

    cohort: Cohort
    source: Source
    width: int
    reads: frozenset[str]
    judged: str
    results: Mapping[str, Sequence[str]]
    orders: Sequence[Ordered] = ()
    climbing: Sequence[str] = ()

    @property
    def text(self) -> str:
        """Return all of it as one script."""
        results = [f"-- {name}\n{query}" for name, each in self.results.items() for query in each]
        results += [f"-- orders\n{one.orders}" for one in self.orders]
        return ";\n".join([f"CREATE TABLE {self.source.name} AS {self.judged}", *results]) + ";\n"


def score(
    one: Range,
    prepared: Sequence[Prepared],
    details: Attached,
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    past: Past | None = None,
) -> Done:
    """Write the results of a range, each as a whole; what a run that was stopped left of it is overwritten."""
    source, above = one.file.query(one.first, one.last), 1 + one.file.head
    source = beside(source, one.place, one.first + above, one.last + above, details, connection)
    typed = answers(one.front, source)
    _hold(typed, prepared, connection)
    parts: dict[str, list[str]] = {name: [] for name in RESULTS}
    rows, judged = one.last - one.first + 1, 0
    if past is not None:
        past.look_up(TYPED, connection)
    for each in prepared:
        good = f"SELECT * FROM {TYPED} WHERE {each.cohort.condition} AND NOT {quoted(BAD)}"
        if past is not None and each.climbing:
            good = past.joined(good, each.climbing, connection)
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {ANSWERS} AS {good}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {each.source.name} AS {each.judged}")
        judged += _count(connection, each.source.name)
        for name, queries in each.results.items():
            parts.setdefault(name, []).extend(queries)
        for about in each.orders:
            patterns = [about.only] if about.only else connection.execute(about.patterns).fetchall()
            about.wording.table(patterns, about.table, connection)
            parts["orders"].append(about.orders)
    refused = _count(connection, f"{TYPED} WHERE {quoted(BAD)}")
    if refused:
        parts["problems"].append(_refused(one, typed))
    for name, queries in parts.items():
        _write(connection, queries, out / name, one.number)
    return Done(one.number, rows, refused, rows - judged - refused)


def _hold(typed: str, prepared: Sequence[Prepared], connection: duckdb.DuckDBPyConnection) -> None:
    """Read the rows once for all cohorts: of the typed table's columns those that some cohort speaks of."""
    reads = {BAD}.union(*(each.reads for each in prepared))
    kept = ", ".join(map(quoted, sorted(reads)))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {TYPED} AS SELECT {kept} FROM ({typed})")


def _refused(one: Range, typed: str) -> str:
    """Return the rows that cannot be used, and which of their columns are wrong."""
    names = [
        f"CASE WHEN {quoted(name + WRONG_SUFFIX)} THEN {literal(name)} END" for name in one.front.watched
    ]
    kept = [quoted(FILE), quoted(ROW), quoted(columns.CODE), quoted(columns.KIND), quoted(columns.DATE)]
    return f"SELECT {', '.join(kept)}, concat_ws('、', {', '.join(names)}) AS 栏目 FROM ({typed}) WHERE {quoted(BAD)}"


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    assert found is not None
    return int(found[0])


def _write(connection: duckdb.DuckDBPyConnection, queries: Sequence[str], folder: Path, number: int) -> None:
    """Write the rows of some queries, nothing where there is no query; to several files where there are many."""
    for place in range(0, len(queries), TOGETHER):
        part = folder / f"{number:06d}{f'-{place // TOGETHER}' if place else ''}.part"
        some = " UNION ALL ".join(queries[place : place + TOGETHER])
        connection.execute(f"COPY ({some}) TO {literal(str(part))} (FORMAT parquet)")
        part.replace(part.with_suffix(".parquet"))
