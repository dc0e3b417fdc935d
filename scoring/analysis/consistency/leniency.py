"""尺度: who scores above or below what others found at the same units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from scoring.points import publish_fraction
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class Leniency:
    """How far an inspector's scores lie above (松) or below (紧) the mean of the unit's visits by others.

    ``visits`` is the number of visits it rests on, each once however many standards it was judged by.
    """

    inspector: str
    deviation: Decimal
    visits: int


def leniency(units: Iterable[Sequence[ScoreCard]]) -> tuple[Leniency, ...]:
    """Return each inspector's mean deviation, the most lenient first; no one without a visit to compare.

    ``units`` are the cards of one unit under one standard, unit by unit.
    """
    found: dict[str, list[Fraction]] = defaultdict(list)
    visits: dict[str, set[object]] = defaultdict(set)
    for cards in units:
        for inspector, own, others in _compared(cards):
            found[inspector] += [score - others for _, score in own]
            visits[inspector] |= {visit for visit, _ in own}
    rows = [Leniency(name, publish_fraction(mean(own)), len(visits[name])) for name, own in found.items()]
    return tuple(sorted(rows, key=lambda one: (-one.deviation, one.inspector)))


def _compared(
    cards: Sequence[ScoreCard],
) -> Iterable[tuple[str, Sequence[tuple[object, Fraction]], Fraction]]:
    """Yield each inspector of a unit with the visits and scores that are theirs, and the mean of all others'."""
    own: dict[str, list[tuple[object, Fraction]]] = defaultdict(list)
    everyone = [scored for card in cards if (scored := scored_visit(card)) is not None]
    whole = sum((score for _, score in everyone), Fraction(0))
    for card in cards:
        if (scored := scored_visit(card)) is not None:
            for inspector in card.inspection.inspectors:
                own[inspector].append(scored)
    for inspector, theirs in own.items():
        if len(theirs) < len(everyone):
            rest = whole - sum((score for _, score in theirs), Fraction(0))
            yield inspector, theirs, rest / (len(everyone) - len(theirs))


def scored_visit(card: ScoreCard) -> tuple[object, Fraction] | None:
    """Return a card's visit and its score, None where nothing was checked or the score is not settled."""
    if not card.checked or card.score is None:
        return None
    return card.inspection.visit, Fraction(card.score)
