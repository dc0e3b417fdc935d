"""What can be wrong with the 阶梯, the 加倍来源 and the 督办 of a scheme whose shape is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.errors import Mistake, did_you_mean
from scoring.points import ONE, ZERO
from scoring.rectify.orders import SLOT, UNIT_SLOTS
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import REPORTED, Escalation, Step

_COUNTED = ("重复", "复查不合格")


def ladder_mistakes(scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with the steps of the ladder, doubled sources and escalations."""
    yield from _ladder(scheme)
    for i, name in enumerate(scheme.doubled):
        yield from (Mistake(("加倍来源", i), *wrong) for wrong in _source(name, scheme))
        if name in scheme.doubled[:i]:
            yield Mistake(("加倍来源", i), f"“{name}”写了两遍", "删去一个")
    for i, escalation in enumerate(scheme.escalations):
        for one in _escalation(escalation):
            yield Mistake(("督办", i, *one.loc), one.message, one.hint)
        yield from (Mistake(("督办", i), *wrong) for wrong in _out_of_order(scheme.escalations, i))


def _ladder(scheme: Scheme) -> Iterator[Mistake]:
    for i, step in enumerate(scheme.ladder):
        for one in _step(step, scheme):
            yield Mistake(("阶梯", i, *one.loc), one.message, one.hint)
        if any(_alike(step, other) for other in scheme.ladder[:i]):
            yield Mistake(("阶梯", i), "和上面一步的情形、次数、来源都一样", "并成一步")
    if scheme.relapse is not None and all(step.kind != "反弹" for step in scheme.ladder):
        hint = "删去 反弹期，或在阶梯里加 {情形: 反弹, 乘: 2}"
        yield Mistake(("反弹期",), "阶梯里没有反弹，反弹期用不上", hint)


def _step(step: Step, scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with one step, relative to it."""
    written = "times" in step.model_fields_set
    if step.kind == "重复" and step.times < 2:
        yield Mistake(("次数",) if written else (), "重复从第 2 次算起", "加 次数: 2")
    elif step.kind not in _COUNTED and written:
        yield Mistake(("次数",), f"{step.kind}不分次数", "删去 次数；只有重复、复查不合格写 次数")
    if step.kind == "反弹" and scheme.relapse is None:
        yield Mistake((), "没写销号后多少天内算反弹", "加 反弹期: 90天")
    if step.multiply <= ONE and step.add == ZERO:
        yield Mistake((), "这一步不加扣", "写 乘: 2，或 加: 1")
    for k, name in enumerate(step.sources or ()):
        yield from (Mistake(("来源", k), *wrong) for wrong in _source(name, scheme))


def _source(name: str, scheme: Scheme) -> Iterator[tuple[str, str]]:
    if not scheme.sources:
        return
    if name not in scheme.sources:
        yield f"来源里没有“{name}”", did_you_mean(name, scheme.sources)
    elif scheme.sources[name] == REPORTED:
        yield f"“{name}”只通报、不计分，没有扣分可加", "删去它，或让它计分"


def _alike(one: Step, other: Step) -> bool:
    """Return whether two steps can be told apart by nothing but what they cost."""
    shared = one.sources is other.sources is None or bool(set(one.sources or ()) & set(other.sources or ()))
    return (one.kind, one.times) == (other.kind, other.times) and shared


def _escalation(escalation: Escalation) -> Iterator[Mistake]:
    """Yield what is wrong with one escalation by itself, relative to it."""
    if (escalation.late is None) == (escalation.redo is None):
        yield Mistake((), "写 逾期，或写 复查不合格，只写一个", "如 逾期: 3天，或 复查不合格: 2次")
    for name in SLOT.findall(escalation.to):
        if name not in UNIT_SLOTS:
            yield Mistake(("到",), f"名册没有“{name}”", did_you_mean(name, UNIT_SLOTS))


def _out_of_order(escalations: Sequence[Escalation], i: int) -> Iterator[tuple[str, str]]:
    """Yield how an escalation contradicts one above it: whoever is named for the first time further down is higher."""
    levels, one = list(dict.fromkeys(each.to for each in escalations)), escalations[i]
    word, own, unit = _threshold(one)
    for other in escalations[:i]:
        kind, before, _ = _threshold(other)
        if not word or kind != word:
            continue
        if own == before:
            yield f"“{word} {own}{unit}”写了两遍", "并成一行，几个人用、隔开"
        elif one.to == other.to:
            yield f"“{word}”提到{one.to}写了两遍", "删去一行"
        elif (own > before) != (levels.index(one.to) > levels.index(other.to)):
            said = f"{word} {before}{unit}到{other.to}，{own}{unit}到{one.to}，高低反了"
            yield said, "从低到高写，越高的天数、次数越多"


def _threshold(one: Escalation) -> tuple[str, int, str]:
    """Return what an escalation waits for, how much of it and in what unit; empty where it is written wrongly."""
    if one.late is not None and one.redo is None:
        return "逾期", one.late, "天"
    return ("复查不合格", one.redo, "次") if one.redo is not None and one.late is None else ("", 0, "")
