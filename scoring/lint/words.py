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
    """Yield the things that a quotation joins; an author joins by ； and ……, the source by 、 and 和.

    What stands alone between commas says how or why, and slogans (净化), results (干净) and bare verbs are no things.

    >>> list(things("清除房前屋后垃圾、杂物，改善村容；无积土和烟蒂"))
    ['清除房前屋后垃圾', '杂物', '无积土', '烟蒂']
    """
    for quote in _QUOTES.split(folded(sentence)):
        phrases = [_JOINED.split(phrase) for phrase in _PHRASES.split(quote)]
        for parts in phrases:
            if len(parts) > 1 or len(phrases) == 1:
                stripped = (_AROUND.sub("", part) for part in parts)
                yield from (part for part in stripped if len(part) > 1 and not _NO_THING.search(part))


_QUOTES = re.compile(r";|……|…|\.{3,}")
_PHRASES = re.compile(r"[,。:]")
_JOINED = re.compile(r"、|以及|(?<![参])与(?!会)|和(?!谐)|(?<![普涉])及(?![时格早])|或")
_AROUND = re.compile(r"[^\w]")
_NO_THING = re.compile(
    "^.化$|干净|整洁|路畅|村绿|清洁|靓丽|优美|有序"
    "|^(清理|清除|清运|治理|整治|规范|拆除|更换|维修|维护|养护|管护|管理|落实|建立|健全|制定|组织|发动|宣传|引导)$"
)
