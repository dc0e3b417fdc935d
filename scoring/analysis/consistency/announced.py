"""Do announced visits (明察) look better than unannounced ones (暗访)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from scoring.analysis.consistency.leniency import scored_visit
from scoring.points import publish_fraction
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class AnnouncedGap:
    """How much higher the ``units`` that had both kinds of visits scored at the announced ones."""

    gap: Decimal
    units: int


def announced_gap(
    units: Iterable[Sequence[ScoreCard]], announced: Collection[str], unannounced: Collection[str]
) -> AnnouncedGap | None:
    """Return the mean gap over the units that had both, None where none had.

    ``units`` are the cards of one unit under one standard, unit by unit; the other two name sources.
    """
    gaps: list[Fraction] = []
    seen: set[str] = set()
    for cards in units:
        sides = [_scores(cards, sources) for sources in (announced, unannounced)]
        if all(sides):
            gaps.append(mean(sides[0]) - mean(sides[1]))
            seen.add(cards[0].inspection.unit.id)
    return AnnouncedGap(publish_fraction(mean(gaps)), len(seen)) if gaps else None


def _scores(cards: Sequence[ScoreCard], sources: Collection[str]) -> list[Fraction]:
    own = [card for card in cards if card.inspection.source in sources]
    return [scored[1] for card in own if (scored := scored_visit(card)) is not None]
