"""A database of the first form, as it was written then, comes to the present one whole: nothing kept is lost or changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from scoring.errors import ScoringError
from scoring.inspection import Inspection, Unit
from scoring.store.engine import open_engine, reading, writing
from scoring.store.upgrade import upgrade
from tests.store_support import AT, store

FIRST = (Path(__file__).parent / "first_form.sql").read_text("utf-8")
TABLES = ("event", "rule_text", "round", "round_text", "unit", "source_file", "visit", "card", "standing")
EAST = Unit("1", "东岭村", "行政村", "东片")


def in_the_first_form(url: str) -> sa.Engine:
    """A database of the first form that holds 六月 (closed, a visit replaced, scored twice) and 七月 (open, scored once)."""
    engine = open_engine(url)
    upgrade(engine, "0001")
    with writing(engine) as connection:
        for statement in FIRST.removesuffix(";\n").split(";\nINSERT "):
            connection.exec_driver_sql("INSERT " + statement.removeprefix("INSERT "))
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('visit', 'id'), max(id)) FROM visit"
            )
    return engine


def rows(engine: sa.Engine, table: str) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
        return sorted((dict(row) for row in found), key=str)


def test_every_row_says_by_which_event_it_came_and_ended(database: str) -> None:
    engine = in_the_first_form(database)
    before = {name: rows(engine, name) for name in TABLES}
    upgrade(engine)
    for name, old in before.items():
        new = rows(engine, name)
        assert sorted(({key: row[key] for key in old[0]} for row in new), key=str) == old, name
    assert {(row["unit"], row["event"], row["ended"]) for row in rows(engine, "visit")} == {
        ("1", 2, 4), ("1", 4, None), ("2", 2, None), ("1", 8, None), ("2", 8, None),
    }  # fmt: skip
    assert {(row["name"], row["closed"]) for row in rows(engine, "round")} == {("六月", 6), ("七月", None)}
    assert {(row["round"], row["event"]) for row in rows(engine, "unit")} == {("六月", 1), ("七月", 7)}
    kept = {
        (row["round"], row["version"]): (row["own"], row["rest"], row["form"])
        for row in rows(engine, "scored")
    }
    assert kept == {("六月", 1): (3, 3, 1), ("六月", 2): (5, 5, 1), ("七月", 1): (9, 9, 1)}
    assert {(row["round"], row["version"], row["unit"], row["body"]) for row in rows(engine, "outcome")} == {
        (round, version, unit, '{"T-01":"fail"}')
        for round, version in kept
        for unit in ("1", "2")
    }  # fmt: skip
    engine.dispose()


def test_the_way_back_leaves_what_was_there_before(database: str) -> None:
    engine = in_the_first_form(database)
    before = {name: rows(engine, name) for name in TABLES}
    upgrade(engine)
    upgrade(engine, "0001")
    assert {name: rows(engine, name) for name in TABLES} == before
    engine.dispose()


def test_what_was_closed_is_verified_ranked_and_counts_for_the_next_round(database: str) -> None:
    in_the_first_form(database).dispose()
    found = store(database)
    assert found.trail.verify() == (9, None)
    june = found.rounds.ranking("六月")
    told = [(one.unit.name, one.rank, one.score, one.honours) for one in june.standings]
    assert told == [("西坡村", 1, Decimal("95.00"), ("红旗",)), ("东岭村", 2, Decimal("90.00"), ())]
    assert [(prize.name, prize.amount) for prize in june.standings[0].awards] == [("奖金", Decimal("200.00"))]
    with pytest.raises(ScoringError, match="评分以后又有改动"):
        found.rounds.close("七月", who="王", at=AT)
    july = found.rounds.score("七月", who="王", at=AT)
    told = [one.text for card in july.assessment.cards for one in card.raised.consequences]
    assert told == ["第2次重复（上一轮 六月 也不合格）"] * 2
    late = Inspection(EAST, dt.date(2026, 7, 9), {"甲处数": Decimal(0)}, frozenset({"甲处数"}))
    found.rounds.take_in("七月", [late], [], who="李", at=AT)
    found.rounds.score("七月", who="王", at=AT)
    found.rounds.close("七月", who="王", at=AT)
    assert found.trail.verify()[1] is None
    found.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE standing SET body=replace(body, '95.00', '96.00') WHERE version=2",
        "UPDATE card SET body=replace(body, '90.00', '91.00') WHERE version=2",
    ],
)
def test_what_was_closed_and_is_changed_afterwards_is_caught(database: str, change: str) -> None:
    engine = in_the_first_form(database)
    upgrade(engine)
    with writing(engine) as connection:
        assert connection.exec_driver_sql(change).rowcount
    engine.dispose()
    found = store(database)
    broken = found.trail.verify()[1]
    assert broken is not None
    assert (broken.number, "“六月”现在算出的与结束时（第2版）不同" in broken.message) == (6, True)
    found.close()
