"""重新合成: a closed quarter follows a 更正 of one of its months, as a new version and by somebody's word alone."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scoring.cli import run

from scoring.errors import ScoringError
from scoring.inspection import Inspection
from scoring.judge.appeal import Ruling, Which
from scoring.load.rules import shipped_schemes
from scoring.rule.scheme import Scheme
from scoring.store import Store
from tests.store_support import AT, LAWS, VILLAGES, seen, store

MONTH, QUARTER, YEAR = (next(one for one in shipped_schemes() if one.id == id) for id in ("YK", "JDK", "NDK"))
DAYS = {
    "六月": (dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
    "二季度": (dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
    "全年": (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
}
LATER = "2027-01-06T10:00:00+08:00"
ONE = VILLAGES[0].id


def visits(month: int, *sources: str) -> list[Inspection]:
    chance = random.Random(month)
    found = [
        seen(unit, day, source, 垃圾乱倒处数=Decimal(chance.randint(2, 9)))
        for unit in VILLAGES
        for day, source in enumerate(sources, start=3)
    ]
    return [replace(one, date=one.date.replace(month=month)) for one in found]


VISITS = {"六月": visits(6, "日常", "月末集中"), "全年": visits(12, *YEAR.sources)}


def round_of(found: Store, name: str, scheme: Scheme) -> None:
    found.rounds.open(name, DAYS[name], scheme, LAWS, VILLAGES, who="李", at=AT)
    if name in VISITS:
        found.rounds.take_in(name, VISITS[name], [], who="李", at=AT)
    found.rounds.score(name, who="王", at=AT)
    found.rounds.close(name, who="王", at=AT)


def month_and_quarter(database: str | Path) -> Store:
    found = store(database)
    round_of(found, "六月", MONTH)
    round_of(found, "二季度", QUARTER)
    return found


def put_right(found: Store) -> tuple[tuple[str, str], ...]:
    found.appeals.file("六月", "村1", Which(dt.date(2026, 6, 3)), "是邻村的", who="赵", at=AT)
    one = found.appeals.decide(1, Ruling.AMENDED, "核对过", {"垃圾乱倒处数": "0"}, who="孙", at=LATER)
    assert one.decision is not None
    return one.decision.later


def scores(found: Store, name: str, version: int | None = None) -> dict[str, Decimal | None]:
    return {one.unit.id: one.score for one in found.rounds.ranking(name, version).standings}


def test_the_quarter_follows_its_month_when_it_is_asked_to(database: str) -> None:
    found = month_and_quarter(database)
    before = scores(found, "二季度")
    digest = found.rounds.judged("二季度").sha256
    assert put_right(found) == (("二季度", "由本轮得分合成"),)
    assert scores(found, "二季度") == before
    made = found.rounds.recompose("二季度", "六月更正了", who="王", at=LATER)
    assert made.corrected == ("六月",)
    after = scores(found, "二季度")
    assert {id for id in after if after[id] != before[id]} == {ONE}
    assert after == scores(found, "六月")
    assert scores(found, "二季度", 1) == before
    assert found.rounds.judged("二季度", 1).sha256 == digest
    assert found.rounds.judged("二季度").sha256 == made.after.sha256
    number, broken = found.trail.verify()
    assert broken is None
    event = found.trail.events()[number - 1]
    assert (event.kind, event.about, event.who) == ("重新合成", "二季度", "王")
    found.close()


def test_a_year_closed_before_sees_the_quarter_as_it_was_until_it_is_put_together_anew(
    tmp_path: Path,
) -> None:
    found = month_and_quarter(tmp_path / "考核.db")
    round_of(found, "全年", YEAR)
    before, digest = scores(found, "全年"), found.rounds.judged("全年").sha256
    put_right(found)
    found.rounds.recompose("二季度", "六月更正了", who="王", at=LATER)
    assert found.rounds.judged("全年").sha256 == digest
    assert found.trail.verify()[1] is None
    assert found.rounds.recompose("全年", "二季度重新合成了", who="王", at=LATER).corrected == ("二季度",)
    after = scores(found, "全年")
    assert {id for id in after if after[id] != before[id]} == {ONE}
    assert found.trail.verify()[1] is None
    found.close()


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("二季度", "再来", "没有更正过"),
        ("六月", "再来", "不是由别的轮次合成的"),
        ("三季度", "再来", "没有“三季度”"),
        ("二季度", " ", "没写理由"),
    ],
)
def test_what_need_not_be_put_together_anew_is_refused(
    tmp_path: Path, name: str, reason: str, said: str
) -> None:
    found = month_and_quarter(tmp_path / "考核.db")
    head = found.trail.head()
    with pytest.raises(ScoringError, match=said):
        found.rounds.recompose(name, reason, who="王", at=LATER)
    assert found.trail.head() == head
    found.close()


def test_an_open_quarter_is_scored_instead(tmp_path: Path) -> None:
    found = store(tmp_path / "考核.db")
    round_of(found, "六月", MONTH)
    found.rounds.open("二季度", DAYS["二季度"], QUARTER, LAWS, VILLAGES, who="李", at=AT)
    found.rounds.score("二季度", who="王", at=AT)
    with pytest.raises(ScoringError, match="还没结束"):
        found.rounds.recompose("二季度", "六月更正了", who="王", at=LATER)
    found.close()


def test_the_verb_tells_who_moved_and_a_tampered_version_is_caught(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "考核.db"
    found = month_and_quarter(database)
    put_right(found)
    found.close()
    asked = ["轮次", "重新合成", "二季度", "--reason", "六月更正了", "--by", "王", "--db", str(database)]
    assert run(asked) == 0
    told = capsys.readouterr()
    assert "村1 综合: " in told.out
    assert "存为第2版" in told.err
    with sqlite3.connect(database) as connection:
        connection.execute(
            "UPDATE standing SET body = replace(body, '\"rank\":1', '\"rank\":2') WHERE round = '二季度' AND version = 2"
        )
    connection.close()
    assert run(["audit", "verify", "--db", str(database)]) == 2
    assert "重新合成时（第2版）" in capsys.readouterr().err
