"""Closing a round asks the trail whether anything came since its scoring; only then is it scored again to know."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.analysis.draw.units import Quota
from scoring.analysis.draw.wanted import Wanted
from scoring.errors import ScoringError
from scoring.judge.appeal import Ruling, Which
from scoring.load.rules import shipped_schemes
from scoring.rectify.lifecycle import Act, Move
from scoring.store import Store, scores
from tests.store_support import AT, DAYS, LAWS, VILLAGES, day, scheme, scored, seen, store, visits

JULY = dt.date(2026, 7, 1), dt.date(2026, 7, 31)
THIRD = Which(dt.date(2026, 6, 3))
Acts = Callable[[Store], object]


def file(found: Store) -> object:
    return found.appeals.file("六月", "村1", THIRD, "照片是邻村的", who="赵", at=AT)


def uphold(found: Store) -> object:
    return file(found), found.appeals.decide(1, Ruling.UPHELD, "无误", who="孙", at=AT)


def put_right(found: Store) -> object:
    return file(found), found.appeals.decide(
        1, Ruling.AMENDED, "属实", {"垃圾乱倒处数": "0"}, who="孙", at=AT
    )


def draw(found: Store) -> object:
    return found.draws.draw("六月", Wanted("甲", Quota(number=1)), on=day(1), who="李", at=AT)


def of_july(found: Store) -> object:
    found.rounds.open("七月", JULY, scheme(), LAWS, VILLAGES, who="李", at=AT)
    found.rounds.take_in("七月", [replace(visits()[0], date=JULY[0])], [], who="李", at=AT)
    found.rounds.add_points("七月", "村1", Decimal(1), "获奖", who="王", at=AT)
    return found.rounds.score("七月", who="王", at=AT)


def july_closed(found: Store) -> object:
    return of_july(found), found.rounds.close("七月", who="王", at=AT)


def step(found: Store) -> object:
    move = Move(Act.RECEIVE, day(4), "王")
    return found.orders.issue("六月", who="李", at=AT), found.orders.step(
        ["六月-0001"], move, who="李", at=AT
    )


def waive(found: Store) -> object:
    return found.waivers.grant("村8", "WL-02", (JULY[0], JULY[1]), "修路", who="周", at=AT)


def no_more(*_: object, **__: object) -> None:
    raise AssertionError("scored again")


@pytest.fixture
def never_again(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, to score is to fail."""
    return lambda: monkeypatch.setattr(scores, "judged", no_more)


@pytest.mark.parametrize("act", [None, file, uphold, draw, of_july])
def test_nothing_that_a_scoring_sees_came_so_nothing_is_scored(
    database: str, act: Acts | None, never_again: Callable[[], None]
) -> None:
    found = scored(database)
    if act:
        act(found)
    now = found.rounds.judged("六月").sha256
    never_again()
    found.rounds.close("六月", who="王", at=AT)
    assert found.trail.events()[-1].body == {"version": 1, "sha256": now}
    found.close()


@pytest.mark.parametrize("act", [waive, july_closed, step, put_right])
def test_whatever_may_be_seen_has_the_round_scored_again(
    tmp_path: Path, act: Acts, never_again: Callable[[], None]
) -> None:
    found = scored(tmp_path / "考核.db")
    act(found)
    never_again()
    with pytest.raises(AssertionError, match="scored again"):
        found.rounds.close("六月", who="王", at=AT)
    found.close()


def test_where_a_scheme_has_no_ladder_orders_are_not_seen(
    tmp_path: Path, never_again: Callable[[], None]
) -> None:
    found = store(tmp_path / "考核.db")
    plain = next(one for one in shipped_schemes() if one.id == "DCJ")
    found.rounds.open("六月", DAYS, plain, LAWS, VILLAGES, who="李", at=AT)
    found.rounds.take_in("六月", [replace(one, source="检查") for one in visits()], [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    step(found)
    never_again()
    found.rounds.close("六月", who="王", at=AT)
    found.close()


@pytest.mark.parametrize(
    "act",
    [
        lambda one: one.rounds.take_in("六月", [seen(VILLAGES[0], 9)], [], who="李", at=AT),
        lambda one: one.rounds.add_points("六月", "村1", Decimal(1), "获奖", who="王", at=AT),
        lambda one: one.waivers.grant("村1", "WL-01", DAYS, "修路", who="周", at=AT),
    ],
)
def test_what_moves_the_scores_must_be_scored_first(tmp_path: Path, act: Acts) -> None:
    found = scored(tmp_path / "考核.db")
    act(found)
    with pytest.raises(ScoringError, match="评分以后又有改动"):
        found.rounds.close("六月", who="王", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.close("六月", who="王", at=AT)
    assert found.trail.verify()[1] is None
    found.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE standing SET body=replace(body, '\"rank\":1', '\"rank\":3')",
        "DELETE FROM card WHERE visit=1",
    ],
)
def test_a_result_changed_past_the_program_is_not_closed(tmp_path: Path, change: str) -> None:
    path = tmp_path / "考核.db"
    found = scored(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    with pytest.raises(ScoringError, match="评分以后又有改动"):
        found.rounds.close("六月", who="王", at=AT)
    found.close()
