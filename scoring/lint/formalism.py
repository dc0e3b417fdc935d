"""Doubts about what points rest on: the inspector's discretion, paper, praise from above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from scoring.lint.doubt import Doubt
from scoring.lint.subject import Placed, Subject
from scoring.points import ZERO, plain, ratio
from scoring.rule.clause import Clause
from scoring.tariff import Judged, Remainder

_MUCH = Decimal(30)
_PAPER = re.compile(
    "台账|台帐|照片|图片|影像|会议记录|会议纪要|开会|参会|签到|简报|档案|资料|记录|日志|文件|发文|信息篇|信息条|留痕"
)
_PRAISE = re.compile("批示|媒体|报道|报导|刊登|刊发|刊载|头条|表彰|表扬|点赞|转发|阅读量|获奖|奖牌")
_BLAME = re.compile("曝光|负面")


def much_discretion(subject: Subject) -> Iterator[Doubt]:
    """疑31: much of the mark is what an inspector thinks it is."""
    share, who = _share(subject, lambda one: isinstance(one.check.tariff, Remainder | Judged))
    if share > _MUCH:
        yield subject.doubt("疑31", ("项目",), f"检查员打分和裁量的占{plain(share)}%{who}")


def much_paper(subject: Subject) -> Iterator[Doubt]:
    """疑32: much of the mark is for paper."""
    share, who = _share(subject, lambda one: one.card.paper)
    if share > _MUCH:
        yield subject.doubt("疑32", ("项目",), f"痕迹类占{plain(share)}%{who}")


def unmarked_paper(subject: Subject) -> Iterator[Doubt]:
    """疑33: a clause asks for paper and is not marked 痕迹类."""
    for one in subject.current:
        found = next((word for name in one.check.asks if (word := _PAPER.search(name))), None)
        if found is not None and not one.card.paper:
            yield subject.doubt("疑33", one.loc, f"看的是{found[0]}，没写 痕迹类: 是")


def praise(subject: Subject) -> Iterator[Doubt]:
    """疑34: what leaders wrote or media said counts."""
    for one in subject.cards:
        for text in (one.card.name, *one.check.asks):
            found = _PRAISE.search(text)
            if found is not None and not _BLAME.search(text):
                yield subject.doubt("疑34", one.loc, f"“{text}”: {found[0]}不能作考核依据")
                break


def _share(subject: Subject, wanted: Callable[[Placed[Clause]], bool]) -> tuple[Decimal, str]:
    """Return the greatest share, in percent, that some clauses have of the mark of a kind of unit, and which kind."""
    whole: dict[str, Decimal] = {}
    part: dict[str, Decimal] = {}
    for _, item, clauses in subject.by_item:
        for kind in subject.kinds:
            asked = [one for one in clauses if kind in one.check.kinds]
            if asked:
                lost = sum((one.most for one in asked if wanted(one)), ZERO)
                whole[kind] = whole.get(kind, ZERO) + item.full
                part[kind] = part.get(kind, ZERO) + min(lost, item.full)
    shares = [(ratio(part[kind], whole[kind], Decimal(100)), kind) for kind in whole if whole[kind]]
    if not shares:
        return ZERO, ""
    share, kind = max(shares)
    return share, f"（{kind}）" if len({one for one, _ in shares}) > 1 else ""
