"""What a 更正 makes of orders: cancelled where the finding is gone, kept where any of it is left or it was 销号."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.grammar.deadline import read_deadline
from scoring.inspection import Inspection
from scoring.judge.appeal import Decision, Ruling, Which
from scoring.rectify.appealed import Fate, fates
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import Act, Move, State
from scoring.rectify.orders import Order
from scoring.rectify.reconcile import Issue
from scoring.store import Store, orders
from tests import store_support
from tests.store_support import AT, LITTER, day, everything, littered
from tests.support import WeekdayCalendar

LATER = "2026-07-06T10:00:00+08:00"
THIRD = Which(dt.date(2026, 6, 3))
NONE = {LITTER: "0", f"{LITTER}@村口": "0"}
FIRST = "六月-0001"


def take(found: Store, act: Act, on: int, who: str = "王", **more: object) -> None:
    found.orders.step([FIRST], Move(act, day(on), who, **more), who="李", at=AT)  # type: ignore[arg-type]


def amended(found: Store, changes: Mapping[str, str], visit: Which = THIRD) -> Decision:
    filed = found.appeals.file("六月", "村1", visit, "那处是邻村的", who="赵", at=AT)
    decision = found.appeals.decide(
        filed.number, Ruling.AMENDED, "照片核对过", changes, who="孙", at=LATER
    ).decision
    assert decision is not None
    assert found.trail.verify()[1] is None
    return decision


def every(found: Store) -> dict[str, IssuedOrder]:
    return {one.number: one for one in found.orders.find(dt.date(2026, 12, 31))}


def closed(url: Path | str, *inspections: Inspection) -> Store:
    """A database in which 六月 is closed and its orders are issued."""
    found = store_support.closed(url, inspections)
    found.orders.issue("六月", who="李", at=AT)
    return found


def test_an_order_whose_finding_is_gone_is_cancelled_by_the_appeal_in_one_transaction(database: str) -> None:
    found = closed(database, littered(0, 3, "村口"), littered(1, 3, "村口"))
    before, head = everything(database), found.trail.head()[0]
    decision = amended(found, NONE)
    assert decision.orders == ((FIRST, "垃圾乱倒1处", "撤销"),)
    one, steps = found.orders.history(FIRST)
    assert (one.life.state, one.moves[-1].note) == (State.CANCELLED, "第1号申诉更正，没有这个问题了")
    assert (steps[-1].who, steps[-1].by, steps[-1].at) == ("孙", "孙", LATER)
    events = found.trail.events()[head:]
    assert [(each.kind, each.about) for each in events] == [
        ("申诉", "六月"),
        ("更正", "六月"),
        ("撤销", FIRST),
    ]
    after = everything(database)
    assert [row["number"] for row in before["order_"] if row not in after["order_"]] == [FIRST]
    assert len(after["step"]) == len(before["step"]) + 1
    assert "整改单 六月-0001（垃圾乱倒1处）: 撤销，更正后没有这个问题了" in found.appeals.notice(1)
    assert found.orders.issue("六月", who="李", at=AT).new == ()
    found.close()


@pytest.mark.parametrize("steps", [1, 2])
def test_an_order_that_is_worked_on_is_cancelled_too(tmp_path: Path, steps: int) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口"))
    for act in (Act.RECEIVE, Act.REPLY)[:steps]:
        take(found, act, 4)
    assert [fate for *_, fate in amended(found, NONE).orders] == ["撤销"]
    assert every(found)[FIRST].life.state is State.CANCELLED
    found.close()


def test_one_that_is_closed_already_stays_and_is_told(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口"))
    take(found, Act.REPLY, 4)
    take(found, Act.PASS, 5, "钱")
    kept = every(found)
    assert [fate for *_, fate in amended(found, NONE).orders] == ["已销号"]
    assert every(found) == kept
    assert "整改单 六月-0001（垃圾乱倒1处）: 已销号，不动；更正后没有这个问题了" in found.appeals.notice(1)
    found.close()


def test_one_of_which_some_place_is_left_stays_until_orders_are_issued_again(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口", "河边"))
    kept = every(found)
    assert amended(found, {LITTER: "1", f"{LITTER}@河边": "0"}).orders == (
        (FIRST, "垃圾乱倒2处", "仍要整改"),
    )
    assert every(found) == kept
    assert "整改单 六月-0001（垃圾乱倒2处）: 仍要整改，写的与更正后的不同" in found.appeals.notice(1)
    made = found.orders.issue("六月", who="李", at=AT)
    assert ([one.number for one in made.gone], [one.places for one in made.new]) == ([FIRST], [("村口",)])
    found.close()


def test_orders_of_other_visits_and_other_troubles_stay(tmp_path: Path) -> None:
    found = closed(
        tmp_path / "考核.db", littered(0, 3, "村口", 柴草乱放处数=Decimal(1)), littered(0, 17, "河边")
    )
    assert len(every(found)) == 3
    decision = amended(found, NONE)
    assert len(decision.orders) == 1
    states = {one.subject + str(one.found_on.day): one.life.state for one in every(found).values()}
    assert states == {
        f"{LITTER}3": State.CANCELLED, "柴草乱放处数3": State.ISSUED, f"{LITTER}17": State.ISSUED,
    }  # fmt: skip
    found.close()


def test_a_trouble_that_a_later_visit_found_again_gets_an_order_of_its_own(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口"), littered(0, 17, "村口"))
    assert len(every(found)) == 1
    amended(found, NONE)
    made = found.orders.issue("六月", who="李", at=AT)
    assert [(one.number, one.found_on.day) for one in made.new] == [("六月-0002", 17)]
    found.close()


def test_a_second_appeal_that_brings_the_trouble_back_lets_it_be_issued_again(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3))
    amended(found, {LITTER: "0"})
    assert amended(found, {LITTER: "1"}).orders == ()
    assert [one.number for one in found.orders.issue("六月", who="李", at=AT).new] == ["六月-0002"]
    found.close()


def test_an_appeal_that_fails_leaves_the_orders_as_they_are(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口"))
    kept, filed = every(found), found.appeals.file("六月", "村1", THIRD, "不是", who="赵", at=AT)
    found.appeals.decide(filed.number, Ruling.UPHELD, "照片为准", who="孙", at=LATER)
    assert every(found) == kept
    found.close()


def test_where_the_order_cannot_be_cancelled_nothing_of_the_decision_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = closed(tmp_path / "考核.db", littered(0, 3, "村口"))
    filed = found.appeals.file("六月", "村1", THIRD, "那处是邻村的", who="赵", at=AT)
    before = everything(tmp_path / "考核.db")

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("满了")

    monkeypatch.setattr(orders, "record", fails)
    with pytest.raises(RuntimeError, match="满了"):
        found.appeals.decide(filed.number, Ruling.AMENDED, "照片核对过", NONE, who="孙", at=LATER)
    assert everything(tmp_path / "考核.db") == before
    found.close()


# An order is of a 检查项 of a visit, at its places.


def order(*places: str, subject: str = LITTER) -> Order:
    seen = littered(0, 3, *places)
    deadline = read_deadline("3天")
    return Order(
        seen.unit, seen, subject, places, ("WL-01",), "垃圾", "清", deadline, None, "村", "王", "一般"
    )


def made(*places: str) -> IssuedOrder:
    return Issue("六月", 1, None, WeekdayCalendar()).order(order(*places), 0, ())


@pytest.mark.parametrize(
    ("places", "found", "fate"),
    [
        (["村口"], [], Fate.CANCELLED),
        (["村口"], [order("河边")], Fate.CANCELLED),
        (["村口"], [order("村口", subject="柴草乱放处数")], Fate.CANCELLED),
        (["村口"], [order("村口")], None),
        (["村口"], [order("河边", "村口")], Fate.OTHERWISE),
        (["村口", "河边"], [order("村口")], Fate.OTHERWISE),
        (["村口"], [order()], Fate.OTHERWISE),
        ([], [order("村口")], Fate.OTHERWISE),
        ([], [order()], None),
        ([], [replace(order(), problem="垃圾乱倒1处")], Fate.OTHERWISE),
    ],
)
def test_what_becomes_of_an_order_goes_by_its_places(
    places: Sequence[str], found: Sequence[Order], fate: Fate | None
) -> None:
    assert [each for _, each in fates([made(*places)], found)] == ([] if fate is None else [fate])
