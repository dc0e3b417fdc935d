"""A scheme read aloud: each part of it as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoring.explain.ledger import points_note
from scoring.points import ONE, ZERO, percent, plain
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Award, Escalation, Honour, ScoredSource, Step, UsedStandard


def scheme_sentences(scheme: Scheme) -> Iterator[str]:
    """Yield what a scheme says, a line a sentence."""
    until = f"，{scheme.ends} 废止" if scheme.ends else ""
    yield f"{scheme.name}（{scheme.id}）  周期: {scheme.period}  {scheme.starts} 起施行{until}  {points_note(scheme)}"
    for one in scheme.standards:
        yield f"  {_standard(one, scheme)}"
    yield from (f"  {line}" for line in _totals(scheme))
    grades = "、".join(f"{name} {plain(floor)} 分起" for name, floor in scheme.grades.items())
    yield f"  等次: {grades}；得分保留{scheme.places}位小数，逐级四舍五入"
    yield f"  {_ranking(scheme)}"
    for honour in scheme.honours:
        yield f"  {_honour(honour)}"
    for award in scheme.awards:
        yield f"  {_award(award)}"
    yield from (f"  {line}" for line in _raises(scheme))
    for escalation in scheme.escalations:
        yield f"  {_escalation(escalation)}"
    if scheme.extra is not None:
        yield f"  附加分: 最多加{plain(scheme.extra.most)}分，最多扣{plain(scheme.extra.least)}分"


def _standard(one: UsedStandard, scheme: Scheme) -> str:
    kinds = "、".join(one.kinds) if one.kinds else "各类单位"
    if not scheme.combined or one.share is None:
        return (
            f"{kinds}: 按 {one.id} 计分，单独排名"
            if len(scheme.standards) > 1
            else f"{kinds}: 按 {one.id} 计分"
        )
    return f"{kinds}: {one.id} 占 {percent(one.share)}"


def _totals(scheme: Scheme) -> Iterator[str]:
    """Yield how visits and rounds become a total."""
    for part in scheme.parts:
        if part.own is not None:
            yield f"{part.own}（本轮自己的检查）占 {percent(part.share)}"
        else:
            yield f"下级轮次（{part.rounds}）的得分取{part.how}，占 {percent(part.share)}"
    for name, source in scheme.sources.items():
        if not isinstance(source, ScoredSource):
            yield f"{name}只通报，不计分"
        elif source.into is not None:
            yield f"{name}并入{source.into}"
        else:
            yield f"{name}占 {percent(source.share or ZERO)}"
    if scheme.judges_itself:
        yield f"同一来源查了几次，取{scheme.visits}" if scheme.sources else f"不分来源，几次取{scheme.visits}"
    if scheme.sources or scheme.parts:
        missing = "其余的折算" if scheme.missing == "按其余折算" else "不排名"
        yield f"缺一种检查或一轮得分的单位，{missing}"


def _ranking(scheme: Scheme) -> str:
    groups = f"在同一{'、'.join(scheme.groups)}里排名" if scheme.groups else "不分组，一起排名"
    ties = "同分的名次相同，后面的名次空出" if scheme.ties == "占位" else "同分的名次相同，后面的名次接着排"
    floor = f"；条款查到不足 {percent(scheme.coverage)} 的不排名" if scheme.coverage else ""
    return f"{groups}，{ties}{floor}"


def _for(kinds: tuple[str, ...] | None) -> str:
    return f"（只给{'、'.join(kinds)}）" if kinds else ""


def _honour(honour: Honour) -> str:
    if honour.when is not None:
        return f"{honour.name}: {honour.when}{_for(honour.kinds)}"
    where = f"下级轮次（{honour.rounds}）里" if honour.rounds else ""
    return f"{honour.name}: {where}连着{honour.times}轮{honour.streak}{_for(honour.kinds)}"


def _award(award: Award) -> str:
    if award.by_rank is not None:
        listed = "、".join(f"第{rank}名 {plain(amount)} 元" for rank, amount in award.by_rank.items())
        ties = "并列的平分" if award.split else "并列的各得一份"
        return f"{award.name}: {listed}，{ties}{_for(award.kinds)}"
    grades: Mapping[str, Decimal] = award.by_grade or {}
    base = award.base or Decimal(0)
    listed = "、".join(f"{grade} {plain(base * share)} 元" for grade, share in grades.items())
    return f"{award.name}: {listed}{_for(award.kinds)}"


def _raises(scheme: Scheme) -> Iterator[str]:
    """Yield what makes a finding cost more."""
    if scheme.relapse is not None:
        yield f"销号后{scheme.relapse}天内又不合格的，算反弹"
    yield from map(_step, scheme.ladder)
    if scheme.doubled:
        yield f"{'、'.join(scheme.doubled)}查到的，扣分加倍"
    if len(scheme.ladder) + len(scheme.doubled) > 1:
        yield "几步都合的，取扣得最多的一步，不叠加"


def _step(step: Step) -> str:
    when = f"{step.kind}到第{step.times}次" if step.times > 1 else step.kind
    where = f"（{'、'.join(step.sources)}查到的）" if step.sources else ""
    how = [f"乘 {plain(step.multiply)}"] if step.multiply != ONE else []
    how += [f"再加 {plain(step.add)} 分" if how else f"加 {plain(step.add)} 分"] if step.add else []
    return f"{when}{where}: 扣分{'，'.join(how)}"


def _escalation(escalation: Escalation) -> str:
    when = f"逾期{escalation.late}天" if escalation.late else f"复查不合格{escalation.redo}次"
    return f"{when}，报{escalation.to}"
