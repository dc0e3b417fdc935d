"""README.md from its sections: each is a file in results/, so that one can be measured again alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks import tables

HERE = Path(__file__).parent
FOLDER = HERE / "results"
ORDER = ("matching", "bulk", "growth", "national", "command", "rounds", "sheets", "documents")


def write(section: str, lines: Iterable[str]) -> None:
    """Write one section, and README.md of all that have been measured."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{section}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [path for name in ORDER if (path := FOLDER / f"{name}.md").exists()]
    parts = ["\n".join(tables.head()) + "\n", *(one.read_text("utf-8") for one in found)]
    (HERE / "README.md").write_text("".join(parts), encoding="utf-8")
