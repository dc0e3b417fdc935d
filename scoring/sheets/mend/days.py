"""Dates and times as inspectors and spreadsheets write them: 4.16, 6月4号, 46177, 20260604, 上午9点半."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from scoring.sheets import cells
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.table import Cell

# The year that a month and a day belong to; None where that is not known.
Years = Callable[[int, int], int | None]

_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
_EPOCH = dt.date(1899, 12, 30)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_COMPACT = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_FULL = re.compile(
    r"(20[0-9]{2}) ?[年./。、-] ?([0-9]{1,2}) ?[月./。、-] ?([0-9]{1,2}) ?[日号]?(?: [0-9]{1,2}:[0-9]{2}.*)?"
)
_PART = re.compile(r"([0-9]{1,2}) ?[月./。-] ?([0-9]{1,2}) ?[日号]?")
_CLOCK = re.compile(
    r"(上午|早上|早晨|中午|下午|晚上|傍晚)? ?([0-9]{1,2})(?:(?:点|时)(?:(半)|([0-9]{1,2})分?|整)?|:([0-9]{2}))"
)


def day(cell: Cell, sure: Years, guess: Years) -> Proposal | None:
    """Propose which day a cell means; ``sure`` and ``guess`` give the year where it lacks one."""
    word = cells.plain(cell)
    if isinstance(cell, Decimal) and re.fullmatch(r"[0-9]{1,2}\.[0-9]", word):
        return _cut(word, sure, guess)
    if _SERIAL.fullmatch(word):
        found = _EPOCH + dt.timedelta(days=int(Decimal(word)))
        return _of(found if _FIRST <= found <= _LAST else None, "表格软件的日期序号")
    if full := _COMPACT.fullmatch(word) or _FULL.fullmatch(word):
        return _of(_real(*(int(part) for part in full.groups())), "日期的另一种写法")
    if part := _PART.fullmatch(word):
        return _dated(int(part[1]), int(part[2]), sure, guess)
    return None


def _cut(word: str, sure: Years, guess: Years) -> Proposal | None:
    """Propose both days for a number such as 4.1, which may have been 4.10."""
    month, _, rest = word.partition(".")
    both = [_dated(int(month), int(one), sure, guess) for one in (rest, f"{rest}0")]
    choices = tuple(choice for one in both if one is not None for choice in one.choices)
    return Proposal(choices, "是数字，末尾的0可能丢了") if choices else None


def _dated(month: int, date: int, sure: Years, guess: Years) -> Proposal | None:
    for years, known in ((sure, True), (guess, False)):
        if (year := years(month, date)) is not None and (found := _real(year, month, date)) is not None:
            return Proposal((found.isoformat(),), "没写年份" if known else "没写年份，别的行是这一年", known)
    return None


def _of(found: dt.date | None, why: str) -> Proposal | None:
    return Proposal((found.isoformat(),), why, sure=True) if found is not None else None


def _real(year: int, month: int, date: int) -> dt.date | None:
    try:
        return dt.date(year, month, date)
    except ValueError:
        return None


def clock(cell: Cell) -> Proposal | None:
    """Propose which time of day a cell means."""
    if isinstance(cell, Decimal):
        minutes = round(cell * 1440) if 0 < cell < 1 else 0
        return _time(*divmod(minutes, 60), "表格软件的时间序号") if minutes else None
    found = _CLOCK.fullmatch(cells.plain(cell))
    if found is None:
        return None
    half, hour = found[1] or "", int(found[2])
    minute = 30 if found[3] else int(found[4] or found[5] or 0)
    if half in ("下午", "晚上", "傍晚") and hour < 12:
        hour += 12
    return _time(hour, minute, "时间的另一种写法")


def _time(hour: int, minute: int, why: str) -> Proposal | None:
    return Proposal((f"{hour:02}:{minute:02}",), why, sure=True) if hour < 24 and minute < 60 else None
