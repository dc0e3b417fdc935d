"""What the 登记簿 add up to from one day to another, in the order in which an annual summary says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar
from scoring.registers.days import FRIDAY, LogDays, Sweeps, log_days, sweeps
from scoring.registers.entry import Entry
from scoring.registers.kinds import (
    ACTION,
    BULLETIN,
    LIMITED,
    LOG,
    MEETING,
    PAPERS,
    PEOPLE,
    RECORD,
    SUPERVISED,
    SWEEP,
    TRAINING,
    kind_named,
)

URGING = "催办"
MAX_DAYS = 3660
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing counted in a kind of 登记簿, with its 量词.

    What stands in ``column`` is added up (是 as one); without a column the entries are counted. ``only``: a column and
    what an entry must say there to count.
    """

    name: str
    unit: str
    kind: str
    column: str = ""
    words: str = ""
    only: tuple[str, str] = ("", "")

    def of(self, entry: Entry) -> int | None:
        """Return what one entry adds; None where it leaves blank what a blank does not answer."""
        title, wanted = self.only
        if title and entry.values.get(title) != wanted:
            return 0
        if not self.column:
            return 1
        value = entry.values.get(self.column, entry.kind.column(self.column).blank)
        return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class Total:
    """What one counter comes to: ``words`` as the annual summary says it, ``source`` the kind of 登记簿 (or 催办).

    ``unsaid`` entries left it blank, so that there may have been more. ``entries`` of that kind there are: where there is
    none, the count says nothing.
    """

    name: str
    words: str
    count: int
    unit: str
    source: str
    unsaid: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything counted from ``first`` to ``last``; ``doubts`` are what should be looked at before it is used."""

    first: dt.date
    last: dt.date
    counts: tuple[Total, ...]
    log: LogDays
    sweeps: tuple[Sweeps, ...]
    doubts: tuple[str, ...] = ()


def _tallies(kind: str) -> Iterator[Counter]:
    """Yield a counter for every column of a kind in which a blank means none."""
    for one in kind_named(kind).columns:
        if one.blank == 0:
            yield Counter(one.title, one.unit, kind, one.title, one.words)


COUNTERS = (
    *_tallies(ACTION),
    Counter("综合整治活动", "次", ACTION),
    Counter("参与人员", PEOPLE, ACTION, "参与人数"),
    Counter("培训", "次", TRAINING),
    Counter("参加培训", PEOPLE, TRAINING, "参加人数"),
    *_tallies(LOG),
    Counter("通报", "期", PAPERS, only=("种类", BULLETIN)),
    Counter("会议", "次", MEETING),
    Counter("应到单位", "个", MEETING, "应到单位"),
    Counter("实到单位", "个", MEETING, "实到单位"),
    *(Counter(paper, "份", PAPERS, "份数", only=("种类", paper)) for paper in (LIMITED, SUPERVISED, RECORD)),
    Counter("大扫除", "次", SWEEP),
    Counter("领导带头", "次", SWEEP, "领导带头"),
    Counter("参加大扫除", PEOPLE, SWEEP, "参加人数"),
)


def totals(
    entries: Iterable[Entry],
    first: dt.date,
    last: dt.date,
    calendar: Calendar,
    *,
    weekday: int = FRIDAY,
    urged: Mapping[str, int] = _NONE,
) -> Totals:
    """Add up entries from one day to another, both counted.

    ``urged`` is how often orders were urged in those days, by how (电话督导, 现场督查, 到村督导); ``weekday`` (1 to 5)
    is the day of the 大扫除. Entries outside the days count only for the week they were swept in. Raises ScoringError
    where the days are the wrong way round or more than ten years apart, or the day of the week is none.
    """
    if first > last:
        raise ScoringError([Problem(message=f"开始 {first} 晚于结束 {last}", hint="写成先后")])
    if (last - first).days > MAX_DAYS:
        raise ScoringError([Problem(message=f"{first} 至 {last} 太长", hint="一次最多合计十年")])
    every = list(entries)
    inside = [one for one in every if first <= one.date <= last]
    counts = (
        *(_total(counter, inside) for counter in COUNTERS),
        *(Total(way, way, urged[way], "次", URGING) for way in sorted(urged)),
    )
    held = sweeps(every, first, last, calendar, weekday)
    return Totals(first, last, counts, log_days(inside, first, last, calendar), held, tuple(_doubts(counts)))


def _total(counter: Counter, entries: Iterable[Entry]) -> Total:
    said = [counter.of(one) for one in entries if one.kind.name == counter.kind]
    known = [count for count in said if count is not None]
    return Total(
        counter.name,
        counter.words or counter.name,
        sum(known),
        counter.unit,
        counter.kind,
        len(said) - len(known),
        len(said),
    )


def _doubts(counts: Iterable[Total]) -> Iterator[str]:
    """Yield what two kinds of 登记簿 both count, differently."""
    known = {(one.source, one.name): one.count for one in counts}
    for paper in (LIMITED, RECORD):
        action, apart = known[ACTION, paper], known[PAPERS, paper]
        if action and apart and action != apart:
            yield f"{paper}: {ACTION}合计{action}份，{PAPERS}合计{apart}份；同一份只算一次，核对后再用"
