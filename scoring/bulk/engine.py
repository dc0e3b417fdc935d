"""DuckDB in this process, within limits, and the new folder that results go to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring.errors import Problem, ScoringError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine a run may use: memory in MB (what is more goes to the disk), threads, 0 for all.

    ``rows`` is how many rows are scored at once, 0 for what fits.
    """

    memory: int = 600
    threads: int = 0
    rows: int = 0


USUAL = Limits()


@contextmanager
def connected(work: Path, limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield DuckDB in this process, within the limits; what does not fit in memory goes to the work folder."""
    connection = duckdb.connect(
        config={"memory_limit": f"{limits.memory}MB", "temp_directory": str(work / "spill")}
    )
    try:
        if limits.threads:
            connection.execute(f"SET threads = {limits.threads}")
        connection.execute("SET enable_progress_bar = false")
        # Nothing is fetched from anywhere, whatever a table is called.
        connection.execute("SET autoinstall_known_extensions = false")
        yield connection
    except duckdb.OutOfMemoryException:
        raise ScoringError([Problem(message="内存不够", hint="加大 --memory，或减小 --rows")]) from None
    finally:
        connection.close()


def fresh(out: Path) -> None:
    """Refuse a folder that holds anything already."""
    if out.exists() and not out.is_dir():
        raise ScoringError([Problem(str(out), message="这是文件，不是文件夹", hint="写一个新文件夹的名字")])
    if out.is_dir() and any(out.iterdir()):
        raise ScoringError([Problem(str(out), message="文件夹里已有东西", hint="换一个新文件夹")])
