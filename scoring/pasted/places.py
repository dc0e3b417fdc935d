"""What a piece of text says beside the problem itself: which unit, how many, where, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scoring.columns import folded
from scoring.inspection import Unit
from scoring.sheets.mend.numbers import spoken
from scoring.sheets.register import Register

_MEASURE = "处户个堆片块辆摊只条张家"
_AMOUNT = re.compile(
    rf"(?<![0-9一二两三四五六七八九十~～至到\-])([0-9]{{1,6}}|[一二两三四五六七八九十]{{1,3}})[ ]?([{_MEASURE}])"
)
_VAGUE = re.compile(
    rf"(?:[0-9一二两三四五六七八九十]+[~～至到\-][0-9一二两三四五六七八九十]+|几|多|数|若干|大量)[ ]?[{_MEASURE}]|若干|大量"
)
_LIMIT = re.compile(
    r"(?:限|请在|务必)?[0-9一二两三四五六七八九十]{1,3}(?:个?工作日|天|日)(?:内|之内|以内)|限[^，,；;。]{1,10}|立行立改|立即整改"
)
_FILLERS = re.compile(r"^[的在，,、：:\s]+|(?:有人在|有人|发现|存在|还有|仍有|又有|有|的|，|,|、|：|:|\s)+$")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Units:
    """The units that a text names, and the words that it names them with."""

    found: tuple[Unit, ...]
    said: tuple[str, ...]


def units_in(text: str, register: Register) -> Units:
    """Return the units whose names or aliases stand in a text: of names within each other, the longest."""
    word = folded(text)
    found: dict[str, Unit] = {}
    said: list[str] = []
    at = 0
    while at < len(word):
        for length in range(min(_LONGEST, len(word) - at), 1, -1):
            named = register.named(word[at : at + length])
            if named and not word[at : at + length].isdigit():
                found |= {unit.id: unit for unit in named}
                said.append(word[at : at + length])
                at += length - 1
                break
        at += 1
    return Units(tuple(found.values()), tuple(dict.fromkeys(said)))


def amount_in(text: str) -> tuple[str, str]:
    """Return how many a text says, and the words; what is no exact number stays as it is written, to be put right.

    >>> amount_in("3组路边垃圾乱倒2处"), amount_in("垃圾两处，柴草3堆"), amount_in("垃圾多处"), amount_in("3组路边有垃圾")
    (('2', '2处'), ('两处、3堆', '两处、3堆'), ('多处', '多处'), ('', ''))
    """
    said = [one[0] for one in _VAGUE.finditer(text)] + [
        one[0] for one in _AMOUNT.finditer(_VAGUE.sub("　", text))
    ]
    if len(said) != 1:
        return "、".join(said), "、".join(said)
    exact = _AMOUNT.fullmatch(said[0])
    if exact is None:
        return said[0], said[0]
    number = exact[1] if exact[1].isdigit() else spoken(exact[1])
    return (str(int(number)) if number is not None else said[0]), said[0]


def limit_in(text: str) -> str:
    """Return the time limit that a text sets, "" where it sets none.

    >>> limit_in("垃圾乱倒2处，限3天"), limit_in("柴草1堆")
    ('限3天', '')
    """
    found = _LIMIT.search(text)
    return found[0].strip() if found else ""


def place_in(text: str, start: int, units: Units) -> str:
    """Return where a problem is: what stands before its words, without the names of units.

    >>> place_in("3组路边有垃圾乱倒2处", 5, Units((), ()))
    '3组路边'
    """
    before = re.split("[，,：:]", text[:start])[-1]
    for name in units.said:
        before = before.replace(name, "")
    return _FILLERS.sub("", _FILLERS.sub("", before)).strip()[:100]
