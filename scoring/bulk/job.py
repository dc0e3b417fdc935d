"""Everything that is settled before the first row is scored: the files, what judges what, the SQL, the ranges."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import quoted
from scoring.bulk.cohorts import Cohort, cohorts, versions
from scoring.bulk.details.attach import NONE, Attached, attached
from scoring.bulk.details.large import refuse_unlike
from scoring.bulk.front import Front, answers, front
from scoring.bulk.past.earlier import after
from scoring.bulk.past.join import Past, past
from scoring.bulk.past.ladders import Ladders, used
from scoring.bulk.prepare import DEADLINES, prepared
from scoring.bulk.ranges import Prepared, Range
from scoring.bulk.register import joined
from scoring.bulk.repeated import declare, repeated
from scoring.bulk.source import File, Input, files
from scoring.bulk.task import Task
from scoring.bulk.visit import WRONG_SUFFIX
from scoring.bulk.wording import deadlines
from scoring.compile.program import Law, Program
from scoring.compile.vocabulary import vocabulary
from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Deadline
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard

# So many numbers are held at once: a range has fewer rows where its standards have more clauses; in whole row groups of a
# Parquet file where it can, so that none is read twice, and not so few that planning its queries takes longer than they do.
CELLS, MOST_ROWS, FEWEST_ROWS, ROW_GROUP = 45_000_000, 983_040, 20_480, 122_880
Unjudged = tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A run made ready: ``programs`` by their 版本, ``unjudged`` the (类别, day) pairs that no standard judges, ``forms`` the
    检查项 of all standards.

    ``mark`` tells it from any other run: the same files, 问题明细, standards, SQL, ranges and past have the same. ``past`` is
    None without a scheme.
    """

    files: tuple[File, ...]
    prepared: tuple[Prepared, ...]
    programs: Mapping[int, Program]
    ranges: tuple[Range, ...]
    unjudged: Unjudged
    mark: str
    forms: Mapping[str, FormField]
    details: Attached = NONE
    past: Past | None = None


def settle(task: Task, connection: duckdb.DuckDBPyConnection, work: Path, rows: int = 0) -> Job:
    """Return a run made ready; ``rows`` is the size of a range, 0 for what fits.

    Raises ScoringError where an input cannot be read or nothing in it is judged by a standard.
    """
    standards = task.standards if task.scheme is None else used(task.scheme, task.standards)
    forms = vocabulary(standards)
    found = joined(files(task.inputs, connection, work), task.units, standards, connection)
    fronts = [front(one.types, forms, one.name) for one in found]
    beside = _beside(task.details, found, fronts, standards, connection, work)
    seen = {pair for one, each in zip(found, fronts, strict=True) for pair in _seen(one, each, connection)}
    fronts = [replace(one, detailed=beside.fields) for one in fronts]
    judged, unjudged = cohorts(Law(standards), seen, fronts[0].asks)
    if not judged:
        raise ScoringError([_nothing(found, standards)])
    known = _past(task, min(day for _, day in seen), connection, work)
    numbers, ladder = versions(judged), None if known is None else known.ladders.rungs
    ready = tuple(
        prepared(one, n, fronts[0], task.infer, numbers, task.calendar, ladder)
        for n, one in enumerate(judged, start=1)
    )
    programs = _programs(judged, numbers)
    declare(repeated(programs.values()), connection)
    deadlines(_wanted(judged), (day for _, day in seen), task.calendar, DEADLINES, connection)
    size = rows or _fitting(ready)
    mark = _mark((*found, *beside.files), ready, size, known)
    return Job(
        found, ready, programs, tuple(_ranges(found, fronts, size)), unjudged, mark, forms, beside, known
    )


def _beside(
    details: Sequence[Input],
    found: Sequence[File],
    fronts: Sequence[Front],
    standards: Sequence[Standard],
    connection: duckdb.DuckDBPyConnection,
    work: Path,
) -> Attached:
    """Return the 问题明细 of the visits; raises ScoringError where it cannot be read or standards count in different ways."""
    visits = list(zip(found, fronts, strict=True))
    beside = attached(files(details, connection, work), visits, vocabulary(standards), connection, work)
    refuse_unlike(beside.fields, standards)
    return beside


def _wanted(judged: Sequence[Cohort]) -> list[Deadline]:
    """Return the deadlines that the clauses set."""
    every = (clause for one in judged for program in one.programs for clause in program.clauses)
    return sorted({clause.card.remedy.deadline for clause in every}, key=str)


def _past(task: Task, first: dt.date, connection: duckdb.DuckDBPyConnection, work: Path) -> Past | None:
    """Return the past as a round that begins on a ``first`` day sees it, None without a scheme."""
    if task.scheme is None:
        return None
    known = past(task.before, Ladders(task.scheme, task.infer), connection, work)
    if problems := list(after(known.rounds, first)):
        raise ScoringError(problems)
    return known


def _seen(file: File, each: Front, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, dt.date]]:
    """Return which kinds of unit were visited on which days."""
    kind, day = quoted(columns.KIND), quoted(columns.DATE)
    typed = answers(each, file.query(0, file.rows))
    wrong = " OR ".join(quoted(name + WRONG_SUFFIX) for name in (columns.KIND, columns.DATE))
    query = f"SELECT DISTINCT {kind}, {day} FROM ({typed}) WHERE NOT COALESCE({wrong}, FALSE)"
    return connection.execute(query).fetchall()


def _nothing(found: Sequence[File], standards: Sequence[Standard]) -> Problem:
    kinds = "、".join(sorted({kind for one in standards for kind in one.kinds}))
    names = "、".join(one.name for one in found)
    return Problem(names, message="没有一行是所用标准评的", hint=f"看类别（可评: {kinds}）、检查日期和栏目")


def _programs(judged: Sequence[Cohort], numbers: Mapping[int, int]) -> Mapping[int, Program]:
    found = {numbers[id(program)]: program for one in judged for program in one.programs}
    return dict(sorted(found.items()))


def _fitting(ready: Sequence[Prepared]) -> int:
    width = max(one.width for one in ready)
    rows = max(FEWEST_ROWS, min(MOST_ROWS, CELLS // width))
    return rows // ROW_GROUP * ROW_GROUP or rows


def _ranges(found: Sequence[File], fronts: Sequence[Front], size: int) -> Iterator[Range]:
    number = 0
    for place, (one, each) in enumerate(zip(found, fronts, strict=True)):
        for first in range(0, one.rows, size):
            number += 1
            yield Range(number, one, each, first, min(first + size, one.rows) - 1, place)


def _mark(found: Sequence[File], ready: Sequence[Prepared], size: int, known: Past | None) -> str:
    said = [[(one.name, one.rows, one.print) for one in found], [one.text for one in ready], size]
    if known is not None:
        said.append(known.mark)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
