"""Where the numbers of a rule file come from: its 编号, 依据 and 分值来源, said alike by standards and schemes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scoring.rule.card import Card, Day, Text, card_or_word


class Basis(Card):
    """依据: the source's name, and the paragraphs that the clauses quote, by citation."""

    name: Annotated[Text, Field(alias="文件")]
    passages: Annotated[Mapping[str, Text], Field(alias="条文", min_length=1)]


class Approval(Card):
    """核定: the document that fixed the points."""

    number: Annotated[Text, Field(alias="文号")]
    day: Annotated[Day, Field(alias="日期")]


class Approved(Card):
    """分值来源: {核定: {文号: …, 日期: …}}."""

    approval: Annotated[Approval, Field(alias="核定")]


Code = Annotated[
    str, Field(alias="编号", pattern=r"^[A-Z][A-Z0-9]{0,7}$", description="大写字母开头，如 WL、YK")
]
BasedOn = Annotated[
    Annotated[Text, Tag("word")] | Annotated[Basis, Tag("card")],
    Discriminator(card_or_word),
    Field(alias="依据", description="来源文件的名称，或 {文件, 条文}"),
]
PointsFrom = Annotated[
    Annotated[Literal["拟定", "原文"], Tag("word")] | Annotated[Approved, Tag("card")],
    Discriminator(card_or_word),
    Field(alias="分值来源", description="拟定、原文，或 {核定: {文号: …, 日期: …}}"),
]


def provisional(points_from: Literal["拟定", "原文"] | Approved) -> bool:
    """Return whether numbers are 拟定, which every table that shows them must say."""
    return points_from == "拟定"
