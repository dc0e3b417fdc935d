"""One cell to one value: a text, a date, a time, names. Strict: what is not clearly one is a complaint with the way out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from scoring.errors import shortened
from scoring.sheets.table import Cell

MAX_TEXT = 10_000
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
# Marks that turn the reading direction, and other characters nobody sees, make one name look like another; half a
# surrogate pair cannot be written at all. Tabs and line ends are left to separate words.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
                        "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")  # fmt: skip
_POSITION = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?) ?[, ] ?(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
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


def position(cell: Cell) -> str:
    """Return a place on the earth as latitude and longitude in degrees, "" where the cell is empty.

    >>> position("31.8612, 117.2830"), position("")
    ('31.8612,117.2830', '')
    """
    word = plain(cell)
    found = _POSITION.fullmatch(word)
    if not word or (found and abs(Decimal(found[1])) <= 90 and abs(Decimal(found[2])) <= 180):
        return f"{found[1]},{found[2]}" if found else ""
    raise CellError(f"位置“{shortened(word)}”读不懂", "写纬度和经度，如 31.8612,117.2830；没有就留空")


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
