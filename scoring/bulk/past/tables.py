"""A table of the past as it is read: where it lies, its columns, and what is wrong with its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring.bulk.cells import TEXT, literal, quoted
from scoring.bulk.source import files
from scoring.errors import Problem, ScoringError, did_you_mean

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True, slots=True)
class PastTable:
    """One or several files of the same columns: what the user calls them, the ``scan`` that reads them, their types.

    ``print`` tells them from other files.
    """

    name: str
    scan: str
    types: Mapping[str, str]
    print: str

    def day(self, name: str) -> str:
        """Return a column's day, NULL where the cell holds none; of a point of time its day."""
        own = quoted(name)
        if self.types.get(name) != TEXT:
            return f"TRY_CAST({own} AS DATE)" if name in self.types else "NULL::DATE"
        return f"CASE WHEN regexp_full_match(left({own}, 10), {literal(_DAY)}) THEN TRY_CAST(left({own}, 10) AS DATE) END"

    def word(self, name: str) -> str:
        """Return a column's word, NULL where the cell is empty."""
        return f"NULLIF({quoted(name)}::VARCHAR, '')" if name in self.types else "NULL::VARCHAR"

    def bad_days(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield for each column the condition that a cell is filled in and holds no day."""
        for name in names:
            yield name, f"{self.word(name)} IS NOT NULL AND {self.day(name)} IS NULL"


def opened(paths: Sequence[Path], name: str, connection: duckdb.DuckDBPyConnection, work: Path) -> PastTable:
    """Return the table of some files or folders under a name; raises ScoringError where one cannot be read."""
    found = files(paths, connection, work)
    if not found:
        hint = "看看给的是哪个文件夹"
        raise ScoringError([Problem(name, message="文件夹里没有 Parquet 文件", hint=hint)])
    listed = ", ".join(literal(str(one.path)) for one in found)
    return PastTable(name, f"read_parquet([{listed}])", found[0].types, " ".join(one.print for one in found))


def lacking(table: PastTable, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each column that a table must have and has not."""
    for name in names:
        if name not in table.types:
            hint = did_you_mean(name, table.types, label="有")
            yield Problem(table.name, message=f"没有“{name}”这一栏", hint=hint)


def wrong(
    table: PastTable, checks: Iterable[tuple[str, str]], hint: str, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    """Yield a problem for each (column, condition) that holds in some rows."""
    asked = list(checks)
    counts = ", ".join(f"count(*) FILTER ({condition})" for _, condition in asked)
    found = connection.execute(f"SELECT {counts} FROM {table.scan}").fetchone()
    assert found is not None
    for (name, _), count in zip(asked, found, strict=True):
        if count:
            yield Problem(table.name, where=f"“{name}”栏", message=f"{count}行没填对", hint=hint)
