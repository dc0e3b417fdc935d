"""Pasted chat text to messages: who wrote when, and what; a line that is no heading belongs to the message above it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scoring.errors import Problem, ScoringError

MAX_TEXT = 2_000_000
MAX_LINE = 2_000
_NAME = r"(?P<who>[^\s:：，。；,;]{1,20}(?: [^\s:：，。；,;0-9]{1,20})?)"
_DAY = r"(?:(?P<year>20[0-9]{2})[-/.年])?(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
_TIME = r"(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?:[:：][0-9]{2})?"
_HEADINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}[ \t]+{_DAY}(?:[ \t]+{_TIME})?",
        rf"{_NAME}[ \t]+{_TIME}",
        rf"{_DAY}[ \t]+{_TIME}[ \t]+{_NAME}",
    )
)
_DIVIDER = re.compile(rf"[—–\-=*\s]*{_DAY}[—–\-=*\s]*")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the number of its first line, who wrote it on which day at what time ("" and None: not said)."""

    line: int
    who: str = ""
    day: dt.date | None = None
    time: dt.time | None = None
    lines: tuple[tuple[int, str], ...] = ()


def read_messages(text: str, name: str, on: dt.date | None = None) -> tuple[Message, ...]:
    """Return the messages of a pasted text in its order.

    ``on`` is the day of messages that give none, and its year that of days without one. Raises ScoringError for a text
    that is empty or too long, and names each line that is.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _bounded(text, lines, name)
    return tuple(message for message in _messages(lines, on) if message.lines)


def _bounded(text: str, lines: list[str], name: str) -> None:
    problems = [
        Problem(name, number, message="这一行太长", hint=f"一行最多{MAX_LINE}字，分成几行")
        for number, line in enumerate(lines, start=1)
        if len(line) > MAX_LINE
    ]
    if len(text) > MAX_TEXT:
        problems = [Problem(name, message="文字太长", hint=f"最多{MAX_TEXT // 10_000}万字，分成几份")]
    elif not text.strip():
        problems = [Problem(name, message="没有文字", hint="把微信里的消息复制进来")]
    if problems:
        raise ScoringError(problems)


def _messages(lines: list[str], on: dt.date | None) -> Iterator[Message]:
    today, current = on, Message(1, day=on)
    for number, line in enumerate(map(str.strip, lines), start=1):
        if (divider := _DIVIDER.fullmatch(line)) and (day := _day(divider, on)) is not None:
            yield current
            today, current = day, Message(number, day=day)
        elif (heading := _heading(line, on, today)) is not None:
            yield current
            current = replace(heading, line=number)
        elif line:
            current = replace(current, lines=(*current.lines, (number, line)))
    yield current


def _heading(line: str, on: dt.date | None, today: dt.date | None) -> Message | None:
    """Return the message that a line heads, None where it is no heading."""
    for pattern in _HEADINGS:
        found = pattern.fullmatch(line)
        if found is None:
            continue
        said = found.groupdict()
        if said.get("month") and not (said["year"] or said.get("hour")):
            return None  # 垃圾桶 2.5 is no heading
        day = _day(found, on) if said.get("month") else today
        hour, minute = said.get("hour"), said.get("minute")
        if said.get("month") and not _real(said):
            return None
        if hour is not None and (int(hour) > 23 or int(minute or 0) > 59):
            return None
        return Message(0, said["who"], day, dt.time(int(hour), int(minute or 0)) if hour else None)
    return None


def _real(said: dict[str, str | None]) -> bool:
    """Return whether there may be such a day in some year."""
    return 1 <= int(said["month"] or 0) <= 12 and 1 <= int(said["day"] or 0) <= 31


def _day(found: re.Match[str], on: dt.date | None) -> dt.date | None:
    """Return the day that a heading says, None where its year is not known."""
    year = found["year"] or (str(on.year) if on else "")
    try:
        return dt.date(int(year), int(found["month"]), int(found["day"])) if year else None
    except ValueError:
        return None
