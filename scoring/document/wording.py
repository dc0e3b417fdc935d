"""Words that all documents share: days, spans of days, periods, 文号, lists, units with their 量词."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from scoring.document.content import BLANK
from scoring.errors import visible
from scoring.inspection import Unit
from scoring.rule.office import Office

# How units of a kind are counted; others are 个.
_MEASURES = {"路段": "条", "商户": "家", "学校": "所"}
PROPOSED = "注：标准、考核办法中有分值、期限为拟定，仅供试行。"
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


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


def period_text(first: date, last: date) -> str:
    """Write a span of days by its month, quarter or year where it is a whole one.

    >>> period_text(date(2026, 6, 1), date(2026, 6, 30)), period_text(date(2026, 4, 1), date(2026, 6, 30))
    ('2026年6月', '2026年第二季度')
    >>> period_text(date(2026, 1, 1), date(2026, 12, 31)), period_text(date(2026, 6, 3), date(2026, 6, 30))
    ('2026年', '2026年6月3日至30日')
    """
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year
    match last.month - first.month if whole else None:
        case 0:
            return f"{first.year}年{first.month}月"
        case 2 if last.month % 3 == 0:
            return f"{first.year}年{_QUARTERS[last.month // 3 - 1]}"
        case 11:
            return f"{first.year}年"
    return span_text(first, last)


def measure_of(units: Iterable[Unit]) -> str:
    """Return by which word some units are counted: 条, 家, 所, or 个 where they are of several kinds."""
    measures = {_MEASURES.get(one.kind, "个") for one in units}
    return measures.pop() if len(measures) == 1 else "个"


def counted_units(units: Sequence[Unit]) -> str:
    """Write how many units there are, by their kind where they have one: 24个行政村, 14条路段, 30个单位."""
    kinds = {one.kind for one in units}
    return f"{len(units)}{measure_of(units)}{kinds.pop() if len(kinds) == 1 else '单位'}"


def whose(units: Sequence[Unit]) -> str:
    """Write how many units there are, and how many of each kind where there are several: 36个单位（行政村22个、路段14条）."""
    several = len({one.kind for one in units}) > 1
    return f"{len(units)}个单位（{kinds_text(units)}）" if several else counted_units(units)


def kinds_text(units: Sequence[Unit]) -> str:
    """Write how many units of each kind there are, in the order in which the kinds come first: 行政村22个、路段14条."""
    counts = Counter(one.kind for one in units)
    return "、".join(f"{kind}{many}{_MEASURES.get(kind, '个')}" for kind, many in counts.items())


def some(words: Sequence[str], most: int, measure: str = "个") -> str:
    """Join the first words, and say how many there are in all where some are left out.

    >>> some(["东岭村", "西坡村", "石桥村"], 2), some(["东岭村", "西坡村"], 2)
    ('东岭村、西坡村等3个', '东岭村、西坡村')
    """
    text = "、".join(words[:most])
    return text if len(words) <= most else f"{text}等{len(words)}{measure}"


def brief(text: str, most: int) -> str:
    """Return a text on one line, cut to a number of characters.

    >>> brief("状元大道东段", 6), brief("状元大道东段三号", 6)
    ('状元大道东段', '状元大道东…')
    """
    text = visible(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"
