"""A Spark of the tests' own, where PySpark and Java are installed; without them, its tests are skipped with the reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

# One stage, little planning and no compiled Java: right for tables of a few hundred rows and queries of a thousand columns.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}


def missing() -> str:
    """Return why no Spark can be started here, empty where one can."""
    if find_spec("pyspark") is None:
        return "没有装 PySpark（pip install 'chuangwei[spark]'）"
    return "" if shutil.which("java") else "没有装 Java（apt-get install openjdk-17-jre-headless）"


@contextmanager
def spark() -> Iterator[Any]:
    """Yield a session of two local threads, stopped at the end."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("chuangwei tests")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
