"""What a standard's rule file may say. The Chinese aliases are the only dictionary between file and code.

Only the shape stands here; whether names exist and numbers fit together is asked in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag, field_validator

from scoring.bands import FORM, BandError, read_band
from scoring.card import (
    Card,
    Day,
    Entry,
    Flag,
    Name,
    Points,
    Term,
    Text,
    card_or_word,
    file_schema,
    points_value,
)
from scoring.computed import Computed
from scoring.form_field import FormField
from scoring.price import ByOption, Discretion, Each, Flat, Price


class Remedy(Card):
    """整改: what must be done, by when, by whom; 【检查项】 slots are filled from the sheet."""

    text: Annotated[Text, Field(alias="要求", description="如 清理【柴草乱放处数】处柴草")]
    deadline: Annotated[Term, Field(alias="期限", description="立行立改、3天、10个工作日、4个工时、另定")]
    unit: Annotated[Text, Field(alias="责任单位", description="默认是被检单位；可写【被检单位】村委会")] = (
        "【被检单位】"
    )
    person: Annotated[Text, Field(alias="责任人", description="如 村主任，或 【联路段领导】")]


NO_GRADE = "不予评定等级"
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


def _floor(band: str) -> Decimal:
    """Return the lowest score, of two places, in a grade's band."""
    read = read_band(band)
    if read.low is None:
        return Decimal(0)
    return read.low if read.holds_low else read.low + Decimal("0.01")


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


class Standard(Card):
    """标准: one rule file."""

    name: Annotated[Name, Field(alias="标准")]
    id: Annotated[
        str, Field(alias="编号", pattern=r"^[A-Z][A-Z0-9]{0,7}$", description="大写字母开头，如 WL")
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
        str | None, Field(alias="一票否决", description=f"如 等次定为不合格，或 {NO_GRADE}")
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

    _sha256: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the loader hands in as context: the digest of the file's bytes, and its path."""
        self._sha256 = (context or {}).get("sha256", "")
        self._path = (context or {}).get("path")

    @field_validator("veto_grade")
    @classmethod
    def _read_grade(cls, text: str | None) -> str | None:
        if text in (None, NO_GRADE):
            return text
        if not (text.startswith("等次定为") and len(text) > 4):
            raise ValueError(f"应写成“等次定为不合格”的样子，或 {NO_GRADE}")
        return text.removeprefix("等次定为")

    @property
    def sha256(self) -> str:
        """Return the hex SHA-256 of the rule file's bytes; empty for a standard that was not read from one."""
        return self._sha256

    @property
    def path(self) -> Path | None:
        """Return the rule file this was read from, if any."""
        return self._path

    @property
    def provisional(self) -> bool:
        """Return whether the points are 拟定, which every table that shows them must say."""
        return self.points_from == "拟定"

    @property
    def full(self) -> Decimal:
        """Return the standard's full mark: the sum of its items'."""
        return sum((item.full for item in self.items), Decimal(0))

    @cached_property
    def grades(self) -> Mapping[str, Decimal]:
        """Return the 起点分 of each 等次, however they were written; scores have two places."""
        return {
            name: grade if isinstance(grade, Decimal) else _floor(grade)
            for name, grade in self.grades_written.items()
        }

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """Return everything conditions and prices may speak of: the form, and what is computed from it."""
        return {**self.form, **{name: one.as_field() for name, one in self.computed.items()}}

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause in file order, all versions."""
        return tuple(clause for item in self.items for clause in item.clauses)


def rule_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a standard's rule file, with Chinese keys, for editors."""
    return file_schema(Standard)
