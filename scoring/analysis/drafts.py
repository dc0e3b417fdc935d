"""What if: a round under a draft standard, as if it had been the law; who would move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.compile.program import compile
from scoring.errors import Problem, ScoringError
from scoring.judge.standing import Standing
from scoring.rule.standard import Standard


@dataclass(frozen=True, slots=True)
class DraftMove:
    """One standing as it was published, and as it would have been; None where the draft left the unit 未评."""

    before: Standing
    after: Standing | None

    @property
    def moved(self) -> bool:
        """Return whether the score, the grade or the rank would have been another."""
        now = self.after
        was = self.before
        return now is None or (was.low, was.high, was.grade, was.rank) != (
            now.low,
            now.high,
            now.grade,
            now.rank,
        )


@dataclass(frozen=True, slots=True)
class Redone:
    """A round under a draft, in the order of its published ranks; ``problems`` are what left units 未评."""

    round: str
    moves: tuple[DraftMove, ...]
    problems: tuple[Problem, ...] = ()


def under_draft(standards: Iterable[Standard], drafts: Sequence[Standard]) -> tuple[Standard, ...]:
    """Return a round's standards with the drafts in the place of those of their 编号, in force from the first day on.

    The law of a draft is that of its own first day. Raises ScoringError for a draft whose 编号 the round does not use.
    """
    known = tuple(standards)
    used = {one.id for one in known}
    wrong = [
        Problem(
            str(one.path or ""), message=f"这一轮没有用标准“{one.id}”", hint="草案的编号要和它取代的标准一样"
        )
        for one in drafts
        if one.id not in used
    ]
    if wrong:
        raise ScoringError(wrong)
    replaced = {one.id for one in drafts}
    return (*(one for one in known if one.id not in replaced), *map(_from_ever, drafts))


def redone(
    round: str, before: Iterable[Standing], after: Iterable[Standing], problems: Sequence[Problem]
) -> Redone:
    """Return who would have moved in a round; the order of ``before`` is kept."""
    again = {(one.unit.id, one.standard): one for one in after}
    return Redone(
        round,
        tuple(DraftMove(one, again.get((one.unit.id, one.standard))) for one in before),
        tuple(problems),
    )


def _from_ever(draft: Standard) -> Standard:
    """Return a draft as it stands on its first day, in force from the beginning of time."""
    here = {id(clause.card) for clause in compile(draft, draft.starts).clauses}
    items = tuple(
        item.model_copy(
            update={
                "clauses": tuple(
                    clause.model_copy(update={"starts": None, "ends": None})
                    for clause in item.clauses
                    if id(clause) in here
                )
            }
        )
        for item in draft.items
    )
    return draft.model_copy(update={"starts": date.min, "ends": None, "items": items})
