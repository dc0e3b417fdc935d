"""The cards a scheme (考核办法) is made of: standards and sources with their shares, rounds, honours, money, ladder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from scoring.rule.card import Card, Flag, Name, Points, Text, card_or_word

StepKind = Literal["重复", "逾期", "复查不合格", "反弹"]
REPORTED = "只通报"
MOST, MOST_STEPS, MOST_LEVELS = 50, 20, 9
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%")


def _share(value: object) -> object:
    """Return a share as a fraction: 70% is 0.7."""
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("应写成 70% 的样子")
    if Decimal(found[1]) > 100:
        raise ValueError("超过了 100%")
    return Decimal(found[1]) / 100


Share = Annotated[
    Decimal,
    BeforeValidator(_share, json_schema_input_type=Annotated[str, Field(pattern=f"^{_PERCENT.pattern}$")]),
]


def _counted(number: str, unit: str) -> BeforeValidator:
    """Return what reads a whole number that is written with its unit: 3天 is 3."""
    pattern = re.compile(f"({number}){unit}")

    def read(value: object) -> object:
        found = pattern.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise ValueError(f"应写成 3{unit} 的样子")
        return int(found[1])

    return BeforeValidator(read, json_schema_input_type=Annotated[str, Field(pattern=f"^{number}{unit}$")])


Days = Annotated[int, _counted("[1-9][0-9]{0,2}", "天")]
Times = Annotated[int, _counted("[1-9][0-9]?", "次")]
Method = Literal["平均", "最低", "最近"]
Kinds = Annotated[
    tuple[Name, ...] | None,
    Field(
        alias="适用", strict=False, min_length=1, max_length=MOST,
        description="只用于哪几类单位，如 [行政村]；不写的各类都用",
    ),
]  # fmt: skip


class UsedStandard(Card):
    """标准: {标准: WL, 占: 60%, 适用: [行政村]}."""

    id: Annotated[Name, Field(alias="标准", description="标准的编号，如 WL")]
    share: Annotated[Share | None, Field(alias="占", description="如 60%；都不写占的各自排名")] = None
    kinds: Kinds = None


class ScoredSource(Card):
    """来源: {占: 70%}, or {并入: 日常}: scored, by itself or together with another."""

    share: Annotated[Share | None, Field(alias="占", description="占多少，如 70%")] = None
    into: Annotated[Name | None, Field(alias="并入", description="与哪个来源合在一起算，如 日常")] = None


Source = Annotated[
    Annotated[Literal["只通报"], Tag("word")] | Annotated[ScoredSource, Tag("card")],
    Discriminator(card_or_word),
    Field(description="写 {占: 70%}、{并入: 日常} 或 只通报"),
]


class Part(Card):
    """组成: {轮次: 季, 合成: 平均, 占: 70%}: rounds of a shorter period or one round by name; {本轮: 年底, 占: 30%}: own visits."""

    rounds: Annotated[Name | None, Field(alias="轮次", description="月、季，或某一轮的名称")] = None
    own: Annotated[Name | None, Field(alias="本轮", description="本轮自己的检查的叫法，如 年底")] = None
    how: Annotated[Method, Field(alias="合成", description="几轮取 平均、最低 还是 最近")] = "平均"
    share: Annotated[Share, Field(alias="占", description="占多少，如 70%")]

    @property
    def name(self) -> str:
        """Return what the part is called."""
        return self.rounds or self.own or ""


class Honour(Card):
    """荣誉: {名称: 红旗, 条件: 得分 ≥ 90 且 名次 ≤ 3}, or a streak: {名称: 约谈, 连续: 黄旗, 次数: 2}.

    A streak runs over the rounds of this scheme up to this one, or over the rounds below that ``rounds`` (轮次) names.
    """

    name: Annotated[Name, Field(alias="名称", description="叫什么，各表上用")]
    when: Annotated[
        Text | None,
        Field(
            alias="条件",
            description="用 得分、名次、倒数名次、等次、一票否决、未查清，如 得分 ≥ 90 且 名次 ≤ 3",
        ),
    ] = None
    streak: Annotated[Name | None, Field(alias="连续", description="另一个荣誉或等次的名称")] = None
    rounds: Annotated[
        Name | None,
        Field(alias="轮次", description="在哪种下级轮次里连着，如 季；不写是本办法自己的各轮"),
    ] = None
    times: Annotated[int, Field(alias="次数", ge=2, le=20, description="连着几轮，如 2")] = 2
    kinds: Kinds = None


class Award(Card):
    """奖励: {名称: 奖励金, 按名次: {1: 2000}} or {名称: 补助, 按等次: {优秀: 100%}, 基数: 3000}; money in 元.

    Like a 荣誉, it may be for some kinds of unit only.
    """

    name: Annotated[Name, Field(alias="名称", description="叫什么，各表上用")]
    by_rank: Annotated[
        Mapping[str, Points] | None,
        Field(alias="按名次", min_length=1, max_length=200, description="如 {1: 2000, 2: 1500}"),
    ] = None
    by_grade: Annotated[
        Mapping[Name, Share] | None,
        Field(alias="按等次", min_length=1, description="如 {优秀: 100%, 合格: 80%}"),
    ] = None
    base: Annotated[Points | None, Field(alias="基数", description="按等次的比例乘多少元，如 3000")] = None
    split: Annotated[
        Flag, Field(alias="并列平分", description="是: 并列的平分所占名次的钱；否: 各得一份")
    ] = False
    kinds: Kinds = None


class Step(Card):
    """阶梯: {情形: 重复, 次数: 2, 来源: [日常], 乘: 2, 加: 1}: the cost becomes cost × 乘 + 加, before the item's floor.

    A source means itself, not what is merged into it (并入).
    """

    kind: Annotated[StepKind, Field(alias="情形", description="重复、逾期、复查不合格 或 反弹")]
    times: Annotated[int, Field(alias="次数", ge=1, le=12, description="重复、复查不合格到第几次起")] = 1
    sources: Annotated[
        tuple[Name, ...] | None,
        Field(alias="来源", strict=False, min_length=1, max_length=MOST, description="只限哪几种检查查到的"),
    ] = None
    multiply: Annotated[Points, Field(alias="乘", description="扣分乘几，如 2")] = Decimal(1)
    add: Annotated[Points, Field(alias="加", description="扣分再加几分，如 1")] = Decimal(0)


class Escalation(Card):
    """督办: {逾期: 3天, 到: 乡长} or {复查不合格: 2次, 到: 乡长}; whom it goes to is a level, the higher written below."""

    late: Annotated[Days | None, Field(alias="逾期", description="逾期几天，如 3天")] = None
    redo: Annotated[Times | None, Field(alias="复查不合格", description="复查几次不合格，如 2次")] = None
    to: Annotated[Text, Field(alias="到", description="如 乡长，或 【包村领导】")]


class Extra(Card):
    """附加: the office's own additions and deductions, each with a reason, together within these limits."""

    most: Annotated[Points, Field(alias="最高加", description="加的合计最多几分")] = Decimal(0)
    least: Annotated[Points, Field(alias="最高扣", description="扣的合计最多几分")] = Decimal(0)
