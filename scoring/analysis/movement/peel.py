"""One round's score of a unit taken apart, layer by layer, from what was published down to the plain mean of its visits.

附加 is what the total differs by from its visits, 豁免 what they differ by from the same visits without waivers, 阶梯 what
those differ by without history, 申诉 from the same visits as first recorded, 抽样 from their plain mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.movement.card_sum import CardSum, card_sum
from scoring.analysis.movement.mean_card import MeanCard, mean_card
from scoring.inspection import Inspection
from scoring.judge.standing import CardLine
from scoring.points import ONE, ZERO, ratio
from scoring.score import Scorer

Combine = Callable[[Sequence[CardLine]], Decimal | None]


@dataclass(frozen=True, slots=True)
class Side:
    """One unit under one standard in one round: what was published, and the cards that it rests on.

    ``first`` are the records of amended visits as they stood before 更正.
    """

    round: str
    score: Decimal | None
    cards: tuple[CardSum, ...]
    first: tuple[Inspection, ...] = ()


def plain_mean(lines: Sequence[CardLine]) -> Decimal | None:
    """Return the plain mean of some visits' published scores, None where one is not settled or there is none."""
    counted = [line for line in lines if line.counted]
    known = [line.low for line in counted if line.low is not None and line.low == line.high]
    return ratio(sum(known, ZERO), Decimal(len(known))) if known and len(known) == len(counted) else None


@dataclass(frozen=True, slots=True)
class Peeled:
    """One side taken apart: what each layer brought, and below them the mean of the visits by themselves."""

    cards: tuple[CardSum, ...]
    mean: MeanCard
    extra: Decimal
    waived: Decimal
    ladder: Decimal
    appeal: Decimal
    sample: Decimal


def peel(side: Side, scorer: Scorer, combine: Combine) -> Peeled | None:
    """Return a side taken apart; None where something in it is not settled."""
    first = {one.visit: one for one in side.first}
    alone = [card if card.by_itself else _again(scorer, card, card.seen()) for card in side.cards]
    recorded = [_again(scorer, card, first[card.visit]) if card.visit in first else card for card in alone]
    layers = (
        [card.line for card in side.cards],
        [card.line.without or card.line for card in side.cards],
        [card.line for card in alone],
        [card.line for card in recorded],
    )
    totals = list(_totals(layers, combine))
    counted = tuple(card for card in recorded if card.line.counted)
    mean = mean_card(counted)
    known = [total for total in totals if total is not None]
    if mean is None or len(known) < len(totals) or side.score is None:
        return None
    whole, unwaived, unraised, plain = known
    return Peeled(
        counted, mean, side.score - whole, whole - unwaived, unwaived - unraised, unraised - plain,
        _sample(plain, counted, mean),
    )  # fmt: skip


def _sample(total: Decimal, cards: Sequence[CardSum], mean: MeanCard) -> Decimal:
    """Return what a total differs by from the mean of its visits; what rounding alone does is no matter of the sample."""
    off = total * len(cards) - sum((card.score or ZERO for card in cards), ZERO)
    if 2 * abs(off) <= _last_place(total) * len(cards):
        return ZERO
    return total - mean.score


def _totals(layers: Iterable[Sequence[CardLine]], combine: Combine) -> Iterable[Decimal | None]:
    """Yield what each layer comes to; one that is the very same as that above is not added up again."""
    above: Sequence[CardLine] | None = None
    total = None
    for lines in layers:
        if above is None or any(one is not other for one, other in zip(lines, above, strict=True)):
            total = combine(lines)
        above = lines
        yield total


def _again(scorer: Scorer, card: CardSum, inspection: Inspection) -> CardSum:
    """Return a card's visit judged once more, by the law of its own day, without history and waivers."""
    found = card_under(scorer, inspection, card.program.standard.id)
    return card_sum(scorer.card(card.program, inspection)) if found is None else found


def card_under(scorer: Scorer, inspection: Inspection, standard: str) -> CardSum | None:
    """Return a visit judged by the law of its day under one standard (编号), without history; None where it does not apply."""
    cards = scorer.cards(inspection)
    return next((card_sum(one) for one in cards if one.program.standard.id == standard), None)


def _last_place(total: Decimal) -> Decimal:
    """Return the worth of a published number's last digit."""
    exponent = total.as_tuple().exponent
    return ONE.scaleb(exponent) if isinstance(exponent, int) else ZERO
