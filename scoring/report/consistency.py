"""What the visits say of the inspectors, as tables with a reading of each figure, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.analysis.consistency.consistency import ENOUGH, Consistency
from scoring.analysis.consistency.leniency import Leniency
from scoring.analysis.consistency.pairs import Pair
from scoring.errors import visible
from scoring.points import ONE, percent, plain
from scoring.report.drawn import drawn
from scoring.report.json_file import json_text
from scoring.report.result_card import Json, unit, visit

SCHEMA = "chuangwei/consistency/1"
_PAIRS = ("日期", "被检单位", "标准", "一方", "另一方", "都查了的条款", "判得不同", "得分差")
_MOST_SHOWN = 10
# Within a point, nobody is called lenient or strict.
_NOTABLE = Decimal(1)


def consistency_text(found: Consistency) -> str:
    """Return the figures by subject, each with what it means; what rests on too little says so."""
    parts = [_doubles(found), _leniency(found.leniency), _announced(found)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _doubles(found: Consistency) -> Iterator[str]:
    yield "双查（同一天、不同的人查同一单位）"
    if not found.pairs:
        yield "没有双查，看不出判得一致不一致"
        return
    yield f"双查 {found.doubles} 次{_few(found.doubles, '次')}"
    if found.alike is not None:
        read = f"两边都查了的条款，100 条里约有 {plain((ONE - found.alike) * 100)} 条判得不同"
        yield f"判定一致 {percent(found.alike)}: {read if found.alike < 1 else '两边判得都一样'}"
    if found.apart is not None:
        yield f"得分相差 {found.apart} 分: 同一天查同一单位，两边的得分平均差这么多"
    yield drawn(_PAIRS, [_pair(one) for one in found.pairs], ("判得不同",), width=130)
    shown = found.disputes[:_MOST_SHOWN]
    yield from (
        visible(f"分歧: {one.clause} {one.name}，{one.judged} 次双查中 {one.differ} 次判得不同")
        for one in shown
    )
    if len(found.disputes) > len(shown):
        yield f"另有 {len(found.disputes) - len(shown)} 条有分歧"
    if found.disputes:
        yield "常有分歧的条款，看看写得清不清楚，再一起到现场统一尺度"


def _pair(one: Pair) -> Sequence[str]:
    seen = one.one.inspection
    apart = "有未查的" if one.apart is None else str(one.apart)
    sides = ("、".join(card.inspection.inspectors) for card in (one.one, one.other))
    differ = "、".join(one.differ) or "没有"
    return (
        str(seen.date),
        seen.unit.name,
        one.one.program.standard.name,
        *sides,
        str(one.judged),
        differ,
        apart,
    )


def _leniency(found: Sequence[Leniency]) -> Iterator[str]:
    yield "尺度（每人的评分，比同一单位别人查的平均高多少）"
    if not found:
        yield "没有两人以上查过的单位，比不出尺度"
        return
    rows = [(one.inspector, _signed(one), str(one.visits), _side(one)) for one in found]
    yield drawn(("检查人员", "平均高", "可比的检查（次）", "怎么看"), rows)


def _signed(one: Leniency) -> str:
    return f"+{one.deviation}" if one.deviation > 0 else str(one.deviation)


def _side(one: Leniency) -> str:
    side = "偏松" if one.deviation >= _NOTABLE else "偏紧" if one.deviation <= -_NOTABLE else "差不多"
    return f"{side}{_few(one.visits, '次')}"


def _announced(found: Consistency) -> Iterator[str]:
    yield "明察和暗访"
    gap = found.announced
    if gap is None:
        yield "没有明察、暗访都有的单位，比不了"
        return
    word = "高" if gap.gap >= 0 else "低"
    yield f"明察比暗访平均{word} {abs(gap.gap)} 分，{gap.units} 个单位两种都有{_few(gap.units, '个')}"
    if gap.gap > 0:
        yield "高出的部分，可能是打了招呼才做的"


def _few(number: int, measure: str) -> str:
    return f"，不到 {ENOUGH} {measure}，只供参考" if number < ENOUGH else ""


def consistency_json(found: Consistency) -> str:
    """Return the figures as one JSON document."""
    return json_text(
        {
            "schema": SCHEMA,
            "doubles": found.doubles,
            "alike": None if found.alike is None else str(found.alike),
            "apart": None if found.apart is None else str(found.apart),
            "pairs": [_pair_data(one) for one in found.pairs],
            "disputes": [
                {"clause": one.clause, "name": one.name, "differ": one.differ, "judged": one.judged}
                for one in found.disputes
            ],
            "leniency": [
                {"inspector": one.inspector, "deviation": str(one.deviation), "visits": one.visits}
                for one in found.leniency
            ],
            "announced": None
            if found.announced is None
            else {"gap": str(found.announced.gap), "units": found.announced.units},
            "enough": ENOUGH,
        }
    )


def _pair_data(one: Pair) -> Json:
    return {
        "unit": unit(one.one.inspection.unit),
        "standard": one.one.program.standard.id,
        "visits": [visit(card.inspection) for card in (one.one, one.other)],
        "judged": one.judged,
        "alike": one.alike,
        "differ": list(one.differ),
        "apart": None if one.apart is None else str(one.apart),
    }
