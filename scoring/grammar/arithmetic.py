"""The arithmetic of a computed field (算) and its one reader.

``+ − × ÷`` and brackets over names and numbers, nothing else; × and ÷ bind tighter than + and −. Names that hold a sign
are put in “ ”. The nodes only describe; they are evaluated in ``compute.py``, exactly, and rounded once as declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.grammar.condition import MAX_DEPTH, MAX_LENGTH, normal


class Operator(StrEnum):
    """The four operations."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    DIVIDE = "÷"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; 90% is 0.9."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a 检查项 or of another computed field."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """``left sign right``."""

    sign: Operator
    left: Arithmetic
    right: Arithmetic


Arithmetic = Number | Field | Operation


class ArithmeticFault(ValueError):
    """Say what cannot be read, at which character (from 0), and the way out."""

    def __init__(self, message: str, at: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


def nodes(tree: Arithmetic) -> Iterator[Arithmetic]:
    """Yield every node of a tree, the parts before the whole, left to right."""
    if isinstance(tree, Operation):
        yield from nodes(tree.left)
        yield from nodes(tree.right)
    yield tree


def names_of(tree: Arithmetic) -> tuple[str, ...]:
    """Return the names a formula reads, each once, in the order they are written.

    >>> names_of(read("(甲 + 乙) ÷ 甲"))
    ('甲', '乙')
    """
    return tuple(dict.fromkeys(node.name for node in nodes(tree) if isinstance(node, Field)))


def divides(tree: Arithmetic) -> bool:
    """Return whether a formula divides, so that its rounding must be declared."""
    return any(isinstance(node, Operation) and node.sign is Operator.DIVIDE for node in nodes(tree))


_OPERATORS = {"+": Operator.PLUS, "-": Operator.MINUS, "−": Operator.MINUS, "×": Operator.TIMES, "*": Operator.TIMES,
              "÷": Operator.DIVIDE, "/": Operator.DIVIDE}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<sign>[-+−×*÷/])|(?P<number>\d{1,12}(?:\.\d{1,8})?%?(?![^\s()+\-−×*÷/]))"
    r"|(?P<quoted>[“\"][^”\"]{1,80}[”\"])|(?P<name>[^\s()+\-−×*÷/“”\"]{1,80})"
)
_FORM = "写法: 人口 ÷ 300，用 + − × ÷ 和括号；名称里有这些符号的用“ ”括起来"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read(text: str) -> Arithmetic:
    """Read a formula's text into its tree; full-width and ASCII signs both read.

    Raises ArithmeticFault naming the character where reading stopped.

    >>> read("人口 ÷ 300")
    Operation(sign=<Operator.DIVIDE: '÷'>, left=Field(name='人口'), right=Number(value=Decimal('300')))
    """
    if len(text) > MAX_LENGTH:
        raise ArithmeticFault(f"算式太长（{len(text)}字）", 0, f"最多{MAX_LENGTH}字；可分几步算")
    return _Reader(list(_tokens(text)), len(text)).whole()


def _tokens(text: str) -> Iterator[_Token]:
    at, plain = 0, normal(text)
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if found is None or found.lastgroup is None:
            raise ArithmeticFault(f"“{text[at]}”读不懂", at, _FORM)
        if found.lastgroup == "quoted":
            yield _Token("name", found.group()[1:-1], at)
        elif found.lastgroup != "space":
            yield _Token(found.lastgroup, found.group(), at)
        at = found.end()


class _Reader:
    """Recursive descent over the tokens; one method per line of the grammar."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens, self.end, self.next, self.depth = tokens, end, 0, 0

    def whole(self) -> Arithmetic:
        tree = self.sum()
        if (rest := self.peek()) is not None:
            raise ArithmeticFault(f"“{rest.text}”多余或位置不对", rest.at, _FORM)
        return tree

    def sum(self) -> Arithmetic:
        tree = self.product()
        while (sign := self.sign(Operator.PLUS, Operator.MINUS)) is not None:
            tree = Operation(sign, tree, self.product())
        return tree

    def product(self) -> Arithmetic:
        tree = self.part()
        while (sign := self.sign(Operator.TIMES, Operator.DIVIDE)) is not None:
            tree = Operation(sign, tree, self.part())
        return tree

    def part(self) -> Arithmetic:
        token = self.peek()
        if token is None or token.kind not in ("open", "number", "name"):
            raise ArithmeticFault(
                "这里应是检查项的名称或数字", self.end if token is None else token.at, _FORM
            )
        self.next += 1
        if token.kind == "number":
            percent = token.text.endswith("%")
            return Number(Decimal(token.text.rstrip("%")) / (100 if percent else 1))
        return Field(token.text) if token.kind == "name" else self.bracketed(token)

    def bracketed(self, opening: _Token) -> Arithmetic:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ArithmeticFault("括号套得太深", opening.at, f"最多{MAX_DEPTH}层")
        tree = self.sum()
        token = self.peek()
        if token is None or token.kind != "close":
            raise ArithmeticFault("括号没有配对，缺“)”", self.end if token is None else token.at, _FORM)
        self.next += 1
        self.depth -= 1
        return tree

    def sign(self, *wanted: Operator) -> Operator | None:
        token = self.peek()
        if token is None or token.kind != "sign" or _OPERATORS[token.text] not in wanted:
            return None
        self.next += 1
        return _OPERATORS[token.text]

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None
