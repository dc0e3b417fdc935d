"""The cheapest way to a grade, as text to read and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.analysis.target.search import assured
from scoring.analysis.target.target import Fix, Target
from scoring.errors import visible
from scoring.explain.ledger import points_note
from scoring.points import plain
from scoring.report.drawn import drawn
from scoring.report.json_file import json_text
from scoring.report.result_card import Json, bounds, unit, visit
from scoring.score import Assessment
from scoring.tally import ScoreCard

SCHEMA = "chuangwei/target/1"
MEAN, ROUND = "公布的得分取各次的平均", "这一轮公布的得分按考核办法由各次合成"
_COLUMNS = ("次序", "条款", "整改什么", "严重程度", "期限", "加回")


def target_text(found: Sequence[Target], assessment: Assessment, published: str = MEAN) -> str:
    """Return each way: from which visit, what to rectify in order, what it comes to, or why the grade is out of reach.

    ``published`` says what is made of several visits, here not asked: ``MEAN`` of sheets, ``ROUND`` of a round's.
    """
    return "\n\n".join("\n".join(_way(one, assessment, published)) for one in found) + "\n"


def _way(one: Target, assessment: Assessment, published: str) -> Iterator[str]:
    seen, standard = one.card.inspection, one.card.program.standard
    people = f"（{'、'.join(seen.inspectors)}）" if seen.inspectors else ""
    yield visible(f"{seen.unit.name}  {standard.name}（{points_note(standard)}）")
    yield visible(f"{seen.date} {seen.source}检查{people}: {_came(one.card)}")
    yield visible(verdict(one))
    if one.fixes:
        yield drawn(_COLUMNS, [_row(place, fix) for place, fix in enumerate(one.fixes, start=1)])
    own = [each for each in assessment.units if any(card is one.card for card in each.counted)]
    yield from (
        f"提示: 一共评了{len(each.counted)}次，{published}；上面只算这一次"
        for each in own
        if len(each.counted) > 1
    )


def _row(place: int, fix: Fix) -> Sequence[str]:
    due = "另定" if fix.due_at is None else f"{fix.due_at:%Y-%m-%d %H:%M}"
    return (str(place), "、".join(fix.clauses), fix.name, fix.severity, due, f"+{plain(fix.gain)}分")


def verdict(one: Target) -> str:
    """Say whether the grade can be reached, and how far one comes."""
    if one.reached and not one.fixes:
        return f"已是{assured(one.after)}，不用再整改"
    if one.reached:
        cut = "。组合太多，没有全部试完，可能还有更省的" if one.cut else ""
        return f"到{one.grade}: 整改下面 {len(one.fixes)} 件就到 {one.after.low}（{assured(one.after)}）{cut}"
    if not one.fixes:
        return f"到不了{one.grade}，没有可整改的问题: {one.why}"
    return f"到不了{one.grade}，下面 {len(one.fixes)} 件全部整改也只到 {_came(one.after)}: {one.why}"


def _came(card: ScoreCard) -> str:
    """Say a card's score, or its two ends, and its grade."""
    if card.low is None or card.high is None:
        return "评不出分"
    points = f"{card.low}" if card.score is not None else f"{card.low}～{card.high}"
    return f"{points}（{card.grade or '等次未定'}）"


def target_json(found: Sequence[Target]) -> str:
    """Return each way as one JSON document."""
    reached = all(one.reached for one in found)
    return json_text({"schema": SCHEMA, "reached": reached, "targets": [_target(one) for one in found]})


def _target(one: Target) -> Json:
    return {
        "unit": unit(one.card.inspection.unit),
        "standard": one.card.program.standard.id,
        "visit": visit(one.card.inspection),
        "grade": one.grade,
        "reached": one.reached,
        "cut": one.cut,
        "why": one.why,
        "before": _ends(one.card),
        "after": _ends(one.after),
        "fixes": [
            {
                "clauses": list(fix.clauses),
                "name": fix.name,
                "severity": fix.severity,
                "due_at": None if fix.due_at is None else fix.due_at.isoformat(timespec="minutes"),
                "gain": plain(fix.gain),
            }
            for fix in one.fixes
        ],
    }


def _ends(card: ScoreCard) -> Json:
    return {"bounds": bounds(card.low, card.high), "grade": card.grade}
