"""What a scoring makes of the orders there are: every problem has one place, whatever the order, and only once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.grammar.deadline import read_deadline
from scoring.inspection import Inspection, Occurrence, Unit
from scoring.rectify.issued import WITHDRAWN, IssuedOrder
from scoring.rectify.lifecycle import URGES, Act, Move, State, moved
from scoring.rectify.orders import Order
from scoring.rectify.reconcile import Issue, Plan, plan
from tests.support import WeekdayCalendar

CALENDAR = WeekdayCalendar()
UNITS = Unit("1", "东岭村", "行政村"), Unit("2", "西坡村", "行政村")
THREE_DAYS = read_deadline("3天")


def day(number: int) -> dt.date:
    return dt.date(2026, 6, number)


def found(
    on: int, *places: str, unit: Unit = UNITS[0], subject: str = "垃圾乱倒处数", text: str = "清运"
) -> Order:
    seen = Inspection(unit, day(on), {}, inspectors=("李",))
    return Order(
        unit,
        seen,
        subject,
        places,
        ("WL-01",),
        "垃圾乱倒",
        text,
        THREE_DAYS,
        None,
        "村委会",
        "保洁员",
        "一般",
    )


def made(problems: Sequence[Order], known: Sequence[IssuedOrder] = (), **more: object) -> Plan:
    issue = Issue("六月", len(known) + 1, more.pop("on", None), CALENDAR)  # type: ignore[arg-type]
    return plan(problems, known, issue, **more)  # type: ignore[arg-type]


def carried_out(known: Sequence[IssuedOrder], one: Plan) -> list[IssuedOrder]:
    """Return the orders after a plan, as a store keeps them."""
    after = {each.number: each for each in (*known, *one.new)}
    for each in one.gone:
        after[each.number] = stepped(each, Move(Act.CANCEL, each.life.last_on or day(1), "李", WITHDRAWN))
    for again in one.again:
        order = after[again.number]
        after[again.number] = replace(order, again=(*order.again, again.found.inspection.visit))
    return list(after.values())


def stepped(one: IssuedOrder, move: Move) -> IssuedOrder:
    return replace(one, life=moved(one.life, move, CALENDAR), moves=(*one.moves, move))


def closed(one: IssuedOrder, on: int) -> IssuedOrder:
    return stepped(stepped(one, Move(Act.REPLY, day(on), "王")), Move(Act.PASS, day(on), "赵"))


def test_every_problem_gets_an_order_numbered_by_day_and_unit() -> None:
    one = made([found(9), found(3, unit=UNITS[1]), found(3, subject="柴草"), found(3)])
    assert [(each.number, each.unit.id, each.found_on.day, each.subject) for each in one.new] == [
        ("六月-0001", "1", 3, "垃圾乱倒处数"),
        ("六月-0002", "1", 3, "柴草"),
        ("六月-0003", "2", 3, "垃圾乱倒处数"),
    ]
    assert [(each.number, each.found.inspection.date.day) for each in one.again] == [("六月-0001", 9)]


def test_an_open_order_is_found_again_and_a_closed_one_is_not() -> None:
    (old,) = made([found(3, "村口")]).new
    for known in (old, closed(old, 12)):
        again = made([found(9, "村口")], [known], unscored={"1"})
        assert (again.new, [each.number for each in again.again]) == ((), ["六月-0001"])
    for known in (closed(old, 8), closed(old, 9)):
        assert [each.see for each in made([found(9, "村口")], [known], unscored={"1"}).new] == [()]


@pytest.mark.parametrize(
    ("old", "now", "new", "again"),
    [
        (["村口"], ["村口"], 0, 1),
        (["村口", "河边"], ["河边"], 0, 1),
        ([], ["河边"], 0, 1),
        ([], [], 0, 1),
        (["村口"], ["河边"], 1, 0),
        (["村口"], ["村口", "河边"], 1, 1),
        (["村口"], [], 1, 0),
    ],
)
def test_the_same_place_is_the_same_trouble_and_a_new_place_is_not_lost(
    old: list[str], now: list[str], new: int, again: int
) -> None:
    one = made([found(3, *old), found(9, *now)])
    assert (len(one.new) - 1, len(one.again)) == (new, again)
    if new and again:
        assert one.new[1].see == ("六月-0001",)
        assert one.again[0].other == "六月-0002"


def test_what_the_sheet_no_longer_says_is_withdrawn_where_nobody_touched_it_else_kept() -> None:
    first, second = made([found(3, "村口"), found(3, "村口", subject="柴草")]).new
    touched = stepped(second, Move(Act.URGE, day(4), "李", to=URGES[0]))
    one = made([], [first, touched])
    assert ([each.number for each in one.gone], [each.number for each in one.kept]) == (
        ["六月-0001"],
        ["六月-0002"],
    )
    assert made([], [first, touched], unscored={"1"}) == Plan((), (), 0, (), ())


def test_an_order_that_reads_otherwise_now_is_made_anew_and_what_it_covered_is_settled_again() -> None:
    known = carried_out([], made([found(3, "村口"), found(9, "村口")]))
    one = made([found(3, "河边"), found(9, "村口")], known)
    assert [each.number for each in one.gone] == ["六月-0001"]
    assert [(each.number, each.places) for each in one.new] == [
        ("六月-0002", ("河边",)),
        ("六月-0003", ("村口",)),
    ]
    changed = made([found(3, "村口", text="清理干净")], [known[0]])
    assert (len(changed.gone), [each.text for each in changed.new]) == (1, ["清理干净"])


def test_what_somebody_cancelled_stays_cancelled_and_what_the_sheet_withdrew_may_come_back() -> None:
    (old,) = made([found(3)]).new
    assert made([found(3)], [stepped(old, Move(Act.CANCEL, day(4), "李", "查错了"))]).known == 1
    gone = stepped(old, Move(Act.CANCEL, day(3), "李", WITHDRAWN))
    assert [each.number for each in made([found(3)], [gone]).new] == ["六月-0002"]


def test_the_photos_of_its_own_field_stay_with_an_order() -> None:
    one = found(3)
    seen = replace(
        one.inspection,
        occurrences=(Occurrence(one.subject, photo="1.jpg"), Occurrence("柴草", photo="2.jpg")),
    )
    assert made([replace(one, inspection=seen)]).new[0].photos == ("1.jpg",)


def test_nothing_is_issued_before_it_was_found() -> None:
    with pytest.raises(ScoringError, match="有1件是 2026-06-05 以后查到的") as caught:
        made([found(3), found(9, unit=UNITS[1])], on=day(5))
    assert "2026-06-09" in caught.value.problems[0].hint
    assert [each.life.last_on for each in made([found(3)], on=day(5)).new] == [day(5)]


problems = st.lists(
    st.builds(
        lambda unit, on, subject, places: found(on, *sorted(places), unit=unit, subject=subject),
        st.sampled_from(UNITS),
        st.integers(1, 6),
        st.sampled_from(["垃圾", "柴草"]),
        st.sets(st.sampled_from("甲乙丙"), max_size=2),
    ),
    max_size=12,
    unique_by=lambda one: (one.unit.id, one.inspection.date, one.subject),
)


@given(problems, problems, st.randoms())
def test_issuing_twice_changes_nothing_and_the_order_of_problems_no_matter(
    before: list[Order], now: list[Order], chance: object
) -> None:
    known = carried_out([], made(before))
    one = made(now, known)
    shuffled = list(now)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert made(shuffled, known) == one
    after = carried_out(known, one)
    assert made(now, after) == Plan((), (), len(now), (), one.kept)


@given(problems, problems)
def test_no_problem_is_lost_and_no_open_order_rests_on_nothing(before: list[Order], now: list[Order]) -> None:
    known = carried_out([], made(before))
    after = [each for each in carried_out(known, made(now, known)) if each.life.state is not State.CANCELLED]
    for problem in now:
        own = [
            each
            for each in after
            if each.same_as == (problem.inspection.visit, problem.subject, problem.places)
        ]
        noted = [each for each in after if problem.inspection.visit in each.again and each.covers(problem)]
        named = {place for each in noted for place in each.places}
        assert own or any(not each.places for each in noted) or set(problem.places) <= named
    assert {each.same_as for each in after} <= {
        (each.inspection.visit, each.subject, each.places) for each in now
    }
