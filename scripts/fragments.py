"""Pieces of rule files, as the pages show them, made whole so that they can be loaded and tried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent

from scoring.errors import ScoringError
from scoring.load.rules import read_standard

_HEAD = {
    "标准": "标准: 试验\n",
    "编号": "编号: T\n",
    "依据": "依据: 试验\n",
    "分值来源": "分值来源: 拟定\n",
    "适用": "适用: [行政村, 自然村]\n",
    "施行": "施行: 2022-01-01\n",
    "等次": "等次: {合格: 1, 不合格: 0}\n",
}
_CARD = {
    "名称": "试验",
    "原文": "试验",
    "出处": "试验",
    "严重程度": "一般",
    "整改": "{要求: 改, 期限: 3天, 责任人: 村主任}",
}
_ANY = "条款:\n- 扣分情形: 试验项 = 是\n  扣分: 1\n  算例: [{试验项: 是, 扣: 1}]\n"


def whole(fragment: str) -> str:
    """Return a rule file made of a fragment: what the fragment leaves out is filled in."""
    parts = {piece.partition(":")[0]: piece for piece in _pieces(fragment, r"^(?=[^\s#-])")}
    if "项目" in parts:
        return fragment
    head = "".join(text for key, text in _HEAD.items() if key not in parts)
    form, full = parts.pop("登记表", "登记表:\n"), parts.pop("满分", "满分: 100\n")
    clauses = parts.pop("条款", "")
    if not clauses:
        form, clauses = form + "  试验项: {填: 是否}\n", _ANY
    prefix = re.search(r"编号: *([A-Z0-9]+)", fragment)
    cards = _cards(
        dedent(clauses.partition("\n")[2]), prefix[1] if prefix else "T", _CARD | _quoted(fragment)
    )
    if prefix and "编号" not in parts:
        head = head.replace("编号: T", f"编号: {prefix[1]}")
    item = "".join(f"  {line}\n" for line in f"{full}条款:\n{cards}".splitlines())
    return "".join([head, *parts.values(), form, f"项目:\n- 名称: 项\n{item}"])


def _pieces(text: str, start: str) -> list[str]:
    return [piece for piece in re.split(start, text, flags=re.MULTILINE) if piece[:1] not in ("", "\n", "#")]


def _quoted(fragment: str) -> dict[str, str]:
    """Return 出处 and 原文 from the first of the 条文 that a fragment gives, if any."""
    found = re.search(r"^  条文:\n +([^:\n]+): (.+)$", fragment, re.MULTILINE)
    return {"出处": found[1], "原文": found[2]} if found else {}


def _cards(clauses: str, prefix: str, card_keys: Mapping[str, str]) -> str:
    """Return clause cards with the keys that the fragment leaves out."""
    found = ""
    for number, card in enumerate(_pieces(clauses, r"^(?=- )"), start=1):
        written = re.findall(r"^[- ] ([^\s:{-][^:]*):", card, re.MULTILINE)
        keys = {"编号": f"{prefix}-{number:02d}", **card_keys}
        missing = "".join(f"  {key}: {value}\n" for key, value in keys.items() if key not in written)
        found += f"{card.rstrip()}\n{missing}"
    return found


def said(fragment: str) -> list[str]:
    """Return what the loader says of a fragment that is wrong, without its place; nothing where it is right."""
    try:
        read_standard(whole(fragment))
    except ScoringError as error:
        return [f"{one.message}。{one.hint}" if one.hint else one.message for one in error.problems]
    return []
