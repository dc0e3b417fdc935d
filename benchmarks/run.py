"""Measure, compare, and write README.md: ``make bench``, or some sections: ``python -m benchmarks.run bulk growth``.

The figures of a section come from one run; ratios travel, times do not.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks import bulk, documents, engines, growth, results, rounds, sheets, tables

HERE = Path(__file__).parent
ROOT = HERE.parent
ROUNDS = 7


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several runs in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def command(*args: str) -> float:
    """Return the shortest time of a process."""
    return best(lambda: subprocess.run(args, check=True, capture_output=True), 9)


def starts() -> tuple[float, float, float]:
    """Return the time of --help, of the two imports, and of scoring the demo after start-up."""
    chuangwei = str(Path(sys.executable).with_name("chuangwei"))
    helped, imports = command(chuangwei, "--help"), command(sys.executable, "-c", "import typer, pydantic")
    fixtures = ROOT / "fixtures"
    whole = command(
        chuangwei, "score", str(fixtures / "clean/june.xlsx"), "--units", str(fixtures / "register.xlsx")
    )
    loaded = command(
        sys.executable,
        "-c",
        "import scoring.api, scoring.report.text, scoring.cli.app, durable_rules_engine, chinese_calendar, python_calamine",
    )
    return helped, imports, whole - loaded


MEMORY = """
import resource, sys
from scoring.api import assess_files
from scoring.sheets.register import read_register
register = read_register(sys.argv[1] + "/register.csv")
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for n in range(1000):
    assess_files([sys.argv[1] + "/clean/villages.csv"], register=register)
    if n == 99: start = peak()
print(start, peak())
"""


def memory() -> tuple[float, float]:
    """Return the peak memory in MB after 100 and after 1,000 scorings of one file in one process."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(ROOT / "fixtures")], capture_output=True, text=True, check=True
    )
    first, last = (int(part) / 1024 for part in done.stdout.split())
    return first, last


def _matching() -> Iterator[str]:
    yield from tables.matching(engines.timed())


def _command() -> Iterator[str]:
    helped, imports, demo = starts()
    first, last = memory()
    yield from tables.command(helped / imports, demo, last / first)


def _rounds() -> Iterator[str]:
    sizes = 5_000, 50_000
    yield from tables.rounds(
        {number: rounds.first_round(number) for number in sizes},
        {number: rounds.later_round(number) for number in sizes},
    )


SECTIONS: Mapping[str, Callable[[], Iterable[str]]] = {
    "matching": _matching,
    "bulk": bulk.lines,
    "growth": growth.lines,
    "command": _command,
    "rounds": _rounds,
    "sheets": sheets.lines,
    "documents": documents.lines,
}


def main() -> None:
    """Measure the sections that are named, or all, and write README.md."""
    for name in sys.argv[1:] or SECTIONS:
        lines = list(SECTIONS[name]())
        results.write(name, lines)
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
