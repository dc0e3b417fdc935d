"""YAML text to plain data with the place of every key and value; the only door to PyYAML.

Stricter than YAML: no anchors, aliases, tags, merges, duplicate keys or second documents; words stay words (``no``,
``on``, ``010``, ``12:30``, dates), a decimal is read from its own text. Only the parser's events are used, so nothing
in a file can run code, read another file, grow beyond what it says, or nest deep enough to exhaust the C stack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import yaml

from scoring.errors import KEY, Loc, shortened
from scoring.load.document import MOST, Data, Document
from scoring.load.slips import lost_key, lost_key_way_out, syntax

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build without libyaml reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 40
MAX_NODES = 500_000
MAX_DIGITS = 30

# Controls, what has no width or turns the writing round, private signs, and line ends that editors do not count.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_YAML_TAG = "tag:yaml.org,2002:"
_EMPTY = ("文件是空的", "可用 chuangwei rules show 看一个标准的样子")
_NO_VALUE = ("没有写内容", "写上内容；不用就删去")
_NOTHING = ("", "~", "null")


def read_yaml(text: str, name: str) -> Document:
    """Read one YAML document; what is wrong is in ``problems``, and the data is what could still be read."""
    found = Document(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    for index in islice(_hidden(found.text), MOST + 1):
        if found.text[index] == "\t":
            found.complain(index, "用了 Tab", "改用空格")
        else:
            message = f"有看不见的字符（U+{ord(found.text[index]):04X}）"
            found.complain(index, message, "删去它，或重新输入这几个字")
    if not found.problems:
        try:
            found.data = _Reader(found).document()
        except _Unreadable:
            pass
        except yaml.MarkedYAMLError as error:
            _complain_of_syntax(found, error)
    return found


def _hidden(text: str) -> Iterator[int]:
    """Yield where characters stand that a reader cannot see."""
    start = 0
    for line in text.split("\n"):
        if not line.isprintable():
            for column, char in enumerate(line):
                if unicodedata.category(char) in _HIDDEN or char in "\ufffe\uffff":
                    yield start + column
        start += len(line) + 1


class _Unreadable(Exception):
    """Reading cannot go on; the problem is in the document."""


class _Reader:
    """Build data from the parser's events, noting places and problems."""

    def __init__(self, found: Document) -> None:
        self.found, self.events = found, yaml.parse(found.text, _Loader)

    def next(self) -> Any:
        return next(self.events)

    def document(self) -> Data:
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            self.found.complain(0, *_EMPTY)
            raise _Unreadable
        data = self.node(self.next(), ())
        if data is None and not self.found.problems:
            self.found.complain(0, *_EMPTY)
        self.next()
        if not isinstance(second := self.next(), yaml.StreamEndEvent):
            self.complain(second, "一个文件只能写一份（不能有第二个 ---）", "分成两个文件")
            raise _Unreadable
        return data

    def node(self, event: Any, path: Loc) -> Data:
        self.found.values[path] = _start(event)
        if len(path) > MAX_DEPTH or len(self.found.values) > MAX_NODES:
            deep = len(path) > MAX_DEPTH
            limit = f"套得太深（超过{MAX_DEPTH}层）" if deep else f"内容太多（超过{MAX_NODES}项）"
            self.complain(event, limit, "检查括号和缩进，或分成几个文件")
            raise _Unreadable
        if event.anchor is not None:
            self.complain(event, "不能用锚点和引用（& 和 *）", "把内容照写一遍；文字以 & 或 * 开头时加引号")
        elif event.tag is not None:
            tag = shortened(event.tag.replace(_YAML_TAG, "!!"))
            self.complain(event, f"不能用标签“{tag}”", "删去 ! 和它后面的词；文字以 ! 开头时加引号")
        match event:
            case yaml.MappingStartEvent():
                return self.mapping(path)
            case yaml.SequenceStartEvent():
                return self.sequence(path, flow=bool(event.flow_style))
            case yaml.ScalarEvent():
                return self.quoted(event, path) if event.style else self.plain(event, path)
        self.found.refused.add(path)
        return None

    def sequence(self, path: Loc, *, flow: bool) -> Data:
        items: list[Data] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            items.append(item := self.node(event, place))
            if item is None and place not in self.found.refused:
                self.complain(event, *_NO_VALUE, refuse=place)
            if flow and isinstance(item, str) and not event.style and (sign := set("，；") & set(item)):
                message = f"“{shortened(item)}”只算一项，中间的“{min(sign)}”是全角的"
                self.complain(event, message, "写成 [甲, 乙]，逗号用英文的", refuse=place)
        return items

    def mapping(self, path: Loc) -> Data:
        items: dict[str, Data] = {}
        while not isinstance(key := self.next(), yaml.MappingEndEvent):
            if not _simple(key):
                self.complain(key, "键必须是简单的文字", "写成 名称: 值")
                raise _Unreadable
            word, place = key.value, (*path, key.value)
            if word in items or word == "<<":
                self.unwanted(key, (*place, KEY))
                continue
            self.found.keys[place] = _start(key)
            items[word] = self.node(self.next(), place)
            if items[word] is None and place not in self.found.refused:
                self.without_value(key, place)
        return items

    def without_value(self, key: Any, path: Loc) -> None:
        """Complain of a key with nothing behind it, most often because its colon makes no key."""
        if not key.style and (lost := lost_key(key.value)):
            message, hint = f"“{shortened(key.value)}”没有成为“键: 值”", lost_key_way_out(*lost)
        else:
            message, hint = f"“{shortened(key.value)}”后面{_NO_VALUE[0]}", _NO_VALUE[1]
        self.complain(key, message, hint, refuse=path)

    def unwanted(self, key: Any, path: Loc) -> None:
        """Complain of a repeated key or a merge and read on: the first value stays, the second may have faults too."""
        if key.value == "<<":
            self.complain(key, "不能用 << 合并", "把内容照写一遍")
        else:
            self.complain(key, f"键“{shortened(key.value)}”重复", "删去一个，或改正写错的一个")
        self.node(self.next(), path)

    def quoted(self, event: Any, path: Loc) -> Data:
        """Read a scalar in quotes or of several lines; an escape must not bring in what the file itself may not hold."""
        text = str(event.value)
        if next(_hidden(text), None) is None:
            return text
        self.complain(event, "双引号里的 \\ 带来看不见的字符", "改用单引号，或去掉 \\", refuse=path)
        return None

    def plain(self, event: Any, path: Loc) -> Data:
        """Read a scalar without quotes: nothing, a number, or its words."""
        text = str(event.value)
        if event.start_mark.line != event.end_mark.line:
            self.continued(event, path)
        if text in _NOTHING:
            return None
        if (number := _NUMBER.fullmatch(text)) is None:
            return text
        if len(text) > MAX_DIGITS:
            self.complain(event, f"数字太长（{len(text)}位）", f"最多{MAX_DIGITS}位", refuse=path)
            return None
        return Decimal(text) if number[1] else int(text)

    def continued(self, event: Any, path: Loc) -> None:
        """Refuse a continuation line that looks like a key: its author meant one."""
        text, end = self.found.text, event.end_mark.index
        for turn in re.compile(r"\n\s*").finditer(text, event.start_mark.index, end):
            if lost := lost_key(text, turn.end()):
                message = f"“{''.join(lost)}”没有成为键，被当作上一行的文字"
                self.found.complain(turn.end(), message, lost_key_way_out(*lost))
                self.found.refused.add(path)

    def complain(self, event: Any, message: str, hint: str, refuse: Loc | None = None) -> None:
        self.found.complain(_start(event), message, hint)
        if refuse is not None:
            self.found.refused.add(refuse)


def _simple(key: Any) -> bool:
    word = isinstance(key, yaml.ScalarEvent) and key.anchor is None and key.tag is None
    return (
        word and key.value.strip() != "" and next(_hidden(key.value), None) is None and "\n" not in key.value
    )


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _complain_of_syntax(found: Document, error: Any) -> None:
    """Place a syntax error where it began: at the quote, bracket or word that was left open."""
    mark, opened, context = error.problem_mark, error.context_mark, error.context or ""
    left_open = opened is not None and (
        "quoted" in context or "simple key" in context or ("flow" in context and opened.line < mark.line)
    )
    place = opened if left_open else mark
    said = f"{context}: {error.problem}"
    lines = found.text.split("\n")
    line, column, message, hint = syntax(said, lines, place.line, place.column)
    found.complain(sum(len(one) + 1 for one in lines[:line]) + column, message, hint)
