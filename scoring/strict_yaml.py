"""YAML text to plain data with the place of every key and value; the only door to PyYAML.

Stricter than YAML: no anchors, aliases, tags, merges, duplicate keys or second documents; words stay words (``no``,
``on``, ``010``, ``12:30``, dates), a decimal is read from its own text. Nothing in a file can run code, read another
file, or grow beyond what it says.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from scoring.errors import Problem

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # a build without libyaml reads the same, only slower
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

MAX_CHARACTERS = 4 << 20
MAX_DEPTH = 40
MAX_DIGITS = 30

Path = tuple[str | int, ...]
Data = dict[str, "Data"] | list["Data"] | str | int | Decimal | bool | None


class _Loader(_Base):
    """A loader whose plain scalars are words, numbers, true/false or empty; nothing else of YAML 1.1."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("merge", "<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


@dataclass(slots=True)
class Document:
    """A file's data, where each path's value (and key) stands, and the problems met on the way.

    Places are (line, column) from 1, columns counted in characters. ``simple`` holds the paths of scalars written
    plainly on one line, in which a character offset is also a column offset.
    """

    data: Data = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    simple: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str, name: str) -> Document:
    """Read one YAML document; what is wrong is in ``problems``, and the data is what could still be read."""
    found = Document()
    if len(text) > MAX_CHARACTERS:
        found.problems.append(
            Problem(name, message=f"文件太大（{len(text)}字）", hint=f"最多{MAX_CHARACTERS}字")
        )
        return found
    try:
        refused = next(_refused(text, name), None)
        if refused is None:
            root = yaml.compose(_stream(text, name), _Loader)
        else:
            found.problems.append(refused)
            return found
    except yaml.reader.ReaderError as error:
        line, column = _position(text, error.position)
        message = f"有不能用的字符（U+{ord(text[error.position]) if error.position < len(text) else 0:04X}）"
        found.problems.append(Problem(name, line, column, message=message, hint="删去看不见的控制字符"))
        return found
    except yaml.MarkedYAMLError as error:
        found.problems.append(_syntax(error, text, name))
        return found
    if root is None:
        found.problems.append(
            Problem(name, message="文件是空的", hint="可用 chuangwei rules show 看一个标准的样子")
        )
    else:
        found.data = _Builder(found, name).build(root, ())
    return found


def _stream(text: str, name: str) -> io.StringIO:
    stream = io.StringIO(text)
    stream.name = name  # the C parser takes the file name of its marks from here
    return stream


def _refused(text: str, name: str) -> Iterator[Problem]:
    """Yield what must be refused before composing: the C composer recurses, and deep nesting would kill the process."""
    depth = documents = 0
    for event in yaml.parse(_stream(text, name), _Loader):
        mark = event.start_mark
        place = (name, mark.line + 1, mark.column + 1) if mark else (name, 0, 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Problem(
                *place,
                message="不能用锚点和引用（& 和 *）",
                hint="把内容照写一遍；文字以 * 或 & 开头时加引号",
            )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Problem(*place, message="一个文件只能写一份（不能有第二个 ---）")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield Problem(*place, message=f"括号或缩进套得太深（超过{MAX_DEPTH}层）")


class _Builder:
    """Turn composed nodes into plain data, noting places and problems."""

    def __init__(self, document: Document, name: str) -> None:
        self.document, self.name = document, name

    def build(self, node: yaml.Node, path: Path) -> Data:
        mark = node.start_mark
        self.document.values[path] = (mark.line + 1, mark.column + 1)
        if isinstance(node, yaml.MappingNode) and node.tag.endswith(":map"):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag.endswith(":seq"):
            return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        self.refuse(node, f"不能用标签 {node.tag}", "删去 ! 和它后面的词")
        return None

    def mapping(self, node: yaml.MappingNode, path: Path) -> Data:
        found: dict[str, Data] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                self.refuse(key, "键必须是简单的文字", "写成 名称: 值")
                continue
            word = key.value
            if word in found:
                self.refuse(key, f"键“{word}”重复", "删去一个，或改正写错的一个")
                continue
            self.document.keys[(*path, word)] = (key.start_mark.line + 1, key.start_mark.column + 1)
            found[word] = self.build(value, (*path, word))
        return found

    def scalar(self, node: yaml.ScalarNode, path: Path) -> Data:
        kind, text = node.tag.rpartition(":")[2], node.value
        if node.style is None and node.start_mark.line == node.end_mark.line:
            self.document.simple.add(path)
        if not node.tag.startswith("tag:yaml.org,2002:") or kind not in (
            "str",
            "bool",
            "null",
            "int",
            "float",
        ):
            self.refuse(node, f"不能用标签 {node.tag}", "删去 ! 和它后面的词")
            return None
        if kind in ("int", "float"):
            if len(text) > MAX_DIGITS:
                self.refuse(node, "数字太长", f"最多{MAX_DIGITS}位")
                return None
            return int(text) if kind == "int" else Decimal(text)
        return (
            {"true": True, "false": False}[text] if kind == "bool" else None if kind == "null" else str(text)
        )

    def refuse(self, node: yaml.Node, message: str, hint: str = "") -> None:
        mark = node.start_mark
        self.document.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, "", message, hint))


def _position(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


_SYNTAX = (
    ("could not find expected ':'", "这一行缺冒号", "键后面写英文冒号加空格，如 名称: 硬化"),
    ("mapping values are not allowed", "这里多了一个冒号，或上一行没写完", "含冒号的文字加引号；检查缩进"),
    ("found character '\\t'", "缩进用了 Tab", "改用空格"),
    (
        "found character that cannot start any token",
        "这个字符不能开头",
        "改用空格缩进；以 @ ` % 开头的文字加引号",
    ),
    ("did not find expected key", "缩进没有对齐，或引号、括号没有配对", "同一级的键左边对齐"),
    ("did not find expected '-' indicator", "列表的“-”没有对齐", "同一列表的“-”左边对齐"),
    (
        "did not find expected ',' or '}'",
        "花括号里少了英文逗号，或括号没有配对",
        "写成 {甲: 1, 乙: 2}，逗号用英文的",
    ),
    (
        "did not find expected ',' or ']'",
        "方括号里少了英文逗号，或括号没有配对",
        "写成 [甲, 乙]，逗号用英文的",
    ),
    ("did not find expected node content", "这里缺内容", "检查逗号和括号"),
    ("found unexpected end of stream", "引号或括号到文件末尾也没有配对", "补上另一半"),
    ("block sequence entries are not allowed", "“-”不能写在这里", "“-”要另起一行"),
    ("found undefined tag handle", "以 ! 开头的词读不懂", "文字加引号"),
    ("found unknown escape character", "双引号里的 \\ 读不懂", "改用单引号，或去掉 \\"),
)


def _syntax(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    """Explain a syntax error in Chinese; full-width punctuation on the line is the first suspect."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = error.problem or ""
    message, hint = next(
        ((m, h) for key, m, h in _SYNTAX if key in said), ("格式有误", f"解析器的原话: {said}")
    )
    lines = text.splitlines()
    if 0 < line <= len(lines) and lines[line - 1].lstrip(" ").startswith("\t"):
        return Problem(name, line, column, "", "缩进用了 Tab", "改用空格")
    for near in (line - 1, line - 2):
        if 0 <= near < len(lines) and (suspect := re.search(r"^[^#\"']*?([：，｛｝［］“”])", lines[near])):
            hint = f"第{near + 1}行有全角“{suspect[1]}”；{hint}"
            break
    return Problem(name, line, column, "", message, hint)
