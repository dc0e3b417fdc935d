"""What a standard's rule file may say. The Chinese aliases are the only dictionary between file and code.

Only the shape stands here; whether names exist and numbers fit together is asked in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from scoring.grammar.bands import FORM, BandError, grade_floor, read_band
from scoring.rule.card import Day, Name, Points, RuleCard, Text, points_value
from scoring.rule.clause import Bonus, Clause, Item
from scoring.rule.computed import Computed
from scoring.rule.form_field import FormField
from scoring.rule.source import BasedOn, Code, PointsFrom, provisional

NO_GRADE = "不予评定等级"


def _grade(value: object) -> object:
    """Take a 起点分, or a band's words."""
    if not isinstance(value, str):
        return points_value(value)
    try:
        read_band(value)
    except BandError as error:
        raise ValueError(f"{error}，写起点分如 90，或{FORM}") from None
    return value


Grade = Annotated[Decimal | str, BeforeValidator(_grade, json_schema_input_type=float | str)]


def _is_scored(value: object) -> object:
    if value not in ("评分", "只统计"):
        raise ValueError("应写 评分 或 只统计")
    return value == "评分"


class Standard(RuleCard):
    """标准: one rule file."""

    name: Annotated[Name, Field(alias="标准")]
    id: Code
    basis: BasedOn
    points_from: PointsFrom
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    kinds: Annotated[tuple[Name, ...], Field(alias="适用", strict=False, min_length=1)]
    starts: Annotated[Day, Field(alias="施行")]
    ends: Annotated[Day | None, Field(alias="废止")] = None
    grades_written: Annotated[
        Mapping[Name, Grade],
        Field(
            alias="等次",
            description="如 {优秀: 90, 合格: 60, 不合格: 0}，或 {优秀: ≥90, 合格: 60～90（不含90）, 不合格: <60}",
        ),
    ] = {}
    scale: Annotated[
        Points | None, Field(alias="标化分", gt=0, description="写 100: 得分 = 实得分 ÷ 应得分 × 100")
    ] = None
    scored: Annotated[
        bool,
        BeforeValidator(_is_scored, json_schema_input_type=Literal["评分", "只统计"]),
        Field(alias="计分"),
    ] = True
    veto_grade: Annotated[
        str | None,
        Field(
            alias="一票否决",
            description=f"如 等次定为不合格，或 {NO_GRADE}",
            json_schema_extra={"pattern": f"^({NO_GRADE}|等次定为.+)$"},
        ),
    ] = None
    severe: Annotated[
        int | None, Field(alias="严重条款达", ge=2, le=50, description="如 3: 三条严重条款等同一票否决")
    ] = None
    gaps: Annotated[Literal["折算", "计满分"], Field(alias="合理缺项")] = "折算"
    form: Annotated[Mapping[Name, FormField], Field(alias="登记表", min_length=1)]
    computed: Annotated[Mapping[Name, Computed], Field(alias="计算")] = {}
    items: Annotated[tuple[Item, ...], Field(alias="项目", strict=False, min_length=1)]
    conclusions: Annotated[
        Mapping[Name, Annotated[tuple[str, ...], Field(strict=False, min_length=1)]], Field(alias="结论")
    ] = {}
    bonus: Annotated[Bonus | None, Field(alias="加分")] = None
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点", description="如 {疑01: 理由}")] = {}

    @field_validator("veto_grade")
    @classmethod
    def _read_grade(cls, text: str | None) -> str | None:
        if text in (None, NO_GRADE):
            return text
        if not (text.startswith("等次定为") and len(text) > 4):
            raise ValueError(f"应写成“等次定为不合格”的样子，或 {NO_GRADE}")
        return text.removeprefix("等次定为")

    @property
    def provisional(self) -> bool:
        """Return whether the points are 拟定, which every table that shows them must say."""
        return provisional(self.points_from)

    @property
    def full(self) -> Decimal:
        """Return the standard's full mark: the sum of its items'."""
        return sum((item.full for item in self.items), Decimal(0))

    @cached_property
    def grades(self) -> Mapping[str, Decimal]:
        """Return the 起点分 of each 等次, however they were written; scores have two places."""
        return {name: grade_floor(grade) for name, grade in self.grades_written.items()}

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """Return everything conditions and prices may speak of: the form, and what is computed from it."""
        return {**self.form, **{name: one.as_field() for name, one in self.computed.items()}}

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause in file order, all versions."""
        return tuple(clause for item in self.items for clause in item.clauses)
