"""One cell to one value. Strict: what is not clearly an answer is a complaint with the way out, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from scoring.derive import misfit
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, NotChecked
from scoring.standard import FieldKind, FormField
from scoring.table import Cell

Complaint = tuple[str, str]
_NOT_CHECKED = re.compile(r"未查(?:[（(](.{1,40})[）)])?$")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?$")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*[%％]$")
_DATE = re.compile(r"([0-9]{4})(?:-|/|年)([0-9]{1,2})(?:-|/|月)([0-9]{1,2})日?$")
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?::[0-9]{2})?$")
# Marks that turn the reading direction, and other invisible characters, can make a name look like another.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class CellError(ValueError):
    """Say what is wrong with a cell, and the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def text(cell: Cell) -> str:
    """Return a cell as trimmed text; whole numbers without a decimal point.

    Raises CellError for invisible characters and for codes that a spreadsheet has already rounded.
    """
    if isinstance(cell, Decimal):
        if cell == cell.to_integral_value():
            if abs(cell) >= 10**15:
                raise CellError("数字太长，表格软件已把末尾几位改掉", "把这一列设成文本格式后重填")
            return str(int(cell))
        return f"{cell:f}"
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    word = str(cell).strip().strip("\u3000")
    if _INVISIBLE.search(word):
        raise CellError("有看不见的字符", "删去后重新填写")
    if len(word) > 2000:
        raise CellError(f"文字太长（{len(word)}字）", "最多2000字")
    return word


def answer(cell: Cell, field: FormField) -> Answer:
    """Return a cell's answer for a 检查项: a number, a word, 未查 (blank too) or 不适用; raise CellError otherwise."""
    word = text(cell)
    if not word:
        return BLANK
    if unchecked := _NOT_CHECKED.match(word):
        return NotChecked(unchecked[1] or "未查") if unchecked[1] else NotChecked()
    value: Answer
    if word == "不适用":
        value = NOT_APPLICABLE
    elif field.choices:
        value = word
    else:
        value = _number(cell, word, field)
    if complaint := misfit(field, value):
        raise CellError(*complaint)
    return value


def _number(cell: Cell, word: str, field: FormField) -> Decimal:
    if field.kind is FieldKind.PERCENT:
        return _percent(cell, word)
    if _NUMBER.match(word):
        return Decimal(word)
    unit = f"（不带“{field.unit}”）" if field.unit and word.endswith(field.unit) else ""
    raise CellError(f"应填数字，不是“{word[:30]}”", f"只写数字{unit}，如 3；没有就写 0，没查留空或写 未查")


def _percent(cell: Cell, word: str) -> Decimal:
    if found := _PERCENT.match(word):
        return Decimal(found[1]) / 100
    # A cell formatted as a percentage holds its fraction; a bare number above 1 could mean either.
    if isinstance(cell, Decimal) and 0 <= cell <= 1:
        return cell
    raise CellError(f"应填百分比，不是“{word[:30]}”", "写成 60% 的样子")


def day(cell: Cell) -> dt.date:
    """Return a cell's date; raise CellError for anything that is not a full, real date."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    word = text(cell)
    found = _DATE.match(word)
    try:
        if found:
            return dt.date(*map(int, found.groups()))
    except ValueError:
        raise CellError(f"没有“{word}”这一天", "改成真实的日期") from None
    raise CellError(
        f"日期“{word[:30]}”读不懂" if word else "没填日期", "写成 2026-06-10 的样子，年月日都要有"
    )


def clock(cell: Cell) -> dt.time | None:
    """Return a cell's time of day, None where it is empty."""
    if isinstance(cell, dt.datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, dt.time):
        return cell.replace(second=0, microsecond=0)
    word = text(cell)
    if not word:
        return None
    found = _TIME.match(word)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return dt.time(int(found[1]), int(found[2]))
    raise CellError(f"时间“{word[:30]}”读不懂", "写成 09:30 的样子")


def several(cell: Cell) -> tuple[str, ...]:
    """Return a cell's listed words: names or places separated by 、 ， ； or a new line."""
    return tuple(part.strip() for part in re.split(r"[、，,；;\n]", text(cell)) if part.strip())


def ordinal(cell: Cell) -> int:
    """Return 第几次, 1 where it is empty."""
    word = text(cell)
    if not word:
        return 1
    if re.fullmatch(r"[1-9][0-9]{0,2}", word):
        return int(word)
    raise CellError(f"第几次应是整数，不是“{word[:30]}”", "写 1、2、3")


def yes(cell: Cell) -> bool:
    """Return a 是/否 cell, False where it is empty."""
    word = text(cell)
    if word in ("", "否", "是"):
        return word == "是"
    raise CellError(f"应填 是 或 否，不是“{word[:30]}”")
