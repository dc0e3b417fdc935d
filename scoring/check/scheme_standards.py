"""What can be wrong with the standards that a scheme uses: unknown ones, kinds they are not for, shares that do not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scoring.check.shares import not_whole, total
from scoring.errors import Mistake, did_you_mean
from scoring.points import ONE, ZERO
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import UsedStandard
from scoring.rule.standard import Standard

Known = Mapping[str, list[Standard]] | None


def by_id(standards: Iterable[Standard]) -> Mapping[str, list[Standard]]:
    """Return the versions of each standard by its 编号."""
    found: dict[str, list[Standard]] = {}
    for standard in standards:
        found.setdefault(standard.id, []).append(standard)
    return found


def standards_mistakes(scheme: Scheme, known: Known) -> Iterator[Mistake]:
    """Yield what is wrong with the list 标准; without ``known`` only what stands in it is asked."""
    used = scheme.standards
    for i, one in enumerate(used):
        yield from (
            Mistake(("标准", i, *wrong.loc), wrong.message, wrong.hint) for wrong in _used(one, known)
        )
        for other in used[:i]:
            both = _common(one, other)
            if one.id == other.id and both:
                yield Mistake(("标准", i, "标准"), f"“{one.id}”给{both}写了两遍", "并成一行，或写不同的适用")
    without = [i for i, one in enumerate(used) if one.share is None]
    if without:
        for i in without if len(without) < len(used) else ():
            hint = "都写上占，同一类别合计 100%；都不写就各自排名"
            yield Mistake(("标准", i), f"“{used[i].id}”没写占，别的写了", hint)
        return
    for kind in kinds_of_all(used, known):
        shares = [(one.id, one.share) for one in used if _applies(one, kind, known)]
        if shares and total(shares) != ONE:
            yield Mistake(("标准",), not_whole(f"{kind}各标准" if kind else "各标准", shares))


def _used(one: UsedStandard, known: Known) -> Iterator[Mistake]:
    """Yield what is wrong with one line of 标准, relative to it."""
    if one.share == ZERO:
        yield Mistake(("占",), "占 0% 等于没有用这个标准", "删去这一行，或改占多少")
    if known is None:
        return
    if one.id not in known:
        yield Mistake(("标准",), f"没有编号“{one.id}”的标准", did_you_mean(one.id, known))
        return
    if not any(standard.scored for standard in known[one.id]):
        yield Mistake(("标准",), f"“{one.id}”只统计、不计分，不能用来考核", "删去这一行")
    kinds = _kinds_of(one.id, known)
    for k, kind in enumerate(one.kinds or ()):
        if kind not in kinds:
            yield Mistake(("适用", k), f"标准“{one.id}”不适用于“{kind}”", did_you_mean(kind, kinds))


def _common(one: UsedStandard, other: UsedStandard) -> str:
    """Return the kinds that both of two lines are for, in words; empty for none."""
    if one.kinds is None or other.kinds is None:
        return "、".join(one.kinds or other.kinds or ()) or "同样的类别"
    return "、".join(kind for kind in one.kinds if kind in other.kinds)


def _kinds_of(id: str, known: Mapping[str, list[Standard]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for standard in known.get(id, ()) for kind in standard.kinds))


def kinds_of_all(used: Iterable[UsedStandard], known: Known) -> tuple[str, ...]:
    """Return every kind of unit whose shares must add up; "" stands for those that nobody names."""
    found = dict.fromkeys(
        kind for one in used for kind in (one.kinds or (known and _kinds_of(one.id, known)) or ("",))
    )
    return tuple(found)


def _applies(one: UsedStandard, kind: str, known: Known) -> bool:
    meant = one.kinds is None or kind in one.kinds
    return meant and (known is None or one.id not in known or kind in _kinds_of(one.id, known))
