"""What was measured, as the tables of README.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.engines import FEW, RECORDS, Timed
from benchmarks.rounds import Figure

Rounds = Mapping[int, Mapping[str, Figure]]


def head() -> Iterator[str]:
    """Yield what the figures are of."""
    yield "# Benchmarks"
    yield ""
    yield (
        f"Written by `make bench` on CPython {platform.python_version()}, {os.cpu_count()} cores."
        " Ratios travel to other machines, times do not. A section alone: `python -m benchmarks.run bulk growth`; its text is"
        " in results/. The nation: `make national NATIONAL=folder`."
    )


def matching(rows: Sequence[Timed]) -> Iterator[str]:
    """Yield the table of the ways to ask 40 conditions, the fastest other engine = 1."""
    fastest = min(one.seconds for one in rows if one.engine.other)
    yield from ("", f"## 40 conditions on {RECORDS:,} records", "")
    yield (
        "The others only match; ours also checks the answers and returns what the table says. Each in its fastest sensible"
        " form, all compiled before; one process, processor time, the shortest of several rounds; memory is what one run"
        f" adds in a process of its own. All find the same faults (checked in the run; experta on {FEW} records, which it"
        " needs a shim for on Python 3.10 and later). The first three rows"
        " show where our time goes: finding the faults, making the cards, and making means and orders."
    )
    yield ""
    yield "| engine | what it returns | µs a record | speed, fastest other = 1 | MB |"
    yield "|---|---|---|---|---|"
    for one in rows:
        said = f"| {one.engine.name} | {one.engine.returns} | {one.seconds * 1e6:.0f} "
        yield f"{said}| {fastest / one.seconds:.2f} | {one.megabytes:.1f} |"


def command(helped: float, demo: float, grown: float) -> Iterator[str]:
    """Yield the table of the command: two ratios, and the seconds of the demo."""
    yield from ("", "## The command", "", "| what | figure |", "|---|---|")
    yield f'| `chuangwei --help` ÷ `python -c "import typer, pydantic"` | {helped:.2f} |'
    yield f"| the demo month (389 visits, XLSX) scored and printed, after start-up | {demo:.2f} s |"
    yield f"| peak memory after 1,000 scorings in one process ÷ after 100 | {grown:.2f} |"


def rounds(first: Rounds, later: Rounds) -> Iterator[str]:
    """Yield the tables of rounds: seconds by number of visits, how they grow, and the peak memory of the largest."""
    yield from ("", "## A round of many visits", "")
    yield (
        "Villages under 治五乱 and 人居环境月考核, ten visits each. Each step is a process of its own, measured after"
        " start-up. Growth is the largest ÷ the smallest, and as many times more visits would be linear."
    )
    yield from _steps("The first round of a file", first)
    yield from _steps(
        "A round after a closed one of as many visits: history is asked and the ladder acts", later
    )


def _steps(title: str, measured: Rounds) -> Iterator[str]:
    sizes = sorted(measured)
    least, most = measured[sizes[0]], measured[sizes[-1]]
    visits = " | ".join(f"{size:,}" for size in sizes)
    yield from ("", f"{title}, by visits:", "")
    yield f"| seconds | {visits} | growth, × {sizes[-1] // sizes[0]} visits | MB at {sizes[-1]:,} |"
    yield "|---" * (len(sizes) + 3) + "|"
    for step, (seconds, megabytes) in most.items():
        times = " | ".join(f"{measured[size][step][0]:.2f}" for size in sizes)
        yield f"| {step} | {times} | {seconds / least[step][0]:.1f} | {megabytes:.0f} |"
