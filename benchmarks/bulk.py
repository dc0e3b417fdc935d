"""The bulk path beside the same result by hand, and beside business-rules; each way in a process of its own.

``python -m benchmarks.bulk WAY FOLDER OUT [CLAUSES]`` is such a process; it prints its seconds, CPU seconds and megabytes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks import clauses, plots, scale
from benchmarks.engines import business
from benchmarks.engines.conditions import records
from benchmarks.plots import Figure

ROWS, RECORDS = 1_000_000, 500
RESULTS = ("cards", "findings", "orders", "units")
WAYS = {"chuangwei bulk": "ours", "DuckDB SQL by hand": "sql", "Polars by hand": "polars"}


def lines() -> Iterator[str]:
    """Yield the table of the ways, and draw it."""
    found, each = compared(ROWS), per_record()
    ours, by_sql = found["chuangwei bulk"], found["DuckDB SQL by hand"]
    plots.bars(
        "bulk",
        "Speed, DuckDB SQL by hand = 1",
        {name: by_sql.seconds / one.seconds for name, one in found.items()},
    )
    yield from ("", f"## The bulk path on {ROWS:,} visits", "")
    yield (
        "The 40 clauses again, Parquet in, the complete result out: cards with bounds and grades, failed findings with points,"
        " orders, units with ranks. Those by hand (`by_hand/`) write the same rows (checked in the run); they know this one"
        " standard, trust every cell, and hold everything in memory."
    )
    yield from (
        "",
        "| way | seconds | CPU seconds | MB | speed, SQL by hand = 1 | the same by CPU |",
        "|---|---|---|---|---|---|",
    )
    for name, one in found.items():
        yield (
            f"| {name} | {one.seconds:.1f} | {one.work:.1f} | {one.megabytes:.0f} |"
            f" {by_sql.seconds / one.seconds:.2f} | {by_sql.work / one.work:.2f} |"
        )
    faster = each / (ours.seconds / ROWS)
    yield from (
        "",
        f"business-rules only matches, at {each * 1e6:.0f} µs a record: {faster:,.0f} times ours.",
        "",
    )
    yield "![speed of the bulk path](plots/bulk.svg)"


def per_record() -> float:
    """Return the seconds that business-rules takes to match a record, the shortest of several rounds."""
    run = business.run(records(RECORDS))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times) / RECORDS


def compared(rows: int) -> dict[str, Figure]:
    """Return what each way takes to score so many visits under the 40 clauses; all must write the same results."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        inputs = drawn(folder / "in", rows)
        found = {}
        for title, way in WAYS.items():
            found[title] = measured(way, inputs, folder / way)
            alike(folder / "ours", folder / way)
    return found


def drawn(folder: Path, rows: int, number: int = clauses.USUAL) -> Path:
    """Write visits under a standard of so many clauses, and return their folder."""
    list(scale.write(folder, clauses.standard(number), rows))
    return folder


def measured(way: str, inputs: Path, out: Path, number: int = clauses.USUAL) -> Figure:
    """Return what a process takes that scores in one of the ways."""
    out.mkdir()
    command = [sys.executable, "-m", "benchmarks.bulk", way, str(inputs), str(out), str(number)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Figure(*map(float, done.stdout.split()))


def alike(ours: Path, other: Path) -> None:
    """Refuse results that differ in any row or column."""
    for name in RESULTS:
        types = duckdb.execute(f"DESCRIBE FROM '{_of(ours, name)}'").fetchall()
        held = ", ".join(f'"{column}"::{kind}' for column, kind, *_ in types)
        sums = [
            duckdb.execute(f"SELECT count(*), sum(hash({held})::HUGEINT) FROM '{_of(one, name)}'").fetchone()
            for one in (ours, other)
        ]
        if sums[0] != sums[1]:
            raise SystemExit(f"{name} differ: {ours} {sums[0]}, {other} {sums[1]}")


def _of(out: Path, name: str) -> str:
    return str(out / name / "*.parquet" if (out / name).is_dir() else out / f"{name}.parquet")


def ours(inputs: Path, out: Path, number: int) -> None:
    """Score with our bulk path."""
    from scoring.bulk.run import run
    from scoring.bulk.task import Task
    from scoring.infer import choose
    from scoring.workdays import WorkCalendar

    run(Task([inputs], [clauses.standard(number)], choose("reference")[0], WorkCalendar()), out)


def main() -> None:
    """Score in one way, and print what it took."""
    way, inputs, out, number = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    start, worked = time.perf_counter(), time.process_time()
    if way == "ours":
        ours(inputs, out, number)
    elif way == "sql":
        from benchmarks.by_hand import sql

        sql.score(inputs, out)
    else:
        from benchmarks.by_hand import frames

        frames.score(inputs, out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - start, time.process_time() - worked, memory)


if __name__ == "__main__":
    main()
