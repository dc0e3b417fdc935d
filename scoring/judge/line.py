"""What a round takes of a card, and what a longer round takes of a standing."""

from __future__ import annotations

from datetime import date

from scoring.judge.standing import CardLine, LowerScore, Standing
from scoring.tally import ScoreCard


def card_line(card: ScoreCard) -> CardLine:
    """Return what a round needs of a card."""
    visit, vetoes = card.inspection, card.vetoes
    certain = any(veto.certain for veto in vetoes)
    return CardLine(
        visit.unit, card.program.standard.id, visit.source, visit.date, visit.number, visit.inspectors,
        card.low, card.high, card.coverage,
        "certain" if certain else "possible" if vetoes else "",
        card.program.standard.veto_grade or "",
        None if card.waived is None else card_line(card.waived.without),
    )  # fmt: skip


def lower_score(one: Standing, round: str, period: str, ends: date) -> LowerScore:
    """Return what a round of a longer period needs of a standing in the round of a name that ended on a day."""
    return LowerScore(one.unit, one.standard, round, period, ends, one.low, one.high, one.won, one.without)
