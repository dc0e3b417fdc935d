"""What the tests of 通报 and 一页纸 share: two rounds of eight villages in a store, the second issued, the first put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from scoring.inspection import Inspection, Unit
from scoring.judge.appeal import Ruling, Which
from scoring.load.rules import shipped_schemes
from scoring.report.dossier import Dossier, dossier_of
from tests import store_support as kept
from tests.support import HEAD, WeekdayCalendar, clause, scorer, standard, visit

UNITS = tuple(
    replace(one, details={"包村领导": f"副乡长 {'钱吴'[number % 2]}"})
    for number, one in enumerate(kept.VILLAGES)
)
QUARTER = next(one for one in shipped_schemes() if one.id == "JDK")
JULY = dt.date(2026, 7, 1), dt.date(2026, 7, 31)


@cache
def rounds() -> tuple[Dossier, Dossier, Dossier]:
    """June as it was put right later, July, and what is made of the two, each as of its last day."""
    with TemporaryDirectory() as folder:
        store = kept.store(Path(folder) / "考核.db")
        for name, days, found in (("2026-06", kept.DAYS, list(_june())), ("2026-07", JULY, list(_july()))):
            store.rounds.open(name, days, kept.scheme(), kept.LAWS, UNITS, who="李", at=kept.AT)
            store.rounds.take_in(name, found, [], who="李", at=kept.AT)
            store.rounds.score(name, who="王", at=kept.AT)
            store.orders.issue(name, who="李", at=kept.AT)
            store.rounds.score(name, who="王", at=kept.AT)
            store.rounds.close(name, who="王", at=kept.AT)
        store.rounds.open("2026-Q", (kept.DAYS[0], JULY[1]), QUARTER, kept.LAWS, UNITS, who="李", at=kept.AT)
        store.rounds.score("2026-Q", who="王", at=kept.AT)
        about = Which(dt.date(2026, 6, 3))
        store.appeals.file("2026-06", "村1", about, "照片是邻村的", about=("WL-01",), who="赵", at=kept.AT)
        store.appeals.decide(1, Ruling.AMENDED, "照片核对过", {kept.LITTER: "0"}, who="孙", at=kept.AT)
        june, july, both = (store.analyses.dossier(name) for name in ("2026-06", "2026-07", "2026-Q"))
        store.close()
    return june, july, both


def _june() -> Iterator[Inspection]:
    for one in kept.visits():
        yield replace(one, unit=next(unit for unit in UNITS if unit.id == one.unit.id))


def _july() -> Iterator[Inspection]:
    """The villages of June backwards, but for the last, which was not visited."""
    units = dict(zip((one.id for one in UNITS), UNITS[-2::-1], strict=False))
    for one in kept.visits():
        if one.unit.id in units:
            yield replace(one, unit=units[one.unit.id], date=one.date.replace(month=7))


def many(units: int, name: str = "村", troubles: int = 12) -> Dossier:
    """Sheets of some units that all fail some clauses, each a little more than the one before."""
    form = "".join(f"  甲{number}处数: {{填: 数量, 单位: 处}}\n" for number in range(troubles))
    clauses = [clause(number + 1, f"甲{number}处数 > 0", "{每处: 0.1}") for number in range(troubles)]
    law = standard(form, [(100, clauses)], HEAD)
    found = [_visit(Unit(f"{at:012d}", f"{name}{at}", "行政村"), at % 7 + 1, troubles) for at in range(units)]
    return dossier_of(scorer(law).score(found), "2022-06", None, WeekdayCalendar())


def _visit(unit: Unit, times: int, troubles: int) -> Inspection:
    return visit({f"甲{number}处数": times for number in range(troubles)}, unit)
