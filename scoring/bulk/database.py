"""A table of a database as an input: copied once into the work folder, so that a run that goes on reads what it began with."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from scoring.bulk.cells import literal
from scoring.errors import Problem, ScoringError, did_you_mean, shortened

BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A table in a database: ``url`` is PostgreSQL's, or the path of an SQLite file; ``table`` may name its schema (库.表)."""

    url: str
    table: str

    @property
    def print(self) -> str:
        """Return what tells it from other tables; the address itself may hold a password."""
        return hashlib.sha256(f"{self.url}\n{self.table}".encode()).hexdigest()


def staged(one: Stored, connection: duckdb.DuckDBPyConnection, work: Path) -> Path:
    """Return the Parquet that a table was copied to; what was copied already stays.

    Raises ScoringError where the database, its driver or the table is not there, or a cell is not of its column's type.
    """
    target = work / f"{one.print[:32]}.parquet"
    if target.exists():
        return target
    with opened(one) as database:
        written(one, database, target, connection)
    return target


def written(
    one: Stored,
    database: sa.Connection,
    target: Path,
    connection: duckdb.DuckDBPyConnection,
    own: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write a table as one Parquet file, whole or not at all; ``own`` are types that some columns are to have."""
    text, part = target.with_suffix(".csv"), target.with_suffix(".part")
    types = {**(known := _export(one, database, text)), **{name: own[name] for name in own if name in known}}
    held = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
    try:
        connection.execute(
            f"COPY (SELECT * FROM read_csv({literal(str(text))}, header = true, auto_detect = false, delim = ',', quote = '\"',"
            f" escape = '\"', nullstr = '', columns = {{{held}}})) TO {literal(str(part))} (FORMAT parquet)"
        )
    except duckdb.Error:
        hint = "看看各栏是不是都按自己的类型填（数字栏里没有文字）"
        raise ScoringError([Problem(one.table, message="表里有读不了的格子", hint=hint)]) from None
    part.replace(target)
    text.unlink()


@contextmanager
def opened(one: Stored) -> Iterator[sa.Connection]:
    """Yield a connection to a database; raises ScoringError where it cannot be reached or read."""
    if "://" not in one.url and not Path(one.url).is_file():
        hint = "写 SQLite 文件名，或 postgresql://用户@主机/库名"
        raise ScoringError([Problem(shortened(one.url), message="没有这个数据库文件", hint=hint)])
    try:
        url = sa.make_url(one.url if "://" in one.url else f"sqlite:///{one.url}")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url)
    except ModuleNotFoundError:
        message, hint = "没有装这种数据库的驱动", "PostgreSQL 用 pip install 'chuangwei[pg]'；别的先导出 CSV"
        raise ScoringError([Problem(message=message, hint=hint)]) from None
    except SQLAlchemyError:
        hint = "写 SQLite 文件名，或 postgresql://用户@主机/库名"
        raise ScoringError([Problem(message="数据库地址读不懂", hint=hint)]) from None
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError:
        hint = "看看地址、用户、密码和网络，有没有读这个表的权限"
        raise ScoringError([Problem(one.table, message="数据库读不了", hint=hint)]) from None
    finally:
        engine.dispose()


def _export(one: Stored, database: sa.Connection, text: Path) -> dict[str, str]:
    """Write a table as CSV, and return the type of each column for DuckDB."""
    found = table(one, database)
    name = database.dialect.identifier_preparer.format_table(found)
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(found.columns.keys())
        # The driver's own values: SQLite's columns hold whatever was put into them.
        found_rows = database.exec_driver_sql(
            f"SELECT * FROM {name}", execution_options={"stream_results": True}
        )
        for rows in found_rows.partitions(BATCH):
            writer.writerows([_cell(value) for value in row] for row in rows)
    return {column.name: _type(column.type) for column in found.columns}


def table(one: Stored, database: sa.Connection) -> sa.Table:
    """Return a table as the database describes it; raises ScoringError where there is none."""
    schema, _, name = one.table.rpartition(".")
    try:
        return sa.Table(name, sa.MetaData(), schema=schema or None, autoload_with=database)
    except sa.exc.NoSuchTableError:
        known: Iterable[str] = sa.inspect(database).get_table_names(schema or None)
        message = f"数据库里没有“{shortened(one.table)}”这个表"
        raise ScoringError([Problem(message=message, hint=did_you_mean(name, known, label="有"))]) from None


def _cell(value: Any) -> object:
    return format(value, "f") if isinstance(value, Decimal) else value


def _type(kind: sa.types.TypeEngine[Any]) -> str:
    """Return DuckDB's type for a column; what is neither a number nor 真假 is read as text."""
    if isinstance(kind, sa.Boolean):
        return "BOOLEAN"
    if isinstance(kind, sa.Integer):
        return "BIGINT"
    if isinstance(kind, sa.Float):
        return "DOUBLE"
    if isinstance(kind, sa.Numeric):
        known = kind.precision is not None and kind.precision <= 38
        return f"DECIMAL({kind.precision}, {kind.scale or 0})" if known else "DECIMAL(38, 20)"
    return "VARCHAR"
