"""The sample draw: fair, repeatable by hand, and nobody twice before everybody once."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.draw.households import draw_households, keys_of
from scoring.analysis.draw.units import Quota, draw
from scoring.errors import ScoringError
from scoring.inspection import Unit
from scoring.report.draw import how_to_repeat

FIFTH = Quota(share=Decimal("0.2"))
VILLAGES = tuple(Unit(f"{n:02d}", f"村{n}", "行政村" if n < 13 else "自然村", "东片") for n in range(1, 31))


def test_a_fifth_of_each_stratum_rounded_up_and_one_at_least() -> None:
    drawn = draw(VILLAGES, "2026-06 双色球 0312", FIFTH)
    assert [(one.name, one.size, len(one.drawn)) for one in drawn.strata] == [
        ("自然村", 18, 4),
        ("行政村", 12, 3),
    ]
    assert Quota(share=Decimal("0.01")).of(3) == 1


def test_anyone_can_repeat_the_draw_with_nothing_but_sha256() -> None:
    seed = "2026-06"
    lot = sorted((hashlib.sha256(f"{seed}\n{n:02d}".encode()).hexdigest(), f"{n:02d}") for n in range(1, 13))
    drawn = draw(VILLAGES[:12], seed, Quota(number=5))
    assert [unit.id for unit in drawn.units] == [id for _, id in lot[:5]]
    assert [unit.id for unit in drawn.units] == ["06", "08", "09", "05", "02"]


def test_the_notice_prints_the_seed_and_how_to_repeat_it() -> None:
    told = dict(how_to_repeat(draw(VILLAGES, " 2026-06 ", FIFTH, ("类别", "片区"))))
    assert (told["抽签结果"], told["抽签种子"]) == ("第1次", "2026-06")
    assert told["名册"].startswith("30个单位（自然村、行政村），指纹 ")
    assert told["分层"] == "按类别、片区分层，每层20%（有零头的进一），至少1个"


@given(st.text("ab1", min_size=1, max_size=4), st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(seed: str, number: int, chance: random.Random) -> None:
    shuffled = chance.sample(VILLAGES, len(VILLAGES))
    assert draw(VILLAGES, seed, Quota(number=number)) == draw(shuffled, seed, Quota(number=number))


@given(st.integers(1, 12), st.integers(1, 9), st.integers(1, 20))
def test_everyone_is_drawn_before_anyone_comes_up_again(size: int, number: int, rounds: int) -> None:
    members = VILLAGES[:size]
    earlier: list[list[str]] = []
    times = dict.fromkeys((unit.id for unit in members), 0)
    for turn in range(rounds):
        drawn = [
            unit.id for unit in draw(members, f"第{turn}轮", Quota(number=number), earlier=earlier).units
        ]
        assert len(drawn) == len(set(drawn)) == min(number, size)
        for id in drawn:
            times[id] += 1
        assert max(times.values()) - min(times.values()) <= 1
        earlier.append(drawn)


def test_a_unit_that_joins_late_is_drawn_once_and_not_every_time() -> None:
    earlier = [[unit.id for unit in VILLAGES[:6]], [unit.id for unit in VILLAGES[:3]]]
    members = VILLAGES[:7]
    first = draw(members, "a", Quota(number=1), earlier=earlier)
    assert [unit.id for unit in first.units] == ["07"]
    second = draw(members, "b", Quota(number=1), earlier=[*earlier, ["07"]])
    assert [unit.id for unit in second.units] != ["07"]


def test_what_remains_and_a_new_turn_are_told() -> None:
    one = draw(VILLAGES[:3], "a", Quota(number=2))
    assert [(s.rest, s.again) for s in one.strata] == [(1, False)]
    two = draw(VILLAGES[:3], "b", Quota(number=2), earlier=[[u.id for u in one.units]])
    assert [(s.rest, s.again) for s in two.strata] == [(2, True)]
    assert dict(how_to_repeat(two))["从头"] == "行政村已抽过一遍，这次又从头抽起"
    none = draw(VILLAGES[:3], "a", Quota(number=0, least=0))
    assert [(s.rest, s.again) for s in none.strata] == [(3, False)]
    whole = draw(VILLAGES[:3], "a", Quota(number=3))
    assert [(s.rest, s.again) for s in whole.strata] == [(0, False)]


@pytest.mark.parametrize(
    ("seed", "quota", "by", "said"),
    [
        (" ", FIFTH, ("类别",), "没有抽签种子"),
        ("一\n二", FIFTH, ("类别",), "抽签种子不能用"),
        ("a", FIFTH, ("类型",), "名册没有“类型”这一栏"),
        ("a", Quota(share=Decimal("1.5")), ("类别",), "抽取数量写得不对"),
        ("a", Quota(share=Decimal("NaN")), ("类别",), "抽取数量写得不对"),
    ],
)
def test_what_cannot_be_drawn_is_said(seed: str, quota: Quota, by: tuple[str, ...], said: str) -> None:
    with pytest.raises(ScoringError, match=said):
        draw(VILLAGES, seed, quota, by)


def test_a_stratum_that_is_not_there_is_named() -> None:
    with pytest.raises(ScoringError, match=r"没有“行政衬”这一层.*是不是“行政村”"):
        draw(VILLAGES, "a", FIFTH, quotas={"行政衬": Quota(number=2)})
    own = draw(VILLAGES, "a", FIFTH, quotas={"行政村": Quota(number=9)})
    assert [len(one.drawn) for one in own.strata] == [4, 9]


def test_households_by_group_with_spares() -> None:
    unit = Unit("1", "东岭村", "行政村", details={"户数": "95户", "组数": "4"})
    drawn = draw_households([unit], "2026-06", groups=2, each=3).groups
    assert len({one.group for one in drawn}) == 2
    for one in drawn:
        assert 1 <= one.group <= 4
        numbers = (*one.households, *one.spare)
        assert len(numbers) == len(set(numbers)) == 6
        assert all(1 <= number <= 24 for number in numbers)


@given(st.integers(1, 6), st.integers(1, 12), st.integers(1, 4))
def test_no_household_and_no_group_comes_up_again_before_the_others(
    groups: int, size: int, each: int
) -> None:
    unit = Unit("1", "东岭村", "行政村", details={"户数": str(groups * size), "组数": str(groups)})
    earlier: list[frozenset[str]] = []
    seen: list[int] = []
    for turn in range(groups):
        (one,) = draw_households([unit], f"{turn}", 1, each, earlier).groups
        seen.append(one.group)
        earlier.append(keys_of(unit.id, one.group, one.households))
    assert sorted(seen) == list(range(1, groups + 1))


def test_a_village_without_households_is_named() -> None:
    with pytest.raises(ScoringError, match="石桥村: 名册里没有户数，抽不了户"):
        draw_households([Unit("2", "石桥村", "行政村")], "a", 1, 1)
    with pytest.raises(ScoringError, match="组数“若干”不对"):
        draw_households([Unit("2", "石桥村", "行政村", details={"户数": "9", "组数": "若干"})], "a", 1, 1)
