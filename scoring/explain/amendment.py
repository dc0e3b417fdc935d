"""更正说明: what a 更正 changed, from the two versions it stands between, for the bulletin; the same every time it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.explain.ledger import points_note
from scoring.explain.round import prize_line
from scoring.finding import Result
from scoring.judge.appeal import Appeal, Decision
from scoring.judge.standing import Standing
from scoring.rectify.appealed import Fate
from scoring.rule.scheme import Scheme
from scoring.sheets.corrected import STRUCK, Change

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """A kept version of a round: its standings, in their order, and the documents of the cards of the visit in question."""

    standings: tuple[Standing, ...]
    cards: tuple[Json, ...]


def appeal_lines(one: Appeal) -> Iterator[str]:
    """Yield who appealed against which visit, when and why, and what was decided."""
    yield f"申诉: 第{one.number}号，{one.unit.name}，{one.at[:10]} 由{one.who}提出，理由: {one.reason}"
    about = f"（{'、'.join(one.about)}）" if one.about else ""
    yield f"检查: {one.visit.words}{about}"
    if (decision := one.decision) is None:
        yield "待复核"
        return
    yield f"裁定: {decision.ruling}，{decision.at[:10]} 由{decision.who}复核，理由: {decision.reason}"
    for change in decision.changes:
        yield f"  {change_line(change)}"


def change_line(change: Change) -> str:
    """Say one thing that was put right.

    >>> change_line(Change("垃圾乱倒处数", "河边", "1", "0"))
    '垃圾乱倒处数 河边: 原记1，去掉'
    """
    name = f"{change.field} {change.place}" if change.place else change.field
    if change.new == STRUCK:
        return f"{name}: 点位去掉"
    if change.place and change.new == "0":
        return f"{name}: 原记{change.old}，去掉"
    return f"{name}: 原记{change.old}，应为{change.new}"


_FATES = {
    Fate.CANCELLED: "撤销，更正后没有这个问题了",
    Fate.CLOSED: "已销号，不动；更正后没有这个问题了",
    Fate.OTHERWISE: "仍要整改，写的与更正后的不同",
}


def order_line(told: tuple[str, str, str]) -> str:
    """Say what becomes of an order of the visit.

    >>> order_line(("2026-06-0001", "垃圾乱倒3处", "撤销"))
    '整改单 2026-06-0001（垃圾乱倒3处）: 撤销，更正后没有这个问题了'
    """
    number, problem, fate = told
    return f"整改单 {number}（{problem}）: {_FATES[Fate(fate)]}"


def amendment_lines(
    one: Appeal, decision: Decision, scheme: Scheme, before: Version | None, after: Version | None
) -> Iterator[str]:
    """Yield the 更正说明 of a decided appeal; ``before`` and ``after`` are None where the round was not scored yet."""
    yield "更正说明"
    yield f"轮次: {one.round}（{scheme.name}，{points_note(scheme)}）"
    yield from appeal_lines(one)
    if before is None or after is None:
        yield "本轮当时还没有评分，评分时按更正后的算"
        return
    yield from _cards(before.cards, after.cards)
    yield from _standings(one.unit.id, before.standings, after.standings)
    yield from map(order_line, decision.orders)
    for name, how in decision.later:
        yield f"“{name}”已结束，{how}，用的是更正前的结果，不因这次更正改变"
    yield f"本轮结果存为第{decision.version}版，校验码 {decision.sha256}"


def _cards(before: Sequence[Json], after: Sequence[Json]) -> Iterator[str]:
    """Yield, standard by standard, what the visit scored and scores, and each clause that came out otherwise."""
    olds, news = ({one["standard"]: one for one in some} for some in (before, after))
    for standard in sorted({*olds, *news}):
        old, new = olds.get(standard), news.get(standard)
        yield f"这次检查（{standard}）: 原{_points(old)}，更正后{_points(new)}"
        found = {one["clause"]: one for one in (old or {}).get("findings", ())}
        for one in (new or {}).get("findings", ()):
            was = found.get(one["clause"])
            if was is not None and _told(was) != _told(one):
                yield f"  {one['clause']} {one['name']}: 原{_came(was)}，更正后{_came(one)}"
                yield from (
                    f"    {label}: {each['why']}"
                    for label, each in (("原", was), ("更正后", one))
                    if "why" in each
                )


def _told(finding: Json) -> tuple[str, str, str]:
    return finding["result"], finding["lost"], finding.get("why", "")


def _came(finding: Json) -> str:
    result = Result(finding["result"])
    return f"扣{finding['lost']}分" if result is Result.FAIL else result.chinese


def _points(card: Json | None) -> str:
    if card is None:
        return "未评"
    if card["score"] is not None:
        return f"{card['score']}分"
    ends = card["bounds"]
    return f"{ends['low']}～{ends['high']}分" if ends else "没有得分"


def _standings(unit: str, before: Sequence[Standing], after: Sequence[Standing]) -> Iterator[str]:
    """Yield what the unit comes to in the round, then every unit of which rank, grade, honours or prizes moved."""
    olds = {(one.unit.id, one.standard): one for one in before}
    for one in after:
        old = olds.get((one.unit.id, one.standard))
        if one.unit.id == unit and old is not None:
            yield f"本轮得分（{one.standard or '综合'}）: {one.unit.name} 原{_span(old)}，更正后{_span(one)}"
    moved = [
        (old, one) for one in after if (old := olds.get((one.unit.id, one.standard))) and _moves(old, one)
    ]
    yield "名次、等次、荣誉、奖励变动:" if moved else "各单位的名次、等次、荣誉、奖励都不变"
    for was, one in moved:
        peers = "、".join((*one.group, *((one.standard,) if one.standard else ())))
        yield f"  {peers} {one.unit.name}: {'；'.join(_moves(was, one))}"


def _moves(old: Standing, new: Standing) -> list[str]:
    """Return what moved of a standing besides its score."""
    pairs = {
        "": (_rank(old), _rank(new)),
        "等次 ": (old.grade or "未定", new.grade or "未定"),
        "荣誉 ": ("、".join(old.honours) or "无", "、".join(new.honours) or "无"),
        "奖励 ": (_prizes(old), _prizes(new)),
    }
    return [f"{name}{a} → {b}" for name, (a, b) in pairs.items() if a != b]


def _rank(one: Standing) -> str:
    return f"不排名（{one.unranked}）" if one.rank is None else f"第{one.rank}名"


def _prizes(one: Standing) -> str:
    return "、".join(map(prize_line, one.awards)) or "无"


def _span(one: Standing) -> str:
    if one.low is None:
        return "没有得分"
    return f"{one.low}分" if one.low == one.high else f"{one.low}～{one.high}分"
