"""What some visits come to by a scheme, before extra points: the total that a change is taken apart against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from scoring.judge.standing import CardLine
from scoring.judge.subjects import take_in
from scoring.judge.totals import total
from scoring.rule.scheme import Scheme


def own_total(scheme: Scheme) -> Callable[[Sequence[CardLine]], Decimal | None]:
    """Return how a scheme that judges its own visits makes of one unit's lines their total; None where it is not settled."""

    def combine(lines: Sequence[CardLine]) -> Decimal | None:
        intake = take_in(scheme, lines, (), (), ())
        for subject in intake.subjects.values():
            whole = total(intake, subject)
            return whole.low if whole.low == whole.high else None
        return None

    return combine
