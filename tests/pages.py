"""The documents as tests read them: their pages, their blocks, and fragments of rule files made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
_FENCE = re.compile(r"^( *)```([a-z]*)([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the words after it (such as ``bad``), its text, the heading above it."""

    page: str
    number: int
    language: str
    mark: str
    text: str
    heading: str

    def __str__(self) -> str:
        return f"{self.page} {self.number} {self.heading}"


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield a page's fenced blocks in order."""
    text = page.read_text("utf-8")
    for number, found in enumerate(_FENCE.finditer(text), start=1):
        indent, language, mark, body = found.groups()
        body = re.sub(f"^{indent}", "", body, flags=re.MULTILINE)
        headings = re.findall(r"^#+ (.*)$", _without_blocks(text[: found.start()]), re.MULTILINE)
        name = page.relative_to(ROOT).as_posix()
        yield Block(name, number, language, mark.strip(), body, headings[-1] if headings else "")


def _without_blocks(text: str) -> str:
    return _FENCE.sub("", text)


BLOCKS = [block for page in PAGES for block in blocks_of(page)]

_HEAD = {
    "标准": "标准: 试验\n",
    "编号": "编号: T\n",
    "依据": "依据: 试验\n",
    "分值来源": "分值来源: 拟定\n",
    "适用": "适用: [行政村, 自然村]\n",
    "施行": "施行: 2022-01-01\n",
    "等次": "等次: {合格: 1, 不合格: 0}\n",
}
_CLAUSE = {
    "名称": "试验",
    "原文": "试验",
    "出处": "试验",
    "严重程度": "一般",
    "整改": "{要求: 改, 期限: 3天, 责任人: 村主任}",
}
_ANY = "- {编号: T-01, 扣分情形: 试验项 = 是, 扣分: 1, 算例: [{试验项: 是, 扣: 1}]}\n"


def whole(fragment: str) -> str:
    """Return a rule file made of a fragment: what the fragment leaves out is filled in."""
    parts = _parts(fragment)
    head = {key: text for key, text in _HEAD.items() if key not in parts}
    form = parts.pop("登记表", "登记表:\n")
    full = parts.pop("满分", "满分: 100\n")
    clauses = parts.pop("条款", "")
    if not clauses:
        form, clauses = f"{form}  试验项: {{填: 是否}}\n", f"条款:\n{_filled(_ANY)}"
    cards = _numbered(clauses.partition("\n")[2])
    indented = "".join(f"  {line}\n" for line in f"{full}条款:\n{cards}".splitlines())
    return "".join([*head.values(), form, *parts.values(), f"项目:\n- 名称: 项\n{indented}"])


def _parts(fragment: str) -> dict[str, str]:
    """Return the pieces of a fragment by their top-level key."""
    found: dict[str, str] = {}
    for piece in re.split(r"^(?=[^\s#-])", fragment, flags=re.MULTILINE):
        if key := piece.partition(":")[0].strip():
            found[key] = piece
    return found


def _filled(card: str) -> str:
    """Add what every clause needs to a card written on one line."""
    more = ", ".join(f"{key}: {value}" for key, value in _CLAUSE.items())
    return card.replace("{编号", f"{{{more}, 编号", 1)


def _numbered(clauses: str) -> str:
    """Return clause cards with the keys that a fragment leaves out."""
    found = []
    for number, card in enumerate(re.split(r"^- (?=\S)", clauses, flags=re.MULTILINE)[1:], start=1):
        written = set(re.findall(r"^(?:  )?([^\s:{-][^:]*):", card, re.MULTILINE)) | set(_inline(card))
        keys: Mapping[str, str] = {"编号": f"T-{number:02d}", **_CLAUSE}
        missing = "".join(f"{key}: {value}\n  " for key, value in keys.items() if key not in written)
        found.append(card if card.startswith("{") else f"{missing}{card}")
    return "".join(f"- {card}" for card in found)


def _inline(card: str) -> list[str]:
    return ["编号", *_CLAUSE] if card.startswith("{") else []
