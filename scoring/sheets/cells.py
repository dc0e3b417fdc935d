"""One cell to one value. Strict: what is not clearly an answer is a complaint with the way out, never a guess."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from scoring.columns import folded
from scoring.errors import did_you_mean, shortened
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, NotChecked
from scoring.match.derive import misfit
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets.table import Cell

MAX_TEXT = 10_000
# 未查 in so many words is no blank: where blanks are signed for, it still is not checked.
UNEXPLAINED = "没写原因"
_NOT_CHECKED = re.compile(r"未查(?:\((.{1,100})\))?")
# A spreadsheet's own numbers have up to 17 digits.
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,20})?")
_LONG_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,4})?) ?%")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
# Marks that turn the reading direction, and other characters nobody sees, make one name look like another; half a
# surrogate pair cannot be written at all. Tabs and line ends are left to separate words.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
                        "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")  # fmt: skip
_SEPARATORS = re.compile(r"[、，,；;\n]")
_PEOPLE = re.compile(r"[、，,；;/／\n]")


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
        if cell != cell.to_integral_value():
            return f"{cell:f}"
        if abs(cell) >= 10**15:
            raise CellError("数字太长，表格软件已把末尾几位改掉", "把这一列设成文本格式后重填")
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    word = str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    if found := _INVISIBLE.search(word):
        raise CellError(f"有看不见的字符（U+{ord(found[0]):04X}）", "清空这一格，重新打字填写")
    if len(word) > MAX_TEXT:
        raise CellError(f"文字太长（{len(word)}字）", f"最多{MAX_TEXT}字")
    return word


def plain(cell: Cell) -> str:
    """Return a cell's text as it is compared: full-width digits and signs as ASCII, without line ends."""
    return " ".join(unicodedata.normalize("NFKC", text(cell)).split())


def answer(cell: Cell, field: FormField) -> Answer:
    """Return a cell's answer for a 检查项: a number, a word, 未查 (blank too) or 不适用; raise CellError otherwise."""
    word = plain(cell)
    if not word:
        return BLANK
    choices = {folded(choice): choice for choice in field.choices}
    if (choice := choices.get(folded(word))) is not None:
        return choice
    if word.startswith("未查"):
        return _not_checked(word)
    value = NOT_APPLICABLE if word == "不适用" else _value(cell, word, field)
    if complaint := misfit(field, value):
        raise CellError(*complaint)
    return value


def _not_checked(word: str) -> NotChecked:
    found = _NOT_CHECKED.fullmatch(word)
    if found is None:
        raise CellError(f"“{shortened(word)}”读不懂", "写 未查，写原因的写成 未查（锁门） 的样子")
    return NotChecked((found[1] or "").strip() or UNEXPLAINED)


def _value(cell: Cell, word: str, field: FormField) -> Decimal:
    if field.choices:
        raise CellError(f"没有“{shortened(word)}”这个选项", did_you_mean(shortened(word), field.choices))
    return _percent(cell, word) if field.kind is FieldKind.PERCENT else _number(word, field)


def _number(word: str, field: FormField) -> Decimal:
    if _NUMBER.fullmatch(word):
        return Decimal(word)
    if _LONG_NUMBER.fullmatch(word):
        raise CellError(f"数字“{shortened(word)}”太长", "最多12位整数、20位小数")
    unit = f"（不带“{field.unit}”）" if field.unit and word.endswith(field.unit) else ""
    raise CellError(
        f"应填数字，不是“{shortened(word)}”", f"只写数字{unit}，如 3；没有就写 0，没查留空或写 未查"
    )


def _percent(cell: Cell, word: str) -> Decimal:
    if found := _PERCENT.fullmatch(word):
        return Decimal(found[1]) / 100
    # A spreadsheet's cell formatted as a percentage holds its fraction; a bare number written out could mean either.
    if isinstance(cell, Decimal) and 0 <= cell <= 1 and _NUMBER.fullmatch(word):
        return Decimal(word)
    raise CellError(f"应填百分比，不是“{shortened(word)}”", "写成 60% 的样子")


def day(cell: Cell) -> dt.date:
    """Return a cell's date; raise CellError for anything that is not a full, real date of this century."""
    if isinstance(cell, dt.datetime):
        found = cell.date()
    elif isinstance(cell, dt.date):
        found = cell
    else:
        found = _written_day(plain(cell))
    if not 2000 <= found.year <= 2099:
        raise CellError(f"年份 {found.year} 不对", "写成 2026-06-10 的样子")
    return found


def _written_day(word: str) -> dt.date:
    if not word:
        raise CellError("没填检查日期", "写成 2026-06-10 的样子，年月日都要有")
    found = _DATE.fullmatch(word)
    if found is None:
        raise CellError(f"日期“{shortened(word)}”读不懂", "写成 2026-06-10 的样子，年月日都要有")
    try:
        return dt.date(*(int(part) for part in found.groups() if part))
    except ValueError:
        raise CellError(f"没有“{word}”这一天", "改成真实的日期") from None


def clock(cell: Cell) -> dt.time | None:
    """Return a cell's time of day to the minute, None where it is empty."""
    if isinstance(cell, dt.time):
        return cell.replace(second=0, microsecond=0)
    word = plain(cell)
    if not word:
        return None
    found = _TIME.fullmatch(word)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return dt.time(int(found[1]), int(found[2]))
    raise CellError(f"时间“{shortened(word)}”读不懂", "写成 09:30 的样子")


def several(cell: Cell) -> tuple[str, ...]:
    """Return a cell's listed words, such as places, separated by 、 ， ； or a new line."""
    return tuple(part.strip() for part in _SEPARATORS.split(text(cell)) if part.strip())


def people(cell: Cell) -> tuple[str, ...]:
    """Return a cell's names, sorted and each once; blanks separate names, but only widen one of two characters (张 三)."""
    found: set[str] = set()
    for part in _PEOPLE.split(text(cell)):
        words = part.split()
        found |= {"".join(words)} if any(len(word) == 1 for word in words) else set(words)
    return tuple(sorted(found - {""}))


def names(cell: Cell) -> str:
    """Return a cell's names as one text, sorted; unlike ``people``, 乡长 孙立 stays one, and 张 三 is 张三."""
    found: set[str] = set()
    for part in _PEOPLE.split(text(cell)):
        words = part.split()
        found.add(("" if any(len(word) == 1 for word in words) else " ").join(words))
    return "、".join(sorted(found - {""}))


def ordinal(cell: Cell) -> int:
    """Return 第几次, 1 where it is empty."""
    word = plain(cell)
    if not word:
        return 1
    if re.fullmatch(r"[1-9][0-9]{0,2}", word):
        return int(word)
    raise CellError(f"第几次应是整数，不是“{shortened(word)}”", "写 1、2、3")


def yes(cell: Cell) -> bool | None:
    """Return a 是/否 cell, None where it is empty."""
    word = plain(cell)
    if word in ("", "否", "是"):
        return word == "是" if word else None
    raise CellError(
        f"应填 是 或 否，不是“{shortened(word)}”", "签字写在表头上面“空白即未发现问题（签字）：”那一行"
    )
