"""The placeholders of a Word template; the only door to jinja2.

A template comes from the office, or from anyone who sent it one. It may name the words of its document, repeat what is a
list, and ask whether a word is there: nothing else is understood, so that no template can reach further, run long or grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from scoring.document.content import Many, Words
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened

_LOOP: Words = {"index": None, "first": None, "last": None}
_FREE = (nodes.Template, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
         nodes.Operand, nodes.Const)  # fmt: skip
_ALONE = re.compile("unknown tag '(tr|tc|p)'")
_TAG = re.compile("<[^>]*>")
_WAY = "只能写 {{ 词 }}、{% for 行 in 表 %}…{% endfor %}、{% if 词 %}…{% endif %}"
Scope = Mapping[str, Words | Many | None]


class Placeholders(SandboxedEnvironment):
    """Read templates whose words are known beforehand; each text is read once, however often it is filled."""

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(autoescape=True, undefined=jinja2.StrictUndefined)
        self._words, self._name = words, name
        self._read = cache(self._checked)

    def from_string(self, source: str | nodes.Template, *_: Any, **__: Any) -> jinja2.Template:
        """Return a text as a template.

        Raises ScoringError with everything in it that is not understood.
        """
        assert isinstance(source, str)
        return self._read(source)

    def _checked(self, source: str) -> jinja2.Template:
        try:
            tree = self.parse(source)
        except jinja2.TemplateSyntaxError as error:
            raise ScoringError(
                [self._problem(source, error.lineno, *_misread(error.message or ""))]
            ) from None
        wrong = [self._problem(source, *one) for one in _wrong(tree, self._words)]
        if wrong:
            raise ScoringError(in_order(wrong))
        return super().from_string(source)

    def _problem(self, source: str, line: int, message: str, hint: str) -> Problem:
        """Return a problem with the paragraph it stands in, as its author reads it."""
        lines = source.split("\n")
        words = _TAG.sub("", lines[line - 1]).strip() if 0 < line <= len(lines) else ""
        return Problem(
            self._name,
            where=f"“{shortened(words, 60)}”" if words else "",
            message=f"模板: {message}",
            hint=hint,
        )


Wrong = tuple[int, str, str]


def _misread(said: str) -> tuple[str, str]:
    """Return (message, way out) for what the library says of a template that it cannot read."""
    if "nexpected end of template" in said:
        return "有 for 或 if 没有收尾", "用 {% endfor %}、{% endif %} 收尾"
    if found := _ALONE.search(said):
        where = "表格的一行" if found[1].startswith("t") else "一段"
        return f"{{%{found[1]} … %}} 没有单独成{where}", f"把它单独写成{where}，里面不写别的"
    return "括号里的写法读不懂", f"括号成对、用英文的；{_WAY}"


def _wrong(node: nodes.Node, scope: Scope) -> Iterator[Wrong]:
    """Yield (line, message, way out) for what a template may not say."""
    match node:
        case nodes.Output():
            yield from (one for child in node.nodes for one in (_shown(child, scope) or _wrong(child, scope)))
        case nodes.Name():
            yield from _name(node, scope)
        case nodes.Getattr(node=nodes.Name() as row):
            yield from _name(row, scope) if row.name not in scope else _word(node, row.name, scope[row.name])
        case nodes.For():
            yield from _loop(node, scope)
        case _ if isinstance(node, _FREE):
            for child in node.iter_child_nodes():
                yield from _wrong(child, scope)
        case _:
            yield node.lineno, "这里的写法不能用", _WAY


def _shown(node: nodes.Node, scope: Scope) -> tuple[Wrong, ...]:
    """Return what is wrong with showing a word that is a list or a row, nothing where it is a text."""
    what = scope.get(node.name) if isinstance(node, nodes.Name) else None
    if not isinstance(node, nodes.Name) or what is None:
        return ()
    name = node.name
    if isinstance(what, Many):
        words = f"{{{{ 行.{next(iter(what.of))} }}}}" if what.of else "{{ 段 }}"
        way = f"写成 {{% for … in {name} %}}，里面写 {words} 的样子"
        return ((node.lineno, f"“{name}”有多项，不能直接写", way),)
    way = f"可用: {'、'.join(f'{name}.{word}' for word in what)}"
    return ((node.lineno, f"“{name}”有几个词，要写明哪一个", way),)


def _name(node: nodes.Name, scope: Scope) -> Iterator[Wrong]:
    if node.name not in scope:
        yield node.lineno, f"不认识的 {{{{ {shortened(node.name)} }}}}", did_you_mean(node.name, scope)


def _word(node: nodes.Getattr, row: str, known: Words | Many | None) -> Iterator[Wrong]:
    """Yield what is wrong with a word of a row."""
    words = known if isinstance(known, Mapping) else {}
    if node.attr not in words:
        hint = did_you_mean(node.attr, words) or f"“{row}”是一段文字，里面没有别的词"
        yield node.lineno, f"不认识的 {{{{ {row}.{shortened(node.attr)} }}}}", hint


def _loop(node: nodes.For, scope: Scope) -> Iterator[Wrong]:
    """Yield what is wrong with a repetition and inside it; only what is a list may be repeated, each in its own."""
    many = _list(node.iter, scope)
    if many is None or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
        lists = [word for word, what in scope.items() if isinstance(what, Many)]
        yield (
            node.lineno,
            "for 后面的写法不能用",
            f"写成 for 行 in 表；能重复的: {'、'.join(lists) or '没有'}",
        )
        return
    inner = {**{word: what for word, what in scope.items() if not isinstance(what, Many)}, "loop": _LOOP}
    inner[node.target.name] = many.of
    for child in (*node.body, *node.else_):
        yield from _wrong(child, inner)


def _list(node: nodes.Node, scope: Scope) -> Many | None:
    """Return the list that is repeated: a word of the document, or of the row that is being repeated."""
    match node:
        case nodes.Name(name=name):
            found = scope.get(name)
        case nodes.Getattr(node=nodes.Name(name=name), attr=word) if isinstance(
            row := scope.get(name), Mapping
        ):
            found = row.get(word)
        case _:
            return None
    return found if isinstance(found, Many) else None
