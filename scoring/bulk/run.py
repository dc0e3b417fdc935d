"""A run from inputs to a folder of results: settle what judges what, score range by range, sum up, record."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from scoring.bulk.cells import literal
from scoring.bulk.engine import USUAL, Limits, connected, fresh
from scoring.bulk.job import Job, settle
from scoring.bulk.journal import Journal
from scoring.bulk.past.earlier import FOLDER
from scoring.bulk.past.join import RAISED_FOLDER
from scoring.bulk.ranges import RESULTS, score
from scoring.bulk.record import Outcome, Totals, write_record
from scoring.bulk.rollups import rollups
from scoring.bulk.task import Task
from scoring.bulk.units import means, units
from scoring.bulk.whole_units import doubtful, left_out

WORK = ".work"
Progress = Callable[[int, int], None]


def unwatched(done: int, rows: int) -> None:
    """Watch nothing go by."""
    del done, rows


def run(task: Task, out: Path, limits: Limits = USUAL, progress: Progress = unwatched) -> Outcome:
    """Score tables of visits into a folder; one that was stopped goes on where it was.

    Raises ScoringError where an input cannot be read, nothing is judged, or the folder holds other results.
    """
    if not (out / WORK).is_dir():
        fresh(out)
    work = out / WORK
    for name in (*RESULTS, WORK, *([FOLDER, RAISED_FOLDER] if task.scheme else [])):
        (out / name).mkdir(parents=True, exist_ok=True)
    with connected(work, limits) as connection:
        job = settle(task, connection, work, limits.rows)
        journal = Journal(work, job.mark)
        if job.details.refused:
            shutil.copyfile(job.details.problems, out / "problems" / "details.parquet")
        rows = sum(one.last - one.first + 1 for one in job.ranges)
        # Each join is written in the order it is to be done; to look for another takes long in wide tables.
        connection.execute("SET disabled_optimizers = 'join_order'")
        for one in job.ranges:
            if one.number not in journal.done:
                journal.add(score(one, job.prepared, job.details, connection, out, job.past))
            progress(sum(done.rows for done in journal.done.values()), rows)
        connection.execute("RESET disabled_optimizers")
        outcome = write_record(job, _summed(job, journal, connection, out), connection, out)
    shutil.rmtree(work)
    return outcome


def _summed(job: Job, journal: Journal, connection: duckdb.DuckDBPyConnection, out: Path) -> Totals:
    """Leave out the units with problems, and write the means, ranks and roll-ups of the others."""
    work, table = out / WORK, out / "units.parquet"
    cards = f"SELECT * FROM read_parquet({literal(str(out / 'cards' / '*.parquet'))})"
    middle = work / "means.parquet"
    means(cards, job.programs, connection, middle)
    twice = out / "problems" / "units.parquet"
    if not twice.exists():
        doubtful(cards, middle, connection, twice)
    problems = sorted((out / "problems").glob("*.parquet"))
    unscored = left_out(out, problems, connection)
    if unscored:
        means(cards, job.programs, connection, middle)
    units(middle, job.programs, connection, table)
    uncoded = rollups(table, job.programs.values(), connection, out / "rollups.parquet")
    return Totals.of(journal.done.values(), unscored, uncoded, job.details)
