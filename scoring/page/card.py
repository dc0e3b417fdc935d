"""One card of a unit's ledger: every point it lost, why, where and under which clause, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.errors import visible
from scoring.explain.ledger import item_line, outcome_lines, why
from scoring.explain.seen import line, seen
from scoring.explain.waiver import waiver_of
from scoring.finding import Finding, Result
from scoring.points import plain, span
from scoring.tally import ItemScore, ScoreCard

WAIVED = "豁免"


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What a clause rests on: its 编号, the source's words and where they stand."""

    id: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Line:
    """One clause in the ledger: what it took, its sentence, and the 点位 or the rows of the 问题明细.

    ``result`` is 不合格, 未查 or 豁免, or 合格 where all that was seen was too small to count; ``tone`` is ``poor`` where points
    were taken, ``open`` where they may be, else "".
    """

    clause: ClauseText
    result: str
    tone: str
    lost: str
    sentence: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemLines:
    """An item of which something is to be told: its sum, then its clauses."""

    sum: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CardLedger:
    """One visit under one standard; ``clean`` names the items of which nothing is to be told."""

    standard: str
    visit: str
    score: str
    grade: str
    items: tuple[ItemLines, ...]
    clean: tuple[str, ...]
    outcome: tuple[str, ...]


def card_ledger(card: ScoreCard) -> CardLedger:
    """Return the ledger of a card."""
    told = [(each, tuple(_lines(card, each))) for each in card.items]
    seen = card.inspection
    people = f"（{'、'.join(seen.inspectors)}）" if seen.inspectors else ""
    return CardLedger(
        standard=card.program.standard.name,
        visit=visible(f"{seen.date} {seen.source}{people}"),
        score=span(card.low, card.high) if card.program.standard.scored else "只统计",
        grade=card.grade or "",
        items=tuple(ItemLines(item_line(each), lines) for each, lines in told if lines),
        clean=tuple(each.item.name for each, lines in told if not lines),
        outcome=tuple(outcome_lines(card)),
    )


def _lines(card: ScoreCard, item: ItemScore) -> Iterator[Line]:
    for number in item.item.clauses:
        finding = card.findings[number - 1]
        sentence, rows = why(card, finding), tuple(line(card, one) for one in seen(card, finding))
        if sentence or rows:
            yield _line(card, finding, sentence, rows)


def _line(card: ScoreCard, finding: Finding, sentence: str, rows: tuple[str, ...]) -> Line:
    clause = card.program.clause(finding.clause).card
    lost = card.losses[finding.clause - 1]
    waived = waiver_of(card, finding) is not None
    open_ = finding.result is Result.NOT_CHECKED and finding.may_fail
    return Line(
        clause=ClauseText(clause.id, clause.source_text, clause.citation),
        result=WAIVED if waived else finding.result.chinese,
        tone="poor" if lost else "open" if open_ else "",
        lost=plain(lost),
        sentence=sentence or clause.name,
        places=rows or finding.places,
    )
