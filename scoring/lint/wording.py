"""Doubts about a clause beside the words it quotes: several things in one check, other numbers than the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from scoring.errors import shortened
from scoring.grammar.condition import And, Condition, Or, fields_of
from scoring.lint.doubt import Doubt
from scoring.lint.most import numbers_of
from scoring.lint.subject import Subject
from scoring.lint.words import folded, pairs, things
from scoring.points import plain
from scoring.rule.source import Basis

_DIGITS = "一二三四五六七八九十"
_ONE = r"(\d{1,6}(?:\.\d{1,4})?|[一二两三四五六七八九半]|(?<=[扣加得共])十)"  # 十分 is a word of its own
_POINTS = re.compile(rf"{_ONE}(?:[~-](\d{{1,6}}(?:\.\d{{1,4}})?))?分(?![钟之类级档段散别布开])")


def unchecked_words(subject: Subject) -> Iterator[Doubt]:
    """疑25: the 原文 joins several things, and one of them no clause that quotes it looks at."""
    joined = [
        (one, found)
        for one in subject.current
        if len(one.check.asks) == 1 and len(found := list(things(one.card.source_text))) > 1
    ]
    looked_at = _looked_at(subject) if joined else set()
    for one, found in joined:
        missed = [thing for thing in found if pairs(thing).isdisjoint(looked_at)]
        if missed:
            message = f"原文里的“{shortened(missed[0], 20)}”没有一条查"
            yield subject.doubt("疑25", (*one.loc, "原文"), message)


def _looked_at(subject: Subject) -> set[str]:
    """Return the pairs of characters of all quotations that some clause quoting them looks at, or a 结论 names."""
    found = {pair for name in subject.standard.conclusions for pair in pairs(name)}
    said = {
        name: {pair for text in (name, field.note, *field.options) for pair in pairs(text)}
        for name, field in subject.standard.fields.items()
    }
    for one in subject.current:
        texts = (one.card.name, one.card.note, one.card.remedy.text, *(one.card.kinds or subject.kinds))
        about = {pair for text in texts for pair in pairs(text)}
        found |= pairs(one.card.source_text) & about.union(
            *(said[name] for name in (*one.check.reads, *one.check.asks))
        )
    return found


def two_things(subject: Subject) -> Iterator[Doubt]:
    """疑26: one clause fails for this or for that."""
    for one in subject.current:
        if one.card.when is not None and (both := _joined_by_or(one.check.when)):
            message = f"一条查了两件事: “{both[0]}”或“{both[1]}”"
            yield subject.doubt("疑26", (*one.loc, "扣分情形"), message)


def other_numbers(subject: Subject) -> Iterator[Doubt]:
    """疑27: the points are said to be the source's, and are not in the words quoted."""
    standard = subject.standard
    if standard.points_from != "原文":
        return
    passages = "".join(standard.basis.passages.values()) if isinstance(standard.basis, Basis) else ""
    if not _points_in(passages) and not any(_points_in(one.card.source_text) for one in subject.current):
        yield subject.doubt("疑27", ("分值来源",), "分值来源写的是原文，原文里却没有一个分值")
    for one in subject.current:
        said = _points_in(one.card.source_text)
        wrong = [
            points for points in numbers_of(one.check.tariff) if points not in {*said, one.check.full, 0}
        ]
        if said and wrong:
            message = f"扣分写的是{plain(wrong[0])}分，原文写的是{'、'.join(plain(points) for points in said[:6])}分"
            yield subject.doubt("疑27", (*one.loc, "扣分"), message)


def _joined_by_or(condition: Condition) -> tuple[str, str] | None:
    """Return two 检查项 of which either is enough."""
    if not isinstance(condition, And | Or):
        return None
    if isinstance(condition, Or):
        for one, other in combinations([fields_of(part) for part in condition.parts][:20], 2):
            if set(one).isdisjoint(other):
                return one[0], other[0]
    return next((both for part in condition.parts if (both := _joined_by_or(part))), None)


def _points_in(text: str) -> list[Decimal]:
    found = [number for one in _POINTS.finditer(folded(text)) for number in one.groups() if number]
    return list(dict.fromkeys(map(_number, found)))


def _number(word: str) -> Decimal:
    if word in ("半", "两"):
        return Decimal("0.5") if word == "半" else Decimal(2)
    return Decimal(_DIGITS.index(word) + 1) if word in _DIGITS else Decimal(word)
