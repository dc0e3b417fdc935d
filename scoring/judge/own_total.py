"""What some visits come to by a scheme, before extra points: the total that a change is taken apart against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from scoring.judge.line import card_line
from scoring.judge.subjects import take_in
from scoring.judge.totals import total
from scoring.rule.scheme import Scheme
from scoring.tally import ScoreCard


def own_total(scheme: Scheme) -> Callable[[Sequence[ScoreCard]], Decimal | None]:
    """Return how a scheme that judges its own visits makes of one unit's cards their total; None where it is not settled."""

    def combine(cards: Sequence[ScoreCard]) -> Decimal | None:
        intake = take_in(scheme, [card_line(card) for card in cards], (), (), ())
        for subject in intake.subjects.values():
            whole = total(intake, subject)
            return whole.low if whole.low == whole.high else None
        return None

    return combine
