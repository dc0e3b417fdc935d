"""A table or Parquet files that Spark reads, judged in the user's own session, on one machine or a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scoring.errors import Problem, ScoringError, shortened

INPUT = "chuangwei_input"


class Spark:
    """One session: what is kept lasts as long as it."""

    name, dialect, source = "spark", "spark", INPUT

    def __init__(self, session: Any, path: str, table: str = "") -> None:
        """Read a path of Parquet (a folder, a pattern, hdfs://…), or a table that the session knows."""
        from pyspark.errors import PySparkException

        self._session, self.version = session, str(session.version)
        try:
            self._frame = session.table(table) if table else session.read.parquet(path)
        except PySparkException:
            hint = "给 Parquet 文件或文件夹；Spark 里的表用 --table 库.表"
            message = f"Spark 读不了“{shortened(table or path)}”"
            raise ScoringError([Problem(message=message, hint=hint)]) from None
        self._frame.createOrReplaceTempView(INPUT)

    def columns(self) -> Sequence[str]:
        """Return the names of the table's columns."""
        return list(self._frame.columns)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return [tuple(row) for row in self._session.sql(query).collect()]

    def keep(self, name: str, query: str) -> None:
        """Keep a query's rows in memory, or on the executors' disks where they do not fit."""
        self._session.sql(query).cache().createOrReplaceTempView(name)

    def export(self, query: str, folder: Path) -> None:
        """Write a query's rows as Parquet files beside those already in a folder."""
        number = len(list(folder.glob("*.parquet"))) + 1
        part = folder / f"{number:06d}.part"
        shutil.rmtree(part, ignore_errors=True)
        self._session.sql(query).write.parquet(part.absolute().as_uri())
        for place, one in enumerate(sorted(part.glob("*.parquet"))):
            one.replace(folder / f"{number + place:06d}.parquet")
        shutil.rmtree(part)


def session() -> Any:
    """Return the session that is running, or the one that spark-submit and spark-defaults.conf describe.

    Raises ScoringError where PySpark or Java is not installed.
    """
    if find_spec("pyspark") is None:
        raise ScoringError([Problem(message="没有装 PySpark", hint="pip install 'chuangwei[spark]'")])
    if shutil.which("java") is None:
        raise ScoringError(
            [Problem(message="没有装 Java", hint="装 Java 17，如 apt-get install openjdk-17-jre-headless")]
        )
    from pyspark.sql import SparkSession

    return SparkSession.builder.appName("chuangwei").getOrCreate()
