"""Streaks: the inference finds them, for a round's own honours and for those of the rounds below, as counting does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import judge
from scoring.finding import Fact, Infer, Mark, Ruleset
from scoring.infer import choose, reference
from scoring.infer.memo import Memo
from scoring.inspection import Unit
from scoring.judge.standing import CardLine, LowerScore
from scoring.judge.streak import streak, streak_anywhere
from tests import brute_round
from tests.round_support import EAST, line, scheme, standings
from tests.support import infer

rounds = st.lists(st.booleans(), max_size=24) | st.lists(st.just(True), max_size=24)
CHAIN = """
- {名称: 红旗, 条件: 得分 ≥ 90}
- {名称: 三连优, 连续: 优秀, 次数: 3}
- {名称: 标兵, 连续: 红旗, 次数: 2}
- {名称: 模范, 连续: 标兵, 次数: 2}
"""
NAMES = ["优秀", "红旗", "标兵", "模范", "良好"]
won_before = st.lists(st.lists(st.sampled_from(NAMES), unique=True).map(tuple), max_size=5)


@given(rounds, st.integers(2, 20))
def test_a_streak_is_what_counting_says(won: list[bool], times: int) -> None:
    told = [["旗"] if one else [] for one in won]
    assert streak(infer, won, times) == brute_round.streak(told, "旗", times, anywhere=False)
    assert streak_anywhere(infer, won, times) == brute_round.streak(told, "旗", times, anywhere=True)


@pytest.mark.parametrize("engine", [Memo(reference.infer), choose(None)[0]], ids=["reference", "chosen"])
def test_every_short_past_comes_to_the_same_by_either_reading(engine: Infer) -> None:
    for length in range(7):
        for number in range(2**length):
            won = [bool(number >> place & 1) for place in range(length)]
            told = [["旗"] if one else [] for one in won]
            for times in (2, 3, 4):
                for ask, anywhere in ((streak, False), (streak_anywhere, True)):
                    assert ask(engine, won, times) == brute_round.streak(told, "旗", times, anywhere=anywhere)


@given(won_before, st.sampled_from(["95", "85"]))
def test_streaks_of_grades_honours_and_streaks_go_up_to_this_round(
    before: list[tuple[str, ...]], score: str
) -> None:
    (one,) = standings(scheme(荣誉=CHAIN), [line(EAST, score)], earlier={(EAST.id, "T"): before})
    now = {one.grade or ""} | ({"红旗"} if score == "95" else set())
    for name, of, times in (("三连优", "优秀", 3), ("标兵", "红旗", 2), ("模范", "标兵", 2)):
        if brute_round.streak([*before, now], of, times, anywhere=False):
            now |= {name}
    assert set(one.won) == now


@given(won_before, st.integers(2, 4))
def test_a_streak_below_may_stand_anywhere(below: list[tuple[str, ...]], times: int) -> None:
    law = scheme(
        周期="年", 组成="[{轮次: 月, 占: 100%}]", 荣誉=f"[{{名称: 好, 连续: 红旗, 轮次: 月, 次数: {times}}}]"
    )
    lower = [
        LowerScore(EAST, "T", f"{month}月", "月", dt.date(2026, month, 28), Decimal(90), Decimal(90), won)
        for month, won in enumerate(below, start=1)
    ]
    for one in standings(law, [], lower=lower):
        assert ("好" in one.honours) == brute_round.streak(below, "红旗", times, anywhere=True)


class Counted:
    """The reference, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        self.asked += 1
        return reference.infer(ruleset, facts)


def test_a_thousand_units_with_alike_pasts_are_one_question() -> None:
    units = [Unit(f"{number:04d}", f"村{number}", "行政村") for number in range(1000)]
    cards = [
        CardLine(unit, "T", "日常", dt.date(2026, 6, 1), 1, (), Decimal(95), Decimal(95), Decimal(1))
        for unit in units
    ]
    counted = Counted()
    earlier = {(unit.id, "T"): [("红旗",)] * (2 + number % 3) for number, unit in enumerate(units)}
    law = scheme(荣誉="[{名称: 红旗, 条件: 得分 ≥ 90}, {名称: 标兵, 连续: 红旗, 次数: 3}]")
    found = judge.standings(law, cards, earlier=earlier, infer=Memo(counted))
    assert {one.honours for one in found} == {("红旗", "标兵")}
    assert counted.asked == 1
