"""The database of rounds: the same on SQLite and PostgreSQL, whole after a kill, the same whatever came first."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from scoring.errors import ScoringError
from scoring.inspection import Answer, Inspection, NotChecked, Occurrence
from scoring.store.codec import visit_of, visit_text
from scoring.store.engine import open_engine, reading
from scoring.store.schema import metadata
from scoring.store.upgrade import upgrade
from tests.store_support import AT, CLEAN, DAYS, LAWS, VILLAGES, opened, scheme, seen, store, visits


def test_the_tables_go_up_and_down_and_are_what_the_program_says(database: str) -> None:
    engine = open_engine(database)
    for _ in range(2):
        upgrade(engine)
        with reading(engine) as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        upgrade(engine, "")
        with reading(engine) as connection:
            assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_round_goes_from_opening_to_its_end_and_is_verified(database: str) -> None:
    found = opened(database)
    told = found.rounds.take_in("六月", visits(), [("六月.xlsx", b"1")], who="李", at=AT)
    assert (told.new, told.known, told.differences) == (24, 0, ())
    scored = found.rounds.score("六月", who="王", at=AT)
    assert len(scored.standings) == 8
    assert all(one.rank for one in scored.standings)
    found.rounds.close("六月", who="王", at=AT)
    status = found.rounds.status("六月")
    assert (status.visits, status.visited, status.units, status.cards) == (24, 8, 8, 24)
    assert [event.kind for event in found.trail.events()] == ["开轮次", "导入", "评分", "结束"]
    assert found.trail.verify() == (4, None)
    assert found.trail.verify(found.trail.head()[1]) == (4, None)
    found.close()


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_asks(database: str) -> None:
    found = opened(database)
    found.rounds.take_in("六月", visits(), [("六月.xlsx", b"1")], who="李", at=AT)
    head = found.trail.head()
    again = found.rounds.take_in("六月", visits(), [("六月.xlsx", b"1")], who="李", at=AT)
    assert ((again.new, again.known), found.trail.head()) == ((0, 24), head)
    corrected = [seen(VILLAGES[0], 3, 垃圾乱倒处数=Decimal(11)), seen(VILLAGES[1], 8)]
    told = found.rounds.take_in("六月", corrected, [("改.xlsx", b"2")], who="李", at=AT)
    (difference,) = told.differences
    assert difference.unit == VILLAGES[0]
    assert ("垃圾乱倒处数", "11") in [(name, new) for name, _, new in difference.changes]
    assert (found.trail.head(), found.rounds.status("六月").visits) == (head, 24)
    told = found.rounds.take_in("六月", corrected, [("改.xlsx", b"2")], who="李", at=AT, replace=True)
    assert found.rounds.status("六月").visits == 25
    assert found.rounds.take_in("六月", corrected, [], who="李", at=AT).known == 2
    found.close()


def test_a_closed_round_is_never_changed_and_comes_out_as_it_was(database: str) -> None:
    found = opened(database)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    sha = found.rounds.score("六月", who="王", at=AT).sha256
    found.rounds.close("六月", who="王", at=AT)
    for act in (
        lambda: found.rounds.take_in("六月", [seen(VILLAGES[0], 9)], [], who="李", at=AT),
        lambda: found.rounds.score("六月", who="王", at=AT),
        lambda: found.rounds.close("六月", who="王", at=AT),
    ):
        with pytest.raises(ScoringError, match="已结束，不能再改"):
            act()
    assert found.rounds.judged("六月").sha256 == sha
    found.close()


def test_any_order_of_imports_gives_the_same_round(tmp_path: Path) -> None:
    digests = set()
    for number in range(4):
        chance, all_ = random.Random(number), visits()
        chance.shuffle(all_)
        found = opened(tmp_path / f"{number}.db")
        for part in (all_[:5], all_[5:11], all_[11:]):
            found.rounds.take_in("六月", part, [], who="李", at=AT)
        digests.add(found.rounds.score("六月", who="王", at=AT).sha256)
        found.close()
    assert len(digests) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET who='赵' WHERE number=2",
        "DELETE FROM event WHERE number=3",
        "UPDATE event SET body='{\"new\":1}' WHERE number=2",
        "UPDATE standing SET body=replace(body, '\"rank\":1', '\"rank\":3')",
        'UPDATE card SET body=replace(body, \'"score":"\', \'"score":"1\')',
        'UPDATE visit SET body=replace(body, \'"number":"0"\', \'"number":"1"\') WHERE id=1',
        "UPDATE visit SET body=body || ' ' WHERE id=1",
        "UPDATE rule_text SET body=body || '#' WHERE kind='标准'",
        "UPDATE rule_text SET body=body || '#' WHERE kind='考核办法'",
        "INSERT INTO extra (round, unit, standard, points, reason, who, event) VALUES ('六月', '00', '', '5', '好', '王', 2)",
    ],
)
def test_a_tampered_database_is_caught(tmp_path: Path, change: str) -> None:
    path = tmp_path / "考核.db"
    found = opened(path)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.close("六月", who="王", at=AT)
    assert found.trail.verify()[1] is None
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    assert found.trail.verify()[1] is not None
    found.close()


def test_a_trail_cut_short_shows_by_the_head_that_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    found = opened(path)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    _, printed = found.trail.head()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM event WHERE number=2")
    connection.close()
    assert found.trail.verify()[1] is None
    broken = found.trail.verify(printed)[1]
    assert broken is not None
    assert "末尾的记录可能被截去" in broken.message
    found.close()


def test_every_kind_of_answer_comes_back_as_it_was() -> None:
    answers: dict[str, Answer] = {
        "甲": Decimal("0.60"),
        "乙": "是",
        "丙": NotChecked("锁门"),
        "丁": NotChecked(),
    }
    heaps = (Occurrence("甲", "村口", Decimal(2), Decimal("1.5"), "a.jpg", "湿"), Occurrence("甲"))
    one = Inspection(
        VILLAGES[0], DAYS[0], answers, frozenset("甲乙丙丁"), dt.time(9, 30), "暗访", ("李", "王"), 2, {"甲": ("村口",)}, True, "雨",
        reasons={"甲": "看过"}, occurrences=heaps,
    )  # fmt: skip
    row = {
        "date": "2026-06-01",
        "source": "暗访",
        "inspectors": "李、王",
        "number": 2,
        "body": visit_text(one),
    }
    assert visit_of(VILLAGES[0], row) == one


def _writer(path: str, number: int) -> None:
    found = store(path)
    for day in range(1, 11):
        found.rounds.take_in("六月", [seen(VILLAGES[number], day)], [], who=f"人{number}", at=AT)
    found.close()


def test_eight_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "考核.db")
    opened(path).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_writer, args=(path, number)) for number in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
        assert one.exitcode == 0
    found = store(path)
    assert found.rounds.status("六月").visits == 80
    assert found.trail.verify() == (81, None)
    found.close()


_IMPORT = """
import sys
from tests.store_support import AT, store, visits
found = store(sys.argv[1])
print("ready", flush=True)
while True:
    found.rounds.take_in("六月", visits(), [("a", b"1")], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
"""


def test_a_kill_at_any_moment_leaves_a_whole_database(tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    opened(path).close()
    chance = random.Random(5)
    for _ in range(5):
        running = subprocess.Popen(
            [sys.executable, "-c", _IMPORT, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.4))
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        found = store(path)
        status = found.rounds.status("六月")
        assert status.visits in (0, 24)
        assert status.cards == (24 if status.round.version else 0)
        assert found.trail.verify()[1] is None
        assert sum(event.kind == "评分" for event in found.trail.events()) == status.round.version
        found.close()


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    strange = tmp_path / "通知.db"
    strange.write_bytes(b"not a database at all" * 100)
    with pytest.raises(ScoringError, match="这不是考核数据库"):
        store(strange)
    with pytest.raises(ScoringError, match="数据库文件打不开"):
        store(tmp_path / "没有" / "考核.db")
    with pytest.raises(ScoringError, match="读不懂"):
        store("mysql+nothing://x")


@pytest.mark.skipif(os.getuid() == 0, reason="root 写得了只读文件")
def test_a_file_without_leave_to_write_says_so(tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    opened(path).close()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    with pytest.raises(ScoringError, match="只读"):
        store(path).rounds.take_in("六月", visits(), [], who="李", at=AT)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda one: one.rounds.status("七月"), "没有“七月”这一轮"),
        (lambda one: one.rounds.take_in("六月", visits(), [], who=" ", at=AT), "没写是谁做的"),
        (
            lambda one: one.rounds.open("六月", DAYS, scheme(), LAWS, (), who="李", at=AT),
            "已经有“六月”这一轮",
        ),
        (lambda one: one.rounds.open("七月", DAYS[::-1], scheme(), LAWS, (), who="李", at=AT), "晚于结束"),
        (lambda one: one.rounds.open("七月", DAYS, scheme(), LAWS[:1], (), who="李", at=AT), "标准没有给"),
        (lambda one: one.rounds.close("六月", who="李", at=AT), "还没有评分"),
    ],
)
def test_what_cannot_be_is_said_with_the_way_out(tmp_path: Path, act: object, said: str) -> None:
    found = opened(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match=said) as caught:
        act(found)  # type: ignore[operator]
    assert all(problem.hint for problem in caught.value.problems)
    found.close()


def test_a_visit_outside_the_round_is_refused_with_its_row(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    late = Inspection(VILLAGES[0], dt.date(2026, 7, 2), CLEAN, frozenset(CLEAN))
    with pytest.raises(ScoringError, match="2026-07-02 不在本轮（2026-06-01 至 2026-06-30）"):
        found.rounds.take_in("六月", [late], [], who="李", at=AT)
    assert found.rounds.status("六月").visits == 0
    found.close()


def test_a_visit_of_a_source_that_the_scheme_does_not_name_is_refused_at_import(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match="考核办法里没有“抽查”这种来源"):
        found.rounds.take_in(
            "六月", [seen(VILLAGES[0], 3, "抽查"), seen(VILLAGES[1], 3)], [], who="李", at=AT
        )
    assert found.rounds.status("六月").visits == 0
    found.close()
