"""Words that all documents share: days, spans of days, 文号, lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scoring.document.content import BLANK
from scoring.rule.office import Office


def day_text(day: date) -> str:
    """Write a day as offices do, without zeros before.

    >>> day_text(date(2026, 6, 3))
    '2026年6月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def span_text(first: date, last: date) -> str:
    """Write from which day to which, what they share once.

    >>> span_text(date(2026, 6, 3), date(2026, 6, 28)), span_text(date(2026, 6, 3), date(2026, 7, 1))
    ('2026年6月3日至28日', '2026年6月3日至7月1日')
    """
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)}至{day_text(last)}"
    until = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{day_text(first)}至{until}"


def number_text(office: Office, year: int, number: int) -> str:
    """Write a 文号: the year in full, the number without zeros before and without 第 (GB/T 9704-2012, 7.2.5)."""
    return f"{office.code or BLANK}〔{year}〕{number}号"


def joined(words: Iterable[str]) -> str:
    """Join words with 、, each once, empty ones left out."""
    return "、".join(dict.fromkeys(filter(None, words)))
