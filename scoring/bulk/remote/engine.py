"""What a run asks of an engine that it does not run itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol


class Engine(Protocol):
    """A typed table where it lies; queries are written in the engine's own ``dialect``."""

    name: str
    version: str
    dialect: str
    source: str

    def columns(self) -> Sequence[str]:
        """Return the names of the table's columns; raises ScoringError where there is no such table."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""

    def keep(self, name: str, query: str) -> None:
        """Keep what a query comes to under a name, for the queries after it and no longer than the run."""

    def export(self, query: str, folder: Path) -> None:
        """Write what a query comes to into a folder as Parquet, whole or not at all."""
