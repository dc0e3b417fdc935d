"""计算: values worked out of what was filled in, in the four ways a rule file may write them.

Only the shape stands here; ``compute.py`` works them out. A computed field may read the 登记表 and what stands above it,
so nothing can go round in circles.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from scoring.points import plain
from scoring.rule.card import MAX_POINTS, Card, Entry, Name, Text
from scoring.rule.form_field import ComputedAnswer, FieldKind, FormField

Rounding = Literal["进一", "舍去", "四舍五入"]


def _number(value: object) -> object:
    """Take whole numbers as they are and decimals from the text; up to six decimal places."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应是数字，如 4 或 0.5")
    number = Decimal(value)
    if not 0 <= number <= MAX_POINTS:
        raise ValueError(f"应在 0 到 {plain(MAX_POINTS)} 之间")
    if number != round(number, 6):
        raise ValueError("最多写六位小数")
    return number


Number = Annotated[
    Decimal,
    BeforeValidator(_number, json_schema_input_type=Annotated[float, Field(ge=0, le=float(MAX_POINTS))]),
]


class _Computed(Card):
    unit: Annotated[str, Field(alias="单位", max_length=8)] = ""
    note: Annotated[str, Field(alias="说明", max_length=200)] = ""
    sample: Annotated[Text | None, Field(alias="样本", description="如 检查间数 ≥ 30；不满足时按未查")] = None
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点")] = {}


class Formula(_Computed):
    """{算: 人口 ÷ 300, 取整: 进一, 单位: 人}; a formula that divides must say how it is rounded."""

    formula: Annotated[Text, Field(alias="算", description="如 人口 ÷ 300，用 + − × ÷ 和括号")]
    kind: Annotated[
        Literal["数量", "数值", "百分比"] | None,
        Field(alias="填", description="数值（默认）、数量 或 百分比"),
    ] = None
    rounding: Annotated[Rounding | None, Field(alias="取整", description="进一、舍去 或 四舍五入")] = None
    places: Annotated[int | None, Field(alias="保留", ge=0, le=6, description="四舍五入到几位小数")] = None
    floor: Annotated[Number | None, Field(alias="不低于")] = None
    ceiling: Annotated[Number | None, Field(alias="不高于")] = None

    def as_field(self) -> FormField:
        """Return the result as a field conditions and prices can speak of."""
        kind = FieldKind(self.kind) if self.kind else FieldKind.COUNT if self.rounding else FieldKind.MEASURE
        return ComputedAnswer(
            kind=kind, unit=self.unit, note=self.note, lowest=self.floor, highest=self.ceiling
        )


class Lookup(_Computed):
    """{按: 路段等级, 取: {一类: 4, 二类: 8}, 单位: 处}: a number by the option of a field."""

    by: Annotated[Name, Field(alias="按")]
    numbers: Annotated[Mapping[Name, Number], Field(alias="取", min_length=1)]

    def as_field(self) -> FormField:
        """Return the result as a field conditions and prices can speak of."""
        whole = all(number == number.to_integral_value() for number in self.numbers.values())
        kind = FieldKind.COUNT if whole else FieldKind.MEASURE
        return ComputedAnswer(kind=kind, unit=self.unit, note=self.note)


class Level(_Computed):
    """{按: 阳性率, 分级: {A级: ≤1%, B级: 1%～3%（不含1%）, 不达标: >3%}}: an option by a number's band."""

    by: Annotated[Name, Field(alias="按")]
    levels: Annotated[Mapping[Name, Text], Field(alias="分级", min_length=2)]

    def as_field(self) -> FormField:
        """Return the result as a field conditions and prices can speak of."""
        return ComputedAnswer(
            kind=FieldKind.CHOICE, options=tuple(self.levels), unit=self.unit, note=self.note
        )


class Constant(_Computed):
    """{定为: 周五}: a word or number that is changed here and nowhere else."""

    value: Annotated[Entry, Field(alias="定为")]

    def as_field(self) -> FormField:
        """Return the value as a field conditions and prices can speak of."""
        if isinstance(self.value, str):
            return ComputedAnswer(
                kind=FieldKind.CHOICE, options=(self.value,), unit=self.unit, note=self.note
            )
        return ComputedAnswer(kind=FieldKind.MEASURE, unit=self.unit, note=self.note)


_KEYS = {"算": "formula", "取": "lookup", "分级": "level", "定为": "constant"}


def _way(raw: object) -> str:
    """Tell the four ways apart by their own key."""
    if isinstance(raw, _Computed):
        return type(raw).__name__.lower()
    keys: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    return next((way for key, way in _KEYS.items() if key in keys), "formula")


Computed = Annotated[
    Annotated[Formula, Tag("formula")]
    | Annotated[Lookup, Tag("lookup")]
    | Annotated[Level, Tag("level")]
    | Annotated[Constant, Tag("constant")],
    Discriminator(_way),
]
