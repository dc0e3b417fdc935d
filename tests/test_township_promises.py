"""What the township's standards promise: papers are worth little, counts cost nothing, unverified figures say so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.grammar.bands import read_band
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import read_standard, shipped
from scoring.rule.computed import Level
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from tests.support import scorer

STANDARDS = {one.id: one for one in shipped()}
LEVELS = {name: card for name, card in STANDARDS["BM"].computed.items() if isinstance(card, Level)}
MEETINGS = ("会议", "动员", "培训", "简报", "批示", "媒体", "人次")


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_a_better_level_of_pests_is_a_stricter_one(level: Level) -> None:
    bands = [read_band(words) for words in level.levels.values()]
    assert list(level.levels) == ["A级", "B级", "C级", "不达标"]
    for better, worse in pairwise(bands):
        assert (better.high == worse.low) != (better.low == worse.high), "各级首尾相接"
    lowest_first = [band.low is None for band in bands]
    assert lowest_first in ([True, False, False, False], [False, False, False, True])


def test_figures_of_pests_are_parameters_and_not_given_out_as_law() -> None:
    standard = STANDARDS["BM"]
    assert "没有对照国家标准原文核实" in standard.note
    said = [text for one in standard.clauses for text in (one.source_text, one.remedy.text, one.note)]
    assert not [text for text in said if "GB" in text or "国家标准" in text]


@pytest.mark.parametrize(("rooms", "seen"), [(3, 3), (30, 30), (31, 30), (400, 30)])
def test_small_places_are_seen_whole_and_large_ones_by_thirty_rooms(rooms: int, seen: int) -> None:
    standard = STANDARDS["BM"]
    results = []
    for number in (seen - 1, seen):
        sheet = {"房间总数": rooms, "查看间数": number, "鼠迹间数": 0}
        card = _card(standard, sheet, "商户")
        results.append({card.program.clause(one.clause).card.id: one.result.chinese for one in card.findings})
    assert [found["BM-06"] for found in results] == ["未查", "合格"]


@pytest.mark.parametrize("id", ["DC", "DS", "ZX"])
def test_what_is_only_counted_costs_nothing(id: str) -> None:
    standard = STANDARDS[id]
    assert not standard.scored
    program = compile(standard, standard.starts)
    assert {one.tariff.highest(Decimal(0)) for one in program.clauses} == {Decimal(0)}


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
def test_papers_are_worth_less_than_a_fifth_of_a_score(standard: Standard) -> None:
    program = compile(standard, standard.starts)
    full = {item.number: item.full for item in program.items}
    papers = [one.tariff.highest(full[one.item]) for one in program.clauses if one.card.paper]
    assert sum(papers) <= standard.full / 5


def test_nobody_loses_points_over_meetings_or_headcounts() -> None:
    for standard in STANDARDS.values():
        if standard.scored:
            asked = [name for name in standard.form if any(word in name for word in MEETINGS)]
            assert asked == [], standard.name


@given(st.integers(1, 60_000), st.integers(0, 250))
def test_a_township_with_more_people_or_fewer_cleaners_never_does_better(people: int, cleaners: int) -> None:
    sheets = [(people, cleaners), (people + 300, cleaners), (people + 300, max(cleaners - 1, 0))]
    scores = [_high(STANDARDS["SD"], {"人口": one, "保洁员人数": other}, "乡镇") for one, other in sheets]
    assert scores == sorted(scores, reverse=True)


def test_another_day_of_the_week_is_one_word_to_change() -> None:
    path = STANDARDS["DS"].path
    assert path is not None
    thursday = read_standard(path.read_text("utf-8").replace("定为: 周五", "定为: 周四"))
    sheet = {"应扫周数": 4, "已扫周数": 3}
    unit = Unit("1", "东岭村", "行政村")
    visit = Inspection(unit, thursday.starts, _answers(sheet), frozenset(thursday.form))
    (order,) = scorer(thursday).score([visit]).orders
    assert order.text == "每逢周四开展大扫除（应扫4周，扫了3周，开展率75%）"


def _card(standard: Standard, sheet: Mapping[str, int], kind: str) -> ScoreCard:
    visit = Inspection(Unit("1", "样板", kind), standard.starts, _answers(sheet), frozenset(standard.form))
    return next(scorer(standard).cards(visit))


def _high(standard: Standard, sheet: Mapping[str, int], kind: str) -> Decimal:
    high = _card(standard, sheet, kind).high
    assert high is not None
    return high


def _answers(sheet: Mapping[str, int]) -> Mapping[str, Answer]:
    return {name: Decimal(number) for name, number in sheet.items()}
