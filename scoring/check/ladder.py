"""What can be wrong with the 阶梯, the 加倍来源 and the 督办 of a scheme whose shape is right."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.errors import Mistake, did_you_mean
from scoring.points import ONE, ZERO
from scoring.rectify.orders import SLOT, UNIT_SLOTS
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import REPORTED, Escalation, Step

_COUNTED = ("重复", "复查不合格")


def ladder_mistakes(scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with the steps of the ladder, doubled sources and escalations."""
    for i, step in enumerate(scheme.ladder):
        for one in _step(step, scheme):
            yield Mistake(("阶梯", i, *one.loc), one.message, one.hint)
        if any(_alike(step, other) for other in scheme.ladder[:i]):
            yield Mistake(("阶梯", i), "和上面一步的情形、次数、来源都一样", "并成一步")
    for i, name in enumerate(scheme.doubled):
        yield from (Mistake(("加倍来源", i), *wrong) for wrong in _source(name, scheme))
        if name in scheme.doubled[:i]:
            yield Mistake(("加倍来源", i), f"“{name}”写了两遍", "删去一个")
    for i, escalation in enumerate(scheme.escalations):
        for one in _escalation(escalation, scheme.escalations[:i]):
            yield Mistake(("督办", i, *one.loc), one.message, one.hint)


def _step(step: Step, scheme: Scheme) -> Iterator[Mistake]:
    """Yield what is wrong with one step, relative to it."""
    written = "times" in step.model_fields_set
    if step.kind == "重复" and step.times < 2:
        yield Mistake(("次数",) if written else (), "重复从第 2 次算起", "加 次数: 2")
    elif step.kind not in _COUNTED and written:
        yield Mistake(("次数",), f"{step.kind}不分次数", "删去 次数；只有重复、复查不合格写 次数")
    if step.multiply == ONE and step.add == ZERO:
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


def _escalation(escalation: Escalation, before: tuple[Escalation, ...]) -> Iterator[Mistake]:
    """Yield what is wrong with one escalation, relative to it."""
    if (escalation.late is None) == (escalation.redo is None):
        yield Mistake((), "写 逾期，或写 复查不合格，只写一个", "如 逾期: 3天，或 复查不合格: 2次")
    elif any((one.late, one.redo) == (escalation.late, escalation.redo) for one in before):
        when = f"逾期 {escalation.late}" if escalation.late else f"复查不合格 {escalation.redo}"
        yield Mistake((), f"“{when}”写了两遍", "并成一行，几个人用、隔开")
    for name in SLOT.findall(escalation.to):
        if name not in UNIT_SLOTS:
            yield Mistake(("到",), f"名册没有“{name}”", did_you_mean(name, UNIT_SLOTS))
