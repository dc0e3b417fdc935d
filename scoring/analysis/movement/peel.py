"""One round's score of a unit taken apart, layer by layer, from what was published down to the plain mean of its visits.

附加 is what the total differs by from its visits, 阶梯 what they differ by from the same visits without history, 申诉 from
the same visits as first recorded, 抽样 from their plain mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.analysis.movement.mean_card import MeanCard, mean_card
from scoring.inspection import Inspection
from scoring.points import ZERO, ratio
from scoring.score import Scorer
from scoring.tally import ScoreCard

Combine = Callable[[Sequence[ScoreCard]], Decimal | None]


@dataclass(frozen=True, slots=True)
class Side:
    """One unit under one standard in one round: what was published, and the cards that it rests on.

    ``first`` are the records of amended visits as they stood before 更正.
    """

    round: str
    score: Decimal | None
    cards: tuple[ScoreCard, ...]
    first: tuple[Inspection, ...] = ()


def plain_mean(cards: Sequence[ScoreCard]) -> Decimal | None:
    """Return the plain mean of some visits' published scores, None where one is not settled or there is none."""
    scores = [card.score for card in _counted(cards)]
    known = [score for score in scores if score is not None]
    return ratio(sum(known, ZERO), Decimal(len(known))) if known and len(known) == len(scores) else None


@dataclass(frozen=True, slots=True)
class Peeled:
    """One side taken apart, from the published score down to the plain mean of its visits."""

    cards: tuple[ScoreCard, ...]
    mean: MeanCard
    extra: Fraction
    ladder: Fraction
    appeal: Fraction
    sample: Fraction


def peel(side: Side, scorer: Scorer, combine: Combine) -> Peeled | None:
    """Return a side taken apart; None where something in it is not settled."""
    first = {one.visit: one for one in side.first}
    plain_cards = tuple(
        _again(scorer, card, card.inspection) if card.raised.steps or card.waived else card
        for card in side.cards
    )
    original = tuple(
        _again(scorer, card, first[card.inspection.visit]) if card.inspection.visit in first else card
        for card in plain_cards
    )
    whole = combine(side.cards)
    plain = whole if _same(plain_cards, side.cards) else combine(plain_cards)
    totals = [whole, plain, plain if _same(original, plain_cards) else combine(original)]
    counted = _counted(original)
    mean = mean_card(counted)
    known = [Fraction(total) for total in totals if total is not None]
    if mean is None or len(known) < len(totals) or side.score is None:
        return None
    published = sum((Fraction(card.score or ZERO) for card in counted), Fraction(0)) / len(counted)
    # What rounding alone does to the mean is no matter of the sample.
    rounding = 2 * abs(known[2] - published) <= _last_place(totals[2])
    sample = Fraction(0) if rounding else known[2] - mean.score
    return Peeled(
        counted, mean, Fraction(side.score) - known[0], known[0] - known[1], known[1] - known[2], sample
    )


def _same(some: Sequence[ScoreCard], others: Sequence[ScoreCard]) -> bool:
    """Return whether these are the very same cards, so that nothing need be added up again."""
    return all(one is other for one, other in zip(some, others, strict=True))


def _counted(cards: Iterable[ScoreCard]) -> tuple[ScoreCard, ...]:
    return tuple(card for card in cards if card.checked and card.low is not None)


def _again(scorer: Scorer, card: ScoreCard, inspection: Inspection) -> ScoreCard:
    """Return a card's visit judged once more, by the law of its own day, without history and waivers."""
    found = card_under(scorer, inspection, card.program.standard.id)
    return scorer.card(card.program, inspection) if found is None else found


def card_under(scorer: Scorer, inspection: Inspection, standard: str) -> ScoreCard | None:
    """Return a visit judged by the law of its day under one standard (编号), without history; None where it does not apply."""
    return next((one for one in scorer.cards(inspection) if one.program.standard.id == standard), None)


def _last_place(total: Decimal | None) -> Fraction:
    """Return the worth of a published number's last digit."""
    exponent = 0 if total is None else total.as_tuple().exponent
    return Fraction(10) ** exponent if isinstance(exponent, int) else Fraction(0)
