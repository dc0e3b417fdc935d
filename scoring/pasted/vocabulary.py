"""Which 检查项 a text speaks of: by the words of the fields and of the clauses that rest on them, exactly, nearly or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from scoring.compile.reach import resting_on
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard

_MEASURES = ("处数", "户数", "个数", "块数", "片数", "堆数", "摊数", "辆数", "只数", "张数", "数")
_SHORTEST, _LONGEST, _NEAR = 3, 12, 0.75


class Level(IntEnum):
    """How a text and a word agree."""

    PART = 1
    NEAR = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A 检查项 that a text may speak of: the text's own words, where they stand, and the word of the standards they fit."""

    field: str
    level: Level
    said: str
    start: int
    word: str

    @property
    def ground(self) -> str:
        """Say on which words the match rests."""
        match self.level:
            case Level.SAME:
                return f"写着“{self.said}”"
            case Level.NEAR:
                return f"“{self.said}”像“{self.word}”"
        return f"“{self.word}”里也有“{self.said}”"


class Words:
    """The words of some standards, each with the 检查项 that it may mean."""

    def __init__(self, standards: Iterable[Standard]) -> None:
        self.fields: dict[str, FormField] = {}
        self.kinds: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, dict[str, None]] = defaultdict(dict)
        for standard in standards:
            clauses = {one.id: one for one in standard.clauses}
            for name, field in standard.form.items():
                if field.register_column is not None or field.kind not in (FieldKind.COUNT, FieldKind.YES_NO):
                    continue
                self.fields.setdefault(name, field)
                self.kinds[name].update(standard.kinds)
                resting = (clauses[id] for id in resting_on(standard, [name]) if id in clauses)
                for word in (_stem(name), *(one.name for one in resting)):
                    if 2 <= len(word) <= _LONGEST:
                        self._words[word][name] = None

    def counted(self, name: str) -> bool:
        """Return whether a 检查项 is a count, which a 问题明细 can hold."""
        return self.fields[name].kind is FieldKind.COUNT

    def matches(self, text: str, kind: str = "") -> tuple[Match, ...]:
        """Return the best matches of a text, all of one level; of a unit's ``kind`` only what concerns it."""
        for find in (self._same, self._near, self._part):
            found = [one for one in find(text) if not kind or kind in self.kinds[one.field]]
            if found:
                return tuple(
                    sorted({one.field: one for one in _outermost(found)}.values(), key=lambda one: one.field)
                )
        return ()

    def tells(self, text: str) -> bool:
        """Return whether a text speaks of a problem in so many words, or nearly."""
        return bool(self._same(text) or self._near(text))

    def _same(self, text: str) -> list[Match]:
        return [
            Match(field, Level.SAME, word, at, word)
            for word, fields in self._words.items()
            if (at := text.find(word)) >= 0
            for field in fields
        ]

    def _near(self, text: str) -> list[Match]:
        found: dict[float, list[Match]] = defaultdict(list)
        for word, fields in self._words.items():
            if len(word) < _SHORTEST or word[:2] not in text:
                continue
            at = text.find(word[:2])
            said = text[at : at + len(word)]
            likeness = SequenceMatcher(None, word, said).ratio()
            if likeness >= _NEAR:
                found[likeness] += [Match(field, Level.NEAR, said, at, word) for field in fields]
        return found[max(found)] if found else []

    def _part(self, text: str) -> list[Match]:
        """Return the words that share their first two characters, the thing that is spoken of, with a text."""
        return [
            Match(field, Level.PART, word[:2], text.find(word[:2]), word)
            for word, fields in self._words.items()
            if word[:2] in text
            for field in fields
        ]


def _stem(name: str) -> str:
    """Return a 检查项 without the 量词 at its end.

    >>> _stem("垃圾乱倒处数"), _stem("露天焚烧")
    ('垃圾乱倒', '露天焚烧')
    """
    return next((name.removesuffix(end) for end in _MEASURES if name.endswith(end) and name != end), name)


def _outermost(matches: Sequence[Match]) -> list[Match]:
    """Return the matches whose words do not stand within longer ones of another."""
    spans: Mapping[tuple[int, int], None] = {(one.start, one.start + len(one.said)): None for one in matches}
    return [
        one
        for one in matches
        if not any(
            start <= one.start and one.start + len(one.said) <= end and end - start > len(one.said)
            for start, end in spans
        )
    ]
