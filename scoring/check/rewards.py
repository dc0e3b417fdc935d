"""What can be wrong with the 荣誉 and the 奖励 of a scheme whose shape is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.compile.fit import CardError
from scoring.compile.fit_honour import honour_condition
from scoring.errors import KEY, Loc, Mistake, did_you_mean
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Award, Honour

_RANK = re.compile("[1-9][0-9]{0,3}")


def reward_mistakes(scheme: Scheme, kinds: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield what is wrong with honours, then with awards; ``kinds`` are judged, "" among them stands for any other."""
    for i, honour in enumerate(scheme.honours):
        yield from _kinds(("荣誉", i), honour.kinds, kinds)
        for one in _honour(honour, scheme, tuple(other.name for other in scheme.honours[:i])):
            yield Mistake(("荣誉", i, *one.loc), one.message, one.hint, one.at)
    for i, award in enumerate(scheme.awards):
        yield from _kinds(("奖励", i), award.kinds, kinds)
        if award.name in (other.name for other in scheme.awards[:i]):
            yield Mistake(("奖励", i, "名称"), f"“{award.name}”重复", "换一个名称")
        for one in _award(award, scheme):
            yield Mistake(("奖励", i, *one.loc), one.message, one.hint)


def _kinds(loc: Loc, written: tuple[str, ...] | None, kinds: tuple[str, ...]) -> Iterator[Mistake]:
    for k, kind in enumerate(written or ()):
        if kind not in kinds and "" not in kinds:
            yield Mistake((*loc, "适用", k), f"本办法不考核“{kind}”", did_you_mean(kind, kinds))


def _honour(honour: Honour, scheme: Scheme, before: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield what is wrong with one honour, relative to it; ``before`` are those written above it."""
    if honour.name in before:
        yield Mistake(("名称",), f"“{honour.name}”重复", "换一个名称")
    if honour.name in scheme.grades_written:
        yield Mistake(("名称",), f"“{honour.name}”是等次的名称", "荣誉换一个名称")
    if (honour.when is None) == (honour.streak is None):
        yield Mistake((), "写 条件，或写 连续，只写一个", "如 条件: 得分 ≥ 90，或 连续: 黄旗, 次数: 2")
        return
    if honour.when is not None:
        for key, name in (("times", "次数"), ("rounds", "轮次")):
            if key in honour.model_fields_set:
                yield Mistake((name,), f"{name}只和连续一起写", f"删去 {name}，或把条件改为 连续")
        try:
            honour_condition(honour.when, scheme)
        except CardError as error:
            yield Mistake(error.loc, error.message, error.hint, error.at)
    else:
        yield from _streak(honour, scheme, before)


def _streak(honour: Honour, scheme: Scheme, before: tuple[str, ...]) -> Iterator[Mistake]:
    if honour.rounds is not None:
        parts = [part.rounds for part in scheme.parts if part.rounds is not None]
        if honour.rounds not in parts:
            hint = did_you_mean(honour.rounds, parts) or "删去 轮次，或在组成里加上它"
            yield Mistake(("轮次",), f"组成里没有“{honour.rounds}”", hint)
        return  # what is won in the rounds below is named by their own scheme
    known, name = (*scheme.grades_written, *before), honour.streak or ""
    if name in known:
        return
    if name != honour.name and any(other.name == name for other in scheme.honours):
        yield Mistake(("连续",), f"“{name}”写在后面", f"把“{name}”移到“{honour.name}”前面")
    else:
        yield Mistake(("连续",), f"没有“{name}”这个荣誉或等次", did_you_mean(name, known))


def _award(award: Award, scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with one award, relative to it."""
    if (award.by_rank is None) == (award.by_grade is None):
        yield Mistake(
            (),
            "写 按名次，或写 按等次，只写一个",
            "如 按名次: {1: 2000}，或 按等次: {优秀: 100%}, 基数: 3000",
        )
        return
    for rank in award.by_rank or ():
        if not _RANK.fullmatch(rank):
            yield Mistake(("按名次", rank, KEY), f"“{rank}”不是名次", "写 1、2、3 这样的整数")
    for grade in award.by_grade or ():
        if grade not in scheme.grades_written:
            hint = did_you_mean(grade, scheme.grades_written)
            yield Mistake(("按等次", grade, KEY), f"没有“{grade}”这个等次", hint)
    if award.by_grade is not None and award.base is None:
        yield Mistake((), "按等次发的缺“基数”", "加 基数: 3000，单位是元")
    if award.by_rank is not None and award.base is not None:
        yield Mistake(("基数",), "按名次发的没有基数", "删去 基数，金额写在名次后面")
    if award.by_grade is not None and "split" in award.model_fields_set:
        yield Mistake(("并列平分",), "按等次发的没有并列", "删去 并列平分")
