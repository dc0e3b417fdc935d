"""How the bulk path grows with rows and with clauses; each size in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import clauses, plots
from benchmarks.bulk import drawn, measured
from benchmarks.plots import Figure

ROWS = (100_000, 1_000_000, 10_000_000)
CLAUSES = (10, 40, 160, 640)
Figures = Mapping[int, Figure]


def lines() -> Iterator[str]:
    """Yield the tables of growth, and draw them."""
    by_rows = {rows: _one(rows, clauses.USUAL) for rows in ROWS}
    by_clauses = {number: _one(ROWS[0], number) for number in CLAUSES}
    plots.growth("rows", by_rows)
    plots.growth("clauses", by_clauses)
    yield from ("", "## How bulk scoring grows", "")
    yield (
        "`chuangwei bulk score …` at its usual limits, under standards like the 40 clauses; linear growth keeps the last column"
        f" as it is. By rows under {clauses.USUAL} clauses, by clauses on {ROWS[0]:,} rows."
    )
    yield from _table("rows", by_rows, 1)
    yield from _table("clauses", by_clauses, ROWS[0])
    yield from ("", "![growth by rows](plots/rows.svg) ![growth by clauses](plots/clauses.svg)")


def _one(rows: int, number: int) -> Figure:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return measured("ours", drawn(folder / "in", rows, number), folder / "out", number)


def _table(what: str, found: Figures, each: int) -> Iterator[str]:
    """Yield a table whose last column is what one row, or one clause of a row, takes of the cores."""
    unit = "row" if each == 1 else "row and clause"
    yield from ("", f"| {what} | seconds | CPU seconds | MB | CPU µs a {unit} |", "|---|---|---|---|---|")
    for size, one in found.items():
        yield (
            f"| {size:,} | {one.seconds:.1f} | {one.work:.1f} | {one.megabytes:.0f} |"
            f" {one.work / size / each * 1e6:.2f} |"
        )
