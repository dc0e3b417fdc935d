"""What a standard's rule file may say. The Chinese aliases are the only dictionary between file and code.

Only the shape stands here; whether names exist and numbers fit together is asked in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    RootModel,
    Tag,
    field_validator,
    model_validator,
)

from scoring.deadline import Deadline, read_deadline
from scoring.points import plain

MAX_POINTS = Decimal(100_000)


def _points(value: object) -> object:
    """Take whole numbers as they are and decimals from the text; at most two decimal places."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应是数字，如 2 或 0.5")
    number = Decimal(value)
    if not 0 <= number <= MAX_POINTS:
        raise ValueError(f"应在 0 到 {plain(MAX_POINTS)} 之间")
    if number != round(number, 2):
        raise ValueError("分值最多两位小数")
    return number


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("不是日期，应写成 2022-01-01 的样子")


def _flag(value: object) -> object:
    if value not in ("是", "否"):
        raise ValueError("应写 是 或 否")
    return value == "是"


def _deadline(value: object) -> object:
    if isinstance(value, list | dict):
        raise ValueError("期限只写一个，如 3天")
    return value if isinstance(value, Deadline) else read_deadline(str(value))


def _name(value: str) -> str:
    if value != value.strip() or not value.isprintable() or set(value) & set('【】“”"\\'):
        raise ValueError("名称两端不能有空格，中间不能有引号、【】和不可见字符")
    if set(value) & set("，；：｛｝［］"):
        raise ValueError(f"“{value}”里有全角标点，是不是想写成几个？用英文逗号加空格分开，如 [甲, 乙]")
    return value


Points = Annotated[
    Decimal,
    BeforeValidator(_points, json_schema_input_type=Annotated[float, Field(ge=0, le=float(MAX_POINTS))]),
]
Day = Annotated[
    date, BeforeValidator(_date, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")])
]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=Literal["是", "否"])]
Term = Annotated[Deadline, BeforeValidator(_deadline, json_schema_input_type=str)]
Name = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_name)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def _scalar(value: object) -> object:
    if isinstance(value, list | dict) or value is None:
        raise ValueError("这里只写一个词或一个数")
    if isinstance(value, str) and len(value) > 200:
        raise ValueError("太长，最多200字")
    return value


Scalar = str | int | Decimal
_Scalar = Annotated[Scalar, BeforeValidator(_scalar, json_schema_input_type=str | float)]


def _card_or_word(raw: object) -> str:
    """Tell a card from a word where both may stand."""
    return "card" if isinstance(raw, dict | BaseModel) else "word"


_NUMBER = {"type": "number", "minimum": 0}


class Card(BaseModel):
    """Base of everything in a rule file: no unknown keys, no silent conversions, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class FieldKind(StrEnum):
    """How a 检查项 is filled in."""

    YES_NO = "是否"
    CHOICE = "选项"
    COUNT = "数量"
    MEASURE = "数值"
    PERCENT = "百分比"


class FormField(Card):
    """检查项: one thing the inspector fills in."""

    kind: Annotated[FieldKind, Field(alias="填", strict=False, description="是否、选项、数量、数值、百分比")]
    options: Annotated[tuple[Name, ...], Field(alias="选项", strict=False, max_length=50)] = ()
    unit: Annotated[str, Field(alias="单位", max_length=8, description="量词，如 处、户、只、米")] = ""
    note: Annotated[str, Field(alias="说明", max_length=200)] = ""
    minimum: Annotated[Points | None, Field(alias="最小")] = None
    maximum: Annotated[Points | None, Field(alias="最大")] = None
    may_skip: Annotated[Flag, Field(alias="可缺项", description="检查员可填“不适用”")] = False
    when_none: Annotated[
        _Scalar | None,
        Field(alias="没问题时", description="签了“空白即未发现问题”时，空白当作的值；数量默认为 0"),
    ] = None

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words that may be answered; empty for numbers."""
        return ("是", "否") if self.kind is FieldKind.YES_NO else self.options


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
        tuple[dict[str, _Scalar], ...],
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
        Discriminator(_card_or_word),
        Field(alias="依据", description="来源文件的名称，或 {文件, 条文}"),
    ]
    points_from: Annotated[
        Annotated[Literal["拟定", "原文"], Tag("word")] | Annotated[Approved, Tag("card")],
        Discriminator(_card_or_word),
        Field(alias="分值来源", description="拟定、原文，或 {核定: {文号: …, 日期: …}}"),
    ]
    note: Annotated[str, Field(alias="说明", max_length=500)] = ""
    kinds: Annotated[tuple[Name, ...], Field(alias="适用", strict=False, min_length=1)]
    starts: Annotated[Day, Field(alias="施行")]
    ends: Annotated[Day | None, Field(alias="废止")] = None
    grades: Annotated[Mapping[Name, Points], Field(alias="等次", min_length=1, description="等次: 起点分")]
    veto_grade: Annotated[str | None, Field(alias="一票否决", description="如 等次定为不合格")] = None
    severe: Annotated[
        int | None, Field(alias="严重条款达", ge=2, le=50, description="几条严重条款等同一票否决")
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


class Expected(Card):
    """应算出: what a case must come to; each part may be left out."""

    score: Annotated[_Scalar | None, Field(alias="总分", description="如 94，或 80～100")] = None
    grade: Annotated[str | None, Field(alias="等次")] = None
    orders: Annotated[tuple[str, ...] | None, Field(alias="整改", strict=False)] = None
    conclusions: Annotated[Mapping[str, str] | None, Field(alias="结论")] = None


class Case(Card):
    """情形: what changes against the 样板, and what must come out."""

    name: Annotated[Text, Field(alias="名称")]
    changes: Annotated[Mapping[str, _Scalar], Field(alias="改")] = {}
    expected: Annotated[Expected, Field(alias="应算出")]


class CaseFile(Card):
    """A standard's ``.cases.yaml``: one model sheet (样板) and the cases that change it."""

    model_sheet: Annotated[Mapping[str, _Scalar], Field(alias="样板")]
    cases: Annotated[tuple[Case, ...], Field(alias="情形", strict=False, min_length=1)]


def rule_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a standard's rule file, with Chinese keys, for editors."""
    return file_schema(Standard)


def file_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return a model's JSON Schema with what an author of files needs: keys, kinds, and descriptions in Chinese."""
    schema = model.model_json_schema(by_alias=True)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("title", None)
        part.pop("description", None)  # the docstring speaks to programmers
        for inner in part.get("properties", {}).values():
            inner.pop("title", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
