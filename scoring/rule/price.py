"""扣分: the shapes in which a card may write a price; how each is counted stands in ``tariff.py``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, RootModel, Tag, model_validator

from scoring.rule.card import Card, Name, Points, Text

_NUMBER = {"type": "number", "minimum": 0}
# 每处, 每5户, 每100米, 每超1处, 每少1人, 每低1个百分点
_EACH = re.compile(r"每([超少低高])?([0-9]{1,6}(?:\.[0-9]{1,4})?|一)?([^0-9].*)$")
EACH_KEYS = ("最高扣", "零头", "计数")
PERCENT_POINT = "个百分点"
Odd = Literal["不计", "进一", "照算"]


class Flat(RootModel[Points]):
    """扣分: 10."""

    model_config = ConfigDict(frozen=True)


class ZeroItem(RootModel[Literal["本项不得分"]]):
    """扣分: 本项不得分."""

    model_config = ConfigDict(frozen=True)


class Each(Card):
    """扣分: {每处: 2, 最高扣: 10}, {每5户: 1, 零头: 不计}, {每超1处: 0.5}, {每少1人: 0.3}, {每低1个百分点: 1, 零头: 不计}.

    ``verb`` says what is counted: every occurrence, or what is over (超、高) or short of (少、低) the limit that the
    condition compares with. ``step`` is how many make one, ``odd`` what becomes of a part of one; 计数 names the field
    where the condition leaves a choice.
    """

    verb: Annotated[Literal["", "超", "少", "低", "高"], Field(alias="动")] = ""
    step: Annotated[Decimal, Field(alias="步", gt=0)] = Decimal(1)
    unit: Annotated[str, Field(alias="每")]
    points: Annotated[Points, Field(alias="扣")]
    odd: Annotated[Odd | None, Field(alias="零头", description="不足一个的: 不计、进一 或 照算")] = None
    cap: Annotated[Points | None, Field(alias="最高扣", description="每… 的扣分合计最多扣几分")] = None
    counted: Annotated[Name | None, Field(alias="计数")] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """Describe what an author writes: one key 每…, and the others."""
        shown = ("每处", "每户", "每5户", "每超1处", "每少1人", "每低1个百分点", "最高扣")
        return {
            "type": "object",
            "patternProperties": {"^每.": _NUMBER},
            "properties": {**dict.fromkeys(shown, _NUMBER), "零头": {"enum": ["不计", "进一", "照算"]}, "计数": {"type": "string"}},
            "additionalProperties": False,
            "not": {"propertyNames": {"enum": list(EACH_KEYS)}},
        }  # fmt: skip

    @model_validator(mode="before")
    @classmethod
    def _read_unit(cls, raw: object) -> object:
        """Turn the one key 每… into its verb, step, unit and points."""
        if not isinstance(raw, dict) or "unit" in raw:
            return raw
        units = [key for key in raw if key.startswith("每") and len(key) > 1]
        if len(units) != 1 or not {"每", "扣", "动", "步"}.isdisjoint(raw):
            raise ValueError("应恰有一个“每处”“每户”这样的键")
        found = _EACH.match(units[0])
        if found is None:
            raise ValueError(f"“{units[0]}”读不懂，写成 每处、每5户、每超1处 的样子")
        step = Decimal(found[2]) if found[2] not in (None, "一") else Decimal(1)
        rest = {key: value for key, value in raw.items() if key != units[0]}
        return {"动": found[1] or "", "步": step, "每": found[3], "扣": raw[units[0]], **rest}


class ByOption(Card):
    """扣分: {过期未换: 5, 未签: 10}; 按 names the field where the condition leaves a choice."""

    points: Annotated[Mapping[Name, Points], Field(alias="各档", min_length=1)]
    field: Annotated[Name | None, Field(alias="按")] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """Describe what an author writes: options and their points."""
        own = "|".join((*EACH_KEYS, "各项", "分段", "满分", "得分", "裁量", "复查"))
        return {
            "type": "object",
            "properties": {"按": {"type": "string"}},
            "propertyNames": {"not": {"pattern": f"^(每.*|({own})$)"}},
            "additionalProperties": _NUMBER,
            "minProperties": 1,
        }

    @model_validator(mode="before")
    @classmethod
    def _read_options(cls, raw: object) -> object:
        """Keep 按 apart from the options."""
        if not isinstance(raw, dict) or "points" in raw:
            return raw
        tiers = {key: value for key, value in raw.items() if key != "按"}
        return {"各档": tiers} | ({"按": raw["按"]} if "按" in raw else {})


class EachMissing(Card):
    """扣分: {每缺1项: 0.5, 各项: [有计划, 有内容], 最高扣: 4}: so much for each that is answered 否."""

    points: Annotated[Points, Field(alias="每缺1项")]
    fields: Annotated[tuple[Name, ...], Field(alias="各项", strict=False, min_length=2, max_length=50)]
    cap: Annotated[Points | None, Field(alias="最高扣")] = None


class ByBand(Card):
    """扣分: {按: 满意度, 分段: {≥90%: 0, 80%～90%（不含90%）: 1, <80%: 5}}."""

    field: Annotated[Name, Field(alias="按")]
    bands: Annotated[Mapping[Text, Points], Field(alias="分段", min_length=2, max_length=50)]


class Graded(Card):
    """扣分: {满分: 20, 得分: 村容得分}: the inspector gives points, and the rest of the mark is lost."""

    full: Annotated[Points, Field(alias="满分", gt=0)]
    field: Annotated[Name, Field(alias="得分")]


class Discretion(Card):
    """扣分: {裁量: 偷倒扣分}: the inspector says how much, within the field's 最小 and 最大."""

    field: Annotated[Name, Field(alias="裁量")]


class IfNotRectified(Card):
    """扣分: {整改不到位: 30, 复查: 棚子复查}: an order at once, points only if the re-check finds it not done."""

    points: Annotated[Points, Field(alias="整改不到位")]
    field: Annotated[Name, Field(alias="复查")]


_OWN_KEY = {
    "各项": "missing",
    "分段": "band",
    "得分": "graded",
    "满分": "graded",
    "裁量": "discretion",
    "复查": "unrectified",
}
_MODELS: dict[type[object], str] = {
    EachMissing: "missing", ByBand: "band", Graded: "graded", Discretion: "discretion", IfNotRectified: "unrectified",
    Each: "each", ByOption: "option", ZeroItem: "zero",
}  # fmt: skip


def _shape(raw: object) -> str:
    """Tell the price shapes apart by what they look like; each shape has its own model."""
    if isinstance(raw, str):
        return "zero"
    if isinstance(raw, dict):
        if own := next((shape for key, shape in _OWN_KEY.items() if key in raw), ""):
            return own
        return "each" if any(key.startswith("每") or key in EACH_KEYS for key in raw) else "option"
    return _MODELS.get(type(raw), "flat")


Price = Annotated[
    Annotated[Flat, Tag("flat")]
    | Annotated[Each, Tag("each")]
    | Annotated[ByOption, Tag("option")]
    | Annotated[ZeroItem, Tag("zero")]
    | Annotated[EachMissing, Tag("missing")]
    | Annotated[ByBand, Tag("band")]
    | Annotated[Graded, Tag("graded")]
    | Annotated[Discretion, Tag("discretion")]
    | Annotated[IfNotRectified, Tag("unrectified")],
    Discriminator(_shape),
]
# Shapes that say themselves when they cost something: a clause so priced may leave 扣分情形 out.
IMPLIED = (EachMissing, ByBand, Graded)
