"""What the schema cannot say of a scheme: shares that must add up, sources and rounds that must exist.

Every mistake is found at once; ``load.py`` turns its key into a line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoring.check.form import scale_mistakes
from scoring.check.ladder import ladder_mistakes
from scoring.check.rewards import reward_mistakes
from scoring.check.scheme_standards import by_id, kinds_of_all, standards_mistakes
from scoring.check.shares import not_whole, total
from scoring.columns import DETAILS
from scoring.errors import KEY, Loc, Mistake, did_you_mean
from scoring.grammar.bands import read_band
from scoring.points import ONE, ZERO
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Part, ScoredSource
from scoring.rule.standard import Standard

_SHORTER = {"季": ("月",), "年": ("月", "季")}
PERIODS = ("月", "季", "年", "单次")
GROUPS = ("类别", "片区", *DETAILS)
_OTHERS = "其他类别"


def scheme_mistakes(scheme: Scheme, standards: Iterable[Standard] | None = None) -> Iterator[Mistake]:
    """Yield everything wrong with a scheme whose shape is right.

    ``standards`` are those it may name; without them only what stands in the scheme itself is asked.
    """
    known = None if standards is None else by_id(standards)
    if scheme.ends is not None and scheme.ends <= scheme.starts:
        yield Mistake(("废止",), "废止日期应晚于施行日期")
    yield from standards_mistakes(scheme, known)
    yield from _sources(scheme)
    yield from _parts(scheme)
    yield from _grades(scheme)
    yield from _groups(scheme)
    yield from reward_mistakes(scheme, kinds_of_all(scheme.standards, known))
    yield from ladder_mistakes(scheme)


def _sources(scheme: Scheme) -> Iterator[Mistake]:
    cards = {name: one for name, one in scheme.sources.items() if isinstance(one, ScoredSource)}
    scored = [(name, one.share) for name, one in cards.items() if one.into is None]
    names = [name for name, _ in scored]
    for name, one in cards.items():
        if (one.share is None) == (one.into is None):
            yield Mistake(("来源", name), "写 占，或写 并入，只写一个", "如 {占: 70%}，或 {并入: 日常}")
        elif one.into is not None and one.into not in names:
            hint = did_you_mean(one.into, names) or "写一个占了分的来源"
            yield Mistake(("来源", name, "并入"), f"“{one.into}”不是计分的来源", hint)
        elif one.share == ZERO:
            yield Mistake(("来源", name, "占"), "占 0% 等于不计分", "写 只通报，或改占多少")
    if scheme.sources and not scored:
        yield Mistake(("来源",), "没有计分的来源", "至少一个写 {占: 100%}")
    elif scheme.sources and None not in dict(scored).values() and total(scored) != ONE:
        yield Mistake(("来源",), not_whole("各来源", scored))


def _parts(scheme: Scheme) -> Iterator[Mistake]:
    parts = scheme.parts
    if not parts:
        return
    if scheme.period not in _SHORTER:
        yield Mistake(("组成", KEY), f"周期是{scheme.period}，没有下级轮次", "删去 组成，或把周期改为季、年")
        return
    for i, part in enumerate(parts):
        loc: Loc = ("组成", i)
        yield from (Mistake((*loc, *one.loc), one.message, one.hint) for one in _part(part, scheme))
        if any(other.name == part.name for other in parts[:i]):
            yield Mistake(loc, f"“{part.name}”写了两遍", "并成一行")
    own = [i for i, part in enumerate(parts) if part.own is not None]
    for i in own[1:]:
        yield Mistake(("组成", i, "本轮"), "本轮自己的检查只写一行", "几种检查各占多少，写在 来源 里")
    for key, written in (("来源", scheme.sources), ("阶梯", scheme.ladder), ("加倍来源", scheme.doubled)):
        if written and not own:
            hint = f"删去 {key}，或在组成里加 {{本轮: 年底, 占: …}}"
            yield Mistake((key,), f"组成里没有本轮自己的检查，{key}用不上", hint)
    shares = [(part.name, part.share) for part in parts]
    if total(shares) != ONE:
        yield Mistake(("组成",), not_whole("组成", shares))


def _part(part: Part, scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with one line of 组成, relative to it."""
    if (part.rounds is None) == (part.own is None):
        yield Mistake((), "写 轮次，或写 本轮，只写一个", "如 {轮次: 季, 占: 70%}、{本轮: 年底, 占: 30%}")
    elif part.own is not None and "how" in part.model_fields_set:
        yield Mistake(("合成",), "本轮自己的检查怎么合成，写在 同源几次 里", "删去 合成")
    if part.rounds in PERIODS and part.rounds not in _SHORTER[scheme.period]:
        fits = "、".join(_SHORTER[scheme.period])
        yield Mistake(("轮次",), f"{scheme.period}不由{part.rounds}合成", f"可用: {fits}，或某一轮的名称")
    if part.own in PERIODS:
        yield Mistake(("本轮",), f"“{part.own}”是周期，不是叫法", f"写 轮次: {part.own}，或另起叫法，如 年底")
    if not part.share:
        yield Mistake(("占",), "占 0% 等于不计分", "删去这一行，或改占多少")


def _grades(scheme: Scheme) -> Iterator[Mistake]:
    ends = [Decimal(100)]
    for grade in scheme.grades_written.values():
        if isinstance(grade, Decimal):
            ends.append(grade)
        else:
            band = read_band(grade)
            ends += [end for end in (band.low, band.high) if end is not None]
            if band.percent:
                yield Mistake(("等次",), "等次的段写得分，不写 %", "如 ≥90")
                return
    yield from scale_mistakes(scheme.grades_written, max(ends), "最高分", ONE.scaleb(-scheme.places))


def _groups(scheme: Scheme) -> Iterator[Mistake]:
    for i, name in enumerate(scheme.groups):
        if name not in GROUPS:
            yield Mistake(("分组", i), f"名册没有“{name}”这一栏", did_you_mean(name, GROUPS))
        if name in scheme.groups[:i]:
            yield Mistake(("分组", i), f"“{name}”写了两遍", "删去一个")
