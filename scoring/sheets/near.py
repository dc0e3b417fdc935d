"""Which known name was probably meant by an unknown one; quick even where a register holds a nation's villages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice

from scoring.columns import folded

_LIKE, _MOST = 0.5, 30


class Near:
    """An index of names by what is left when any one character is left out, and by their first two."""

    def __init__(self, names: Iterable[str]) -> None:
        self._index: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            for trace in _traces(name):
                self._index[trace].append(name)

    def best(self, word: str) -> str:
        """Return the name most like a word, "" where none is like it.

        >>> Near(["东岭村", "西坡村"]).best("东岭邨")
        '东岭村'
        """
        return max(self.alike(word), default="")

    def alike(self, word: str) -> tuple[str, ...]:
        """Return the names that are most like a word and as much so as each other."""
        found = dict.fromkeys(name for trace in _traces(word) for name in self._index.get(trace, ()))
        likeness = {name: SequenceMatcher(None, word, name).ratio() for name in islice(found, _MOST)}
        most = max(likeness.values(), default=0)
        return tuple(name for name in likeness if likeness[name] == most) if most >= _LIKE else ()


def _traces(name: str) -> Iterator[str]:
    """Yield the closest traces first: the whole, then all but one character, then the first two."""
    word = folded(name)[:60]
    yield from dict.fromkeys((word, *(word[:at] + word[at + 1 :] for at in range(len(word))), word[:2]))
