"""期限: read from the words of a clause and counted on a work calendar that the caller hands in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from scoring.errors import Problem, ScoringError


class Clock(StrEnum):
    """The units a deadline is counted in."""

    AT_ONCE = "立行立改"
    WORK_HOURS = "工时"
    WORK_DAYS = "工作日"
    DAYS = "天"
    OPEN = "另定"


@dataclass(frozen=True, slots=True)
class Deadline:
    """An amount on a clock; the amount is 0 for 立行立改 and 另定."""

    clock: Clock
    amount: int = 0

    def __str__(self) -> str:
        if not self.amount:
            return self.clock.value
        return f"{self.amount}{'' if self.clock is Clock.DAYS else '个'}{self.clock}"


class Calendar(Protocol):
    """What counting needs to know of the office's time: which days are worked, and when."""

    hours: tuple[tuple[time, time], ...]

    def is_workday(self, day: date) -> bool:
        """Return whether the office works on that day."""


_WORDS = re.compile(r"(\d{1,4})\s*个?\s*(工作日|工作时|工时|小时|自然日|天|日)$")
_CLOCKS = {"工作日": Clock.WORK_DAYS, "工作时": Clock.WORK_HOURS, "工时": Clock.WORK_HOURS,
           "自然日": Clock.DAYS, "天": Clock.DAYS, "日": Clock.DAYS}  # fmt: skip
MAX_AMOUNT = 1000


def read_deadline(text: str) -> Deadline:
    """Read 期限: 立行立改, 3天, 10个工作日, 4个工时 or 另定 (a project with a date of its own).

    Raises ValueError with the way out for anything else.

    >>> str(read_deadline("10个工作日")), str(read_deadline("3日"))
    ('10个工作日', '3天')
    """
    word = text.strip()
    if word in (Clock.AT_ONCE, Clock.OPEN):
        return Deadline(Clock(word))
    found = _WORDS.match(word)
    if found is None or found[2] not in _CLOCKS or not 0 < int(found[1]) <= MAX_AMOUNT:
        raise ValueError(f"“{text}”不是期限。可写: 立行立改、3天、10个工作日、4个工时、另定")
    return Deadline(_CLOCKS[found[2]], int(found[1]))


def due(deadline: Deadline, day: date, at: time | None, calendar: Calendar) -> datetime | None:
    """Return when a deadline that starts at ``day`` and ``at`` runs out; None for 另定.

    立行立改 ends with the day's work (at once when that is over); 天 and 工作日 at closing time of their last day, the
    starting day not counted; 工时 count inside working hours only, and from the next opening when no time is known.
    """
    closing = calendar.hours[-1][1]
    match deadline.clock:
        case Clock.OPEN:
            return None
        case Clock.AT_ONCE:
            return datetime.combine(day, max(at or closing, closing))
        case Clock.DAYS:
            return datetime.combine(day + timedelta(days=deadline.amount), closing)
        case Clock.WORK_DAYS:
            return datetime.combine(_nth_workday(day, deadline.amount, calendar), closing)
        case Clock.WORK_HOURS:
            return _work_hours(datetime.combine(day, at or time.max), deadline.amount, calendar)


def _nth_workday(day: date, amount: int, calendar: Calendar) -> date:
    return next_matching(day, calendar.is_workday, amount)


def next_matching(day: date, wanted: Callable[[date], bool], amount: int = 1) -> date:
    """Return the ``amount``-th day after ``day`` for which ``wanted`` holds; raise ScoringError past ten years."""
    for offset in range(1, 3661):
        amount -= wanted(after := day + timedelta(days=offset))
        if amount == 0:
            return after
    raise ScoringError([Problem(message="十年内没有足够的工作日", hint="请检查 --calendar 文件")])


def _work_hours(start: datetime, amount: int, calendar: Calendar) -> datetime:
    left = timedelta(hours=amount)
    day = start.date()
    if not calendar.is_workday(day):
        day = next_matching(day, calendar.is_workday)
    while True:
        for opens, closes in calendar.hours:
            begin = max(start, datetime.combine(day, opens))
            end = datetime.combine(day, closes)
            if begin + left <= end:
                return begin + left
            left -= max(end - begin, timedelta())
        day = next_matching(day, calendar.is_workday)
