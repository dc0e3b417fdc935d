"""A round from the lines of its cards to the standings of its units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from scoring.finding import Infer
from scoring.inspection import Unit
from scoring.judge.awards import awarded
from scoring.judge.honours import Earlier, honoured
from scoring.judge.outcome import outcome
from scoring.judge.ranking import ranked
from scoring.judge.standing import CardLine, Ends, ExtraPoints, LowerScore, Standing
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
    ``units`` are judged whether they were visited or not; ``infer`` finds the streaks. Raises ScoringError naming every
    source, standard, round and extra point that the scheme has no place for, and every card given twice.
    """
    given = tuple(lines), tuple(extras), tuple(lower), tuple(units)
    intake, without = take_in(scheme, *given), _without(scheme, *given)
    found = (
        replace(outcome(intake, subject), without=without.get(key))
        for key, subject in intake.subjects.items()
    )
    places = ranked(scheme, found)
    won = honoured(scheme, places, intake.subjects, intake.ran, earlier, infer)
    return tuple(awarded(scheme, list(won)))


def _without(
    scheme: Scheme,
    lines: Sequence[CardLine],
    extras: Sequence[ExtraPoints],
    lower: Sequence[LowerScore],
    units: Sequence[Unit],
) -> dict[tuple[str, str], Ends]:
    """Return, for each subject that 豁免 had a part in, what it would come to without any."""
    waived = [(one.unit.id, one.standard) for one in lines if one.without is not None]
    waived += [(one.unit.id, one.standard) for one in lower if one.without is not None]
    if not waived:
        return {}
    plain = [one.without or one for one in lines]
    below = [
        one if one.without is None else replace(one, low=one.without[0], high=one.without[1]) for one in lower
    ]
    intake = take_in(scheme, plain, extras, below, units)
    subjects = {(id, "" if scheme.combined else standard) for id, standard in waived}
    found = {key: outcome(intake, intake.subjects[key]) for key in subjects}
    return {key: (one.low, one.high) for key, one in found.items()}
