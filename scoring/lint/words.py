"""What two texts have in common, and the several things one sentence of a standard asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What a name says besides the thing itself: 暴露垃圾处数 and 暴露垃圾数量 are one thing.
_COUNTING = re.compile(r"的?([处个户只头块片摊辆盏堆件份家幅条张次人]数|人次|数量|数|情况|现象|问题)$")


def folded(text: str) -> str:
    """Return a text without blanks, full-width and ASCII alike."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def stem(name: str) -> str:
    """Return the thing that a name counts.

    >>> stem("暴露垃圾处数"), stem("暴露垃圾数量")
    ('暴露垃圾', '暴露垃圾')
    """
    plain = folded(name)
    return _COUNTING.sub("", plain) or plain


def pairs(text: str) -> set[str]:
    """Return every two neighbouring characters of a text."""
    plain = folded(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def things(sentence: str) -> Iterator[str]:
    """Yield the things that a sentence joins.

    >>> list(things("清除房前屋后垃圾、杂物，清理白色污染"))
    ['清除房前屋后垃圾', '杂物', '清理白色污染']
    """
    for part in _JOINED.split(folded(sentence)):
        thing = _AROUND.sub("", part)
        if len(thing) >= 2:
            yield thing


_JOINED = re.compile(r"[、,;。:]|……|\.{3,}|以及|及其|[和与及或]")
_AROUND = re.compile(r"[^\w]")
