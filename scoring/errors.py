"""Mistakes of users are values: collected while reading, raised once at the edge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Hold one mistake: where it stands, what is wrong, and the way out.

    ``path`` is the file's name; ``where`` a place a reader can find (“工作表 五月 单元格 C4”, “条款 WL-01”);
    ``line`` and ``column`` count characters from 1, 0 when unknown; ``unit`` is the id of the 对象 that stays
    未评 because of it, empty when none does.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    where: str = ""
    message: str = ""
    hint: str = ""
    unit: str = ""

    @property
    def place(self) -> str:
        """Return the place within the file."""
        line = f"第{self.line}行" if self.line else ""
        column = f"第{self.column}列" if self.line and self.column else ""
        return " ".join(filter(None, (line + column, self.where)))

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.path, self.place)))
        text = f"{place}: {self.message}" if place else self.message
        return visible(f"{text}。{self.hint}" if self.hint else text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems each once, by file and place, numbers inside a place's words by their size.

    >>> [one.where for one in in_order([Problem(where="第101行"), Problem(where="第46行")])]
    ['第46行', '第101行']
    """

    def place(one: Problem) -> tuple[object, ...]:
        words = tuple(
            (int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(one.where)
        )
        return one.path, one.line, one.column, words, one

    return tuple(sorted(dict.fromkeys(problems), key=place))


def told(problems: Iterable[Problem]) -> list[str]:
    """Return problems as they are told: the same mistake in a file once, with every place of it.

    >>> told([Problem("甲.csv", 3, 2, message="读不懂"), Problem("甲.csv", 9, 2, message="读不懂")])
    ['甲.csv 第3行第2列、第9行第2列: 读不懂']
    """
    same: dict[tuple[str, str, str], list[Problem]] = {}
    for one in problems:
        same.setdefault((one.path, one.message, one.hint), []).append(one)
    places = ("、".join(dict.fromkeys(filter(None, (one.place for one in many)))) for many in same.values())
    return [
        str(replace(many[0], line=0, column=0, where=place))
        for many, place in zip(same.values(), places, strict=True)
    ]


_DIGITS = re.compile("([0-9]+)")
# Control characters, and marks that turn the reading direction: text from outside must not steer a terminal or a reader.
# Halves of characters and the two that are none: no file may hold them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """Return outside text on one line, without characters that steer a terminal or a reader's eye."""
    return _UNSAFE.sub(" ", text)


Loc = tuple[str | int, ...]
KEY = "[key]"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file of keys and values, before its line is looked up.

    ``loc`` holds the keys that lead to it as the file spells them, with ``KEY`` last where the key itself is wrong;
    ``at`` is the character (from 0) in the value.
    """

    loc: Loc
    message: str
    hint: str = ""
    at: int = 0


class ScoringError(Exception):
    """Carry every problem found in one input; its text lists them one a line."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = (Problem(message=problems),) if isinstance(problems, str) else tuple(problems)
        self.problems: tuple[Problem, ...] = found
        super().__init__("\n".join(map(str, found)))


def shortened(text: str, most: int = 40) -> str:
    """Return a text for a message, on one line; what is longer ends in ……."""
    text = text.replace("\n", " ")
    return text if len(text) <= most else f"{text[:most]}……"


_LISTED = 20


def did_you_mean(word: str, known: Iterable[str], *, label: str = "可用") -> str:
    """Return the way out for an unknown word: what is allowed and what was probably meant.

    More than 20 words are listed only where none is near.

    >>> did_you_mean("每虑", ["每处", "每户"])
    '可用: 每处、每户；是不是“每处”？'
    """
    choices = list(dict.fromkeys(known))
    if not choices:
        return ""
    # get_close_matches passes over thousands of unlike names quickly; among equals the first stands.
    close = get_close_matches(word, choices, n=5, cutoff=0.5)
    likeness = {one: SequenceMatcher(None, one, word).ratio() for one in choices if one in close}
    nearest = max(likeness, key=likeness.__getitem__, default="")
    if nearest and len(choices) > _LISTED:
        return f"是不是“{nearest}”？"
    shown = "、".join(choices[:_LISTED]) + ("……" if len(choices) > _LISTED else "")
    return f"{label}: {shown}" + (f"；是不是“{nearest}”？" if nearest else "")
