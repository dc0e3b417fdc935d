"""What a round takes of a card."""

from __future__ import annotations

from scoring.standing import CardLine
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
    )  # fmt: skip
