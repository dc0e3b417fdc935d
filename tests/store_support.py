"""A round of eight villages in a store of its own, and what is put into it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from scoring.infer import reference
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import shipped, shipped_schemes
from scoring.rule.scheme import Scheme
from scoring.store import Store
from scoring.store.engine import open_engine, reading
from scoring.store.schema import metadata
from tests.support import WeekdayCalendar

DAYS = dt.date(2026, 6, 1), dt.date(2026, 6, 30)
AT = "2026-07-01T09:00:00+08:00"
LITTER = "垃圾乱倒处数"
VILLAGES = tuple(Unit(f"{number:02d}", f"村{number}", "行政村", "东片") for number in range(1, 9))
LAWS = tuple(one for one in shipped() if one.id in ("WL", "WH", "SB"))
CLEAN: Mapping[str, Answer] = {
    "垃圾乱倒处数": Decimal(0), "杂物未清户数": Decimal(0), "白色污染处数": Decimal(0), "露天焚烧": "否", "绿化率": Decimal("0.95"),
    "村道不畅处数": Decimal(0), "粪土乱堆处数": Decimal(0), "污水乱泼户数": Decimal(0), "柴草乱放处数": Decimal(0), "柴草堵路": "否",
    "养殖情况": "有养殖", "禽畜散跑户数": Decimal(0),
}  # fmt: skip


def scheme() -> Scheme:
    return next(one for one in shipped_schemes() if one.id == "YK")


def seen(unit: Unit, day: int, source: str = "日常", **changes: Answer) -> Inspection:
    answers = {**CLEAN, **changes}
    date = dt.date(2026, 6, day)
    return Inspection(unit, date, answers, frozenset(answers), source=source, inspectors=("李", "王"))


def visits() -> list[Inspection]:
    chance = random.Random(6)
    return [
        seen(
            unit,
            day,
            source,
            垃圾乱倒处数=Decimal(chance.randint(0, 9)),
            柴草乱放处数=Decimal(chance.randint(0, 5)),
        )
        for unit in VILLAGES
        for day, source in ((3, "日常"), (17, "日常"), (29, "月末集中"))
    ]


def store(url: Path | str) -> Store:
    return Store(url, calendar=WeekdayCalendar(), infer=reference.infer)


def opened(url: Path | str) -> Store:
    found = store(url)
    found.rounds.open("六月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=AT)
    return found


def day(number: int, month: int = 6) -> dt.date:
    return dt.date(2026, month, number)


def littered(unit: int, on: int, *places: str, **more: Decimal) -> Inspection:
    """Return a visit that found litter at some places."""
    one = seen(VILLAGES[unit], on, 垃圾乱倒处数=Decimal(max(len(places), 1)), **more)
    return replace(one, places={LITTER: places} if places else {})


def scored(url: Path | str, inspections: Sequence[Inspection] | None = None) -> Store:
    """Return a store with a round that was scored."""
    found = opened(url)
    found.rounds.take_in("六月", visits() if inspections is None else inspections, [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    return found


def issued(url: Path | str, inspections: Sequence[Inspection] | None = None) -> Store:
    found = scored(url, inspections)
    found.orders.issue("六月", who="李", at=AT)
    return found


def closed(url: Path | str, inspections: Sequence[Inspection] = ()) -> Store:
    """A database in which 六月 was imported, scored and closed."""
    found = opened(url)
    found.rounds.take_in("六月", inspections or visits(), [("六月.xlsx", b"1")], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.close("六月", who="王", at=AT)
    return found


def everything(url: Path | str) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    engine = open_engine(str(url))
    with reading(engine) as connection:
        found = {
            table.name: sorted((dict(row._mapping) for row in connection.execute(table.select())), key=str)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found
