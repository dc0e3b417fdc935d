"""The condition tree of a clause (扣分情形, 不适用, 样本) and its one reader.

A condition is written ``检查项 比较 值``, joined by 且 or 或. Mixing 且 with 或 needs brackets, so that nobody has to
remember which binds tighter. Words that hold 且, 或, 、 or a sign are put in “ ”. The nodes only describe; they are
evaluated in ``match/``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

MAX_LENGTH = 500
MAX_DEPTH = 8

Value = Decimal | str


class Sign(StrEnum):
    """The six comparisons."""

    EQ = "="
    NE = "≠"
    LT = "<"
    LE = "≤"
    GT = ">"
    GE = "≥"


@dataclass(frozen=True, slots=True)
class Compare:
    """``field sign value``; ``percent`` says that the number was written with %, and holds a fraction."""

    field: str
    sign: Sign
    value: Value
    percent: bool = False


@dataclass(frozen=True, slots=True)
class CompareFields:
    """``field sign other``: two numbers of one sheet, such as 保洁员人数 < 应配保洁员人数.

    The reader gives such a comparison as a ``Compare`` with a word; ``fit`` knows that the word names a 检查项.
    """

    field: str
    sign: Sign
    other: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """``field 属于 a、b``."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Leaf = Compare | CompareFields | OneOf
Condition = Leaf | And | Or


class ConditionError(ValueError):
    """Say what cannot be read, at which character (from 0), and the way out."""

    def __init__(self, message: str, at: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons of a tree in the order they are written."""
    if isinstance(condition, And | Or):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def fields_of(condition: Condition) -> tuple[str, ...]:
    """Return the names a condition reads, each once, in the order they are written.

    >>> fields_of(read("甲 > 0 且 (乙 = 是 或 甲 < 9)"))
    ('甲', '乙')
    """
    return tuple(dict.fromkeys(name for leaf in leaves(condition) for name in _names(leaf)))


def _names(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.field, leaf.other) if isinstance(leaf, CompareFields) else (leaf.field,)


_SIGNS = {"≥": Sign.GE, ">=": Sign.GE, "≤": Sign.LE, "<=": Sign.LE, "≠": Sign.NE, "!=": Sign.NE, "<>": Sign.NE,
          "==": Sign.EQ, "=": Sign.EQ, ">": Sign.GT, "<": Sign.LT}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<sign>>=|<=|!=|<>|==|[≥≤≠=><])|(?P<open>\()|(?P<close>\))|(?P<comma>、)"
    r"|(?P<and>且)|(?P<or>或)|(?P<quoted>[“\"][^”\"]{1,80}[”\"])|(?P<word>[^\s≥≤≠=><()、且或“”\"!]{1,80})"
)
_NUMBER = re.compile(r"([-+]?\d{1,12}(?:\.\d{1,8})?)(%?)$")
_FORM = "写法: 检查项 比较 值，如 柴草乱放处数 > 0；多个条件用 且、或 连接"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


@lru_cache(maxsize=8192)
def read(text: str) -> Condition:
    """Read a condition's text into its tree; full-width and ASCII signs both read.

    Raises ConditionError naming the character where reading stopped.

    >>> read("甲 ≥ 30%")
    Compare(field='甲', sign=<Sign.GE: '≥'>, value=Decimal('0.3'), percent=True)
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"条件太长（{len(text)}字）", 0, f"最多{MAX_LENGTH}字；可拆成几条条款")
    return _Reader(list(_tokens(text)), len(text)).whole()


def normal(text: str) -> str:
    """Fold full-width letters, digits and signs character by character, so that positions stay true."""
    folded = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(new if len(new) == 1 else char for char, new in zip(text, folded, strict=True))


def _tokens(text: str) -> Iterator[_Token]:
    at, plain = 0, normal(text)
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if found is None or found.lastgroup is None:
            raise ConditionError(f"“{text[at]}”读不懂", at, _FORM)
        kind, word = found.lastgroup, found.group()
        if kind == "word":
            yield from _split_member(word, at)
        elif kind == "quoted":
            yield _Token("word", word[1:-1], at)
        elif kind != "space":
            yield _Token(kind, word, at)
        at = found.end()


def _split_member(word: str, at: int) -> Iterator[_Token]:
    """Cut 属于 out of a run written without blanks, such as 责任牌属于破损."""
    head, middle, tail = word.partition("属于")
    for kind, text, offset in (("word", head, 0), ("in", middle, len(head)), ("word", tail, len(head) + 2)):
        if text:
            yield _Token(kind, text, at + offset)


class _Reader:
    """Recursive descent over the tokens; one method per line of the grammar."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens, self.end, self.next, self.depth = tokens, end, 0, 0

    def whole(self) -> Condition:
        tree = self.joined()
        if (rest := self.peek()) is not None:
            raise ConditionError(f"“{rest.text}”多余或位置不对", rest.at, _FORM)
        return tree

    def joined(self) -> Condition:
        parts, joiner = [self.part()], ""
        while (token := self.peek()) is not None and token.kind in ("and", "or"):
            if joiner and token.kind != joiner:
                raise ConditionError(
                    "“且”与“或”混用", token.at, "加括号写明先后，如 甲 > 0 且 (乙 = 是 或 丙 = 是)"
                )
            joiner = token.kind
            self.next += 1
            parts.append(self.part())
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts)) if joiner == "and" else Or(tuple(parts))

    def part(self) -> Condition:
        if (token := self.peek()) is None or token.kind != "open":
            return self.comparison()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ConditionError("括号套得太深", token.at, f"最多{MAX_DEPTH}层")
        self.next += 1
        tree = self.joined()
        self.take("close", "括号没有配对，缺“)”")
        self.depth -= 1
        return tree

    def comparison(self) -> Condition:
        field = self.take("word", "这里应是检查项的名称").text
        sign = self.peek()
        if sign is not None and sign.kind == "in":
            self.next += 1
            return OneOf(field, self.members())
        token = self.take("sign", f"“{field}”后面缺比较符号（> ≥ < ≤ = ≠ 属于）")
        value, percent = _value(self.take("word", f"“{token.text}”后面缺一个值").text)
        return Compare(field, _SIGNS[token.text], value, percent)

    def members(self) -> tuple[str, ...]:
        found = [self.take("word", "“属于”后面缺选项").text]
        while (token := self.peek()) is not None and token.kind == "comma":
            self.next += 1
            found.append(self.take("word", "“、”后面缺选项").text)
        return tuple(found)

    def take(self, kind: str, complaint: str) -> _Token:
        token = self.peek()
        if token is None or token.kind != kind:
            raise ConditionError(complaint, self.end if token is None else token.at, _FORM)
        self.next += 1
        return token

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None


def _value(word: str) -> tuple[Value, bool]:
    number = _NUMBER.match(word)
    if number is None:
        return word, False
    percent = number[2] == "%"
    return (Decimal(number[1]) / 100 if percent else Decimal(number[1])), percent
