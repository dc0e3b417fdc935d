"""Several visits under one law as one: what each clause takes of the score on average, exactly; and two of them compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.compile.program import Program
from scoring.finding import Result
from scoring.points import ZERO
from scoring.tally import ScoreCard

NONE = Fraction(0)
BONUS = "加分"


@dataclass(frozen=True, slots=True)
class MeanCard:
    """The mean of some settled cards before any rounding: ``scale`` less what the clauses take, plus ``bonus``.

    ``taken`` holds, by 编号, the points of the score that a clause takes, 折算 included, and ``lost`` those before 折算;
    ``stretch`` is the mean factor of 折算. ``excused`` are the clauses that applied at no visit.
    """

    scale: Fraction
    stretch: Fraction
    taken: Mapping[str, Fraction]
    lost: Mapping[str, Fraction]
    bonus: Fraction
    excused: frozenset[str]
    names: Mapping[str, str]

    @property
    def score(self) -> Fraction:
        """Return the mean score."""
        return self.scale - sum(self.taken.values(), NONE) + self.bonus


@dataclass(frozen=True, slots=True)
class Split:
    """What moved between two mean cards: by clause (编号, name, points), and through what applies (不适用)."""

    facts: tuple[tuple[str, str, Fraction], ...]
    excused: Fraction


def mean_card(cards: Sequence[ScoreCard]) -> MeanCard | None:
    """Return the mean of some cards; None where there is none or one is not settled."""
    if not cards or any(card.score is None or not card.applicable for card in cards):
        return None
    taken: dict[str, Fraction] = defaultdict(Fraction)
    lost: dict[str, Fraction] = defaultdict(Fraction)
    applied: set[str] = set()
    scale = stretch = bonus = NONE
    names: dict[str, str] = {}
    # Fractions are slow: what is stretched alike is added up first.
    alike: dict[tuple[Program, Decimal], list[ScoreCard]] = defaultdict(list)
    for card in cards:
        alike[card.program, card.applicable].append(card)
    for (program, applicable), some in alike.items():
        factor = Fraction(program.scale) / Fraction(applicable)
        scale += Fraction(program.scale) * len(some)
        stretch += factor * len(some)
        bonus += Fraction(sum((card.bonus.low for card in some), ZERO))
        for number, clause in enumerate(program.clauses):
            id = clause.card.id
            names[id] = clause.card.name
            if points := sum((card.losses[number] for card in some), ZERO):
                lost[id] += Fraction(points) / len(cards)
                taken[id] += Fraction(points) * factor / len(cards)
            if any(card.findings[number].result is not Result.NOT_APPLICABLE for card in some):
                applied.add(id)
    mean = [one / len(cards) for one in (scale, stretch, bonus)]
    return MeanCard(mean[0], mean[1], taken, lost, mean[2], frozenset(names.keys() - applied), names)


def split(old: MeanCard, new: MeanCard) -> Split:
    """Return what moved the score: facts by the old denominator, and what applicability and its denominator make of it.

    A clause that applied on one side only moves nothing as a fact: it came or went with its applicability.
    """
    names = {**old.names, **new.names}
    facts: list[tuple[str, str, Fraction]] = []
    excused = NONE
    for id in sorted(names):
        was, now = old.taken.get(id, NONE), new.lost.get(id, NONE) * old.stretch
        excused += now - new.taken.get(id, NONE)
        if (id in old.excused) != (id in new.excused):
            excused += was - now
        elif was != now:
            facts.append((id, names[id], was - now))
    if old.bonus != new.bonus:
        facts.append((BONUS, "", new.bonus - old.bonus))
    return Split(tuple(facts), excused)
