"""Days on the office's calendar: working days without a log, and weeks in which the clean-up was held."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar
from scoring.registers.entry import Entry
from scoring.registers.kinds import LOG, SWEEP

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五")
FRIDAY = 5


@dataclass(frozen=True, slots=True)
class LogDays:
    """How well the log was kept: working days, those of them with an entry, and those without."""

    expected: int
    kept: int
    gaps: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Sweeps:
    """How many weeks a unit (``""``: anyone at all) swept in, of those expected, and in how many a leader came."""

    unit: str
    expected: int
    held: int
    led: int


def log_days(entries: Iterable[Entry], first: dt.date, last: dt.date, calendar: Calendar) -> LogDays:
    """Return how the 督查日志 was kept from one day to another; an entry on a day off fills no gap.

    Source: 四（一） 以《工作日志》的形式记录每天督查工作情况.
    """
    logged = {one.date for one in entries if one.kind.name == LOG}
    due = [day for day in _days(first, last) if calendar.is_workday(day)]
    gaps = tuple(day for day in due if day not in logged)
    return LogDays(len(due), len(due) - len(gaps), gaps)


def sweeps(
    entries: Iterable[Entry], first: dt.date, last: dt.date, calendar: Calendar, weekday: int = FRIDAY
) -> tuple[Sweeps, ...]:
    """Return in how many weeks anyone swept, then each unit that ever did, by name.

    A week is expected to be swept where its ``weekday`` (1 Monday to 5 Friday) lies within the days and is worked;
    swept on another day of the same week counts. Raises ScoringError for a day of the week that is none of the five.

    Source: 六（四） 每周五由乡村领导干部带头开展大扫除活动.
    """
    if not 1 <= weekday <= len(WEEKDAYS):
        raise ScoringError([Problem(message="大扫除日不对", hint=f"写 {'、'.join(WEEKDAYS)} 中的一个")])
    due = {
        _monday(day) for day in _days(first, last) if day.isoweekday() == weekday and calendar.is_workday(day)
    }
    held: dict[str, set[dt.date]] = defaultdict(set)
    led: dict[str, set[dt.date]] = defaultdict(set)
    for one in entries:
        if one.kind.name == SWEEP and (week := _monday(one.date)) in due:
            for unit in ("", str(one.values["单位"])):
                held[unit].add(week)
                led[unit] |= {week} if one.values["领导带头"] else set()
    return tuple(Sweeps(unit, len(due), len(held[unit]), len(led[unit])) for unit in sorted({"", *held}))


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _monday(day: dt.date) -> dt.date:
    return dt.date.fromordinal(day.toordinal() - day.weekday())
