"""A card as the scoring table filled in: what each clause took and why; the rows of an item add up to it, the items to the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.errors import visible
from scoring.explain.ledger import outcome_lines, why
from scoring.explain.seen import line, seen
from scoring.finding import Finding, Result
from scoring.points import ZERO, plain
from scoring.report.score_table import LEFT_OUT, Group, Line, ScoreTable, table_of
from scoring.tally import ItemScore, ScoreCard


def score_sheet(card: ScoreCard) -> ScoreTable:
    """Return the scoring table of a card's standard with everything that the visit came to."""
    blank = table_of(card.program)
    lost = sum(card.losses, ZERO)
    awarded, open_ = (
        sum((one.awarded for one in card.items), ZERO),
        sum((one.open for one in card.items), ZERO),
    )
    return replace(
        blank,
        groups=tuple(_item(card, *pair) for pair in zip(blank.groups, card.items, strict=True)),
        bonus=tuple(_bonus(card, group) for group in blank.bonus),
        head=tuple(map(visible, _head(card))),
        total=plain(card.applicable),
        lost=plain(lost),
        awarded=_range(awarded - open_, awarded),
        results=_results(card, _range(awarded - open_, awarded)) if blank.scored else "",
        notes=tuple(visible(one.strip()) for one in outcome_lines(card)),
        filled=True,
    )


def _head(card: ScoreCard) -> Iterator[str]:
    one = card.inspection
    day = one.date
    yield f"被检单位：{one.unit.name}（{one.unit.id}）　　类别：{one.unit.kind}"
    which = f"　　第{one.number}次" if one.number > 1 else ""
    yield (
        f"检查人员：{'、'.join(one.inspectors)}　　检查日期：{day.year}年{day.month}月{day.day}日　　来源：{one.source}{which}"
    )


def _item(card: ScoreCard, group: Group, item: ItemScore) -> Group:
    findings = [card.findings[number - 1] for number in item.item.clauses]
    lines = _lines(card, group.lines, findings)
    if not card.program.standard.scored:
        return replace(group, lines=lines)
    if not item.applicable:
        return replace(group, lines=lines, mark="—", awarded=LEFT_OUT)
    return replace(group, lines=lines, awarded=_range(item.awarded - item.open, item.awarded))


def _bonus(card: ScoreCard, group: Group) -> Group:
    lines = tuple(
        replace(line, note=f"加{_range(one.low, one.high)}分" if one.high else "")
        for line, one in zip(group.lines, card.bonus.findings, strict=True)
    )
    return replace(group, lines=lines, awarded=_range(card.bonus.low, card.bonus.high))


def _lines(card: ScoreCard, lines: Iterable[Line], findings: Sequence[Finding]) -> tuple[Line, ...]:
    return tuple(
        replace(line, lost=_lost(card, one), note=visible(_note(card, one)))
        for line, one in zip(lines, findings, strict=True)
    )


def _lost(card: ScoreCard, one: Finding) -> str:
    """Write what a clause took for certain; what it says of itself where it took nothing because nobody looked."""
    if one.result in (Result.NOT_CHECKED, Result.NOT_APPLICABLE):
        return one.result.chinese
    return plain(card.losses[one.clause - 1])


def _note(card: ScoreCard, one: Finding) -> str:
    """Say why a clause took points, or was not asked, and what was seen where."""
    said = [why(card, one)]
    if not card.program.standard.scored:
        said = [one.result.chinese]
    found = seen(card, one)
    said += [line(card, each) for each in found]
    if one.places and not found:
        said.append(f"点位: {'、'.join(one.places)}")
    return "；".join(filter(None, said))


def _results(card: ScoreCard, awarded: str) -> str:
    low, high = card.low, card.high
    bonus = f"加分：{_range(card.bonus.low, card.bonus.high)}　　" if card.program.bonuses else ""
    score = (
        "—"
        if low is None or high is None
        else str(low)
        if low == high
        else f"{low}～{high}（有未查，暂不定分）"
    )
    return f"各项得分：{awarded}　　应得分：{plain(card.applicable)}　　{bonus}得分：{score}　　等次：{card.grade or '未定'}"


def _range(low: Decimal, high: Decimal) -> str:
    return plain(high) if low == high else f"{plain(low)}～{plain(high)}"
