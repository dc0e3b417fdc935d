"""What a round says of its units: several visits averaged, ranks within a peer group, roll-ups.

The plain round: every visit counts alike. A visit at which nothing could be checked (锁门) is shown but not averaged:
it says nothing of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from scoring.inspection import Unit
from scoring.points import ZERO, ratio
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from scoring.verdict import band


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit under one standard: the plain mean of its visits' published scores, rounded once.

    ``low`` and ``high`` are None where no visit was checked or nothing is applicable; ``score`` is settled when they
    are equal. ``rank`` is the standard competition rank (1-2-2-4) among the units of one standard and 类别, None
    without a score.
    """

    unit: Unit
    standard: Standard
    cards: tuple[ScoreCard, ...]
    low: Decimal | None
    high: Decimal | None
    grade: str | None
    rank: int | None = None

    @property
    def score(self) -> Decimal | None:
        """Return the score where it is settled."""
        return self.low if self.low == self.high else None

    @property
    def counted(self) -> tuple[ScoreCard, ...]:
        """Return the visits that the mean rests on."""
        return _counted(self.cards)


@dataclass(frozen=True, slots=True)
class Group:
    """A roll-up: how many units of a standard share a 类别 or 片区, how many are settled, and their plain mean."""

    standard: Standard
    by: str
    name: str
    units: int
    scored: int
    mean: Decimal | None


class _Mean(NamedTuple):
    """The cards of a unit under one standard, those of them that count, and the ends of their mean."""

    cards: tuple[ScoreCard, ...]
    counted: Sequence[ScoreCard]
    low: Decimal | None
    high: Decimal | None

    @property
    def score(self) -> Decimal | None:
        return self.low if self.low == self.high else None


def unit_scores(cards: Iterable[ScoreCard]) -> tuple[UnitScore, ...]:
    """Return each unit's score per standard, ranked: by 编号 of the standard, 类别, rank, then unit."""
    ordered = sorted(cards, key=lambda card: (*_subject(card), card.inspection.visit))
    means = [_of_unit(tuple(group)) for _, group in groupby(ordered, _subject)]
    peers = groupby(sorted(means, key=_place), _peers)
    return tuple(one for _, group in peers for one in _ranked(group))


def _subject(card: ScoreCard) -> tuple[str, str]:
    return card.program.standard.id, card.inspection.unit.id


def _of_unit(cards: tuple[ScoreCard, ...]) -> _Mean:
    counted = _counted(cards)
    return _Mean(
        cards, counted, _mean([card.low for card in counted]), _mean([card.high for card in counted])
    )


def _peers(one: _Mean) -> tuple[str, str]:
    last = one.cards[-1]
    return last.program.standard.id, last.inspection.unit.kind


def _place(one: _Mean) -> tuple[object, ...]:
    """Return where a unit stands: units without a score last within their group."""
    score = one.score
    return (*_peers(one), score is None, -(score or ZERO), one.cards[-1].inspection.unit.id)


def _ranked(peers: Iterable[_Mean]) -> Iterator[UnitScore]:
    """Yield the units of one group in their order; those without a score are unranked."""
    rank, previous = 0, None
    for place, one in enumerate(peers, start=1):
        score, last = one.score, one.cards[-1]
        if score is not None and score != previous:
            rank, previous = place, score
        yield UnitScore(
            last.inspection.unit,
            last.program.standard,
            one.cards,
            one.low,
            one.high,
            _grade(one.counted, one.low, one.high) if one.counted else None,
            None if score is None else rank,
        )


def _counted(cards: Sequence[ScoreCard]) -> tuple[ScoreCard, ...]:
    return tuple([card for card in cards if card.coverage and card.low is not None])


def _mean(scores: Sequence[Decimal | None]) -> Decimal | None:
    if len(scores) == 1:
        return scores[0]
    known = [score for score in scores if score is not None]
    return ratio(sum(known, ZERO), Decimal(len(known))) if known else None


def _grade(cards: Sequence[ScoreCard], low: Decimal | None, high: Decimal | None) -> str | None:
    """Return the mean's grade by the last visit's law; a veto at any visit vetoes the unit."""
    program = cards[-1].program
    vetoes = [veto for card in cards for veto in card.vetoes]
    if vetoes and any(veto.certain for veto in vetoes):
        return program.standard.veto_grade
    if low is None or high is None:
        return None
    worst = band(program, low)
    best = worst if low == high else band(program, high)
    return best if worst == best and (not vetoes or best == program.standard.veto_grade) else None


def groups(scores: Iterable[UnitScore]) -> tuple[Group, ...]:
    """Return the roll-ups by 类别 and 片区 of each standard."""
    found: dict[tuple[str, str, str], list[UnitScore]] = {}
    for one in scores:
        for by, name in (("类别", one.unit.kind), ("片区", one.unit.area)):
            if name:
                found.setdefault((one.standard.id, by, name), []).append(one)
    return tuple(
        Group(members[0].standard, by, name, len(members), sum(one.score is not None for one in members),
              _mean([one.score for one in members]))
        for (_, by, name), members in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] != "类别", pair[0]))
    )  # fmt: skip
