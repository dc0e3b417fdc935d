"""The words and figures every card is made of: points, days, names, and the base of all cards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from scoring.grammar.deadline import Deadline, read_deadline
from scoring.points import plain

MAX_POINTS = Decimal(100_000)


def points_value(value: object) -> object:
    """Return points as a Decimal: whole numbers as they are, decimals from the text, at most two decimal places.

    Raises ValueError for anything else.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应是数字，如 2 或 0.5")
    number = Decimal(value)
    if not 0 <= number <= MAX_POINTS:
        raise ValueError(f"应在 0 到 {plain(MAX_POINTS)} 之间")
    if number != round(number, 2):
        raise ValueError("最多写两位小数")
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
        raise ValueError("两端不能有空格，中间不能有引号、【】和不可见字符")
    if set(value) & set("，；：｛｝［］"):
        raise ValueError(f"“{value}”里有全角标点，是不是想写成几个？用英文逗号加空格分开，如 [甲, 乙]")
    return value


Points = Annotated[
    Decimal,
    BeforeValidator(points_value, json_schema_input_type=Annotated[float, Field(ge=0, le=float(MAX_POINTS))]),
]
_DAY = r"^\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$"
Day = Annotated[date, BeforeValidator(_date, json_schema_input_type=Annotated[str, Field(pattern=_DAY)])]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=Literal["是", "否"])]
_TERM = r"^\s*(立行立改|另定|\d{1,4}\s*个?\s*(工作日|工作时|工时|小时|自然日|天|日))\s*$"
Term = Annotated[
    Deadline, BeforeValidator(_deadline, json_schema_input_type=Annotated[str, Field(pattern=_TERM)])
]
NAME_LENGTH = 40
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), AfterValidator(_name)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def _scalar(value: object) -> object:
    if isinstance(value, list | dict) or value is None:
        raise ValueError("这里只写一个词或一个数")
    if isinstance(value, str) and len(value) > 200:
        raise ValueError("太长，最多200字")
    return value


Scalar = str | int | Decimal
Entry = Annotated[Scalar, BeforeValidator(_scalar, json_schema_input_type=str | float)]


class Card(BaseModel):
    """Base of everything in a rule file: no unknown keys, no silent conversions, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class RuleCard(Card):
    """Base of what a whole rule file says: it knows the file's text, the digest of its bytes, and its path."""

    _sha256: str = PrivateAttr("")
    _text: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the loader hands in as context."""
        self._sha256 = (context or {}).get("sha256", "")
        self._text = (context or {}).get("text", "")
        self._path = (context or {}).get("path")

    @property
    def sha256(self) -> str:
        """Return the hex SHA-256 of the file's bytes and of what it takes from the 检查项字典; empty where it was not read."""
        return self._sha256

    @property
    def text(self) -> str:
        """Return the file's text, byte order mark and line ends included, so that it has the digest."""
        return self._text

    @property
    def path(self) -> Path | None:
        """Return the file this was read from, if any."""
        return self._path


def file_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return a model's JSON Schema with what an author of files needs: keys, kinds, and descriptions in Chinese."""
    schema = model.model_json_schema(by_alias=True)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("title", None)
        part.pop("description", None)  # the docstring speaks to programmers
        for inner in part.get("properties", {}).values():
            inner.pop("title", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def card_or_word(raw: object) -> str:
    """Tell a card from a word where both may stand."""
    return "card" if isinstance(raw, dict | BaseModel) else "word"
