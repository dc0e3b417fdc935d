"""Orders in the store: issued once, stepped as the life of an order allows, seen by the ladder, on both databases."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.history.ladder import Level, Policy
from scoring.rectify.issued import Filter, IssuedOrder
from scoring.rectify.lifecycle import OPEN, URGES, Act, Move, OrderState, State, moved
from scoring.report.result import card as card_document
from scoring.store import Store, order_desk
from tests.store_support import AT, VILLAGES, day, issued, littered, opened, scheme, scored, seen, store
from tests.support import WeekdayCalendar

CALENDAR = WeekdayCalendar()


def take(found: Store, act: Act, on: int, who: str = "王", number: str = "六月-0001", **more: object) -> None:
    move = Move(act, day(on), who, **more)  # type: ignore[arg-type]
    found.orders.step([number], move, who="李", at=AT)


def every(found: Store, on: dt.date = dt.date(2026, 12, 31)) -> dict[str, IssuedOrder]:
    return {one.number: one for one in found.orders.find(on)}


def test_orders_are_issued_once_each_with_its_event(database: str) -> None:
    found = scored(database)
    before, _ = found.trail.head()
    made = found.orders.issue("六月", who="李", at=AT)
    assert [one.number for one in made.new] == [
        f"六月-{number:04d}" for number in range(1, len(made.new) + 1)
    ]
    events = found.trail.events()[before:]
    assert [event.kind for event in events] == ["交办"] * len(made.new) + ["再次发现"] * len(made.again)
    assert replace(every(found)["六月-0001"], again=()) == made.new[0]
    head = found.trail.head()
    again = found.orders.issue("六月", who="李", at=AT)
    assert (again.new, again.again, again.known) == ((), (), len(made.new) + len(made.again))
    assert found.trail.head() == head
    assert found.trail.verify()[1] is None
    found.close()


def test_an_order_goes_from_issue_to_its_close_and_every_step_is_told(database: str) -> None:
    found = issued(database, [littered(0, 3, "村口"), littered(0, 17, "村口")])
    take(found, Act.RECEIVE, 4)
    take(found, Act.EXTEND, 5, "乡长", until=day(20), note="下雨")
    take(found, Act.URGE, 6, to=URGES[0])
    take(found, Act.REASSIGN, 6, to="赵主任")
    take(found, Act.REPLY, 18, "赵主任", note="清了", evidence=("后.jpg",))
    take(found, Act.PASS, 19, "钱")
    one, steps = found.orders.history("六月-0001")
    assert (one.life.state, one.life.person, one.life.due_at) == (
        State.CLOSED, "赵主任", dt.datetime(2026, 6, 20, 17, 30),
    )  # fmt: skip
    assert [(each.act, each.on.day, each.by) for each in steps] == [
        ("交办", 3, "李"), ("签收", 4, "李"), ("延期", 5, "李"), ("催办", 6, "李"), ("转办", 6, "李"), ("再次发现", 17, "李"),
        ("整改", 18, "李"), ("复核合格", 19, "李"),
    ]  # fmt: skip
    assert [each[1] for each in one.again] == [day(17)]
    assert every(found, day(5))["六月-0001"].life.state is State.RECEIVED
    assert every(found, day(2)) == {}
    assert found.trail.verify()[1] is None
    found.close()


def test_a_corrected_sheet_withdraws_what_nobody_touched_and_keeps_the_rest(database: str) -> None:
    found = issued(database, [littered(0, 3), littered(1, 3), littered(2, 3)])
    take(found, Act.RECEIVE, 4, number="六月-0002")
    clean = [seen(VILLAGES[number], 3) for number in (0, 1)]
    found.rounds.take_in("六月", clean, [], who="李", at=AT, replace=True)
    found.rounds.score("六月", who="王", at=AT)
    made = found.orders.issue("六月", who="李", at=AT)
    assert ([one.number for one in made.gone], [one.number for one in made.kept], made.known) == (
        ["六月-0001"], ["六月-0002"], 1,
    )  # fmt: skip
    now = every(found)
    assert now["六月-0001"].moves[-1].note == "检查表改过，没有这个问题了"
    assert now["六月-0002"].life.state is State.RECEIVED
    back = [littered(0, 3)]
    found.rounds.take_in("六月", back, [], who="李", at=AT, replace=True)
    found.rounds.score("六月", who="王", at=AT)
    assert [one.number for one in found.orders.issue("六月", who="李", at=AT).new] == ["六月-0004"]
    found.close()


def test_an_open_order_of_an_earlier_round_is_found_again(database: str) -> None:
    found = issued(database, [littered(0, 3, "村口")])
    july = dt.date(2026, 7, 1), dt.date(2026, 7, 31)
    standards, units = found.rounds.law("六月")
    found.rounds.open("七月", july, scheme(), standards, units, who="李", at=AT)
    later = replace(littered(0, 3, "村口"), date=day(5, 7))
    found.rounds.take_in("七月", [later, replace(later, unit=VILLAGES[1])], [], who="李", at=AT)
    found.rounds.score("七月", who="李", at=AT)
    made = found.orders.issue("七月", who="李", at=AT)
    assert [one.number for one in made.new] == ["七月-0001"]
    assert [one.number for one in made.again] == ["六月-0001"]
    found.close()


def test_a_unit_that_cannot_be_scored_keeps_its_orders(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(1, 3)])
    wrong = littered(0, 3, 绿化率=Decimal(7))
    found.rounds.take_in("六月", [wrong], [], who="李", at=AT, replace=True)
    assert found.rounds.score("六月", who="王", at=AT).problems
    made = found.orders.issue("六月", who="李", at=AT)
    assert (made.gone, made.kept, made.known) == ((), (), 1)
    found.close()


def history_on_card(found: Store, on: int) -> dict[str, str]:
    """Return what history says of the visit on a day, by kind."""
    cards = found.rounds.score("六月", who="王", at=AT).assessment.cards
    (card,) = (one for one in cards if one.inspection.date == day(on) and one.program.standard.id == "WL")
    return {each["kind"]: each["text"] for each in card_document(card).get("history", ())}


def test_the_ladder_sees_a_late_order_at_the_next_visit_and_what_failed_its_check(database: str) -> None:
    found = issued(database, [littered(0, 3), littered(0, 17)])
    assert history_on_card(found, 3) == {}
    assert history_on_card(found, 17)["逾期"] == "逾期13天未销号（限 2026-06-04）"
    take(found, Act.REPLY, 4)
    assert "逾期" not in history_on_card(found, 17)
    take(found, Act.FAIL, 10, "钱")
    told = history_on_card(found, 17)
    assert told["复查不合格"] == "复查1次不合格"
    assert "逾期13天" in told["逾期"]
    take(found, Act.REPLY, 12)
    take(found, Act.PASS, 13, "钱")
    assert history_on_card(found, 17) == {"反弹": "反弹（2026-06-13 已销号）"}
    found.close()


def test_what_turns_out_to_be_found_after_the_close_gets_its_order_when_issued_again(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(0, 17)])
    assert [len(one.again) for one in every(found).values()] == [1]
    take(found, Act.REPLY, 4)
    take(found, Act.PASS, 5, "钱")
    assert every(found)["六月-0001"].again == ()
    assert [one.found_on for one in found.orders.issue("六月", who="李", at=AT).new] == [day(17)]
    assert found.orders.issue("六月", who="李", at=AT).known == 2
    found.close()


def test_a_finding_noted_again_hides_no_step_that_is_recorded_later(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(0, 17), littered(0, 20)])
    take(found, Act.REPLY, 4)
    take(found, Act.PASS, 18, "钱")
    assert history_on_card(found, 20) == {"反弹": "反弹（2026-06-18 已销号）"}
    found.close()


def test_orders_are_picked_by_what_they_are(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(1, 3), littered(2, 28)])
    take(found, Act.RECEIVE, 4, number="六月-0002")
    on = day(28)

    def picked(**asked: object) -> list[str]:
        return [one.number[-1] for one in found.orders.find(on, Filter(**asked))]  # type: ignore[arg-type]

    assert picked() == ["1", "2", "3"]
    assert picked(unit="村1") == picked(unit="01") == ["1"]
    assert picked(state="已签收") == ["2"]
    assert picked(late=True) == ["1", "2"]
    assert picked(responsible="村3村委会") == ["3"]
    assert picked(round="六月", open=True) == ["1", "2", "3"]
    with pytest.raises(ScoringError, match="没有“村11”的整改单") as caught:
        picked(unit="村11")
    assert "是不是“村1”" in caught.value.problems[0].hint
    found.close()


def test_progress_counts_by_group_and_how_often_each_was_urged(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(1, 3)])
    take(found, Act.URGE, 4, to=URGES[0])
    take(found, Act.REPLY, 4)
    take(found, Act.PASS, 5, "钱")
    first, second = found.orders.progress(day(20), "单位")
    assert (first.name, first.progress.done, first.progress.rate, dict(first.urged)) == (
        "村1", 1, (1, 1), {"电话督导": 1, "现场督查": 0, "到村督导": 0},
    )  # fmt: skip
    assert (second.name, second.progress.overdue) == ("村2", 1)
    (all_,) = found.orders.progress(day(20))
    assert (all_.progress.due, all_.progress.done) == (2, 1)
    assert [one.name for one in found.orders.progress(day(20), "包村领导")] == [""]
    found.close()


def test_late_orders_go_to_whom_the_scheme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = Policy(levels=(Level("【被检单位】支书", late=3), Level("乡长", late=10)))
    monkeypatch.setattr(order_desk, "policy", lambda *_: levels)
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(1, 10)])
    due = found.orders.supervise("六月", day(15))
    assert [(one.order.number, one.level, one.to) for one in due] == [
        ("六月-0001", 2, "乡长"),
        ("六月-0002", 1, "村2支书"),
    ]
    (after,) = found.orders.escalate(["六月-0002"], day(15), who="李", at=AT)
    assert (after.life.level, after.moves[-1].to) == (1, "村2支书")
    assert [one.order.number for one in found.orders.supervise("六月", day(15))] == ["六月-0001"]
    with pytest.raises(ScoringError, match="六月-0002: 按考核办法，2026-06-16 还不到提级督办"):
        found.orders.escalate(["六月-0001", "六月-0002"], day(16), who="李", at=AT)
    assert every(found)["六月-0001"].life.level == 0
    (after,) = found.orders.escalate(["六月-0001"], day(16), to="乡长", who="李", at=AT)
    assert after.life.level == 2
    found.close()


def test_several_orders_take_a_step_together_or_none_does(database: str) -> None:
    found = issued(database, [littered(0, 3), littered(1, 3)])
    take(found, Act.REPLY, 4, number="六月-0002")
    head = found.trail.head()
    with pytest.raises(ScoringError, match="六月-0002: 已整改的整改单不能签收"):
        found.orders.step(["六月-0001", "六月-0002"], Move(Act.RECEIVE, day(5), "王"), who="李", at=AT)
    with pytest.raises(ScoringError, match="没有编号“六月-0009”的整改单"):
        found.orders.step(["六月-0001", "六月-0009"], Move(Act.RECEIVE, day(5), "王"), who="李", at=AT)
    assert found.trail.head() == head
    assert every(found)["六月-0001"].life.state is State.ISSUED
    found.close()


def test_an_unscored_round_and_a_day_before_the_visits_are_refused(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match="“六月”还没有评分"):
        found.orders.issue("六月", who="李", at=AT)
    found.rounds.take_in("六月", [littered(0, 17)], [], who="李", at=AT)
    found.rounds.score("六月", who="李", at=AT)
    with pytest.raises(ScoringError, match="不能在 2026-06-10 交办"):
        found.orders.issue("六月", on=day(10), who="李", at=AT)
    assert found.orders.issue("六月", on=day(20), who="李", at=AT).new[0].life.last_on == day(20)
    assert every(found, day(19)) == {}
    found.close()


acts = st.sampled_from([(act, days) for act in Act for days in (0, 1, 4, -1)])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Orders that every example goes on with where the one before left them."""
    return issued(tmp_path_factory.mktemp("orders") / "考核.db")


def _move(act: Act, life: OrderState, days: int) -> Move:
    on = (life.last_on or life.found_on) + dt.timedelta(days)
    who = "核查员" if act in (Act.PASS, Act.FAIL) else "村主任"
    later = on + dt.timedelta(60)
    to = URGES[0] if act is Act.URGE else "乡长"
    return Move(act, on, who, "理由", later if act is Act.EXTEND else None, to, life.level + 1, ("1.jpg",))


@given(steps=st.lists(acts, max_size=8), which=st.integers(0, 10**6))
@settings(max_examples=25)
def test_any_steps_through_the_store_come_to_what_the_life_of_an_order_says(
    shared: Store, steps: list[tuple[Act, int]], which: int
) -> None:
    standing = [one for one in every(shared, dt.date(2099, 1, 1)).values() if one.life.state in OPEN]
    one = standing[which % len(standing)]
    expected, taken = one.life, list(one.moves)
    for act, days in steps:
        move = _move(act, expected, days)
        try:
            expected = moved(expected, move, CALENDAR)
        except ScoringError as refused:
            with pytest.raises(ScoringError) as caught:
                shared.orders.step([one.number], move, who="李", at=AT)
            assert [each.message for each in caught.value.problems] == [
                each.message for each in refused.problems
            ]
        else:
            taken.append(move)
            shared.orders.step([one.number], move, who="李", at=AT)
    now, _ = shared.orders.history(one.number)
    assert (now.life, list(now.moves)) == (expected, taken)
    for on in {move.on for move in taken}:
        so_far = [move for move in taken if move.on <= on]
        assert list(every(shared, on)[one.number].moves) == so_far
    assert shared.trail.verify()[1] is None


def _stepper(path: str, number: int) -> None:
    found = store(path)
    for each in range(1, 11):
        take(found, Act.URGE, each + 2, f"人{number}", f"六月-{number + 1:04d}", to=URGES[number % 3])
    found.close()


def test_eight_processes_stepping_orders_at_once_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "考核.db")
    found = issued(path, [littered(number, 3) for number in range(8)])
    before, _ = found.trail.head()
    context = multiprocessing.get_context("spawn")
    steppers = [context.Process(target=_stepper, args=(path, number)) for number in range(8)]
    for one in steppers:
        one.start()
    for one in steppers:
        one.join(120)
        assert one.exitcode == 0
    assert [sum(one.life.urged.values()) for one in every(found).values()] == [10] * 8
    assert found.trail.verify() == (before + 80, None)
    found.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE step SET life=replace(life, '\"redo\":0', '\"redo\":2') WHERE act='签收'",
        "UPDATE step SET body=replace(body, '2026-06-04', '2026-06-01') WHERE act='签收'",
        "DELETE FROM step WHERE act='签收'",
        "UPDATE order_ SET body=replace(body, '\"WL-01\"', '\"WL-02\"')",
        "UPDATE order_ SET life=replace(life, '\"redo\":0', '\"redo\":2')",
        "UPDATE order_ SET state='已销号'",
        "UPDATE step SET order_=2 WHERE act='签收'",
    ],
)
def test_an_order_changed_past_the_program_is_caught(tmp_path: Path, change: str) -> None:
    path = tmp_path / "考核.db"
    found = issued(path, [littered(0, 3), littered(1, 3)])
    take(found, Act.RECEIVE, 4)
    assert found.trail.verify()[1] is None
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    broken = found.trail.verify()[1]
    assert broken is not None
    assert "整改单 六月-000" in broken.message
    found.close()


def test_a_closed_round_comes_out_as_it_was_whatever_becomes_of_its_orders(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3), littered(0, 17)])
    sha = found.rounds.score("六月", who="王", at=AT).sha256
    found.rounds.close("六月", who="王", at=AT)
    take(found, Act.REPLY, 4)
    take(found, Act.PASS, 5, "钱")
    assert found.orders.issue("六月", who="李", at=AT).gone == ()
    assert found.rounds.judged("六月").sha256 == sha
    assert found.trail.verify()[1] is None
    found.close()


def test_what_a_row_of_an_order_holds_is_what_history_reads(tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    issued(path, [littered(0, 3, "村口")]).close()
    with sqlite3.connect(path) as connection:
        ((body,),) = connection.execute("SELECT body FROM order_").fetchall()
    connection.close()
    read = json.loads(body)
    assert (read["found_on"], read["clauses"], read["places"]) == ("2026-06-03", ["WL-01"], ["村口"])
