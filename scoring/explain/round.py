"""Why this standing: how visits become a total, why a unit is not ranked, what it won and what it is paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from scoring.explain.waiver import without_line
from scoring.judge.published import weighed
from scoring.judge.standing import PartScore, Prize, Standing
from scoring.points import ONE, ZERO, percent, plain, span
from scoring.rule.scheme import EVERY_SOURCE, Scheme
from scoring.rule.scheme_card import Award, Honour
from scoring.rule.standard import NO_GRADE

_TAKEN = {"平均": "平均", "最低": "取最低", "最近": "取最近"}
_STEP = "  "


def standing_lines(one: Standing, scheme: Scheme) -> Iterator[str]:
    """Yield a standing line by line, as it would be read aloud; every number in it can be worked out by hand."""
    yield from _parts(one.parts, scheme, "合计", 0)
    yield from _extra_lines(one, scheme)
    yield _score_line(one)
    if one.without is not None:
        yield without_line(one.without)
    yield _rank_line(one)
    for honour in scheme.honours:
        if honour.name in one.honours:
            yield _honour_line(honour)
    for prize in one.awards:
        yield prize_line(prize)
    yield from _withheld(one, scheme.awards)
    for part in one.reported:
        yield f"只通报，不计分: {_taken(part, '次')}"


def _parts(parts: Sequence[PartScore], scheme: Scheme, name: str, depth: int) -> Iterator[str]:
    """Yield the lines of parts that are weighed, then how they are."""
    rounds = {part.name for part in scheme.parts if part.rounds is not None}
    for part in parts:
        if part.how:
            yield _STEP * depth + _taken(part, "轮" if part.name in rounds else "次")
        else:
            yield from _parts(part.parts, scheme, part.name, depth + 1)
    if len(parts) > 1 or depth:
        yield _STEP * max(depth - 1, 0) + _sum_line(parts, scheme, name)


def _taken(part: PartScore, unit: str) -> str:
    """Say what is taken of a source's visits or of rounds."""
    name = "检查" if part.name == EVERY_SOURCE else part.name
    left = part.made - part.count
    missed = "没查到" if unit == "次" else "没有得分"
    if not part.count:
        return f"{name}: {part.made}{unit}都{missed}" if part.made else f"{name}: 没有"
    text = f"{name}: " + "、".join(f"{leaf.name} {span(leaf.low, leaf.high)}" for leaf in part.parts)
    if part.low is not None and (part.count > 1 or (part.low, part.high) != _ends(part.parts[0])):
        text += f"，{part.count}{unit}{_TAKEN[part.how]} {span(part.low, part.high)}"
    if left:
        text += f"（另有{left}{unit}{missed}，不计）"
    return text


def _sum_line(parts: Sequence[PartScore], scheme: Scheme, name: str) -> str:
    """Say how parts are weighed; where some have no score, what is done about it."""
    missing = [part.name for part in parts if part.low is None]
    present = [part for part in parts if part.low is not None]
    lack = f"缺{'、'.join(missing)}"
    if not present or (missing and scheme.missing == "不排名"):
        return f"{name}: {lack}，没有合计" if missing else f"{name}: 没有"
    low, high = weighed(parts, scheme.places)
    total = sum((part.share for part in present), ZERO)
    terms = [_term(part, alone=len(present) == 1) for part in present]
    sums = " + ".join(terms)
    if missing and len(present) > 1:
        sums = f"（{sums}）÷ {percent(total)}"
    text = f"{name}: {sums}" + (f" = {span(low, high)}" if len(present) > 1 else "")
    return f"{text}（{lack}，按其余折算）" if missing else text


def _term(part: PartScore, *, alone: bool) -> str:
    if alone or part.share == ONE:
        return span(part.low, part.high)
    return f"{_bracketed(part.low, part.high)} × {percent(part.share)}"


def _extra_lines(one: Standing, scheme: Scheme) -> Iterator[str]:
    """Yield the extra points with their reasons, and the limits where they held some back."""
    if scheme.extra is None:
        return
    for extra in one.extras:
        by = f"（{extra.by}）" if extra.by else ""
        yield f"{_change(extra.points)}: {extra.reason}{by}"
    low, high = weighed(one.parts, scheme.places)
    if not one.extras or one.low is None or low is None or high is None:
        return
    added = _up_to([extra.points for extra in one.extras], scheme.extra.most)
    taken = _up_to([-extra.points for extra in one.extras], scheme.extra.least)
    terms = [_bracketed(low, high), *(["+", added] if added else []), *(["−", taken] if taken else [])]
    floor = "（最低0分）" if low + one.extra < 0 else ""
    yield f"加减后: {' '.join(terms)} = {span(one.low, one.high)}{floor}"


def _up_to(points: Iterable[Decimal], most: Decimal) -> str:
    """Say what the points of one sign come to; empty for none."""
    total = sum((one for one in points if one > 0), ZERO)
    return (
        f"{plain(most)}（合计{plain(total)}，最多{plain(most)}）"
        if total > most
        else plain(total)
        if total
        else ""
    )


def _change(points: Decimal) -> str:
    return f"另加{plain(points)}分" if points >= 0 else f"另扣{plain(-points)}分"


def _score_line(one: Standing) -> str:
    """Say the score and the grade."""
    if one.low is None:
        text = "没有得分"
    elif one.low != one.high:
        text = f"得分在{span(one.low, one.high)}之间，暂不定分"
    else:
        text = f"得分{one.low}"
    if one.veto == "certain":
        return f"{text}，一票否决，" + (NO_GRADE if one.grade == NO_GRADE else f"等次定为{one.grade}")
    doubt = "，一票否决与否待查" if one.veto else ""
    return f"{text}{doubt}，等次{one.grade or '未定'}"


def _rank_line(one: Standing) -> str:
    """Say the rank and among whom, or why there is none."""
    if one.rank is None:
        return f"不排名: {one.unranked}"
    peers = "、".join(one.group)
    return f"{f'在{peers}的' if peers else '在'}{one.peers}个中排第{one.rank}名，倒数第{one.last}名"


def _honour_line(honour: Honour) -> str:
    if honour.when is not None:
        return f"{honour.name}: {honour.when}"
    where = f"下级轮次（{honour.rounds}）里" if honour.rounds is not None else ""
    return f"{honour.name}: {where}连着{honour.times}轮{honour.streak}"


def prize_line(prize: Prize) -> str:
    """Say what is paid; where a prize is shared, what the whole is and what is left of it."""
    text = f"{prize.name}: {plain(prize.amount)}元"
    if prize.whole is None:
        return text
    left = f"，余{plain(prize.left)}元分不匀，不发" if prize.left else ""
    return f"{text}（{prize.sharing}个单位并列，平分{plain(prize.whole)}元{left}）"


def _withheld(one: Standing, awards: Iterable[Award]) -> Iterator[str]:
    """Yield the prizes of a rank that a veto takes away."""
    for award in awards:
        meant = award.kinds is None or one.unit.kind in award.kinds
        if one.veto and meant and award.by_rank is not None and str(one.rank) in award.by_rank:
            yield f"{award.name}: 一票否决" + ("，不发" if one.veto == "certain" else "与否待查，暂不发")


def _ends(part: PartScore) -> tuple[Decimal | None, Decimal | None]:
    return part.low, part.high


def _bracketed(low: Decimal | None, high: Decimal | None) -> str:
    return span(low, high) if low == high else f"（{span(low, high)}）"
