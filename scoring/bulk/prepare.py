"""A cohort's standards lowered: the SQL that DuckDB runs, the same for every range of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.bulk.cohorts import Cohort
from scoring.bulk.front import BAD, FILE, ROW, Front
from scoring.bulk.past.earlier import FOLDER
from scoring.bulk.past.join import RAISED_FOLDER
from scoring.bulk.ranges import Ordered, Prepared
from scoring.bulk.repeated import TYPE, repeated
from scoring.bulk.wording import Wording
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.sql.checked import checked
from scoring.sql.climb import STEPS_SUFFIX, WHY_SUFFIX, Rung, climbing
from scoring.sql.derive import Table
from scoring.sql.dialects import text
from scoring.sql.orders import failing, patterns_of, worded
from scoring.sql.plan import Plan, plan
from scoring.sql.raised import raised
from scoring.sql.results import Source, cards, findings, judged, listed, mentioned
from scoring.sql.script import VISIT, typed_names
from scoring.sql.subjects import PLACES_SUFFIX, Subject, subjects
from scoring.sql.whole import TooWideError

DEADLINES = "deadlines"


def prepared(
    cohort: Cohort,
    number: int,
    front: Front,
    infer: Infer,
    versions: Mapping[int, int],
    calendar: Calendar,
    ladder: Sequence[Rung] | None = None,
) -> Prepared:
    """Return what is run for a cohort; ``number`` tells its tables from those of the others.

    With a ``ladder``, if only an empty one, it also says what passed and what failed, for the rounds to come.
    Raises ScoringError where a standard holds a number that is too large for the engine.
    """
    dearer = tuple(climbing(cohort.programs, cohort.kind)) if ladder else ()
    found = lowered(cohort, front, infer, ladder or (), dearer)
    source = Source(f"judged_{number}", VISIT)
    results = {
        "cards": list(cards(found, source, versions)),
        "findings": list(findings(found, source)),
        **(
            {}
            if ladder is None
            else {FOLDER: list(checked(found, source)), RAISED_FOLDER: list(raised(found, source))}
        ),
    }
    about = subjects(found, front.placed)
    asked = [failing(one, source, front.words) for one in about]
    table = judged(found, source, [query for each in (*results.values(), asked) for query in each])
    words = frozenset(repeated(cohort.programs))
    return Prepared(
        cohort,
        source,
        len(table.expressions),
        mentioned(table).intersection(_columns(front)).union([ROW] if dearer else []),
        text(table),
        {name: [text(listed(query, words, TYPE)) for query in each] for name, each in results.items()},
        [_ordered(one, place, source, front, calendar, words) for place, one in enumerate(about, start=1)],
        dearer,
    )


def _ordered(
    subject: Subject, place: int, source: Source, front: Front, calendar: Calendar, words: frozenset[str]
) -> Ordered:
    """Return what is run for the orders about a subject."""
    table = f"wording_{source.name}_{place}"
    patterns = patterns_of(subject, failing(subject, source))
    visits = failing(subject, source, front.words)
    return Ordered(
        Wording(subject, front.filled, calendar),
        table,
        text(patterns),
        text(listed(worded(subject, visits, source.keys, table, DEADLINES, front.filled), words, TYPE)),
        subject.only,
    )


def _columns(front: Front) -> Sequence[str]:
    """Return the columns of the typed table."""
    spots = (name + PLACES_SUFFIX for name in front.placed)
    return (FILE, ROW, BAD, *typed_names(list(front.fields), front.signed), *front.words, *spots)


def lowered(
    cohort: Cohort,
    front: Front,
    infer: Infer,
    ladder: Sequence[Rung] = (),
    climbing: Sequence[str] = (),
) -> Plan:
    """Return the plan of a cohort; raises ScoringError where a number is too large for the engine."""
    steps = [id + suffix for id in climbing for suffix in (STEPS_SUFFIX, WHY_SUFFIX)]
    table = Table(front.asks, front.signed, frozenset(front.fields) - front.asks)
    try:
        return plan(cohort.programs, cohort.kind, table, infer, [*_columns(front), *steps], ladder)
    except TooWideError:
        names = "、".join(one.standard.name for one in cohort.programs)
        message = "算式里的数可能超过 38 位，不能成批评分"
        raise ScoringError(
            [Problem(where=names, message=message, hint="给检查项写上 最大，或把算式分成几步")]
        ) from None
