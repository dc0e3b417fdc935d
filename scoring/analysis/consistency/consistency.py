"""一致性: what the visits of a round say of the inspectors.

What is published has two places and rests on at least one comparison; a figure that rests on fewer than ``ENOUGH`` is
to be called so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from scoring.analysis.consistency.announced import AnnouncedGap, announced_gap
from scoring.analysis.consistency.leniency import Leniency, leniency
from scoring.analysis.consistency.pairs import ClauseDispute, Pair, disputes, pairs
from scoring.points import publish_fraction, ratio
from scoring.tally import ScoreCard

ENOUGH = 5
ANNOUNCED, UNANNOUNCED = ("明察",), ("暗访",)


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the visits of a round say of the inspectors; None where there is nothing to compare.

    ``alike`` is the share of clauses judged alike over all pairs, ``apart`` the mean distance of their scores.
    """

    pairs: tuple[Pair, ...]
    alike: Decimal | None
    apart: Decimal | None
    disputes: tuple[ClauseDispute, ...]
    leniency: tuple[Leniency, ...]
    announced: AnnouncedGap | None

    @property
    def doubles(self) -> int:
        """Return how many double inspections there were, each once however many standards it was judged by."""
        return len({pair.visits for pair in self.pairs})


def consistency(
    cards: Iterable[ScoreCard],
    announced: Collection[str] = ANNOUNCED,
    unannounced: Collection[str] = UNANNOUNCED,
) -> Consistency:
    """Compare the cards of a round, from sheets or from a database; their order is no matter.

    ``announced`` and ``unannounced`` name sources.
    """
    visits: dict[tuple[str, str], list[ScoreCard]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: (card.program.standard.id, card.inspection.visit)):
        visits[card.program.standard.id, card.inspection.unit.id].append(card)
    units = list(visits.values())
    found = tuple(pair for own in units for pair in pairs(own))
    judged, alike = sum(pair.judged for pair in found), sum(pair.alike for pair in found)
    distances = [Fraction(pair.apart) for pair in found if pair.apart is not None]
    return Consistency(
        found,
        ratio(Decimal(alike), Decimal(judged)) if judged else None,
        publish_fraction(mean(distances)) if distances else None,
        disputes(found),
        leniency(units),
        announced_gap(units, announced, unannounced),
    )
