"""接受疑点: doubts whose author has given a reason are counted and not told; what is accepted in vain is a doubt itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.errors import KEY, Loc, shortened
from scoring.lint.codes import CODES
from scoring.lint.doubt import Doubt, doubt
from scoring.lint.subject import Subject

_ACCEPTED = "接受疑点"
_RANGE = f"编号是 {min(CODES)} 到 {max(CODES)}"


class Acceptances:
    """What one standard accepts, and where; it remembers which of it was needed."""

    def __init__(self, subject: Subject) -> None:
        self._standard = subject.standard
        self._written = {loc: codes for loc, codes in _written(subject) if codes}
        self._used: set[tuple[Loc, str]] = set()

    def accept(self, code: str, loc: Loc) -> bool:
        """Return whether a doubt at a place is accepted there or further out, and remember it."""
        for end in range(len(loc), -1, -1):
            if code in self._written.get(loc[:end], ()):
                self._used.add((loc[:end], code))
                return True
        return False

    def in_vain(self) -> Iterator[Doubt]:
        """Yield 疑44 and 疑45: codes that do not exist, and those of doubts that there are not.

        Doubts between standards depend on what is checked together, and are not missed.
        """
        for loc, codes in self._written.items():
            for code in codes:
                place = (*loc, _ACCEPTED, code, KEY)
                if code not in CODES:
                    yield doubt("疑44", self._standard, place, f"没有“{shortened(code)}”这个疑点", _RANGE)
                elif (loc, code) not in self._used and not CODES[code].between:
                    yield doubt("疑45", self._standard, place, f"这里没有{code}（{CODES[code].title}）")


def _written(subject: Subject) -> Iterator[tuple[Loc, Mapping[str, str]]]:
    standard = subject.standard
    yield (), standard.accepted
    for name, field in standard.form.items():
        yield ("登记表", name), field.accepted
    for name, computed in standard.computed.items():
        yield ("计算", name), computed.accepted
    for i, item in enumerate(standard.items):
        yield ("项目", i), item.accepted
    for placed in subject.cards:
        yield placed.loc, placed.card.accepted
