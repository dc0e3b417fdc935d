"""A table in PostgreSQL, judged there in temporary tables; only the results leave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from scoring import columns
from scoring.bulk.database import Stored, opened, table, written

# As the results of DuckDB's own runs hold them.
OWN_TYPES = {columns.DATE: "DATE", columns.NUMBER: "SMALLINT", "版本": "INTEGER"}


class Postgres:
    """One connection: what is kept lasts as long as it."""

    name, dialect = "postgresql", "postgres"

    def __init__(self, one: Stored, database: sa.Connection, own: duckdb.DuckDBPyConnection) -> None:
        self._one, self._database, self._own = one, database, own
        self._table = table(one, database)
        self.source = database.dialect.identifier_preparer.format_table(self._table)
        self.version = ".".join(map(str, database.dialect.server_version_info or ()))

    def columns(self) -> Sequence[str]:
        """Return the names of the table's columns."""
        return list(self._table.columns.keys())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return [tuple(row) for row in self._database.exec_driver_sql(_plain(query))]

    def keep(self, name: str, query: str) -> None:
        """Keep a query's rows in a temporary table."""
        self._database.exec_driver_sql(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self._database.exec_driver_sql(_plain(f"CREATE TEMP TABLE {name} AS {query}"))

    def export(self, query: str, folder: Path) -> None:
        """Write a query's rows as the next Parquet file of a folder."""
        self.keep("handed_out", query)
        number = len(list(folder.glob("*.parquet"))) + 1
        found = Stored(self._one.url, "handed_out")
        written(found, self._database, folder / f"{number:06d}.parquet", self._own, OWN_TYPES)


def _plain(query: str) -> str:
    """Return a query for the driver, which takes % for a place."""
    return query.replace("%", "%%")


@contextmanager
def postgres(one: Stored, own: duckdb.DuckDBPyConnection) -> Iterator[Postgres]:
    """Yield the engine for a table of a PostgreSQL database; raises ScoringError as ``database.staged`` does."""
    with opened(one) as database:
        yield Postgres(one, database, own)
