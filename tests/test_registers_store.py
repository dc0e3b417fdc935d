"""登记簿 in the database: the same on SQLite and PostgreSQL; nothing counted twice, nothing deleted, nothing changed unseen."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from scoring.errors import ScoringError
from scoring.registers.entry import Entry
from scoring.registers.kinds import kind_named
from scoring.store import Store
from scoring.store.engine import open_engine, writing
from scoring.store.schema import order, round_, rule_text, step
from tests.store_support import AT, store
from tests.test_registers import FIRST, LAST, SAID, entry


def month() -> list[Entry]:
    days = [f"2026-06-{day:02d}" for day in range(1, 31)]
    actions = [entry("行动登记", day, 参与人数=str(day[-2:]), 拆除横幅="2") for day in days[::3]]
    return [*actions, *(entry(name) for name in SAID if name != "行动登记")]


def sum_of(found: Store, name: str) -> int:
    return next(one.count for one in found.registers.totals(FIRST, LAST).counts if one.name == name)


def test_the_same_sheet_twice_changes_nothing_and_every_value_comes_back(database: str) -> None:
    found = store(database)
    told = found.registers.take_in(month(), [("六月.xlsx", b"1")], who="李", at=AT)
    assert (len(told.new), told.known, told.changed, told.struck) == (15, (), (), ())
    head = found.trail.head()
    again = found.registers.take_in(month()[::-1], [("六月.xlsx", b"1")], who="李", at=AT)
    assert (len(again.new), len(again.known), found.trail.head()) == (0, 15, head)
    kept = [one.entry for one in found.registers.list()]
    assert sorted(kept, key=repr) == sorted(month(), key=repr)
    assert [event.kind for event in found.trail.events()] == ["登记"]
    assert found.trail.verify() == (1, None)
    assert sum_of(found, "拆除横幅") == 20
    found.close()


def test_a_corrected_row_is_told_and_only_replaces_on_demand(database: str) -> None:
    found = store(database)
    found.registers.take_in([entry("行动登记", 拆除横幅="2")], who="李", at=AT)
    head = found.trail.head()
    corrected = [entry("行动登记", 拆除横幅="3", 牵头部门="综治办"), entry("行动登记", "2026-06-11")]
    told = found.registers.take_in(corrected, who="李", at=AT)
    assert told.changed[0].changes == (("牵头部门", "", "综治办"), ("拆除横幅", "2", "3"))
    assert (found.trail.head(), sum_of(found, "拆除横幅")) == (head, 2)
    found.registers.take_in(corrected, who="李", at=AT, replace=True)
    assert (sum_of(found, "拆除横幅"), sum_of(found, "综合整治活动")) == (3, 2)
    assert len(found.registers.take_in(corrected, who="李", at=AT).known) == 2
    (was, *_) = found.registers.list(struck=True)
    assert (was.struck, len(list(was.entry.spoken()))) == ("后来改过", 2)
    assert found.trail.verify() == (2, None)
    found.close()


def test_what_is_struck_counts_no_longer_stays_and_comes_back_only_by_hand(database: str) -> None:
    found = store(database)
    found.registers.take_in(month(), who="李", at=AT)
    (training,) = found.registers.list(kind_named("培训"))
    gone = found.registers.strike(training.number, "记错了月份", who="王", at=AT)
    assert (gone, found.registers.list(kind_named("培训")), sum_of(found, "培训")) == (training, (), 0)
    told = found.registers.take_in(month(), who="李", at=AT)
    assert (len(told.new), [one.struck for one in told.struck]) == (0, ["记错了月份"])
    assert sum_of(found, "培训") == 0
    number = found.registers.add(entry("培训"), who="李", at=AT)
    both = found.registers.list(kind_named("培训"), struck=True)
    assert [(one.number, one.struck) for one in both] == [(training.number, "记错了月份"), (number, "")]
    assert [event.kind for event in found.trail.events()] == ["登记", "登记作废", "登记"]
    assert found.trail.verify() == (3, None)
    found.close()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda one: one.add(entry("培训"), who="李", at=AT),
            "已有这一条，是第1号。要改的先 chuangwei log strike 1",
        ),
        (lambda one: one.add(entry("培训", 参加人数="3"), who="李", at=AT), "已有这一条，是第1号"),
        (lambda one: one.add(entry("会议"), who=" ", at=AT), "没写是谁做的"),
        (lambda one: one.strike(9, "错", who="李", at=AT), "没有第9号"),
        (lambda one: one.strike(2**80, "错", who="李", at=AT), "没有第1208925819614629174706176号"),
        (lambda one: one.strike(1, " ", who="李", at=AT), "作废没写理由。加 --reason"),
        (lambda one: one.strike(2, "错", who="李", at=AT), "第2号已经不算数了（重复）"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    database: str, act: Callable[[object], object], said: str
) -> None:
    found = store(database)
    found.registers.take_in([entry("培训"), entry("通知通报")], who="李", at=AT)
    found.registers.strike(2, "重复", who="李", at=AT)
    head = found.trail.head()
    with pytest.raises(ScoringError, match=said):
        act(found.registers)
    assert found.trail.head() == head
    found.close()


def test_a_list_is_of_a_kind_and_of_some_days(database: str) -> None:
    found = store(database)
    found.registers.take_in(month(), who="李", at=AT)
    days = dt.date(2026, 6, 10), dt.date(2026, 6, 16)
    assert [str(one.entry.date) for one in found.registers.list(kind_named("行动登记"), *days)] == [
        "2026-06-10", "2026-06-13", "2026-06-16",
    ]  # fmt: skip
    assert len(found.registers.list(first=dt.date(2026, 6, 28))) == 1
    assert found.registers.list(last=dt.date(2026, 5, 31)) == ()
    found.close()


def test_orders_that_were_urged_are_counted_beside_the_log_by_how(database: str) -> None:
    found = store(database)
    found.registers.take_in([entry("督查日志", 电话督导="4")], who="李", at=AT)
    engine = open_engine(database)
    with writing(engine) as connection:
        _an_order(connection)
        for number, (day, act, to) in enumerate(
            [
                ("2026-06-01", "催办", "电话督导"), ("2026-06-30", "催办", "电话督导"), ("2026-06-30", "催办", "到村督导"),
                ("2026-07-01", "催办", "电话督导"), ("2026-06-10", "转办", "王秀英"),
            ], start=1,
        ):  # fmt: skip
            body = f'{{"to":"{to}"}}'
            row = {"order_": 1, "on": day, "act": act, "body": body, "life": "{}", "event": number}
            connection.execute(step.insert().values(row))
    engine.dispose()
    counts = found.registers.totals(FIRST, LAST).counts
    assert [(one.name, one.count) for one in counts if one.source == "催办"] == [
        ("到村督导", 1),
        ("电话督导", 2),
    ]
    assert [one.count for one in counts if (one.source, one.name) == ("督查日志", "电话督导")] == [4]
    found.close()


def _an_order(connection: sa.Connection) -> None:
    law = {"sha256": "0" * 64, "kind": "scheme", "id": "T", "name": "T", "starts": "2026-01-01", "body": ""}
    connection.execute(rule_text.insert().values(law))
    days = {"starts": "2026-06-01", "ends": "2026-06-30"}
    six = {"name": "六月", "period": "月", **days, "scheme": "0" * 64, "state": "进行中", "version": 0}
    connection.execute(round_.insert().values(six))
    made = {
        "id": 1,
        "round": "六月",
        "number": "1",
        "unit": "01",
        "subject": "x",
        "place": "",
        "state": "已交办",
    }
    connection.execute(order.insert().values({**made, "body": "{}", "life": "{}", "event": 1}))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET body=replace(body, '\"拆除横幅\":2', '\"拆除横幅\":9') WHERE id=1",
        "UPDATE entry SET date='2026-07-01' WHERE id=1",
        "UPDATE entry SET ended=1 WHERE id=3",
        "UPDATE entry SET ended=NULL WHERE id=2",
        "UPDATE entry SET event=2 WHERE id=1",
        "DELETE FROM entry WHERE id=4",
        "INSERT INTO entry (kind, date, digest, body, event) VALUES ('会议', '2026-06-01', 'x', '{}', 9)",
    ],
)
def test_an_entry_changed_past_the_program_is_caught(tmp_path: Path, change: str) -> None:
    path = tmp_path / "考核.db"
    found = store(path)
    found.registers.take_in(month(), who="李", at=AT)
    found.registers.strike(2, "重复", who="李", at=AT)
    assert found.trail.verify()[1] is None
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    assert found.trail.verify()[1] is not None
    found.close()


def test_any_parting_into_imports_comes_to_the_same_totals(tmp_path: Path) -> None:
    sums = set()
    for number in range(4):
        chance, every = random.Random(number), month()
        chance.shuffle(every)
        found = store(tmp_path / f"{number}.db")
        for part in (every[:4], every[2:9], every[5:]):
            found.registers.take_in(part, who="李", at=AT)
        sums.add(found.registers.totals(FIRST, LAST).counts)
        found.close()
    assert len(sums) == 1
