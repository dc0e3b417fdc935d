"""Slips of the pen that make a file unreadable, and what was probably meant: full-width signs, lost colons, open brackets."""

from __future__ import annotations

import re

from scoring.errors import shortened

# What the parser says, with libyaml's and PyYAML's own wording in one pattern: (context and problem, message, way out).
_SYNTAX = (
    (r"quoted scalar.*end of stream", "引号没有配对", "补上另一半引号"),
    (r"unknown escape", "双引号里的 \\ 读不懂", "改用单引号，或去掉 \\"),
    (r"cannot start any token", "文字不能以“{char}”开头", "给整段文字加引号"),
    (
        r"simple key.*expected ':'",
        "“{text}”没有成为键",
        "键后面写英文冒号加空格，如 名称: 硬化；接着上一行写的文字要再缩进",
    ),
    (
        r"mapping values are not allowed",
        "这里的冒号读不懂",
        "上一行可能没写完或缩进不对；含“: ”的文字要加引号",
    ),
    (r"flow sequence.*expected ','", "方括号没有配对，或少了逗号", "写成 [甲, 乙]，逗号用英文的"),
    (r"flow mapping.*expected ','", "花括号没有配对，或少了逗号", "写成 {甲: 1, 乙: 2}，逗号用英文的"),
    (r"expected (the )?node content", "逗号前后缺内容", "删去多余的逗号，或补上内容"),
    (r"sequence entries are not allowed", "“-”不能写在这里", "“-”要另起一行"),
    (r"expected '-' indicator|block collection", "这一行没有和上面的“-”对齐", "同一列表的“-”左边对齐"),
    (
        r"block mapping.*expected (key|<block end>)",
        "这一行没有和上面的键对齐，或者有多余的符号",
        "同一级的键左边对齐；引号、括号要成对",
    ),
    (r"block scalar", "“|”“>”后面不能写字", "文字另起一行，并且缩进"),
    (r"\btag\b", "“!”开头的词读不懂", "给整段文字加引号"),
    (r"anchor|alias", "不能用锚点和引用（& 和 *）", "文字以 * 或 & 开头时加引号"),
    (r"directive|document", "文件开头的“%”或中间的“...”读不懂", "删去这一行"),
)
_QUOTES = "“”‘’"
_DIGITS = "０１２３４５６７８９．％"
_FULL_WIDTH = f"，：；｛｝［］＃－—　\xa0{_QUOTES}{_DIGITS}"
_LOST_KEY = re.compile(r"\s*(?:- +)?((?!\d)[^\s:：，。；、“”\"'#]{1,12})(：|:(?=\S))")
_ODD_START = re.compile(r" *(?:- +)?([　\xa0]+|[－—–·•＃｛［“‘])")
_TIGHT_DASH = re.compile(r" *-[^-\s]")
# Signs that a keyboard in Chinese mode gives, where a list or mapping was meant.
_ODD_INSIDE = re.compile(r"(?:[\[{][^\]}\"']*|: +)([，：；｛［｝］　])")


def lost_key(text: str, at: int = 0) -> tuple[str, str] | None:
    """Return (word, colon) where text starts like a key whose colon does not make one: full-width, or without a blank.

    >>> lost_key("  - 名称：硬化"), lost_key("名称: 硬化")
    (('名称', '：'), None)
    """
    found = _LOST_KEY.match(text, at)
    return (found[1], found[2]) if found else None


def lost_key_way_out(word: str, colon: str) -> str:
    """Return how to write a key whose colon did not make one."""
    sign = "冒号用了全角的" if colon == "：" else "冒号后面少了空格"
    return f"{sign}；写成“{word}: 值”，是正文就给整段加引号"


def full_width(text: str) -> str:
    """Return the way out where a value holds full-width signs that were probably meant for the program, else nothing."""
    found = next((char for char in text if char in _FULL_WIDTH), "")
    return f"{_named(found)}是全角的，{'去掉，或' if found in _QUOTES else ''}改用英文的" if found else ""


def _named(signs: str) -> str:
    if signs in _QUOTES:
        return "引号"
    return "数字" if signs in _DIGITS else f"“{signs.strip()}”" if signs.strip() else "空格"


def syntax(said: str, lines: list[str], line: int, column: int) -> tuple[int, int, str, str]:
    """Explain a parser's complaint about a place (from 0): the place of the slip, the message and the way out."""
    for number in range(line, max(line - 4, -1), -1):
        text = lines[number] if number < len(lines) else ""
        if slip := _slip(text, last=number == line):
            at, message, hint = slip
            return number, at, message, hint if number == line else f"{hint}（到第{line + 1}行读不下去）"
    text = lines[line] if line < len(lines) else ""
    return line, column, *_complaint(said, text.strip(), text[column : column + 1])


def _slip(text: str, *, last: bool) -> tuple[int, str, str] | None:
    """Return (column, message, way out) for what is odd on a line; inside brackets only on the last line read."""
    if found := _ODD_START.match(text):
        return found.start(1), f"行首的{_named(found[1])}是全角的", "改用英文的"
    if found := _TIGHT_DASH.match(text):
        return found.end() - 2, "“-”后面没有空格", "写成“- 编号: WL-01”的样子"
    if lost := lost_key(text):
        return text.index(lost[0]), f"“{''.join(lost)}”没有成为键", lost_key_way_out(*lost)
    if last and (found := _ODD_INSIDE.search(text)):
        return found.start(1), f"{_named(found[1])}是全角的", "改用英文的；是正文就给整段加引号"
    return None


def _complaint(said: str, text: str, char: str) -> tuple[str, str]:
    """Return the message and the way out for what the parser said at a character of a line."""
    if char and char in "]}":
        return f"多了一个“{char}”", "括号要成对"
    if char == ">" and "cannot start any token" in said:
        return "文字不能以“>”开头", "写成 超过5 的样子，或加引号"
    for pattern, message, hint in _SYNTAX:
        if re.search(pattern, said):
            return message.format(char=char, text=shortened(text, 20)), hint
    return "格式有误", f"解析器的原话: {said}"
