"""A round from the lines of its cards to the standings of its units."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from scoring.finding import Infer
from scoring.inspection import Unit
from scoring.judge.awards import awarded
from scoring.judge.honours import Earlier, honoured
from scoring.judge.outcome import outcome
from scoring.judge.ranking import ranked
from scoring.judge.standing import CardLine, ExtraPoints, LowerScore, Standing
from scoring.judge.subjects import take_in
from scoring.rule.scheme import Scheme

_NONE: Earlier = MappingProxyType({})


def standings(
    scheme: Scheme,
    lines: Iterable[CardLine],
    extras: Iterable[ExtraPoints] = (),
    lower: Iterable[LowerScore] = (),
    earlier: Earlier = _NONE,
    units: Iterable[Unit] = (),
    *,
    infer: Infer,
) -> tuple[Standing, ...]:
    """Return what each unit of a round comes to: by standard, group, rank, then unit; the unranked last in their group.

    ``earlier`` holds, by (unit's id, standard), what was won (grade and honours) in the rounds before of the same
    scheme, the newest last, empty for a round that passed the unit by; the standard is "" where several are added up.
    ``units`` are judged whether they were visited or not; ``infer`` finds the streaks. Raises ScoringError naming every source, standard, round and
    extra point that the scheme has no place for, and every card given twice.
    """
    intake = take_in(scheme, tuple(lines), tuple(extras), tuple(lower), tuple(units))
    places = ranked(scheme, (outcome(intake, subject) for subject in intake.subjects.values()))
    found = honoured(scheme, places, intake.subjects, intake.ran, earlier, infer)
    return tuple(awarded(scheme, list(found)))
