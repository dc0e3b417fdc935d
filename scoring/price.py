"""扣分: the shapes in which a card may write a price; how each is counted stands in ``tariff.py``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, RootModel, Tag, model_validator

from scoring.card import Card, Name, Points

_NUMBER = {"type": "number", "minimum": 0}


class Flat(RootModel[Points]):
    """扣分: 10."""

    model_config = ConfigDict(frozen=True)


class ZeroItem(RootModel[Literal["本项不得分"]]):
    """扣分: 本项不得分."""

    model_config = ConfigDict(frozen=True)


class Each(Card):
    """扣分: {每处: 2, 最高扣: 10}; 计数 names the field where the condition leaves a choice."""

    unit: Annotated[str, Field(alias="每")]
    points: Annotated[Points, Field(alias="扣")]
    cap: Annotated[Points | None, Field(alias="最高扣", description="每… 的扣分合计最多扣几分")] = None
    counted: Annotated[Name | None, Field(alias="计数")] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """Describe what an author writes: one key 每…, and the others."""
        return {
            "type": "object",
            "patternProperties": {"^每.": _NUMBER},
            "properties": {"每处": _NUMBER, "每户": _NUMBER, "最高扣": _NUMBER, "计数": {"type": "string"}},
            "additionalProperties": False,
            "not": {"propertyNames": {"enum": ["最高扣", "计数"]}},
        }

    @model_validator(mode="before")
    @classmethod
    def _read_unit(cls, raw: object) -> object:
        """Turn the one key 每… into its unit and points."""
        if not isinstance(raw, dict):
            return raw
        units = [key for key in raw if key.startswith("每") and len(key) > 1]
        if len(units) != 1 or not {"每", "扣"}.isdisjoint(raw):
            raise ValueError("应恰有一个“每处”“每户”这样的键")
        rest = {key: value for key, value in raw.items() if key != units[0]}
        return {"每": units[0][1:], "扣": raw[units[0]], **rest}


class ByOption(Card):
    """扣分: {过期未换: 5, 未签: 10}; 按 names the field where the condition leaves a choice."""

    points: Annotated[Mapping[Name, Points], Field(alias="各档", min_length=1)]
    field: Annotated[Name | None, Field(alias="按")] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """Describe what an author writes: options and their points."""
        return {
            "type": "object",
            "properties": {"按": {"type": "string"}},
            "propertyNames": {"not": {"pattern": "^(每|最高扣$|计数$)"}},
            "additionalProperties": _NUMBER,
            "minProperties": 1,
        }

    @model_validator(mode="before")
    @classmethod
    def _read_options(cls, raw: object) -> object:
        """Keep 按 apart from the options."""
        if not isinstance(raw, dict):
            return raw
        tiers = {key: value for key, value in raw.items() if key != "按"}
        return {"各档": tiers} | ({"按": raw["按"]} if "按" in raw else {})


def _shape(raw: object) -> str:
    """Tell the price shapes apart by what they look like; each shape has its own model."""
    if isinstance(raw, str | ZeroItem):
        return "zero"
    if isinstance(raw, dict):
        return "each" if any(key.startswith("每") or key in ("最高扣", "计数") for key in raw) else "option"
    if isinstance(raw, Each):
        return "each"
    return "option" if isinstance(raw, ByOption) else "flat"


Price = Annotated[
    Annotated[Flat, Tag("flat")]
    | Annotated[Each, Tag("each")]
    | Annotated[ByOption, Tag("option")]
    | Annotated[ZeroItem, Tag("zero")],
    Discriminator(_shape),
]
