"""Doubts about 整改: no day to be done by, nobody who can sign for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.grammar.deadline import Clock
from scoring.lint.doubt import Doubt
from scoring.lint.subject import Subject

_GRAVE = ("较重", "严重")
_PEOPLE = re.compile(
    "农户|养殖户|住户|(?:村民|居民|业主)(?!委员会|小组|代表)|群众|个人|倾倒人|建设人|经营者|摊贩"
)
_NOBODY = re.compile(
    "(有关|相关|各|具体|当事)?(责任)?(单位|部门|人员|人)|(有关|相关)(负责人|领导|同志)|待定|另定|无|不详"
)


def no_day(subject: Subject) -> Iterator[Doubt]:
    """疑28: a grave fault may be put right whenever."""
    for one in subject.current:
        if one.card.severity in _GRAVE and one.card.remedy.deadline.clock is Clock.OPEN:
            yield subject.doubt(
                "疑28", (*one.loc, "整改", "期限"), f"{one.card.severity}问题没有整改期限（另定）"
            )


def cannot_sign(subject: Subject) -> Iterator[Doubt]:
    """疑29: the 责任单位 is a person, who cannot sign for an order."""
    for one in subject.current:
        found = _PEOPLE.search(one.card.remedy.unit)
        if found is not None:
            yield subject.doubt("疑29", (*one.loc, "整改", "责任单位"), f"{found[0]}不能签收整改单")


def nobody(subject: Subject) -> Iterator[Doubt]:
    """疑30: who is to do it is not said."""
    for one in subject.current:
        for key, word in (("责任单位", one.card.remedy.unit), ("责任人", one.card.remedy.person)):
            if _NOBODY.fullmatch(word):
                yield subject.doubt("疑30", (*one.loc, "整改", key), f"“{word}”没说是谁")
