"""Bands (分段, 分级, 分档, 等次): their words, and the value that two of them claim or none does.

``75～90`` holds both ends, ``75～90（不含90）`` leaves one out, ``≥90`` and ``<75`` have one end, ``=0`` is one value.
Words serve as well as signs: 达到90, 90以上, 超过5%, 低于75, 75以下 (以上 and 以下 hold the number itself, as in law). A
plain ``>`` must be quoted in YAML, so 超过 is what a card will mostly say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from scoring.grammar.condition import normal

_NUMBER = r"(\d{1,9}(?:\.\d{1,6})?)(%?)"
_SIGNS = {">=": "≥", "达到": "≥", "不低于": "≥", "<=": "≤", "不超过": "≤", "不高于": "≤", "超过": ">", "大于": ">", "高于": ">",
          "低于": "<", "小于": "<", "不足": "<"}  # fmt: skip
_AFTER = {"以上": "≥", "及以上": "≥", "以下": "≤", "及以下": "≤"}
_ONE_END = re.compile(rf"({'|'.join(_SIGNS)}|[≥≤><=]) *{_NUMBER}$")
_END_FIRST = re.compile(rf"{_NUMBER} *(及?以[上下])$")
_TWO_ENDS = re.compile(rf"{_NUMBER} *[~～—–-] *{_NUMBER}((?: *\(不含[^()]*\))*)$")
_WITHOUT = re.compile(rf"\(不含 *{_NUMBER}((?:(?:和|、) *{_NUMBER})?)\)")
FORM = "写成 ≥90、75～90（不含90）、<75 的样子"


class BandError(ValueError):
    """Say why a band cannot be read."""


@dataclass(frozen=True, slots=True)
class Band:
    """The values from ``low`` to ``high``; None is no end. ``percent`` says how the ends were written."""

    low: Decimal | None = None
    high: Decimal | None = None
    holds_low: bool = True
    holds_high: bool = True
    percent: bool = False

    def __contains__(self, value: object) -> bool:
        assert isinstance(value, Decimal)
        above = self.low is None or value > self.low or (self.holds_low and value == self.low)
        return above and (self.high is None or value < self.high or (self.holds_high and value == self.high))


def read_band(text: str) -> Band:
    """Read a band's words; full-width and ASCII signs both read.

    Raises BandError with what is wrong.

    >>> Decimal(90) in read_band("75～90（不含90）"), Decimal(75) in read_band("75～90（不含90）")
    (False, True)
    """
    plain = normal(text).strip()
    if found := _ONE_END.match(plain):
        sign = _SIGNS.get(found[1], found[1])
        return _one_end(sign, _value(found[2], found[3]), percent=bool(found[3]))
    if found := _END_FIRST.match(plain):
        return _one_end(_AFTER[found[3]], _value(found[1], found[2]), percent=bool(found[2]))
    found = _TWO_ENDS.match(plain)
    if found is None:
        raise BandError(f"“{text[:40]}”不是一段")
    if found[2] != found[4]:
        raise BandError(f"“{text[:40]}”一头有 %，一头没有")
    low, high = _value(found[1], found[2]), _value(found[3], found[4])
    if low > high:
        raise BandError(f"“{text[:40]}”前面的数大于后面的")
    without = _left_out(found[5], text)
    if not without <= {low, high}:
        raise BandError(f"“{text[:40]}”不含的不是两头的数")
    return Band(low, high, low not in without, high not in without, bool(found[2]))


def _one_end(sign: str, end: Decimal, *, percent: bool) -> Band:
    if sign == "=":
        return Band(end, end, percent=percent)
    held = sign in "≥≤"
    return (
        Band(low=end, holds_low=held, percent=percent)
        if sign in "≥>"
        else Band(high=end, holds_high=held, percent=percent)
    )


def _left_out(words: str, text: str) -> set[Decimal]:
    found: set[Decimal] = set()
    rest = words.strip()
    while rest:
        match = _WITHOUT.match(rest)
        if match is None:
            raise BandError(f"“{text[:40]}”不含的读不懂")
        found.add(_value(match[1], match[2]))
        if match[4]:
            found.add(_value(match[4], match[5]))
        rest = rest[match.end() :].strip()
    return found


def _value(digits: str, percent: str) -> Decimal:
    return Decimal(digits) / (100 if percent else 1)


def grade_floor(grade: Decimal | str, places: int = 2) -> Decimal:
    """Return the lowest score of a grade, written as its 起点分 or as a band; scores have ``places`` decimal places."""
    if isinstance(grade, Decimal):
        return grade
    band = read_band(grade)
    if band.low is None:
        return Decimal(0)
    return band.low if band.holds_low else band.low + Decimal(1).scaleb(-places)


def contested(
    bands: Mapping[str, Band], low: Decimal, high: Decimal, step: Decimal | None = None
) -> Iterator[tuple[Decimal, tuple[str, ...]]]:
    """Yield the values from ``low`` to ``high`` that two or more bands claim, or none does: (value, names), lowest first.

    ``step`` is the smallest difference two values can have (1 for counts, 0.01 for scores), None for none. One example
    is given per place where claims change, so an overlap or a gap always shows.
    """
    for value in sorted(set(_examples(bands, low, high, step))):
        claims = tuple(name for name, band in bands.items() if value in band)
        if len(claims) != 1:
            yield value, claims


def _examples(
    bands: Mapping[str, Band], low: Decimal, high: Decimal, step: Decimal | None
) -> Iterator[Decimal]:
    ends = {end for band in bands.values() for end in (band.low, band.high) if end is not None}
    places = sorted({low, high, *(end for end in ends if low <= end <= high)})
    if step is None:
        yield from places
        yield from ((one + other) / 2 for one, other in pairwise(places))
        return
    for place in places:
        below = place // step * step
        yield from (one for one in (below - step, below, below + step) if low <= one <= high)
