"""A cohort's standards lowered: the SQL that DuckDB runs, the same for every range of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.bulk.cohorts import Cohort
from scoring.bulk.front import BAD, FILE, ROW, Front
from scoring.bulk.ranges import Ordered, Prepared
from scoring.bulk.wording import Wording
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.sql.derive import Table
from scoring.sql.dialects import text
from scoring.sql.orders import failing, patterns_of, worded
from scoring.sql.plan import Plan, plan
from scoring.sql.results import Source, cards, findings, judged, spoken
from scoring.sql.script import VISIT, typed_names
from scoring.sql.subjects import PLACES_SUFFIX, Subject, subjects
from scoring.sql.whole import TooWideError

DEADLINES = "deadlines"


def prepared(
    cohort: Cohort, number: int, front: Front, infer: Infer, versions: Mapping[int, int], calendar: Calendar
) -> Prepared:
    """Return what is run for a cohort; ``number`` tells its tables from those of the others.

    Raises ScoringError where a standard holds a number that is too large for the engine.
    """
    found = lowered(cohort, front, infer)
    source = Source(f"judged_{number}", VISIT)
    results = {
        "cards": list(cards(found, source, versions)),
        "findings": list(findings(found, source)),
    }
    about = subjects(found, front.placed)
    asked = [failing(one, source, front.words) for one in about]
    table = judged(found, source, [query for each in (*results.values(), asked) for query in each])
    return Prepared(
        cohort,
        source,
        len(table.expressions),
        frozenset(_columns(front)).intersection(spoken(table)),
        text(table),
        {name: [text(query) for query in each] for name, each in results.items()},
        [_ordered(one, place, source, front, calendar) for place, one in enumerate(about, start=1)],
    )


def _ordered(subject: Subject, place: int, source: Source, front: Front, calendar: Calendar) -> Ordered:
    """Return what is run for the orders about a subject."""
    table = f"wording_{source.name}_{place}"
    patterns = patterns_of(subject, failing(subject, source))
    visits = failing(subject, source, front.words)
    return Ordered(
        Wording(subject, front.filled, calendar),
        table,
        text(patterns),
        text(worded(subject, visits, source.keys, table, DEADLINES, front.filled)),
    )


def _columns(front: Front) -> Sequence[str]:
    """Return the columns of the typed table."""
    spots = (name + PLACES_SUFFIX for name in front.placed)
    return (FILE, ROW, BAD, *typed_names(list(front.fields), front.signed), *front.words, *spots)


def lowered(cohort: Cohort, front: Front, infer: Infer) -> Plan:
    """Return the plan of a cohort; raises ScoringError where a number is too large for the engine."""
    table = Table(front.asks, front.signed, frozenset(front.fields) - front.asks)
    try:
        return plan(cohort.programs, cohort.kind, table, infer, _columns(front))
    except TooWideError:
        names = "、".join(one.standard.name for one in cohort.programs)
        message = "算式里的数可能超过 38 位，不能成批评分"
        raise ScoringError(
            [Problem(where=names, message=message, hint="给检查项写上 最大，或把算式分成几步")]
        ) from None
