"""What a comparison needs of one card, whether it was judged just now or is read back as it was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.compile.program import Program
from scoring.finding import Result
from scoring.inspection import Inspection
from scoring.judge import card_line
from scoring.judge.standing import CardLine
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class CardSum:
    """A card added up: its line, and by 编号 what each clause took, those that took nothing left out.

    ``excused`` are the clauses that did not apply; ``raised`` says whether the unit's history had a part in the prices.
    ``seen`` returns the visit: few are judged again, so a kept one is read when it is asked for.
    """

    line: CardLine
    seen: Callable[[], Inspection]
    program: Program
    applicable: Decimal
    lost: Mapping[str, Decimal]
    excused: frozenset[str]
    bonus: Decimal
    raised: bool

    @property
    def visit(self) -> tuple[str, date, str, tuple[str, ...], int]:
        """Return what makes two visits the same, as ``Inspection.visit`` has it."""
        line = self.line
        return line.unit.id, line.date, line.source, line.inspectors, line.number

    @property
    def score(self) -> Decimal | None:
        """Return the score where it is settled."""
        return self.line.low if self.line.low == self.line.high else None

    @property
    def by_itself(self) -> bool:
        """Return whether neither history nor 豁免 had a part in it, so that judging the visit again gives the same."""
        return not self.raised and self.line.without is None


def card_sum(card: ScoreCard) -> CardSum:
    """Return a card added up."""
    ids = [clause.card.id for clause in card.program.clauses]
    return CardSum(
        card_line(card),
        lambda: card.inspection,
        card.program,
        card.applicable,
        {id: points for id, points in zip(ids, card.losses, strict=True) if points},
        frozenset(
            id for id, one in zip(ids, card.findings, strict=True) if one.result is Result.NOT_APPLICABLE
        ),
        card.bonus.low,
        bool(card.raised.steps),
    )
