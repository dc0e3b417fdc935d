"""The office's calendar: official holidays and 调休 from chinesecalendar, which a file of one's own may extend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from scoring.errors import Problem, ScoringError, did_you_mean, shortened

HOURS = ((dt.time(8), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
KEYS = ("节假日", "上班", "工作时间")
MAX_RUN = 60
_TO = re.compile("[~～至]")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-~—～至]\s*(\d{1,2}):(\d{2})$")


class WorkCalendar:
    """Say which days are worked, and when.

    ``off`` and ``on`` are days declared free or worked over the official list. Days that neither knows are worked from
    Monday to Friday, and ``notices`` says so unless ``off`` holds that year's 10-01, as every full list does.
    """

    def __init__(
        self,
        off: frozenset[dt.date] = frozenset(),
        on: frozenset[dt.date] = frozenset(),
        hours: tuple[tuple[dt.time, dt.time], ...] = HOURS,
    ) -> None:
        self.hours = hours
        self._declared = {**dict.fromkeys(off, False), **dict.fromkeys(on, True)}
        self._listed = {day.year for day in off if (day.month, day.day) == (10, 1)}
        self._guessed: set[int] = set()

    @classmethod
    def from_plain(cls, data: Mapping[str, Any], name: str = "工作日历") -> WorkCalendar:
        """Build a calendar from a settings file: 节假日 and 上班 list days or runs of days (2027-02-05～2027-02-11),
        工作时间 spans such as 08:00-12:00.

        Raises ScoringError with every problem found.
        """
        problems = [
            Problem(name, message=f"“{shortened(str(key))}”: 不认识的键", hint=did_you_mean(key, KEYS))
            for key in data
            if key not in KEYS
        ]
        off, on = (_days(data.get(key, []), key, name, problems) for key in ("节假日", "上班"))
        for day in sorted(off & on):
            problems.append(Problem(name, message=f"{day} 既写在节假日又写在上班里", hint="留一处"))
        hours = _spans(data["工作时间"], name, problems) if "工作时间" in data else HOURS
        if problems:
            raise ScoringError(problems)
        return cls(off, on, hours)

    def is_workday(self, day: dt.date) -> bool:
        """Return whether the office works on that day."""
        declared = self._declared.get(day)
        if declared is not None:
            return declared
        official = _official(day)
        if official is not None:
            return official
        self._guessed.add(day.year)
        return day.weekday() < 5

    @property
    def notices(self) -> tuple[str, ...]:
        """Return a line for each year in which working days had to be taken from the week alone."""
        years = sorted(self._guessed - self._listed)
        return tuple(f"{year}年的放假安排没有收录，期限按周一至周五算；用 --calendar 补上" for year in years)


@lru_cache(maxsize=4096)
def _official(day: dt.date) -> bool | None:
    """Return what the official list says; None in a year it does not hold."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _days(raw: object, key: str, name: str, problems: list[Problem]) -> frozenset[dt.date]:
    """Read days and runs of days."""
    found: set[dt.date] = set()
    for one in raw if isinstance(raw, list) else [raw]:
        try:
            first, *more = (dt.date.fromisoformat(part.strip()) for part in _TO.split(str(one)))
            last = more[0] if more else first
            if len(more) > 1 or not 0 <= (last - first).days < MAX_RUN:
                raise ValueError
        except ValueError:
            hint = f"写成 2027-01-01 或 2027-02-05～2027-02-11 的样子，一段最多{MAX_RUN}天"
            problems.append(
                Problem(name, where=key, message=f"日期“{shortened(str(one))}”读不懂或先后不对", hint=hint)
            )
        else:
            found |= {first + dt.timedelta(days=number) for number in range((last - first).days + 1)}
    return frozenset(found)


def _spans(raw: object, name: str, problems: list[Problem]) -> tuple[tuple[dt.time, dt.time], ...]:
    """Read 工作时间: spans of one day, each after the one before."""
    found: list[tuple[dt.time, dt.time]] = []
    for one in raw if isinstance(raw, list) else [raw]:
        span = _SPAN.match(str(one))
        try:
            numbers = [int(part) for part in span.groups()] if span else []
            opens, closes = dt.time(numbers[0], numbers[1]), dt.time(numbers[2], numbers[3])
        except (ValueError, IndexError):
            opens = closes = dt.time()
        if not opens < closes or (found and opens < found[-1][1]):
            problems.append(
                Problem(
                    name,
                    where="工作时间",
                    message=f"“{shortened(str(one))}”读不懂或先后不对",
                    hint="写成 [08:00-12:00, 13:30-17:30]",
                )
            )
        else:
            found.append((opens, closes))
    return tuple(found) or HOURS
