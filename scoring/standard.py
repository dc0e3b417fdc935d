"""What a standard's rule file may say. The Chinese aliases are the only dictionary between file and code.

Only the shape stands here; whether names exist and numbers fit together is asked in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag, field_validator

from scoring.card import Card, Day, Entry, Flag, Name, Points, Term, Text, card_or_word, file_schema
from scoring.price import Price


class FieldKind(StrEnum):
    """How a 检查项 is filled in."""

    YES_NO = "是否"
    CHOICE = "选项"
    COUNT = "数量"
    MEASURE = "数值"
    PERCENT = "百分比"


class FormField(Card):
    """检查项: one thing the inspector fills in."""

    kind: Annotated[
        FieldKind, Field(alias="填", strict=False, description="是否、选项、数量、数值 或 百分比")
    ]
    options: Annotated[tuple[Name, ...], Field(alias="选项", strict=False, max_length=50)] = ()
    unit: Annotated[str, Field(alias="单位", max_length=8, description="量词，如 处、户、只、米")] = ""
    note: Annotated[str, Field(alias="说明", max_length=200)] = ""
    minimum: Annotated[Points | None, Field(alias="最小")] = None
    maximum: Annotated[Points | None, Field(alias="最大")] = None
    counts_if: Annotated[
        str | None,
        Field(alias="算一处", description="问题明细里多大的算一处，如 大小 > 0.5"),
    ] = None
    may_skip: Annotated[Flag, Field(alias="可缺项", description="检查员可填“不适用”")] = False
    when_none: Annotated[
        Entry | None,
        Field(alias="没问题时", description="签了“空白即未发现问题”时，空白当作的值；数量默认为 0"),
    ] = None

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words that may be answered; empty for numbers."""
        return ("是", "否") if self.kind is FieldKind.YES_NO else self.options


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
        Text, Field(alias="扣分情形", description="检查项 比较 值，如 柴草乱放处数 > 0；用 且、或 连接")
    ]
    price: Annotated[
        Price, Field(alias="扣分", description="写数字、{每处: 2, 最高扣: 10}、{选项: 分值} 或 本项不得分")
    ]
    severity: Annotated[Severity, Field(alias="严重程度")]
    veto: Annotated[Flag, Field(alias="一票否决")] = False
    remedy: Annotated[Remedy, Field(alias="整改")]
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    examples: Annotated[
        tuple[dict[str, Entry], ...],
        Field(alias="算例", strict=False, min_length=1, description="如 - {柴草乱放处数: 3, 扣: 6}"),
    ]


class Item(Card):
    """项目: a group of clauses with a full mark."""

    name: Annotated[Name, Field(alias="名称")]
    full: Annotated[Points, Field(alias="满分", gt=0)]
    clauses: Annotated[tuple[Clause, ...], Field(alias="条款", strict=False, min_length=1)]


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
    grades: Annotated[
        Mapping[Name, Points],
        Field(alias="等次", min_length=1, description="如 {优秀: 90, 合格: 60, 不合格: 0}"),
    ]
    veto_grade: Annotated[str | None, Field(alias="一票否决", description="如 等次定为不合格")] = None
    severe: Annotated[
        int | None, Field(alias="严重条款达", ge=2, le=50, description="如 3: 三条严重条款等同一票否决")
    ] = None
    gaps: Annotated[Literal["折算", "计满分"], Field(alias="合理缺项")] = "折算"
    form: Annotated[Mapping[Name, FormField], Field(alias="登记表", min_length=1)]
    items: Annotated[tuple[Item, ...], Field(alias="项目", strict=False, min_length=1)]
    conclusions: Annotated[
        Mapping[Name, Annotated[tuple[str, ...], Field(strict=False, min_length=1)]], Field(alias="结论")
    ] = {}

    _sha256: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the loader hands in as context: the digest of the file's bytes, and its path."""
        self._sha256 = (context or {}).get("sha256", "")
        self._path = (context or {}).get("path")

    @field_validator("veto_grade")
    @classmethod
    def _read_grade(cls, text: str | None) -> str | None:
        if text is not None and not (text.startswith("等次定为") and len(text) > 4):
            raise ValueError("应写成“等次定为不合格”的样子")
        return text and text.removeprefix("等次定为")

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

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause in file order, all versions."""
        return tuple(clause for item in self.items for clause in item.clauses)


def rule_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a standard's rule file, with Chinese keys, for editors."""
    return file_schema(Standard)
