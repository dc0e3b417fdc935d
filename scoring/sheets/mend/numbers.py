"""Numbers as inspectors write them: 3处, 三户, 1,000, 2-3, 扣1, 92 for 92 %."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets import cells
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.table import Cell

_MEASURES = "处个户家块条件张间人只头名项次辆堆座盏米分"
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
_MEASURED = re.compile(rf"({_NUMBER}) ?([{_MEASURES}])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPOKEN = re.compile(rf"([零〇一二两三四五六七八九十]{{1,3}})([{_MEASURES}]?)")
_RANGE = re.compile(rf"([0-9]{{1,6}})[{_MEASURES}]?(?:-|~|—|–|至|到)([0-9]{{1,6}})[{_MEASURES}]?")
_DEDUCTED = re.compile(r"(?:扣|-扣)([0-9]{1,3}(?:\.[0-9])?)分?")
_ABOUT = re.compile(rf"(?:约|大约|近)?({_NUMBER})(?:余|多)?[{_MEASURES}]?(?:左右|以上|多)?")
_PLACED = re.compile(rf"([0-9]{{1,6}})[{_MEASURES}]? ?[((](.+)[))]")
_NONE = {"无", "没有", "未发现", "没发现", "未见", "无问题", "无此问题"}
_DASHES = {"—", "-", "--", "——", "/", "\\", "×", "x", "X"}


def amount(cell: Cell, field: FormField, name: str) -> Proposal | None:
    """Propose what a cell under a 数量, 数值 or 分数 means."""
    if isinstance(cell, dt.date):
        ends = sorted({cell.month, cell.day})
        return Proposal(tuple(map(str, ends)), "表格软件把范围变成了日期")
    word = cells.plain(cell)
    if word in _NONE and field.kind is FieldKind.COUNT:
        return Proposal(("0",), "写的是没有", sure=not field.may_skip)
    if word in _DASHES:
        return Proposal(("0", "未查"), "不知是没有还是没查")
    return counted(word, field.unit or _own_measure(name)) or _vague(word)


def counted(word: str, unit: str) -> Proposal | None:
    """Propose a number written with its 量词, with thousands apart, as a range or in Chinese."""
    if found := _RANGE.fullmatch(word):
        return Proposal((found[1], found[2]), "写的是范围")
    if found := _MEASURED.fullmatch(word):
        own = not unit or found[2] == unit
        return Proposal((found[1],), "带了量词" if own else f"量词是{found[2]}，应是{unit}", sure=own)
    if _GROUPED.fullmatch(word):
        return Proposal((word.replace(",", ""),), "带了千分位", sure=True)
    if (found := _SPOKEN.fullmatch(word)) and (number := spoken(found[1])) is not None:
        own = not found[2] or not unit or found[2] == unit
        # A lone 一 may be a dash.
        return Proposal((str(number),), "写的是汉字", sure=own and word != "一")
    return None


def _own_measure(name: str) -> str:
    """Return the 量词 that a 检查项's own name ends in: 处 of 垃圾处数."""
    return name[-2] if len(name) > 2 and name.endswith("数") and name[-2] in _MEASURES else ""


def _vague(word: str) -> Proposal | None:
    if found := _DEDUCTED.fullmatch(word):
        return Proposal((found[1],), "写的是扣分，不是个数")
    if found := _PLACED.fullmatch(word):
        return Proposal((found[1],), "括号里的点位不会记下")
    if found := _ABOUT.fullmatch(word):
        return Proposal((found[1],), "不是准数")
    return None


def spoken(word: str) -> int | None:
    """Return a number from 0 to 99 written in Chinese, None for anything else.

    >>> spoken("十二"), spoken("两"), spoken("三十"), spoken("三二")
    (12, 2, 30, None)
    """
    tens, sign, ones = word.partition("十")
    if not sign:
        return _DIGITS.get(word)
    high, low = _DIGITS.get(tens, 0) if tens else 1, _DIGITS.get(ones, 0) if ones else 0
    return high * 10 + low if (not tens or high) and (not ones or low) else None


def percent(cell: Cell) -> Proposal | None:
    """Propose what a cell under a 百分比 means: above 1 only per cents make sense, below it may be either."""
    word = cells.plain(cell).removesuffix("%").replace("百分之", "").strip()
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,4})?", word):
        return None
    number = Decimal(word)
    if number > 1:
        whole = number >= 2 and number == number.to_integral_value()
        return Proposal((f"{word}%",), "没写百分号", sure=whole)
    return Proposal((f"{number * 100:f}%", f"{word}%"), "没写百分号，不知是几成还是百分之几")


def ordinal(cell: Cell) -> Proposal | None:
    """Propose what a cell under 第几次 means: 首次, 第2次, 第三次, 2次."""
    word = cells.plain(cell).removeprefix("第").removesuffix("次")
    if word in ("首", "初"):
        return Proposal(("1",), "首次即第1次", sure=True)
    number = int(word) if re.fullmatch("[0-9]{1,2}", word) else spoken(word)
    return Proposal((str(number),), "第几次只写数字", sure=True) if number else None
