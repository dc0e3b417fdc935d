"""One paragraph of a document's part, with the heading that runs into it."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.document.content import named

NUMERALS = (*"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十")


@dataclass(frozen=True, slots=True)
class Point:
    """One paragraph: what it is about, "" for no heading, and what is said."""

    title: str = named("标题")
    text: str = named("内容")


def numbered(at: int, title: str, text: str) -> Point:
    """Return a paragraph under a heading of the second level, numbered from 0.

    >>> numbered(0, "垃圾乱倒", "3处。").title
    '（一）垃圾乱倒。'
    """
    number = NUMERALS[at] if at < len(NUMERALS) else str(at + 1)
    return Point(f"（{number}）{title}。", text)
