"""检查项: what the inspector fills in, as a rule file and the field dictionary write it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scoring.rule.card import Card, Entry, Flag, Name, Points, Text


class FieldKind(StrEnum):
    """How a 检查项 is filled in."""

    YES_NO = "是否"
    CHOICE = "选项"
    COUNT = "数量"
    MEASURE = "数值"
    PERCENT = "百分比"
    POINTS = "分数"
    RECHECK = "复查"


MAX_NUMBER = Decimal(1_000_000)
STAYS_BLANK = "未查"
DONE, NOT_DONE, NOT_DUE = "已整改", "整改不到位", "未到期"
_CHOICES = {FieldKind.YES_NO: ("是", "否"), FieldKind.RECHECK: (DONE, NOT_DONE, NOT_DUE)}


class FormField(Card):
    """检查项: one thing the inspector fills in.

    ``at_most`` names the field this one is a part of; ``register_column`` the register's column that answers where the
    sheet does not; ``sample`` is a condition without which the answer counts as 未查; ``counts_if`` says how large an
    occurrence must be to count (大小); ``bands`` are the ranges in which points may be given.
    """

    kind: Annotated[
        FieldKind,
        Field(alias="填", strict=False, description="是否、选项、数量、数值、百分比、分数 或 复查"),
    ]
    options: Annotated[tuple[Name, ...], Field(alias="选项", strict=False, max_length=50)] = ()
    unit: Annotated[str, Field(alias="单位", max_length=8, description="量词，如 处、户、只、米")] = ""
    note: Annotated[str, Field(alias="说明", max_length=200)] = ""
    minimum: Annotated[Points | None, Field(alias="最小")] = None
    maximum: Annotated[Points | None, Field(alias="最大")] = None
    may_skip: Annotated[Flag, Field(alias="可缺项", description="检查员可填“不适用”")] = False
    when_none: Annotated[
        Entry | None,
        Field(
            alias="没问题时",
            description="签了“空白即未发现问题”时，空白当作的值；数量默认为 0，写 未查 的仍按未查",
        ),
    ] = None
    register_column: Annotated[
        Name | None, Field(alias="名册", description="表上没填时，用名册的哪一栏，如 人口")
    ] = None
    at_most: Annotated[
        Name | None, Field(alias="不多于", description="另一个检查项，如 提问题数；填得比它多的不收")
    ] = None
    sample: Annotated[Text | None, Field(alias="样本", description="如 走访户数 ≥ 15；不满足时按未查")] = None
    counts_if: Annotated[
        Text | None, Field(alias="算一处", description="如 大小 > 0.5；问题明细里不够大的不计")
    ] = None
    bands: Annotated[
        Mapping[Name, Text] | None,
        Field(alias="分档", min_length=2, description="如 {好: 18～20, 中: 10～17, 差: 0～9}"),
    ] = None
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点", description="如 {疑01: 理由}")] = {}

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words that may be answered; empty for numbers."""
        return _CHOICES.get(self.kind, self.options)

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Return the least and the greatest number that may be answered; None is no limit (of a computed value)."""
        top = Decimal(1) if self.kind is FieldKind.PERCENT else MAX_NUMBER
        return self.minimum or Decimal(0), top if self.maximum is None else self.maximum

    @property
    def numeric(self) -> bool:
        """Return whether a number is answered."""
        return not self.choices


class ComputedAnswer(FormField):
    """What a computed field comes to, as conditions and prices speak of it; nobody fills it in."""

    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Return what 不低于 and 不高于 leave of all numbers."""
        return self.lowest, self.highest


class FieldDictionary(Card):
    """检查项字典: the fields that several standards share, by name."""

    fields: Annotated[Mapping[Name, FormField], Field(alias="检查项", min_length=1)]
