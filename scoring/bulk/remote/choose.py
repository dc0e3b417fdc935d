"""Which engine a run asks for by its name, with what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from scoring.bulk.database import Stored
from scoring.bulk.remote.engine import Engine
from scoring.bulk.remote.postgres import postgres
from scoring.bulk.remote.spark import Spark, session
from scoring.errors import Problem, ScoringError


@contextmanager
def chosen(name: str, inputs: Sequence[str], table: str, own: duckdb.DuckDBPyConnection) -> Iterator[Engine]:
    """Yield the engine ``postgres`` for a URL and table, or ``spark`` for a path of Parquet or a table of its own.

    Raises ScoringError where it is given anything else, or is not installed.
    """
    if name == "postgres":
        if len(inputs) != 1 or not table or not inputs[0].startswith("postgresql:"):
            hint = "如 chuangwei bulk score postgresql://用户@主机/库名 --table answers --engine postgres -o 结果"
            raise ScoringError([Problem(message="PostgreSQL 要一个地址和一个表名", hint=hint)])
        with postgres(Stored(inputs[0], table), own) as found:
            yield found
        return
    if len(inputs) + bool(table) != 1:
        hint = "如 chuangwei bulk score hdfs://…/answers --engine spark -o 结果，或只写 --table 库.表"
        raise ScoringError([Problem(message="Spark 要一个 Parquet 文件夹，或一个表名", hint=hint)])
    yield Spark(session(), inputs[0] if inputs else "", table)
