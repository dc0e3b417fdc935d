"""What a scheme (考核办法) may say: which standards and sources count how much, how units are ranked, honoured and paid.

Only the shape stands here; whether shares add up and names exist is asked in ``check_scheme.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag

from scoring.bands import grade_floor
from scoring.card import Card, Day, Flag, Name, Points, Text, card_or_word, file_schema
from scoring.standard import Approved, Basis, Grade

Period = Literal["月", "季", "年", "单次"]
StepKind = Literal["重复", "逾期", "复查不合格", "反弹"]
REPORTED = "只通报"
EVERY_SOURCE = "检查"
MOST = 50


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
Method = Literal["平均", "最低", "最近"]


class UsedStandard(Card):
    """标准: {标准: WL, 占: 60%, 适用: [行政村]}."""

    id: Annotated[Name, Field(alias="标准", description="标准的编号，如 WL")]
    share: Annotated[Share | None, Field(alias="占", description="如 60%；都不写占的各自排名")] = None
    kinds: Annotated[
        tuple[Name, ...] | None, Field(alias="适用", strict=False, min_length=1, max_length=MOST)
    ] = None


class ScoredSource(Card):
    """来源: {占: 70%}, or {并入: 日常}: scored, by itself or together with another."""

    share: Annotated[Share | None, Field(alias="占")] = None
    into: Annotated[Name | None, Field(alias="并入")] = None


Source = Annotated[
    Annotated[Literal["只通报"], Tag("word")] | Annotated[ScoredSource, Tag("card")],
    Discriminator(card_or_word),
    Field(description="写 {占: 70%}、{并入: 日常} 或 只通报"),
]


class Part(Card):
    """组成: {轮次: 季, 合成: 平均, 占: 70%}: rounds of a shorter period or one round by name; {本轮: 年底, 占: 30%}: own visits."""

    rounds: Annotated[Name | None, Field(alias="轮次", description="月、季，或某一轮的名称")] = None
    own: Annotated[Name | None, Field(alias="本轮", description="本轮自己的检查的叫法，如 年底")] = None
    how: Annotated[Method, Field(alias="合成")] = "平均"
    share: Annotated[Share, Field(alias="占")]

    @property
    def name(self) -> str:
        """Return what the part is called."""
        return self.rounds or self.own or ""


class Honour(Card):
    """荣誉: {名称: 红旗, 条件: 得分 ≥ 90 且 名次 ≤ 3}, or a streak: {名称: 约谈, 连续: 黄旗, 次数: 2}.

    A streak runs over the rounds of this scheme up to this one, or over the rounds below that ``rounds`` (轮次) names.
    """

    name: Annotated[Name, Field(alias="名称")]
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
    times: Annotated[int, Field(alias="次数", ge=2, le=20)] = 2
    kinds: Annotated[
        tuple[Name, ...] | None, Field(alias="适用", strict=False, min_length=1, max_length=MOST)
    ] = None


class Award(Card):
    """奖励: {名称: 奖励金, 按名次: {1: 2000}} or {名称: 补助, 按等次: {优秀: 100%}, 基数: 3000}; money in 元.

    Like a 荣誉, it may be for some kinds of unit only.
    """

    name: Annotated[Name, Field(alias="名称")]
    by_rank: Annotated[
        Mapping[str, Points] | None,
        Field(alias="按名次", min_length=1, max_length=200, description="如 {1: 2000, 2: 1500}"),
    ] = None
    by_grade: Annotated[
        Mapping[Name, Share] | None,
        Field(alias="按等次", min_length=1, description="如 {优秀: 100%, 合格: 80%}"),
    ] = None
    base: Annotated[Points | None, Field(alias="基数")] = None
    split: Annotated[Flag, Field(alias="并列平分")] = False
    kinds: Annotated[
        tuple[Name, ...] | None, Field(alias="适用", strict=False, min_length=1, max_length=MOST)
    ] = None


class Step(Card):
    """阶梯: {情形: 重复, 次数: 2, 来源: [日常], 乘: 2, 加: 1}: the cost becomes cost × 乘 + 加, before the item's floor."""

    kind: Annotated[StepKind, Field(alias="情形")]
    times: Annotated[int, Field(alias="次数", ge=1, le=12, description="重复、复查不合格到第几次起")] = 1
    sources: Annotated[tuple[Name, ...] | None, Field(alias="来源", strict=False, min_length=1)] = None
    multiply: Annotated[Points, Field(alias="乘")] = Decimal(1)
    add: Annotated[Points, Field(alias="加")] = Decimal(0)


class Escalation(Card):
    """督办: {逾期: 3天, 到: 乡长} or {复查不合格: 2次, 到: 乡长}."""

    late: Annotated[str | None, Field(alias="逾期", pattern=r"^[1-9][0-9]{0,2}天$", description="如 3天")] = (
        None
    )
    redo: Annotated[
        str | None, Field(alias="复查不合格", pattern=r"^[1-9][0-9]?次$", description="如 2次")
    ] = None
    to: Annotated[Text, Field(alias="到", description="如 乡长，或 【包村领导】")]


class Extra(Card):
    """附加: the office's own additions and deductions, each with a reason, together within these limits."""

    most: Annotated[Points, Field(alias="最高加")] = Decimal(0)
    least: Annotated[Points, Field(alias="最高扣")] = Decimal(0)


class Scheme(Card):
    """考核办法: one rule file that says how a round is run and judged."""

    name: Annotated[Name, Field(alias="考核办法")]
    id: Annotated[
        str, Field(alias="编号", pattern=r"^[A-Z][A-Z0-9]{0,7}$", description="大写字母开头，如 YK")
    ]
    basis: Annotated[
        Annotated[Text, Tag("word")] | Annotated[Basis, Tag("card")],
        Discriminator(card_or_word),
        Field(alias="依据", description="来源文件的名称，或 {文件, 条文}"),
    ]
    points_from: Annotated[
        Annotated[Literal["拟定", "原文"], Tag("word")] | Annotated[Approved, Tag("card")],
        Discriminator(card_or_word),
        Field(alias="分值来源", description="拟定、原文，或 {核定: {文号: …, 日期: …}}"),
    ]
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    starts: Annotated[Day, Field(alias="施行")]
    ends: Annotated[Day | None, Field(alias="废止")] = None
    period: Annotated[Period, Field(alias="周期")]
    standards: Annotated[
        tuple[UsedStandard, ...], Field(alias="标准", strict=False, min_length=1, max_length=MOST)
    ]
    sources: Annotated[Mapping[Name, Source], Field(alias="来源", max_length=MOST)] = {}
    visits: Annotated[Method, Field(alias="同源几次")] = "平均"
    missing: Annotated[Literal["按其余折算", "不排名"], Field(alias="缺来源")] = "按其余折算"
    parts: Annotated[tuple[Part, ...], Field(alias="组成", strict=False, max_length=MOST)] = ()
    grades_written: Annotated[Mapping[Name, Grade], Field(alias="等次", min_length=1, max_length=MOST)]
    places: Annotated[int, Field(alias="保留", ge=0, le=4)] = 2
    groups: Annotated[tuple[Name, ...], Field(alias="分组", strict=False, max_length=MOST)] = ("类别",)
    ties: Annotated[Literal["占位", "连续"], Field(alias="并列")] = "占位"
    coverage: Annotated[Share, Field(alias="查到比例不低于")] = Decimal(0)
    honours: Annotated[tuple[Honour, ...], Field(alias="荣誉", strict=False, max_length=MOST)] = ()
    awards: Annotated[tuple[Award, ...], Field(alias="奖励", strict=False, max_length=MOST)] = ()
    ladder: Annotated[tuple[Step, ...], Field(alias="阶梯", strict=False, max_length=MOST)] = ()
    doubled: Annotated[tuple[Name, ...], Field(alias="加倍来源", strict=False, max_length=MOST)] = ()
    escalations: Annotated[tuple[Escalation, ...], Field(alias="督办", strict=False, max_length=MOST)] = ()
    extra: Annotated[Extra | None, Field(alias="附加")] = None
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点")] = {}

    _sha256: str = PrivateAttr("")
    _text: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the loader hands in as context: the file's text, the digest of its bytes, and its path."""
        self._sha256 = (context or {}).get("sha256", "")
        self._text = (context or {}).get("text", "")
        self._path = (context or {}).get("path")

    @property
    def sha256(self) -> str:
        """Return the hex SHA-256 of the file's bytes; empty for a scheme that was not read from one."""
        return self._sha256

    @property
    def text(self) -> str:
        """Return the file's text, byte order mark and line ends included, so that it has the digest."""
        return self._text

    @property
    def path(self) -> Path | None:
        """Return the file this was read from, if any."""
        return self._path

    @property
    def provisional(self) -> bool:
        """Return whether the numbers are 拟定, which every table that shows them must say."""
        return self.points_from == "拟定"

    @cached_property
    def grades(self) -> Mapping[str, Decimal]:
        """Return the 起点分 of each 等次, however they were written."""
        return {name: grade_floor(grade, self.places) for name, grade in self.grades_written.items()}

    @cached_property
    def combined(self) -> bool:
        """Return whether the scores of several standards are added up to one (占), rather than ranked each by itself."""
        return len(self.standards) > 1 and any(one.share is not None for one in self.standards)

    def used(self, kind: str) -> tuple[UsedStandard, ...]:
        """Return the standards by which a kind of unit is judged, as the scheme itself says it."""
        return tuple(one for one in self.standards if one.kinds is None or kind in one.kinds)

    @cached_property
    def judges_itself(self) -> bool:
        """Return whether the round's own visits are scored, rather than the rounds below alone."""
        return not self.parts or any(part.own is not None for part in self.parts)

    @cached_property
    def lowest(self) -> str:
        """Return the lowest 等次."""
        return min(self.grades, key=self.grades.__getitem__)

    def pool(self, source: str) -> str | None:
        """Return the source with which a source's visits are scored: itself or the one it is merged into.

        Empty for a source that is only reported; None for one that the scheme does not know. A scheme that names no
        source scores all visits together.
        """
        if not self.sources:
            return EVERY_SOURCE
        found = self.sources.get(source)
        if isinstance(found, ScoredSource):
            return found.into or source
        return None if found is None else ""

    @cached_property
    def shares(self) -> Mapping[str, Decimal]:
        """Return the share of each source that is scored by itself, all visits together where no source is named."""
        cards = {name: one for name, one in self.sources.items() if isinstance(one, ScoredSource)}
        return {name: one.share for name, one in cards.items() if one.share is not None} or {
            EVERY_SOURCE: Decimal(1)
        }


def scheme_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scheme's file, with Chinese keys, for editors."""
    return file_schema(Scheme)
