"""The nation on one machine: 50 million visits to 490,000 villages scored and ranked: ``make national``.

``python -m benchmarks.national FOLDER [ROWS]`` makes up the visits, runs the two commands a user would, writes
results/national.md, and removes what it made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import scale
from benchmarks.results import write
from scoring.find import find_standards

ROWS, VILLAGES, STANDARD, SCHEME = 50_000_000, 490_000, "WL", "DCJ"
GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds, CPU seconds, peak memory in MB, and the most its folder held in GB."""

    seconds: float
    work: float
    megabytes: float
    disk: float


def main() -> None:
    """Run it all, and write what it took."""
    folder, rows = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    villages = min(VILLAGES, rows // 100)
    (law,) = find_standards([STANDARD])
    folder.mkdir(parents=True)
    start = time.perf_counter()
    inputs = list(scale.write(folder / "visits", law, rows, villages))
    made, held = time.perf_counter() - start, sum(one.stat().st_size for one in inputs) / GIGABYTE
    out = folder / "results"
    score = taken(out, "score", str(folder / "visits"), "-o", str(out), "--standard", STANDARD)
    shutil.rmtree(folder / "visits")
    places = folder / "places.parquet"
    rank = taken(out, "rank", str(out), "--scheme", SCHEME, "-o", str(places))
    shutil.rmtree(folder)
    write(
        "national", [*_said(rows, villages, made, held), *_row("bulk score", score), *_row("bulk rank", rank)]
    )


def taken(folder: Path, *args: str) -> Taken:
    """Run a command of ``chuangwei bulk``, and return what it took; its folder is looked at every second."""
    command = [str(Path(sys.executable).with_name("chuangwei")), "bulk", *args]
    start, most, done = time.perf_counter(), 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(1):
            most = max(most, _size(folder))

    watching = threading.Thread(target=watch)
    watching.start()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watching.join()
    if process.returncode:
        raise SystemExit(f"chuangwei bulk {args[0]}: {process.returncode}")
    seconds = time.perf_counter() - start
    most = max(most, _size(folder))
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, most / GIGABYTE)


def _size(folder: Path) -> float:
    """Return how many bytes a folder holds; a file that goes while it is looked at counts nothing."""
    found = 0
    for path in folder.glob("**/*"):
        try:
            found += path.stat().st_size
        except FileNotFoundError:
            continue
    return float(found)


def _said(rows: int, villages: int, made: float, held: float) -> list[str]:
    return [
        "", "## The nation", "",
        f"{rows:,} visits to {villages:,} villages in {-(-villages // scale.VILLAGES):,} townships, made up (`make national`;"
        f" {held:.1f} GB of Parquet, written in {made:.0f} s), under {STANDARD}, ranked by {SCHEME}, at the usual limits.",
        "", "| command | seconds | CPU seconds | MB | GB on the disk |", "|---|---|---|---|---|",
    ]  # fmt: skip


def _row(name: str, one: Taken) -> list[str]:
    return [
        f"| `chuangwei {name} …` | {one.seconds:.0f} | {one.work:.0f} | {one.megabytes:.0f} | {one.disk:.1f} |"
    ]


if __name__ == "__main__":
    main()
