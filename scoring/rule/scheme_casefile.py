"""情形: the tests of a scheme, small tables of units and visits in the ``.cases.yaml`` beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from scoring.rule.card import Card, Day, Name, Points, Text, card_or_word
from scoring.rule.scheme_card import Share

OPEN_SCORE = "未查"
_SCORE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?(～[0-9]{1,6}(\.[0-9]{1,4})?)?")


def _score(value: object) -> object:
    """Take a score, a range of scores, or 未查."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not (value == OPEN_SCORE or _SCORE.fullmatch(value)):
        raise ValueError("应是得分，写 90，或 85～92，或 未查")
    return value


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Written = Annotated[str, BeforeValidator(_score, json_schema_input_type=str | float)]


class CaseUnit(Card):
    """单位: one unit of the cases, as the register would have it."""

    name: Annotated[Name, Field(alias="名称")]
    kind: Annotated[Name, Field(alias="类别")]
    area: Annotated[str, Field(alias="片区")] = ""
    details: Annotated[Mapping[Name, Text], Field(alias="名册")] = {}


class CaseVisit(Card):
    """检查: one visit's score, and what else a case needs to say of it."""

    score: Annotated[Written, Field(alias="得分")]
    standard: Annotated[Name | None, Field(alias="标准")] = None
    day: Annotated[Day | None, Field(alias="日期")] = None
    coverage: Annotated[Share | None, Field(alias="查到", description="查到的条款占多少，如 60%")] = None
    veto: Annotated[Literal["是", "待查", "不予评定等级"] | None, Field(alias="一票否决")] = None


class CaseLower(Card):
    """下级: what a unit came to in a round below, and what it won there (等次和荣誉)."""

    score: Annotated[Written, Field(alias="得分")]
    won: Annotated[tuple[Name, ...], Field(alias="获得", strict=False)] = ()


Visit = Annotated[
    Annotated[Written, Tag("word")] | Annotated[CaseVisit, Tag("card")], Discriminator(card_or_word)
]
Lower = Annotated[
    Annotated[Written, Tag("word")] | Annotated[CaseLower, Tag("card")], Discriminator(card_or_word)
]
Visits = Annotated[
    tuple[Visit, ...],
    Field(strict=False),
    BeforeValidator(_listed, json_schema_input_type=Visit | tuple[Visit, ...]),
]
Lowers = Annotated[
    tuple[Lower, ...],
    Field(strict=False),
    BeforeValidator(_listed, json_schema_input_type=Lower | tuple[Lower, ...]),
]
Names = Annotated[tuple[Name, ...], Field(strict=False)]
Rounds = Annotated[tuple[Names, ...], Field(strict=False)]


class CaseExtra(Card):
    """附加: points the office adds or takes."""

    unit: Annotated[Name, Field(alias="单位")]
    add: Annotated[Points, Field(alias="加")] = Decimal(0)
    take: Annotated[Points, Field(alias="扣")] = Decimal(0)
    reason: Annotated[Text, Field(alias="理由")]


class CaseStanding(Card):
    """应算出: what a unit must come to; each part may be left out."""

    standard: Annotated[Name | None, Field(alias="标准")] = None
    score: Annotated[Written | None, Field(alias="得分")] = None
    grade: Annotated[Name | None, Field(alias="等次", description="等次，或 未定")] = None
    rank: Annotated[int | None, Field(alias="名次", ge=1)] = None
    last: Annotated[int | None, Field(alias="倒数名次", ge=1)] = None
    honours: Annotated[tuple[Name, ...] | None, Field(alias="荣誉", strict=False)] = None
    awards: Annotated[Mapping[Name, Points] | None, Field(alias="奖励")] = None
    unranked: Annotated[Text | None, Field(alias="不排名", description="为什么不排名")] = None


Standings = Annotated[
    tuple[CaseStanding, ...],
    Field(strict=False),
    BeforeValidator(_listed, json_schema_input_type=CaseStanding | tuple[CaseStanding, ...]),
]


class SchemeCase(Card):
    """情形: who was visited, how it went, and what must come out."""

    name: Annotated[Text, Field(alias="名称")]
    visits: Annotated[Mapping[Name, Mapping[Name, Visits]], Field(alias="检查")] = {}
    lower: Annotated[Mapping[Name, Mapping[Name, Lowers]], Field(alias="下级")] = {}
    extras: Annotated[tuple[CaseExtra, ...], Field(alias="附加", strict=False)] = ()
    earlier: Annotated[
        Mapping[Name, Rounds],
        Field(alias="以往", description="以前各轮得的等次和荣誉，最近的写在最后"),
    ] = {}
    expected: Annotated[Mapping[Name, Standings], Field(alias="应算出", min_length=1)]


class SchemeCaseFile(Card):
    """A scheme's ``.cases.yaml``: some units, and the cases that tell how their rounds went."""

    units: Annotated[tuple[CaseUnit, ...], Field(alias="单位", strict=False, min_length=1)]
    cases: Annotated[tuple[SchemeCase, ...], Field(alias="情形", strict=False, min_length=1)]
