"""What a scheme (考核办法) may say: which standards and sources count how much, how units are ranked, honoured and paid.

Only the shape stands here; whether shares add up and names exist is asked in ``check/scheme.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from scoring.grammar.bands import grade_floor
from scoring.rule.card import Day, Name, RuleCard, Text, file_schema
from scoring.rule.scheme_card import (
    MOST,
    MOST_LEVELS,
    MOST_STEPS,
    Award,
    Days,
    Escalation,
    Extra,
    Honour,
    Method,
    Part,
    ScoredSource,
    Share,
    Source,
    Step,
    UsedStandard,
)
from scoring.rule.source import BasedOn, Code, PointsFrom, provisional
from scoring.rule.standard import Grade

Period = Literal["月", "季", "年", "单次"]
EVERY_SOURCE = "检查"


class Scheme(RuleCard):
    """考核办法: one rule file that says how a round is run and judged."""

    name: Annotated[Name, Field(alias="考核办法", description="办法的名称，如 人居环境月考核")]
    id: Code
    basis: BasedOn
    points_from: PointsFrom
    note: Annotated[str, Field(alias="说明", max_length=500, description="这个办法怎么用、要注意什么")] = ""
    starts: Annotated[Day, Field(alias="施行", description="从哪天起用，如 2026-01-01")]
    ends: Annotated[Day | None, Field(alias="废止", description="到这一天的前一天止")] = None
    period: Annotated[Period, Field(alias="周期", description="一轮管多久: 月、季、年 或 单次")]
    standards: Annotated[
        tuple[UsedStandard, ...],
        Field(
            alias="标准",
            strict=False,
            min_length=1,
            max_length=MOST,
            description="用哪些标准，每行一个: {标准: WL, 占: 100%}",
        ),
    ]
    sources: Annotated[
        Mapping[Name, Source],
        Field(alias="来源", max_length=MOST, description="各种检查占多少，如 日常: {占: 70%}"),
    ] = {}
    visits: Annotated[
        Method, Field(alias="同源几次", description="同一来源查了几次，取 平均、最低 还是 最近")
    ] = "平均"
    missing: Annotated[
        Literal["按其余折算", "不排名"], Field(alias="缺来源", description="没查到的: 按其余折算 或 不排名")
    ] = "按其余折算"
    parts: Annotated[
        tuple[Part, ...],
        Field(
            alias="组成",
            strict=False,
            max_length=MOST,
            description="季、年由哪些轮次合成，如 {轮次: 季, 占: 70%}",
        ),
    ] = ()
    grades_written: Annotated[
        Mapping[Name, Grade],
        Field(alias="等次", min_length=1, max_length=MOST, description="如 {优秀: 90, 合格: 60, 不合格: 0}"),
    ]
    places: Annotated[int, Field(alias="保留", ge=0, le=4, description="得分保留几位小数，0 到 4")] = 2
    groups: Annotated[
        tuple[Name, ...],
        Field(
            alias="分组",
            strict=False,
            max_length=MOST,
            description="在哪些人里排名: 类别、片区，或名册的一栏",
        ),
    ] = ("类别",)
    ties: Annotated[
        Literal["占位", "连续"], Field(alias="并列", description="占位: 1、2、2、4；连续: 1、2、2、3")
    ] = "占位"
    coverage: Annotated[
        Share, Field(alias="查到比例不低于", description="条款查到的比例低于它的不排名，如 60%")
    ] = Decimal(0)
    honours: Annotated[
        tuple[Honour, ...],
        Field(
            alias="荣誉",
            strict=False,
            max_length=MOST,
            description="红旗、黄旗、约谈等，如 {名称: 红旗, 条件: 得分 ≥ 90 且 名次 ≤ 3}",
        ),
    ] = ()
    awards: Annotated[
        tuple[Award, ...],
        Field(
            alias="奖励",
            strict=False,
            max_length=MOST,
            description="发的钱，如 {名称: 奖励金, 按名次: {1: 2000}}",
        ),
    ] = ()
    ladder: Annotated[
        tuple[Step, ...],
        Field(
            alias="阶梯",
            strict=False,
            max_length=MOST_STEPS,
            description="重复、逾期等加扣多少，如 {情形: 重复, 次数: 2, 乘: 2}",
        ),
    ] = ()
    relapse: Annotated[
        Days | None, Field(alias="反弹期", description="销号后多少天内又不合格算反弹，如 90天")
    ] = None
    doubled: Annotated[
        tuple[Name, ...],
        Field(alias="加倍来源", strict=False, max_length=MOST, description="哪些来源查到的扣分加倍"),
    ] = ()
    escalations: Annotated[
        tuple[Escalation, ...],
        Field(
            alias="督办",
            strict=False,
            max_length=MOST_LEVELS,
            description="提到谁那里，从低到高写，如 {逾期: 3天, 到: 【包村领导】}",
        ),
    ] = ()
    extra: Annotated[
        Extra | None, Field(alias="附加", description="办公室另加、另扣的分，如 {最高加: 5, 最高扣: 10}")
    ] = None
    accepted: Annotated[Mapping[str, Text], Field(alias="接受疑点", description="如 {疑01: 理由}")] = {}

    @property
    def provisional(self) -> bool:
        """Return whether the numbers are 拟定, which every table that shows them must say."""
        return provisional(self.points_from)

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

    def takes(self, round: str, period: str) -> bool:
        """Return whether a round below, by its name or its period, goes into a round of this scheme."""
        return bool({round, period} & {part.rounds for part in self.parts})

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
