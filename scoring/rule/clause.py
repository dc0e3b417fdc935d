"""条款 and 加分条款 as a rule file writes them, and the 项目 that groups them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from scoring.rule.card import Card, Day, Entry, Flag, Name, Points, Term, Text
from scoring.rule.price import ByOption, Discretion, Each, Flat, Price


class Remedy(Card):
    """整改: what must be done, by when, by whom; 【检查项】 slots are filled from the sheet."""

    text: Annotated[Text, Field(alias="要求", description="如 清理【柴草乱放处数】处柴草")]
    deadline: Annotated[Term, Field(alias="期限", description="立行立改、3天、10个工作日、4个工时、另定")]
    unit: Annotated[Text, Field(alias="责任单位", description="默认是被检单位；可写【被检单位】村委会")] = (
        "【被检单位】"
    )
    person: Annotated[Text, Field(alias="责任人", description="如 村主任，或 【联路段领导】")]


Severity = Literal["轻微", "一般", "较重", "严重"]


class Clause(Card):
    """条款: one check, its price, its remedy, its own tests (算例)."""

    id: Annotated[
        str,
        Field(
            alias="编号", pattern=r"^[A-Z][A-Z0-9]{0,7}-[0-9]{1,4}[a-z]?$", description="写成 WL-01 的样子"
        ),
    ]
    name: Annotated[Name, Field(alias="名称")]
    source_text: Annotated[Text, Field(alias="原文", description="标准的原话，一字不改")]
    citation: Annotated[Text, Field(alias="出处")]
    kinds: Annotated[tuple[Name, ...] | None, Field(alias="适用", strict=False, min_length=1)] = None
    exempt: Annotated[str | None, Field(alias="不适用")] = None
    starts: Annotated[Day | None, Field(alias="施行")] = None
    ends: Annotated[Day | None, Field(alias="废止")] = None
    when: Annotated[
        Text | None,
        Field(alias="扣分情形", description="检查项 比较 值，如 柴草乱放处数 > 0；用 且、或 连接"),
    ] = None
    price: Annotated[
        Price,
        Field(
            alias="扣分",
            description="写数字、{每处: 2, 最高扣: 10}、{选项: 分值}、本项不得分 等，见规则文件的写法",
        ),
    ]
    severity: Annotated[Severity, Field(alias="严重程度")]
    veto: Annotated[Flag, Field(alias="一票否决")] = False
    paper: Annotated[Flag, Field(alias="痕迹类", description="只看台账、照片、文件的写 是")] = False
    remedy: Annotated[Remedy, Field(alias="整改")]
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点", description="如 {疑01: 理由}")] = {}
    examples: Annotated[
        tuple[dict[str, Entry], ...],
        Field(alias="算例", strict=False, min_length=1, description="如 - {柴草乱放处数: 3, 扣: 6}"),
    ]


class Item(Card):
    """项目: a group of clauses with a full mark."""

    name: Annotated[Name, Field(alias="名称")]
    full: Annotated[Points, Field(alias="满分")]
    clauses: Annotated[tuple[Clause, ...], Field(alias="条款", strict=False, min_length=1)]
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点")] = {}


class BonusClause(Card):
    """加分条款: what earns additional points; nothing need be put right, so there is no 整改."""

    id: Annotated[
        str,
        Field(
            alias="编号",
            pattern=r"^[A-Z][A-Z0-9]{0,7}-J[0-9]{1,4}[a-z]?$",
            description="写成 WL-J1 的样子",
        ),
    ]
    name: Annotated[Name, Field(alias="名称")]
    source_text: Annotated[Text, Field(alias="原文", description="标准的原话，一字不改")]
    citation: Annotated[Text, Field(alias="出处")]
    kinds: Annotated[tuple[Name, ...] | None, Field(alias="适用", strict=False, min_length=1)] = None
    exempt: Annotated[str | None, Field(alias="不适用")] = None
    when: Annotated[Text, Field(alias="加分情形", description="检查项 比较 值，如 先进称号个数 > 0")]
    price: Annotated[
        Price, Field(alias="加分", description="写数字、{每个: 2, 最高扣: 4}、{选项: 分值} 或 {裁量: 检查项}")
    ]
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点")] = {}
    examples: Annotated[
        tuple[dict[str, Entry], ...],
        Field(alias="算例", strict=False, min_length=1, description="如 - {先进称号个数: 1, 加: 2}"),
    ]

    @field_validator("price")
    @classmethod
    def _gives_points(cls, price: Price) -> Price:
        if not isinstance(price, Flat | Each | ByOption | Discretion):
            raise ValueError("加分不能这样写，写数字、{每个: 2}、{选项: 分值} 或 {裁量: 检查项}")
        return price


class Bonus(Card):
    """加分: additional points, added after 折算, together no more than ``cap``."""

    cap: Annotated[Points, Field(alias="最高加", gt=0)]
    clauses: Annotated[tuple[BonusClause, ...], Field(alias="条款", strict=False, min_length=1)]
