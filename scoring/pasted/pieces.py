"""A message's lines to pieces that may each tell one problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_ENDS = re.compile(r"[；;。！!？?]")
_NUMBERS = re.compile(
    r"(?:^|(?<=[\s：:]))(?:[（(]?[0-9]{1,2}[、．)）]|[0-9]{1,2}\.(?![0-9])|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)


def pieces(line: str, tells: Callable[[str], bool]) -> Iterator[str]:
    """Yield the pieces of a line: apart at ； 。 and at 1、 2、; at a comma only where both sides tell of a problem.

    >>> list(pieces("1、村口垃圾2处，限3天；2、桥头柴草1堆，井边污水1户", lambda one: "处" in one or "堆" in one or "户" in one))
    ['村口垃圾2处，限3天', '桥头柴草1堆', '井边污水1户']
    """
    for sentence in _ENDS.split(line):
        for part in _NUMBERS.split(sentence):
            yield from _apart(part, tells)


def _apart(part: str, tells: Callable[[str], bool]) -> Iterator[str]:
    current, told = "", False
    for clause in re.split("[，,]", part):
        found = tells(clause)
        if found and told:
            yield current.strip()
            current, told = clause, True
        else:
            current = f"{current}，{clause}" if current.strip() else clause
            told = told or found
    if current.strip():
        yield current.strip()
