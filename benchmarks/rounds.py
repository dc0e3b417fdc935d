"""Rounds of many visits, step by step as the command takes them: each in a process of its own, with its peak memory.

``python -m benchmarks.rounds STEP VISITS FOLDER`` is such a process; it prints seconds and megabytes.
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import visits
from scoring.api import columns_for
from scoring.infer import choose
from scoring.inspection import Inspection, Origin
from scoring.load.rules import shipped, shipped_schemes
from scoring.sheets.read import read_sheets
from scoring.sheets.register import Register
from scoring.store import Store
from scoring.workdays import WorkCalendar

MAY, JUNE = "2026-05", "2026-06"
FIRST = ("open the file", "read the CSV", "read the XLSX", "import", "score", "status", "rank", "close")
AFTER = ("import", "score", "rank", "close", "compare")
_SIGNED = {"who": "李建国", "at": "2026-07-01T09:00:00+08:00"}
Figure = tuple[float, float]
Timed = Callable[[], object]


def first_round(number: int) -> dict[str, Figure]:
    """Return the seconds and megabytes of each step of a round of so many visits, the first in its file."""
    return _measured("sheets", FIRST, number)


def later_round(number: int) -> dict[str, Figure]:
    """Return the same of a round after a closed one of as many visits, so that history and its ladder act."""
    return _measured("history", AFTER, number)


def _measured(before: str, steps: Iterable[str], number: int) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder:
        _process(before, number, folder)
        return {step: _process(step, number, folder) for step in steps}


def _process(step: str, number: int, folder: str) -> Figure:
    command = [sys.executable, "-m", "benchmarks.rounds", step, str(number), folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


class Town:
    """A township in a folder: its units, its sheets of June and its database."""

    def __init__(self, visited: int, folder: Path) -> None:
        self.units = visits.villages(visited // visits.PER_UNIT)
        self.csv, self.xlsx, self._database = folder / "六月.csv", folder / "六月.xlsx", folder / "考核.db"

    def store(self) -> Store:
        """Open the database."""
        return Store(self._database, calendar=WorkCalendar(), infer=choose(None)[0])

    def visits(self, month: str) -> list[Inspection]:
        """Return the visits of a month."""
        return list(visits.month(self.units, month))

    def open_round(self, month: str) -> None:
        """Open the round of a month."""
        first = dt.date.fromisoformat(f"{month}-01")
        scheme = next(one for one in shipped_schemes() if one.id == "YK")
        used = [one for one in shipped() if one.id in {each.id for each in scheme.standards}]
        days = first, first.replace(day=28)
        self.store().rounds.open(month, days, scheme, used, self.units, **_SIGNED)


def _sheets(town: Town) -> Timed:
    seen = town.visits(JUNE)
    return lambda: (visits.write_csv(town.csv, seen), visits.write_xlsx(town.xlsx, seen))


def _history(town: Town) -> Timed:
    def close_may() -> None:
        town.open_round(MAY)
        rounds = town.store().rounds
        rounds.take_in(MAY, town.visits(MAY), [], **_SIGNED)
        rounds.score(MAY, **_SIGNED)
        rounds.close(MAY, **_SIGNED)

    return close_may


def _read(sheet: str, town: Town) -> Timed:
    """Read a sheet; what is read must be what was written."""
    columns, register = columns_for(shipped()), Register.of(town.units)
    path = town.csv if sheet == "CSV" else town.xlsx

    def read() -> None:
        found = read_sheets([path], columns, register)
        assert len(found.inspections) == len(town.units) * visits.PER_UNIT
        first = replace(found.inspections[0], origin=Origin())
        assert first == next(visits.month(town.units, JUNE)), first

    return read


def _import(town: Town) -> Timed:
    town.open_round(JUNE)
    store, seen = town.store(), town.visits(JUNE)
    return lambda: store.rounds.take_in(JUNE, seen, [], **_SIGNED)


def _on_round(act: str, town: Town) -> Timed:
    rounds = town.store().rounds
    signed = _SIGNED if act in ("score", "close") else {}
    return partial(getattr(rounds, act), JUNE, **signed)


STEPS: Mapping[str, Callable[[Town], Timed]] = {
    "sheets": _sheets,
    "history": _history,
    "read the CSV": partial(_read, "CSV"),
    "read the XLSX": partial(_read, "XLSX"),
    "open the file": lambda town: town.store,
    "import": _import,
    "score": partial(_on_round, "score"),
    "status": partial(_on_round, "status"),
    "rank": partial(_on_round, "ranking"),
    "close": partial(_on_round, "close"),
    "compare": lambda town: partial(town.store().analyses.compare, MAY, JUNE),
}


def main(step: str, number: str, folder: str) -> None:
    """Run one step and print what it took."""
    timed = STEPS[step](Town(int(number), Path(folder)))
    start = time.perf_counter()
    timed()
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
