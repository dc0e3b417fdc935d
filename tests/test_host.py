"""The library in a host application: what is given wrongly is said, what is shared between threads stays whole."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import scoring
from tests.store_support import AT, DAYS, LAWS, VILLAGES, scheme, visits

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "fixtures/clean/villages.csv"
REGISTER = ROOT / "fixtures/register.csv"


def test_one_file_and_one_name_need_no_list() -> None:
    register = scoring.read_register(REGISTER)
    (law,) = scoring.find_standards("治五乱")
    one = scoring.render(scoring.assess_files(str(SHEET), [law], register), "json")
    several = scoring.assess_files([SHEET], scoring.find_standards(["治五乱"]), register)
    assert one == scoring.render(several, "json")


def test_a_name_is_no_standard() -> None:
    with pytest.raises(TypeError, match=r"as find_standards returns them, not .'治五乱'."):
        scoring.assess_files(SHEET, ["治五乱"])  # type: ignore[list-item]


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="'pdf'; there are table, json"):
        scoring.render(scoring.assess([]), "pdf")


def test_every_public_name_is_listed_and_there() -> None:
    assert set(scoring.__all__) <= set(dir(scoring))
    assert all(getattr(scoring, name) is not None for name in scoring.__all__)


def test_a_store_is_let_go_of_at_the_end_of_its_block(tmp_path: Path) -> None:
    path = tmp_path / "rounds.db"
    with scoring.open_store(path) as store:
        store.rounds.open("六月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=AT)
    assert not list(tmp_path.glob("rounds.db-*"))
    with scoring.open_store(path, create=False) as store:
        assert [one.name for one in store.rounds.all()] == ["六月"]


def test_a_database_is_only_made_where_that_is_wanted(tmp_path: Path) -> None:
    for url in (tmp_path / "no.db", f"sqlite:///{tmp_path / 'no.db'}"):
        with pytest.raises(scoring.ScoringError, match="没有这个数据库"):
            scoring.open_store(url, create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("at", ["yesterday", "2026-07-01T09:00:00", ""])
def test_a_time_without_its_zone_stays_out_of_the_trail(tmp_path: Path, at: str) -> None:
    with scoring.open_store(tmp_path / "rounds.db") as store:
        with pytest.raises(ValueError, match=r"at must be an ISO time|Invalid isoformat"):
            store.rounds.open("六月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=at)
        assert store.rounds.all() == []


def test_threads_share_a_store(tmp_path: Path) -> None:
    with scoring.open_store(tmp_path / "rounds.db") as store:
        store.rounds.open("六月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=AT)
        every = visits()

        def bring(number: int) -> int:
            return store.rounds.take_in("六月", every[number::4], [], who=f"第{number}人", at=AT).new

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(bring, range(4))) == len(every)
        assert store.rounds.status("六月").visits == len(every)
        assert store.trail.verify()[1] is None


def test_another_program_s_database_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE places (id INTEGER)")
    with pytest.raises(scoring.ScoringError, match="这不是考核数据库"):
        scoring.open_store(path, create=False)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("places",)]
