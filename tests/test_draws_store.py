"""Draws kept in the database: from the round's register, nobody again before everyone, the same again, and told apart."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from scoring.cli import run

from scoring.analysis.draw.units import Drawn, Quota
from scoring.analysis.draw.wanted import Wanted
from scoring.errors import ScoringError
from scoring.inspection import Unit
from scoring.store import Store
from tests.store_support import AT, LAWS, VILLAGES, opened, scheme, seen, store

JULY = dt.date(2026, 7, 1), dt.date(2026, 7, 31)
TENTH = dt.date(2026, 6, 10)
THREE = Wanted("2026-06-10 福彩3D 506", Quota(number=3, least=0))
Capture = pytest.CaptureFixture[str]


def draw(
    found: Store, seed: str = THREE.seed, round: str = "六月", on: dt.date = TENTH, number: int = 3
) -> Drawn:
    wanted = Wanted(seed, Quota(number=number, least=0))
    return found.draws.draw(round, wanted, on=on, who="李", at=AT)


def test_a_draw_is_that_of_the_rounds_register_and_recorded_with_its_event(database: str) -> None:
    found = opened(database)
    made = draw(found)
    assert made == THREE.drawn(VILLAGES)
    (kept,) = found.draws.all("六月")
    assert (kept.number, kept.round, kept.day, kept.who) == (1, "六月", TENTH, "李")
    assert (kept.seed, kept.fingerprint, kept.units) == (made.seed, made.fingerprint, made.units)
    event = found.trail.events()[-1]
    assert (event.kind, event.about, event.who) == ("抽签", "六月", "李")
    assert event.body["drawn"] == [one.id for one in made.units]
    assert found.trail.verify() == (2, None)
    found.close()


def test_nobody_is_drawn_again_before_everyone_was_whatever_the_round(database: str) -> None:
    found = opened(database)
    found.rounds.open("七月", JULY, scheme(), LAWS, VILLAGES, who="李", at=AT)
    drawn = [draw(found, "甲"), draw(found, "乙"), draw(found, "丙", "七月", JULY[0], 2)]
    assert sorted(unit.id for one in drawn for unit in one.units) == [unit.id for unit in VILLAGES]
    again = draw(found, "丁", "七月", JULY[0])
    assert [one.again for one in again.strata] == [False], "a new turn begins with everyone"
    assert [one.number for one in found.draws.all()] == [1, 2, 3, 4]
    assert [one.number for one in found.draws.all("七月")] == [3, 4]
    assert again == Wanted("丁", THREE.quota).drawn(
        VILLAGES, [[unit.id for unit in one.units] for one in drawn]
    )
    assert found.trail.verify()[1] is None
    found.close()


def test_quotas_strata_and_kinds_are_kept_so_that_the_draw_comes_out_again(tmp_path: Path) -> None:
    found = store(tmp_path / "考核.db")
    schools = [Unit(f"9{number}", f"校{number}", "学校", "西片") for number in range(4)]
    days = dt.date(2026, 6, 1), dt.date(2026, 6, 30)
    found.rounds.open("六月", days, scheme(), LAWS, [*VILLAGES, *schools], who="李", at=AT)
    own = {"学校、西片": Quota(share=Decimal("0.5"), least=1)}
    asked = Wanted("甲", Quota(share=Decimal("0.25"), least=1), ("类别", "片区"), ("行政村", "学校"), own)
    made = found.draws.draw("六月", asked, on=TENTH, who="李", at=AT)
    assert {one.name: len(one.drawn) for one in made.strata} == {"行政村、东片": 2, "学校、西片": 2}
    assert found.trail.verify()[1] is None
    found.close()


def test_who_was_drawn_waits_for_a_visit_from_that_day_on(database: str) -> None:
    found = opened(database)
    first, second, third = draw(found).units
    found.rounds.take_in("六月", [seen(first, 9), seen(second, 10)], [], who="李", at=AT)
    (kept,) = found.draws.all("六月")
    assert kept.open == (first, third), "a visit before the draw is no answer to it"
    found.close()


def test_a_unit_that_came_after_a_draw_does_not_change_it(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    draw(found)
    found.rounds.take_in("六月", [seen(Unit("00", "新村", "行政村", "东片"), 20)], [], who="李", at=AT)
    assert found.trail.verify()[1] is None
    assert "00" in {one.id for one in draw(found, "乙", number=8).units}
    assert found.trail.verify()[1] is None
    found.close()


def test_what_cannot_be_drawn_is_said_and_nothing_written(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    draw(found)
    head = found.trail.head()
    for act, said in (
        (lambda: draw(found), "第1次抽签用过了"),
        (lambda: draw(found, ""), "没有抽签种子"),
        (lambda: draw(found, "乙", "五月"), "没有“五月”这一轮"),
        (lambda: found.draws.draw("六月", Wanted("乙", THREE.quota, kinds=("学校",)), on=TENTH, who="李", at=AT),
         "名册里没有“学校”这一类"),
        (lambda: found.draws.draw("六月", THREE, on=TENTH, who=" ", at=AT), "没写是谁做的"),
        (lambda: found.draws.all("五月"), "没有“五月”这一轮"),
    ):  # fmt: skip
        with pytest.raises(ScoringError, match=said):
            act()
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.close("六月", who="王", at=AT)
    with pytest.raises(ScoringError, match="已结束，不能再改"):
        draw(found, "乙")
    assert (len(found.draws.all()), found.trail.head()[0]) == (1, head[0] + 2)
    found.close()


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE draw SET body=replace(body, '福彩3D 506', '福彩3D 507')", 2),
        ("UPDATE draw SET body=body || ' ' WHERE event=3", 3),
        ("UPDATE draw SET round='七月' WHERE event=3", 3),
        ("DELETE FROM draw WHERE event=2", 2),
        ("INSERT INTO draw (round, body, event) SELECT round, body, 1 FROM draw WHERE event=2", 1),
        ("UPDATE unit SET id='77' WHERE id='01'", 2),
        ("UPDATE unit SET kind='学校' WHERE id='02'", 2),
    ],
)
def test_a_draw_changed_past_the_program_is_caught(tmp_path: Path, change: str, number: int) -> None:
    path = tmp_path / "考核.db"
    found = opened(path)
    draw(found)
    draw(found, "乙")
    assert found.trail.verify()[1] is None
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    broken = found.trail.verify()[1]
    assert broken is not None
    assert broken.number == number
    found.close()


# The command.


def told(capture: Capture, *args: str) -> tuple[int, str, str]:
    code = run(list(args))
    shown = capture.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def db(tmp_path: Path) -> list[str]:
    opened(tmp_path / "考核.db").close()
    return ["--db", str(tmp_path / "考核.db")]


def test_a_draw_from_the_round_is_printed_like_one_from_a_file_and_shows_in_status(
    db: list[str], tmp_path: Path, capfd: Capture
) -> None:
    asked = ["--round", "六月", "--who", "李", "--on", "2026-06-10", "--number", "3", "--seed"]
    asked += [THREE.seed, *db]
    path = tmp_path / "六月.json"
    code, out, err = told(capfd, "sample", "draw", *asked, "-o", str(path))
    assert (code, out) == (0, "")
    assert "第1次抽签已记入“六月”，抽中3个" in err
    document = json.loads(path.read_text("utf-8"))
    names = [one["unit"]["name"] for one in document["drawn"]]
    assert (document["schema"], document["number"]) == ("chuangwei/draw/1", 1)
    assert names == [one.name for one in THREE.drawn(VILLAGES).units]
    assert (
        f"抽签1次，抽中3个单位，还有3个没查: {'、'.join(names)}"
        in told(capfd, "round", "status", "六月", *db)[1]
    )
    listed = told(capfd, "抽样", "列表", *db)[1]
    assert all(
        word in listed
        for word in ("六月", "2026-06-10", THREE.seed, THREE.drawn(VILLAGES).fingerprint, *names)
    )
    waiting = told(capfd, "sample", "list", "--open", "--round", "六月", *db)[1]
    assert all(name in waiting for name in names)


def test_without_a_draw_nothing_is_listed(db: list[str], capfd: Capture) -> None:
    assert told(capfd, "sample", "list", *db)[1] == "还没有抽签\n"
    assert "抽签" not in told(capfd, "round", "status", "六月", *db)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "没给名册，也没写轮次"),
        (["甲.xlsx", "--round", "六月", "--who", "李"], "名册和 --round 只给一样"),
        (["--round", "六月", "--who", "李", "--before", "甲.csv"], "--round 不用 --before"),
        (["--round", "六月"], "没写是谁抽的。加 --who 姓名"),
        (["甲.xlsx", "--who", "李"], "--who、--on 是和 --round 一起写的"),
        (["--round", "五月", "--who", "李"], "没有“五月”这一轮"),
    ],
)
def test_a_register_or_a_round_one_of_the_two(
    db: list[str], words: list[str], said: str, capfd: Capture
) -> None:
    code, out, err = told(capfd, "sample", "draw", *words, "--seed", "甲", "--number", "1", *db)
    assert (code, out) == (2, "")
    assert said in err
