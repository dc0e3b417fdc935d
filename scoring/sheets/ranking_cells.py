"""One cell of a published ranking to a rank or a number; None says that the word is neither."""

from __future__ import annotations

import re
from decimal import Decimal

NOTHING = ("", "—", "-", "--", "——", "/", "／", "无", "未评")
# In the column of ranks: this unit takes no part, and not that its rank was forgotten.
UNRANKED = (*NOTHING[1:], "未排名", "不排名", "不参加排名")
# In the column of scores: what the engine itself writes where no score is settled.
UNSETTLED = (*NOTHING, "未查", "不适用", "只统计")
_RANK = re.compile(r"(?:并列)?第?([0-9]{1,6})(?:\.0+)?名?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,20})?")
_SPAN = re.compile(r"[0-9.]{1,20} *[~～—–] *[0-9.]{1,20}分?")
_NUMERALS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


def number(word: str) -> Decimal | None:
    """Return a number, 分 or 元 behind it or not.

    >>> number("92.5分"), number("1,500元"), number("九十")
    (Decimal('92.5'), Decimal('1500'), None)
    """
    bare = word.removesuffix("分").removesuffix("元").replace(",", "")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def is_number(word: str) -> bool:
    """Return whether a word is a number or a rank in digits."""
    return number(word) is not None or _RANK.fullmatch(word) is not None


def is_span(word: str) -> bool:
    """Return whether a word is a score that is not settled yet: 84.00～100.00."""
    return _SPAN.fullmatch(word) is not None


def rank(word: str) -> int | None:
    """Return a rank.

    >>> rank("3"), rank("第3名"), rank("并列第3"), rank("十二"), rank("头名")
    (3, 3, 3, 12, None)
    """
    if found := _RANK.fullmatch(word):
        return int(found[1])
    return _numeral(word.removeprefix("并列").removeprefix("第").removesuffix("名"))


def _numeral(word: str) -> int | None:
    """Return 一 to 九十九 as a number."""
    tens, ten, ones = word.partition("十")
    if not ten:
        return _NUMERALS.get(word) or None
    if (tens and tens not in _NUMERALS) or (ones and ones not in _NUMERALS):
        return None
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
