"""The life of an order: every step from every state, what is refused, what is kept, and how far the orders have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.grammar.deadline import read_deadline
from scoring.history.ladder import MAX_LEVELS
from scoring.history.past import PastOrder
from scoring.rectify.lifecycle import (
    OPEN,
    TRANSITIONS,
    URGES,
    Act,
    Move,
    OrderState,
    State,
    issued,
    moved,
)
from scoring.rectify.past import past_order
from scoring.rectify.progress import progress
from scoring.store.codec import life_of, life_text
from tests.support import WeekdayCalendar

CALENDAR = WeekdayCalendar()
FOUND = dt.date(2026, 6, 1)


def order() -> OrderState:
    return issued(read_deadline("3天"), FOUND, None, "村主任", CALENDAR)


def move(act: Act, day: int, who: str = "王", **more: object) -> Move:
    needs: dict[Act, dict[str, object]] = {
        Act.EXTEND: {"until": dt.date(2026, 7, 30), "note": "下雨"}, Act.URGE: {"to": URGES[0]}, Act.REASSIGN: {"to": "赵"},
        Act.CANCEL: {"note": "查错了"}, Act.ESCALATE: {"to": "乡长", "level": 1},
    }  # fmt: skip
    return Move(act, dt.date(2026, 6, day), who, **{**needs.get(act, {}), **more})  # type: ignore[arg-type]


def walked(*moves: Move) -> OrderState:
    found = order()
    for one in moves:
        found = moved(found, one, CALENDAR)
    return found


def test_an_order_goes_from_issue_to_its_close() -> None:
    done = walked(move(Act.RECEIVE, 2), move(Act.REPLY, 4, "村主任"), move(Act.PASS, 5))
    assert (done.state, done.served_on, done.replied_on, done.closed_on) == (
        State.CLOSED, dt.date(2026, 6, 2), dt.date(2026, 6, 4), dt.date(2026, 6, 5),
    )  # fmt: skip


def test_the_time_runs_from_the_delivery_where_one_is_recorded() -> None:
    assert order().due_at == dt.datetime(2026, 6, 4, 17, 30)
    assert walked(move(Act.RECEIVE, 3)).due_at == dt.datetime(2026, 6, 6, 17, 30)


def test_an_extension_replaces_the_time_and_a_later_delivery_does_not_undo_it() -> None:
    found = walked(move(Act.EXTEND, 2), move(Act.RECEIVE, 3))
    assert found.due_at == dt.datetime(2026, 7, 30, 17, 30)


def test_a_failed_check_sends_it_back_and_is_counted() -> None:
    found = walked(
        move(Act.REPLY, 3, "村主任"), move(Act.FAIL, 4), move(Act.REPLY, 6, "村主任"), move(Act.FAIL, 7)
    )
    assert (found.state, found.redo, found.replied_on) == (State.RECEIVED, 2, None)


def test_each_way_of_urging_is_counted() -> None:
    found = walked(
        *(move(Act.URGE, day, to=how) for day, how in ((2, URGES[0]), (3, URGES[1]), (4, URGES[0])))
    )
    assert dict(found.urged) == {URGES[1]: 1, URGES[0]: 2}


def test_escalation_raises_the_level_and_moves_nothing_else() -> None:
    before = walked(move(Act.REPLY, 3, "村主任"))
    after = moved(before, move(Act.ESCALATE, 9, level=2), CALENDAR)
    assert after == replace(before, level=2, last_on=dt.date(2026, 6, 9))


@pytest.mark.parametrize(
    ("before", "wrong", "said"),
    [
        ([], move(Act.PASS, 2), "已交办的整改单不能复核合格"),
        ([move(Act.REPLY, 3, "王")], move(Act.PASS, 4, "王"), "核查人和整改人都是王"),
        ([move(Act.RECEIVE, 5)], move(Act.REPLY, 4), "早于上一步的 2026-06-05"),
        ([], move(Act.RECEIVE, 2, " "), "没写是谁"),
        ([], move(Act.EXTEND, 2, until=None), "没写延到哪天"),
        ([], move(Act.EXTEND, 2, until=dt.date(2026, 6, 3)), "不晚于原来的 2026-06-04"),
        ([], move(Act.EXTEND, 2, note=""), "延期没写理由"),
        ([], move(Act.CANCEL, 2, note=" "), "撤销没写理由"),
        ([], move(Act.URGE, 2, to="微信"), "没有“微信”这种催办"),
        ([], move(Act.REASSIGN, 2, to=""), "没写转给谁"),
        ([move(Act.CANCEL, 2)], move(Act.RECEIVE, 3), "已撤销的整改单不能签收"),
        ([move(Act.REPLY, 2), move(Act.PASS, 3, "李")], move(Act.ESCALATE, 4), "已销号的整改单不能提级督办"),
        ([], move(Act.ESCALATE, 4, to=" "), "没写提到谁"),
        ([], move(Act.ESCALATE, 4, level=0), "督办不能提到第0级"),
        ([], move(Act.ESCALATE, 4, level=10), "督办不能提到第10级"),
        ([move(Act.ESCALATE, 4, level=2)], move(Act.ESCALATE, 5, level=2), "不能提到第2级，已在第2级"),
        ([move(Act.ESCALATE, 4, level=2)], move(Act.ESCALATE, 5, level=1), "不能提到第1级，已在第2级"),
    ],
)
def test_what_may_not_be_is_refused_with_the_way_out(before: list[Move], wrong: Move, said: str) -> None:
    found = walked(*before)
    with pytest.raises(ScoringError, match=said) as caught:
        moved(found, wrong, CALENDAR)
    assert all(problem.hint for problem in caught.value.problems)


def walk(acts: list[Act]) -> Iterator[tuple[OrderState, Act, OrderState | None]]:
    """Yield each step of a walk: from where, what, and to where; None where it is refused."""
    found = order()
    for day, act in enumerate(acts, start=2):
        who = "核查员" if act in (Act.PASS, Act.FAIL) else "村主任"
        later = dt.date(2026, 7, 30) + dt.timedelta(days=day)
        own: dict[Act, dict[str, object]] = {
            Act.EXTEND: {"until": later},
            Act.ESCALATE: {"level": found.level + 1},
        }
        try:
            after = moved(found, move(act, day, who, **own.get(act, {})), CALENDAR)
        except ScoringError:
            yield found, act, None
        else:
            yield found, act, after
            found = after


walks = st.lists(st.sampled_from(Act), max_size=12)


@given(walks)
def test_every_walk_keeps_to_the_table(acts: list[Act]) -> None:
    for before, act, after in walk(acts):
        allowed = TRANSITIONS.get((before.state, act))
        if after is None:
            assert allowed is None or (act is Act.ESCALATE and before.level == MAX_LEVELS)
        else:
            assert after.state is allowed
            assert after.redo - before.redo == (act is Act.FAIL)
            assert after.level - before.level == (act is Act.ESCALATE)
            assert after.open == (after.state in OPEN)


@given(walks)
def test_what_is_kept_of_an_order_is_read_back(acts: list[Act]) -> None:
    for _, _, after in walk(acts):
        if after is not None:
            assert life_of(life_text(after)) == after


@given(walks, st.integers(0, 90))
def test_history_knows_an_order_as_it_stands(acts: list[Act], days: int) -> None:
    for _, _, after in walk(acts):
        past = None if after is None else past_order(after, ("T-02", "T-01"), "7号")
        if after is None or past is None:
            assert after is None or after.state is State.CANCELLED
            continue
        assert after.last_on is not None
        on = after.last_on + dt.timedelta(days=days)
        assert (past.late(on), past.open(on)) == (after.late(on), after.open)
        assert (past.level, past.redo, past.closed_on) == (after.level, after.redo, after.closed_on)


def test_history_is_told_when_an_order_was_found_due_reported_and_closed() -> None:
    done = walked(
        move(Act.ESCALATE, 2),
        *(move(Act.REPLY, 3, "村主任"), move(Act.FAIL, 4)),
        *(move(Act.REPLY, 6, "村主任"), move(Act.PASS, 7)),
    )
    assert past_order(done, ["T-02", "T-01"], "7号") == PastOrder(
        ("T-01", "T-02"), FOUND, dt.date(2026, 6, 4), dt.date(2026, 6, 6), dt.date(2026, 6, 7), 1, 1, "7号"
    )
    unfixed = past_order(issued(read_deadline("另定"), FOUND, None, "甲", CALENDAR), ["T-01"])
    assert unfixed == PastOrder(("T-01",), FOUND, None)
    assert past_order(walked(move(Act.CANCEL, 2)), ["T-01"]) is None


def test_done_in_time_stays_in_time_and_what_is_open_grows_late() -> None:
    done = walked(move(Act.REPLY, 4, "村主任"), move(Act.PASS, 20))
    assert done.late(dt.date(2026, 7, 30)) == 0
    assert order().late(dt.date(2026, 6, 4)) == 0
    assert order().late(dt.date(2026, 6, 10)) == 6
    assert walked(move(Act.CANCEL, 2)).late(dt.date(2026, 6, 30)) == 0
    assert issued(read_deadline("另定"), FOUND, None, "甲", CALENDAR).late(dt.date(2027, 1, 1)) == 0


def test_progress_counts_what_should_be_what_is_and_what_was_put_off() -> None:
    orders = [
        walked(move(Act.REPLY, 4, "村主任"), move(Act.PASS, 20)),
        walked(move(Act.REPLY, 9, "村主任"), move(Act.PASS, 20)),
        order(),
        walked(move(Act.EXTEND, 2)),
        walked(move(Act.CANCEL, 2)),
    ]
    found = progress(orders, dt.date(2026, 6, 21))
    assert (found.due, found.done, found.overdue, found.in_time, found.extended) == (4, 2, 1, 1, 1)
    assert found.rate == (1, 3)


@pytest.mark.parametrize("who", ["赵", "钱、赵", "赵 孙"])
def test_none_of_those_who_rectified_verifies_though_others_verify_too(who: str) -> None:
    with pytest.raises(ScoringError, match="核查人和整改人都是赵"):
        walked(move(Act.REPLY, 3, "赵、李"), move(Act.PASS, 4, who))
