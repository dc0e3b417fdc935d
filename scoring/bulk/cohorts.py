"""Which standards judge which rows: visits to units of one kind, on days with the same law, are judged by one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.compile.program import Law, Program
from scoring.scope import scope


@dataclass(frozen=True, slots=True)
class Cohort:
    """Visits to units of a ``kind`` on some ``days`` (first to last, several spans), judged by the same programs."""

    kind: str
    programs: tuple[Program, ...]
    days: tuple[tuple[dt.date, dt.date], ...]

    @property
    def condition(self) -> str:
        """Return the condition that picks its rows out of the typed table."""
        day = quoted(columns.DATE)
        spans = " OR ".join(f"{day} BETWEEN DATE '{first}' AND DATE '{last}'" for first, last in self.days)
        return f"{quoted(columns.KIND)} = {literal(self.kind)} AND ({spans})"


def cohorts(
    law: Law, seen: Iterable[tuple[str, dt.date]], asks: frozenset[str]
) -> tuple[tuple[Cohort, ...], tuple[tuple[str, dt.date], ...]]:
    """Return the cohorts of a table that asks for some 检查项, and the (kind, day) pairs that no standard judges."""
    judged: dict[tuple[str, tuple[Program, ...]], list[dt.date]] = {}
    days: dict[str, list[dt.date]] = {}
    unjudged = []
    for kind, day in sorted(seen):
        programs = scope(law.on(day), kind, asks).programs
        days.setdefault(kind, []).append(day)
        if programs:
            judged.setdefault((kind, programs), []).append(day)
        else:
            unjudged.append((kind, day))
    found = (
        Cohort(kind, programs, tuple(_spans(own, days[kind]))) for (kind, programs), own in judged.items()
    )
    return tuple(sorted(found, key=lambda one: (one.kind, one.days))), tuple(unjudged)


def _spans(own: Sequence[dt.date], every: Sequence[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the days of a cohort as spans: days next to each other among all that occur."""
    place = {day: number for number, day in enumerate(every)}
    first = previous = own[0]
    for day in own[1:]:
        if place[day] != place[previous] + 1:
            yield first, previous
            first = day
        previous = day
    yield first, previous


def versions(found: Iterable[Cohort]) -> Mapping[int, int]:
    """Number the programs of a run from 1, by the id of each: by 编号, then 施行, then the first day they judge."""
    first: dict[int, tuple[str, dt.date, dt.date, Program]] = {}
    for one in found:
        for program in one.programs:
            standard, day = program.standard, one.days[0][0]
            known = first.get(id(program))
            if known is None or day < known[2]:
                first[id(program)] = standard.id, standard.starts, day, program
    ordered = sorted(first.values(), key=lambda each: each[:3])
    return {id(program): number for number, (*_, program) in enumerate(ordered, start=1)}
