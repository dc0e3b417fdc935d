"""Several visits under one law as one: what each clause takes of the score on average, not rounded; and two compared.

A mean or 折算 that does not come out even is carried to 28 digits; ``points.publish_quotient`` knows of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.movement.card_sum import CardSum
from scoring.compile.program import Program
from scoring.points import ZERO

BONUS = "加分"


@dataclass(frozen=True, slots=True)
class MeanCard:
    """The mean of some settled cards before any rounding: ``scale`` less what the clauses take, plus ``bonus``.

    ``taken`` holds, by 编号, the points of the score that a clause takes, 折算 included, and ``lost`` those before 折算;
    ``stretch`` is the mean factor of 折算. ``excused`` are the clauses that applied at no visit.
    """

    scale: Decimal
    stretch: Decimal
    taken: Mapping[str, Decimal]
    lost: Mapping[str, Decimal]
    bonus: Decimal
    excused: frozenset[str]
    names: Mapping[str, str]

    @property
    def score(self) -> Decimal:
        """Return the mean score."""
        return self.scale - sum(self.taken.values(), ZERO) + self.bonus


@dataclass(frozen=True, slots=True)
class Split:
    """What moved between two mean cards: by clause (编号, name, points), and through what applies (不适用)."""

    facts: tuple[tuple[str, str, Decimal], ...]
    excused: Decimal


def mean_card(cards: Sequence[CardSum]) -> MeanCard | None:
    """Return the mean of some cards; None where there is none or one is not settled."""
    if not cards or any(card.score is None or not card.applicable for card in cards):
        return None
    taken: dict[str, Decimal] = defaultdict(Decimal)
    lost: dict[str, Decimal] = defaultdict(Decimal)
    scale = stretch = bonus = ZERO
    names: dict[str, str] = {}
    applied: set[str] = set()
    for (program, applicable), some in _alike(cards).items():
        factor = program.scale / applicable
        scale += program.scale * len(some)
        stretch += factor * len(some)
        bonus += sum((card.bonus for card in some), ZERO)
        names |= program.names
        applied |= program.names.keys() - frozenset.intersection(*(card.excused for card in some))
        for id, points in _sums(some).items():
            share = points / len(cards)
            lost[id] += share
            taken[id] += share if factor == 1 else share * factor
    mean = [one / len(cards) for one in (scale, stretch, bonus)]
    return MeanCard(mean[0], mean[1], taken, lost, mean[2], frozenset(names.keys() - applied), names)


def _alike(cards: Sequence[CardSum]) -> Mapping[tuple[Program, Decimal], list[CardSum]]:
    found: dict[tuple[Program, Decimal], list[CardSum]] = defaultdict(list)
    for card in cards:
        found[card.program, card.applicable].append(card)
    return found


def _sums(cards: Sequence[CardSum]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for card in cards:
        for id, points in card.lost.items():
            found[id] += points
    return found


def split(old: MeanCard, new: MeanCard) -> Split:
    """Return what moved the score: facts by the old denominator, and what applicability and its denominator make of it.

    A clause that applied on one side only moves nothing as a fact: it came or went with its applicability.
    """
    facts: list[tuple[str, str, Decimal]] = []
    excused = ZERO
    for id in sorted(old.taken.keys() | new.taken.keys()):
        was, now = old.taken.get(id, ZERO), new.lost.get(id, ZERO) * old.stretch
        excused += now - new.taken.get(id, ZERO)
        if (id in old.excused) != (id in new.excused):
            excused += was - now
        elif was != now:
            facts.append((id, new.names.get(id) or old.names[id], was - now))
    if old.bonus != new.bonus:
        facts.append((BONUS, "", new.bonus - old.bonus))
    return Split(tuple(facts), excused)
