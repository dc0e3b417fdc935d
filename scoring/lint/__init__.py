"""The lint: doubts (疑点) about standards that load, so that an author learns where the table itself is faulty.

Each check is one small function in the file of its theme; ``codes.py`` is the table of what they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scoring.lint import (
    between,
    conditions,
    form,
    formalism,
    law,
    overlaps,
    prices,
    remedies,
    sums,
    trials,
    wording,
)
from scoring.lint.accepted import Acceptances
from scoring.lint.codes import CODES
from scoring.lint.doubt import Doubt
from scoring.lint.subject import Subject, prepare
from scoring.rule.casefile import CaseFile
from scoring.rule.standard import Standard

__all__ = ["CODES", "Doubt", "Lint", "lint"]

CHECKS: tuple[Callable[[Subject], Iterator[Doubt]], ...] = (
    sums.too_little,
    sums.too_much,
    sums.odd_total,
    prices.above_the_mark,
    prices.cap_out_of_reach,
    prices.cap_below_one,
    prices.uneven_bands,
    prices.gap_between_tiers,
    sums.odd_grades,
    conditions.always_true,
    conditions.never_true,
    conditions.exempt_from_all,
    conditions.idle_part,
    prices.tier_out_of_reach,
    form.unused,
    trials.no_cases,
    trials.not_in_cases,
    trials.one_sided,
    trials.never_capped,
    wording.unchecked_words,
    wording.two_things,
    remedies.no_day,
    remedies.cannot_sign,
    remedies.nobody,
    formalism.much_discretion,
    formalism.much_paper,
    formalism.unmarked_paper,
    formalism.praise,
    overlaps.counted_twice,
    form.two_names,
    wording.other_numbers,
    overlaps.mixed_item,
    law.free_veto,
    law.gap_in_force,
    law.never_in_force,
    law.idle_veto,
    form.unchecked_kind,
    conditions.blank_fails,
)
TOGETHER: tuple[Callable[[Sequence[tuple[int, Subject]]], Iterator[tuple[int, Doubt]]], ...] = (
    between.charged_twice,
    between.two_names,
    between.two_meanings,
)


@dataclass(frozen=True, slots=True)
class Lint:
    """What there is to doubt about one standard; ``accepted`` counts the doubts its author has given a reason for."""

    doubts: tuple[Doubt, ...]
    accepted: int


def lint(standards: Sequence[tuple[Standard, CaseFile | None]]) -> tuple[Lint, ...]:
    """Doubt standards, each with its cases, singly and as used together; one answer for each, in their order.

    The standards must be free of mistakes, as the loader leaves them.
    """
    subjects = [prepare(standard, cases) for standard, cases in standards]
    acceptances = [Acceptances(subject) for subject in subjects]
    found: list[list[Doubt]] = [[] for _ in subjects]
    accepted = [0] * len(subjects)
    for number, one in _all(subjects):
        places = [(number, one.loc), *([one.other] if one.other else [])]
        reasons = [acceptances[at].accept(one.code, loc) for at, loc in places]
        if any(reasons):
            accepted[number] += 1
        else:
            found[number].append(one)
    return tuple(
        Lint((*doubts, *kept.in_vain()), count)
        for doubts, kept, count in zip(found, acceptances, accepted, strict=True)
    )


def _all(subjects: Sequence[Subject]) -> Iterator[tuple[int, Doubt]]:
    for number, subject in enumerate(subjects):
        for check in CHECKS:
            yield from ((number, one) for one in check(subject))
    versions = sorted(enumerate(subjects), key=lambda pair: (pair[1].standard.id, pair[1].standard.starts))
    yield from between.gap_in_force(versions)
    latest = list({subject.standard.id: (number, subject) for number, subject in versions}.values())
    for judge in TOGETHER:
        yield from judge(latest)
