"""The made-up township's year from an empty folder to its ranking: run.sh once, then what it promises of the program."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from scoring.cli import run

from scoring.api import open_store
from scoring.judge.standing import Standing
from scoring.rectify.lifecycle import OrderState, State
from scoring.store import Store

YEAR = Path(__file__).parent.parent / "fixtures" / "year"
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 13))
AFTER = dt.date(2027, 2, 1)
QUARTERS = tuple(f"2026-Q{number}" for number in range(1, 5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder in which run.sh was run, in this process."""
    made, start = tmp_path_factory.mktemp("year"), Path.cwd()
    commands = _commands(made)
    os.chdir(made)
    try:
        for command in commands:
            if command[:2] == ["appeal", "decide"]:
                shutil.copy("考核.db", "更正前.db")
            assert run([*command, "--db", "考核.db"]) == 0, command
            if command[:2] == ["appeal", "decide"]:
                shutil.copy("考核.db", "更正后.db")
        yield made
    finally:
        os.chdir(start)


def _commands(folder: Path) -> list[list[str]]:
    """Return what run.sh would have the command do."""
    note = folder / "note"
    note.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >>commands\n', "utf-8")
    note.chmod(0o755)
    environment = {**os.environ, "CHUANGWEI": str(note)}
    subprocess.run(["sh", str(YEAR / "run.sh"), "考核.db"], cwd=folder, env=environment, check=True)
    return [shlex.split(line) for line in (folder / "commands").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    found = open_store(folder / "考核.db")
    yield found
    found.close()


def standings(store: Store, name: str) -> dict[str, Standing]:
    return {one.unit.id: one for one in store.rounds.ranking(name).standings}


# From an empty folder to the ranking of the year


def test_four_quarters_lead_to_a_ranking_of_the_year(store: Store) -> None:
    assert {one.name for one in store.rounds.all()} == {*MONTHS, *QUARTERS, "2026"}
    assert not any(one.open for one in store.rounds.all())
    villages = [one for one in standings(store, "2026").values() if one.unit.kind == "行政村"]
    ranks = sorted((one.rank or 0, one.unit.name) for one in villages)
    assert [rank for rank, _ in ranks] == list(range(1, 23))
    assert {name for _, name in ranks[-3:]} == {"南沟村", "白杨村", "双河村"}


def test_a_score_of_the_year_is_the_declared_mean_of_its_parts(store: Store) -> None:
    quarters = [standings(store, name) for name in QUARTERS]
    for id, one in standings(store, "2026").items():
        four = [quarter[id].score for quarter in quarters]
        own = [part for part in one.parts if part.share == Decimal("0.3")]
        if one.score is not None and None not in four:
            mean = hundredth(sum(score for score in four if score is not None) / Decimal(4))
            total = mean * Decimal("0.7") + (own[0].low or 0) * Decimal("0.3")
            assert one.score == hundredth(total) + one.extra, one.unit.name


def hundredth(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def before(folder: Path) -> Iterator[Store]:
    """The store before the 更正 of April, which quarter and year, closed by then, do not follow."""
    found = open_store(folder / "更正前.db")
    yield found
    found.close()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_score_of_a_quarter_is_the_mean_of_its_months(before: Store, quarter: str) -> None:
    number = QUARTERS.index(quarter)
    months = [standings(before, name) for name in MONTHS[3 * number : 3 * number + 3]]
    for id, one in standings(before, quarter).items():
        known = [month[id].score for month in months if id in month]
        scores = [score for score in known if score is not None]
        assert one.score == (hundredth(sum(scores) / Decimal(len(scores))) if scores else None), one.unit.name


# What the ladder and the orders came to


def test_the_ladder_acts_for_repeats_lateness_and_failed_checks(folder: Path) -> None:
    with sqlite3.connect(folder / "考核.db") as connection:
        cards = connection.execute("SELECT body FROM card WHERE round = '2026-05' AND version = 2").fetchall()
    connection.close()
    steps = Counter(
        finding["step"]["kind"]
        for (body,) in cards
        for finding in json.loads(body)["findings"]
        if "step" in finding
    )
    assert steps.keys() >= {"重复", "反弹", "逾期", "复查不合格"}


def test_the_ladder_leaves_the_villages_scores_believable(store: Store) -> None:
    scores = [
        float(one.score)
        for name in MONTHS
        for one in standings(store, name).values()
        if one.unit.kind == "行政村" and one.score is not None
    ]
    assert len(scores) == 12 * 22
    assert 75 < mean(scores) < 86
    assert min(scores) > 30


def test_most_orders_are_done_in_time(store: Store) -> None:
    lives = [one.life for one in store.orders.find(AFTER)]
    timed = [one for one in lives if one.due_at is not None]
    shares = Counter(map(fate, timed))
    found = {name: round(100 * number / len(timed), 1) for name, number in shares.items()}
    assert found == pytest.approx({"按期": 82, "逾期": 11, "延期": 5, "未改": 2}, abs=1.2)
    assert 0.02 < sum(one.redo > 0 for one in timed) / len(timed) < 0.05
    assert Counter(one.state for one in lives).keys() == {State.ISSUED, State.RECEIVED, State.CLOSED}


def fate(one: OrderState) -> str:
    if one.replied_on is None:
        return "未改"
    return "延期" if one.extended_until else "逾期" if one.late(one.replied_on) else "按期"


def test_issuing_or_importing_once_more_changes_nothing(folder: Path, copy: Path) -> None:
    kept = dump(copy)
    for line in ("rectify issue 2026", f"rectify import {YEAR}/2026-03-hui-fu.xlsx"):
        assert run([*line.split(), "--by", "周涛", "--db", str(copy)]) == 0
    assert dump(copy) == kept


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the year's database to spoil."""
    return Path(shutil.copy(folder / "考核.db", tmp_path))


def dump(path: Path) -> dict[str, frozenset[tuple[object, ...]]]:
    """Return the rows of every table."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: frozenset(connection.execute(f'SELECT * FROM "{name}"')) for name in names}
    connection.close()
    return rows


# Every move is explained


@pytest.mark.parametrize(("before", "after"), [*pairwise(MONTHS), *pairwise(QUARTERS), ("2026-Q4", "2026")])
def test_the_parts_of_every_move_add_up_to_the_last_hundredth(store: Store, before: str, after: str) -> None:
    was, now = standings(store, before), standings(store, after)
    for one in store.analyses.compare(before, after):
        found, id = one.score, one.rank.unit.id
        assert (found.before, found.after) == (was[id].score, now[id].score)
        if found.before is None or found.after is None:
            assert found.why
            continue
        assert not found.why
        # A clause new in July asks what the sheets of June do not say.
        assert not found.note or before == "2026-06"
        parts = dict(found.parts)
        assert sum(parts.values()) == found.after - found.before, found
        assert abs(parts.get("四舍五入", 0)) <= Decimal("0.1"), found
        assert sum(clause.points for clause in found.facts) == parts.get("事实", 0), found


# By table: the rows that went and those that came.
Changed = dict[str, tuple[set[tuple[object, ...]], set[tuple[object, ...]]]]


@pytest.fixture(scope="module")
def changed(folder: Path) -> Changed:
    """What the decision took out of each table and put into it."""
    before, after = dump(folder / "更正前.db"), dump(folder / "更正后.db")
    return {
        name: (set(before[name] - after[name]), set(after[name] - before[name]))
        for name in after
        if before[name] != after[name]
    }


def test_an_appeal_adds_a_version_of_its_round_and_touches_nothing_else(changed: Changed) -> None:
    assert changed.keys() == {"appeal", "card", "event", "outcome", "round", "scored", "standing", "visit"}
    assert {name: len(gone) for name, (gone, _) in changed.items() if gone} == {
        "appeal": 1, "round": 1, "visit": 1,
    }  # fmt: skip
    assert len(changed["visit"][1]) == 2, (
        "the old record, which says by which it was replaced, and the new one"
    )
    assert len(changed["event"][1]) == len(changed["scored"][1]) == 1


def test_an_appeal_changes_one_card_one_score_and_the_ranks(folder: Path, changed: Changed) -> None:
    with sqlite3.connect(folder / "考核.db") as connection:
        cards, scores, ranks = (_versions(connection, *asked) for asked in _ASKED)
    connection.close()
    old, new = cards
    assert {unit for unit, _ in (old - new) | (new - old)} == {_unit(folder)}
    assert len(new - old) == len(old - new) == 1
    old, new = scores
    assert {unit for unit, *_ in new - old} == {_unit(folder)}
    old, new = ranks
    moved = {unit for unit, *_ in new - old}
    assert _unit(folder) in moved
    assert len(moved) > 1, "those it passed"


_ASKED = (
    ("card", "unit, body"),
    ("standing", "unit, standard, low, high"),
    ("standing", "unit, standard, rank"),
)


def _versions(
    connection: sqlite3.Connection, table: str, columns: str
) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return what April's cards or standings say in its second version, that of its close, and in its third."""
    asked = f"SELECT {columns} FROM {table} WHERE round = '2026-04' AND version = ?"
    return set(connection.execute(asked, [2])), set(connection.execute(asked, [3]))


def _unit(folder: Path) -> str:
    with sqlite3.connect(folder / "考核.db") as connection:
        ((unit,),) = connection.execute("SELECT unit FROM appeal")
    connection.close()
    return str(unit)


def test_the_appeal_moves_its_village_up(folder: Path, store: Store) -> None:
    earlier = open_store(folder / "更正前.db")
    was, now = (standings(one, "2026-04")[_unit(folder)] for one in (earlier, store))
    earlier.close()
    assert (now.rank or 0) < (was.rank or 0)
    notice = (folder / "更正说明.txt").read_text("utf-8")
    assert "北湾村" in notice
    assert "养护站有证明和照片" in notice


# Nothing is changed past the program unseen

CHANGES = {
    "a visit": "UPDATE visit SET body = replace(body, '\"绿化率\"', '\"绿化串\"') WHERE id = 1",
    "a card": "UPDATE card SET body = body || ' ' WHERE round = '2026-01' AND version = 2 AND visit = 1",
    "a standing": "UPDATE standing SET rank = 3 - rank, body = replace(body, '\"rank\":1', '\"rank\":2')"
    " WHERE round = '2026-01' AND version = 2 AND rank = 1",
    "who recorded something": "UPDATE event SET who = '王秀兰' WHERE number = 2000",
    "what an event says": "UPDATE event SET body = replace(body, '2', '3') WHERE number = 2000",
    "an event that is gone": "DELETE FROM event WHERE number = 2000",
    "a step's day": "UPDATE step SET body = replace(body, '2026-03-1', '2026-03-0') WHERE act = '整改'"
    " AND \"on\" = '2026-03-12'",
    "a step that is gone": "DELETE FROM step WHERE id = 9000",
    "where an order stands": "UPDATE order_ SET state = '已销号' WHERE id = (SELECT min(id) FROM order_ WHERE state <> '已销号')",
    "what an order asks": "UPDATE order_ SET body = replace(body, '清', '情') WHERE number = '2026-05-0001'",
    "a text of a standard": "UPDATE rule_text SET body = body || '#' WHERE kind = '标准' AND id = 'WH'",
    "a price in a standard": "UPDATE rule_text SET body = replace(body, '每处: 2', '每处: 3') WHERE kind = '标准' AND id = 'WL'",
    "the dictionary": "UPDATE rule_text SET body = replace(body, '处', '外') WHERE kind = '检查项字典'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_tampered_database_is_caught(copy: Path, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(copy) as connection:
        assert connection.execute(change).rowcount > 0
    connection.close()
    assert run(["audit", "verify", "--db", str(copy)]) == 2
    assert "核对不上" in capsys.readouterr().err
