"""A round judged: each rule of the scheme as a sentence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from scoring.errors import ScoringError
from scoring.inspection import NotChecked, Unit
from scoring.judge import card_line, lower_score
from scoring.judge.standing import ExtraPoints, LowerScore, PartScore, Prize
from tests.round_support import EAST, NORTH, SHOP, SOUTH, WEST, by_name, judged, line, scheme, standings
from tests.support import VILLAGE, clause, scorer, standard, visit

SOURCES = "{日常: {占: 70%}, 月末集中: {占: 30%}, 暗访: {并入: 日常}, 市检: 只通报}"


def below(
    unit: Unit, name: str, score: str, *won: str, standard: str = "T", period: str = "季"
) -> LowerScore:
    low, _, high = score.partition("～")
    number = int("".join(filter(str.isdigit, name)) or 1)
    ends = Decimal(low) if low else None
    top = Decimal(high or low) if low else None
    return LowerScore(unit, standard, name, period, dt.date(2026, number, 28), ends, top, won)


def extra(unit: Unit, points: str, standard: str = "", reason: str = "理由") -> ExtraPoints:
    return ExtraPoints(unit.id, standard, Decimal(points), reason, "李建国")


# Visits and sources


def test_visits_of_a_source_are_averaged_and_rounded_half_up_once() -> None:
    (one,) = standings(scheme(), [line(EAST, "90.01"), line(EAST, "90.02", day=2)])
    assert str(one.score) == "90.02"


def test_the_lowest_visit_counts_where_the_scheme_says_so() -> None:
    found = judged(scheme(同源几次="最低"), line(EAST, "90"), line(EAST, "85～99", day=2))
    assert (found["东岭村"].low, found["东岭村"].high) == (Decimal(85), Decimal(90))


def test_the_latest_visit_counts_and_two_of_one_time_are_averaged() -> None:
    law = scheme(同源几次="最近")
    assert judged(law, line(EAST, "90", day=9), line(EAST, "60", day=3))["东岭村"].score == 90
    pairs = [line(EAST, "90", day=9, inspectors=("甲",)), line(EAST, "80", day=9, inspectors=("乙",))]
    assert judged(law, *pairs, line(EAST, "10", day=8))["东岭村"].score == 85
    assert judged(law, *pairs, line(EAST, "70", day=9, number=2))["东岭村"].score == 70


def test_a_visit_at_which_nothing_was_checked_is_made_and_not_averaged() -> None:
    found = judged(scheme(), line(EAST, "90"), line(EAST, "0～100", day=2, coverage="0"))
    (part,) = found["东岭村"].parts
    assert (found["东岭村"].score, part.count, part.made) == (90, 1, 2)
    assert found["东岭村"].coverage == 1


def test_a_merged_source_is_pooled_with_its_target() -> None:
    law = scheme(来源=SOURCES)
    lines = [line(EAST, "90"), line(EAST, "60", "暗访"), line(EAST, "100", "月末集中")]
    assert judged(law, *lines)["东岭村"].score == Decimal("82.5")


def test_the_parts_of_a_total_can_be_added_up_by_hand() -> None:
    law = scheme(来源=SOURCES)
    lines = [line(EAST, "86", day=2), line(EAST, "90.5", "暗访", 9), line(EAST, "92", "月末集中", 28)]
    one = judged(law, *lines)["东岭村"]
    day, spied, end = (PartScore(f"2026-06-{text}", Decimal(score), Decimal(score)) for text, score in
                       [("02", "86"), ("09暗访", "90.5"), ("28", "92")])  # fmt: skip
    mean = Decimal("88.25")
    assert one.parts == (
        PartScore("日常", mean, mean, Decimal("0.7"), "平均", 2, 2, (day, spied)),
        PartScore("月末集中", Decimal("92.00"), Decimal("92.00"), Decimal("0.3"), "平均", 1, 1, (end,)),
    )
    assert str(one.score) == "89.38"


def test_a_missing_source_is_made_up_by_the_shares_of_the_others() -> None:
    law = scheme(来源="{日常: {占: 50%}, 月末集中: {占: 30%}, 回头看: {占: 20%}}")
    assert judged(law, line(EAST, "90"), line(EAST, "80", "月末集中"))["东岭村"].score == Decimal("86.25")


def test_a_missing_source_leaves_a_unit_without_score_where_the_scheme_says_so() -> None:
    law = scheme(来源=SOURCES, 缺来源="不排名")
    one = judged(law, line(EAST, "90"))["东岭村"]
    assert (one.low, one.grade, one.rank, one.unranked) == (None, None, None, "缺月末集中")
    one = judged(law, line(EAST, "90"), line(EAST, "0～100", "月末集中", coverage="0"))["东岭村"]
    assert one.unranked == "月末集中1次都没查到"


def test_a_unit_only_reported_is_shown_without_a_rank() -> None:
    one = judged(scheme(来源=SOURCES), line(EAST, "90", "市检"))["东岭村"]
    assert (one.score, one.rank, one.unranked) == (None, None, "只有通报的检查，不计分")
    assert [(part.name, part.low) for part in one.reported] == [("市检", 90)]


def test_a_scheme_without_sources_takes_every_visit_alike() -> None:
    assert judged(scheme(), line(EAST, "90", "市检"), line(EAST, "80", "随便"))["东岭村"].score == 85


def test_scores_are_published_with_the_places_the_scheme_keeps() -> None:
    lines = [line(EAST, "90.25"), line(EAST, "90.26", day=2)]
    found = [str(judged(scheme(保留=places), *lines)["东岭村"].score) for places in "0134"]
    assert found == ["90", "90.3", "90.255", "90.2550"]


# Several standards


def test_standards_with_shares_are_added_up_over_those_that_apply() -> None:
    law = scheme(
        标准="[{标准: T, 占: 60%, 适用: [行政村]}, {标准: U, 占: 40%, 适用: [行政村]}, {标准: U, 占: 100%, 适用: [商户]}]"
    )
    lines = [line(EAST, "90"), line(EAST, "80", standard="U"), line(SHOP, "70", standard="U")]
    found = judged(law, *lines)
    assert (found["东岭村"].standard, found["东岭村"].score) == ("", 86)
    assert [(part.name, part.share) for part in found["东岭村"].parts] == [
        ("T", Decimal("0.6")),
        ("U", Decimal("0.4")),
    ]
    assert found["利民商店"].score == 70


def test_a_standard_not_looked_at_is_made_up_or_leaves_the_unit_without_score() -> None:
    text = "[{标准: T, 占: 60%}, {标准: U, 占: 40%}]"
    assert judged(scheme(标准=text), line(EAST, "90"))["东岭村"].score == 90
    one = judged(scheme(标准=text, 缺来源="不排名"), line(EAST, "90"))["东岭村"]
    assert (one.low, one.unranked) == (None, "U里缺检查")


def test_standards_without_shares_are_ranked_each_by_itself_in_the_order_of_the_scheme() -> None:
    law = scheme(标准="[{标准: U}, {标准: T}]")
    lines = [line(EAST, "90"), line(WEST, "95"), line(EAST, "70", standard="U")]
    found = [(one.standard, one.unit.name, one.rank) for one in standings(law, lines)]
    assert found == [("U", "东岭村", 1), ("T", "西坡村", 1), ("T", "东岭村", 2)]


@pytest.mark.parametrize(("kinds", "first"), [("行政村, 商户", "东岭村"), ("商户, 行政村", "利民商店")])
def test_groups_stand_in_the_order_in_which_the_scheme_lists_their_kinds(kinds: str, first: str) -> None:
    law = scheme(标准=f"[{{标准: T, 适用: [{kinds}]}}]", 分组="[类别]")
    assert standings(law, [line(EAST, "60"), line(SHOP, "60")])[0].unit.name == first


def test_a_visit_under_a_standard_that_is_not_for_the_unit_is_shown_only() -> None:
    law = scheme(标准="[{标准: T, 适用: [行政村]}]")
    one = judged(law, line(SHOP, "90"))["利民商店"]
    assert (one.score, one.unranked, one.reported[0].name) == (None, "T不考核商户", "T 日常")


# Rounds of a period

YEAR = {"周期": "年", "组成": "[{轮次: 季, 占: 70%}, {本轮: 年底, 占: 30%}]"}


def test_a_year_is_the_mean_of_its_quarters_and_the_year_end_weighed() -> None:
    quarters = [below(EAST, f"第{n}季度", score) for n, score in enumerate(("90", "92", "91", "94"), start=1)]
    (one,) = standings(scheme(**YEAR), [line(EAST, "88")], lower=quarters)
    assert str(one.score) == "90.63"
    assert [(part.name, part.low, part.count) for part in one.parts] == [
        ("季", Decimal("91.75"), 4),
        ("年底", Decimal("88.00"), 1),
    ]


def test_a_quarter_without_score_is_left_out_of_the_mean_or_leaves_the_year_open() -> None:
    quarters = [below(EAST, "第1季度", "90"), below(EAST, "第2季度", ""), below(WEST, "第2季度", "80")]
    found = by_name(standings(scheme(**YEAR), [line(EAST, "90")], lower=quarters))
    assert (found["东岭村"].score, found["东岭村"].parts[0].made) == (90, 2)
    assert found["西坡村"].score == 80
    found = by_name(standings(scheme(**YEAR, 缺来源="不排名"), [line(EAST, "90")], lower=quarters))
    assert found["东岭村"].unranked == "季缺1轮的得分"
    assert found["西坡村"].unranked == "季缺1轮的得分、年底里缺检查"


def test_rounds_below_are_taken_by_name_before_they_are_taken_by_period() -> None:
    law = scheme(周期="年", 组成="[{轮次: 季, 占: 70%}, {轮次: 百日攻坚, 占: 30%}]")
    scores = [below(EAST, "第1季度", "90"), below(EAST, "百日攻坚", "70")]
    assert by_name(standings(law, [], lower=scores))["东岭村"].score == 84


def test_a_scheme_says_which_rounds_below_it_takes() -> None:
    law = scheme(周期="年", 组成="[{轮次: 季, 占: 70%}, {轮次: 百日攻坚, 占: 20%}, {本轮: 年底, 占: 10%}]")
    asked = [("第1季度", "季"), ("百日攻坚", "单次"), ("6月", "月"), ("年底", "单次")]
    assert [law.takes(*one) for one in asked] == [True, True, False, False]
    assert not scheme().takes("5月", "月")


def test_the_lowest_or_the_latest_round_counts_where_the_scheme_says_so() -> None:
    scores = [below(EAST, "第1季度", "90"), below(EAST, "第2季度", "70"), below(EAST, "第3季度", "80")]
    found = []
    for how in ("最低", "最近"):
        law = scheme(周期="年", 组成=f"[{{轮次: 季, 合成: {how}, 占: 100%}}]")
        found.append(by_name(standings(law, [], lower=scores))["东岭村"].score)
    assert found == [70, 80]


def test_visits_in_a_round_made_of_others_alone_are_shown_only() -> None:
    law = scheme(周期="年", 组成="[{轮次: 季, 占: 100%}]")
    (one,) = standings(law, [line(EAST, "10")], lower=[below(EAST, "第1季度", "90")])
    assert (one.score, one.reported[0].low, one.coverage) == (90, 10, None)


# Extra points


def test_extra_points_are_held_to_the_limits_each_way() -> None:
    law = scheme(附加="{最高加: 5, 最高扣: 10}")
    extras = [extra(EAST, "4"), extra(EAST, "3"), extra(EAST, "-2"), extra(WEST, "-15")]
    found = by_name(standings(law, [line(EAST, "80～85"), line(WEST, "60")], extras))
    assert (found["东岭村"].extra, found["东岭村"].low, found["东岭村"].high) == (3, 83, 88)
    assert (found["西坡村"].extra, found["西坡村"].score) == (-10, 50)


def test_extra_points_take_no_score_below_nought() -> None:
    law = scheme(附加="{最高扣: 10}")
    (one,) = standings(law, [line(EAST, "3～20")], [extra(EAST, "-9")])
    assert (one.low, one.high) == (0, 11)


def test_extra_points_for_one_standard_stay_with_it() -> None:
    law = scheme(标准="[{标准: T}, {标准: U}]", 附加="{最高加: 5}")
    extras = [extra(EAST, "2", "U"), extra(EAST, "1")]
    found = standings(law, [line(EAST, "80"), line(EAST, "80", standard="U")], extras)
    assert [(one.standard, one.score) for one in found] == [("T", 81), ("U", 83)]


# Grades and vetoes


def test_a_certain_veto_decides_the_grade_and_leaves_score_and_rank() -> None:
    found = judged(scheme(), line(EAST, "95"), line(EAST, "95", day=2, veto="certain"), line(WEST, "90"))
    assert (found["东岭村"].grade, found["东岭村"].rank, found["东岭村"].veto) == ("不合格", 1, "certain")


def test_a_possible_veto_leaves_the_grade_open() -> None:
    assert judged(scheme(), line(EAST, "95", veto="possible"))["东岭村"].grade is None
    assert judged(scheme(), line(EAST, "50", veto="possible"))["东岭村"].grade == "不合格"


def test_a_veto_grade_that_the_scheme_does_not_know_is_its_lowest() -> None:
    one = judged(scheme(), line(EAST, "95", veto="certain", veto_grade="不达标"))["东岭村"]
    assert one.grade == "不合格"


def test_no_grade_at_all_goes_before_any_other_veto() -> None:
    lines = [
        line(EAST, "95", veto="certain", veto_grade="不予评定等级"),
        line(EAST, "9", day=2, veto="certain"),
    ]
    assert judged(scheme(), *lines)["东岭村"].grade == "不予评定等级"


def test_a_veto_at_a_visit_only_reported_decides_nothing() -> None:
    found = judged(scheme(来源=SOURCES), line(EAST, "95"), line(EAST, "9", "市检", veto="certain"))
    assert (found["东岭村"].grade, found["东岭村"].veto) == ("优秀", "")


def test_a_veto_without_any_score_still_decides_the_grade() -> None:
    one = judged(scheme(), line(EAST, "0～100", coverage="0", veto="certain"))["东岭村"]
    assert (one.low, one.grade, one.rank) == (None, "不合格", None)


def test_grades_written_as_bands_mean_the_same_as_floors() -> None:
    law = scheme(等次="{优秀: ≥90, 合格: 60～90（不含90）, 不合格: <60}", 保留="1")
    scores = {"89.94": "合格", "89.95": "优秀", "59.94": "不合格", "60": "合格"}
    for score, grade in scores.items():
        assert judged(law, line(EAST, score))["东岭村"].grade == grade


# Ranks


def _ranks(**more: str) -> list[tuple[int | None, int | None]]:
    lines = [line(EAST, "90"), line(WEST, "85"), line(SOUTH, "85"), line(NORTH, "80")]
    return [(one.rank, one.last) for one in judged(scheme(**more), *lines).values()]


def test_ties_leave_places_open_or_not() -> None:
    assert _ranks(并列="占位") == [(1, 4), (2, 2), (2, 2), (4, 1)]
    assert _ranks(并列="连续") == [(1, 3), (2, 2), (2, 2), (3, 1)]


def test_units_are_ranked_within_their_group() -> None:
    assert _ranks(分组="[片区]") == [(1, 2), (2, 1), (1, 2), (2, 1)]
    found = judged(scheme(分组="[]"), line(EAST, "90"), line(SHOP, "95"))
    assert (found["东岭村"].rank, found["利民商店"].rank, found["东岭村"].group) == (2, 1, ())


def test_units_are_grouped_by_any_column_of_the_register() -> None:
    first, second = (Unit(id, id, "路段", details={"路段等级": "一类"}) for id in ("1", "2"))
    third, blank = Unit("3", "3", "路段", details={"路段等级": "二类"}), Unit("4", "4", "路段")
    lines = [line(first, "80"), line(second, "90"), line(third, "70"), line(blank, "99")]
    found = judged(scheme(分组="[路段等级, 类别]"), *lines)
    assert [found[id].rank for id in "1234"] == [2, 1, 1, None]
    assert found["4"].unranked == "名册没填路段等级，分不了组"


def test_an_open_score_is_not_ranked_and_stands_last() -> None:
    lines = [line(EAST, "70～100"), line(WEST, "60")]
    assert [(one.unit.name, one.rank) for one in standings(scheme(), lines)] == [
        ("西坡村", 1),
        ("东岭村", None),
    ]
    assert judged(scheme(), *lines)["东岭村"].unranked == "有未查，得分在70.00～100.00之间"


def test_too_little_checked_is_not_ranked() -> None:
    law = scheme(查到比例不低于="60%")
    found = judged(
        law,
        line(EAST, "90", coverage="0.5"),
        line(EAST, "90", day=2, coverage="0.69"),
        line(WEST, "80", coverage="0.6"),
    )
    assert found["东岭村"].unranked == "条款只查到59.5%，不到60%"
    assert (found["西坡村"].rank, found["西坡村"].peers) == (1, 1)


def test_units_never_visited_are_shown_where_they_are_named() -> None:
    law = scheme(标准="[{标准: T, 适用: [行政村]}]")
    found = by_name(standings(law, [line(EAST, "90")], units=[EAST, WEST, SHOP]))
    assert sorted(found) == ["东岭村", "西坡村"]
    assert found["西坡村"].unranked == "没有检查"


def test_a_unit_is_taken_as_it_was_last_known() -> None:
    old = Unit(EAST.id, "东岭", "自然村")
    lines = [line(old, "80", day=1), line(EAST, "90", day=3), line(old, "85", day=2)]
    assert {one.unit for one in standings(scheme(), lines)} == {EAST}


# Honours and streaks

FLAGS = """
- {名称: 红旗, 条件: 得分 ≥ 90 且 名次 ≤ 1}
- {名称: 黄旗, 条件: 得分 < 80 且 倒数名次 ≤ 1}
- {名称: 约谈, 连续: 黄旗, 次数: 2}
- {名称: 三连优, 连续: 优秀, 次数: 3}
- {名称: 停发, 连续: 约谈, 次数: 2}
"""


def test_honours_go_by_score_and_rank_from_either_end() -> None:
    found = judged(
        scheme(荣誉=FLAGS), line(EAST, "95"), line(WEST, "92"), line(SOUTH, "70"), line(NORTH, "79")
    )
    assert {name: one.honours for name, one in found.items()} == {
        "东岭村": ("红旗",), "西坡村": (), "南河村": ("黄旗",), "北山村": ()}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "won"),
    [
        ([], ("黄旗",)),
        ([("黄旗",)], ("黄旗", "约谈")),
        ([("黄旗",), ()], ("黄旗",)),
        ([("黄旗",), ("黄旗", "约谈")], ("黄旗", "约谈", "停发")),
    ],
)
def test_a_streak_runs_up_to_this_round_and_may_be_of_a_streak(
    before: list[tuple[str, ...]], won: tuple[str, ...]
) -> None:
    (one,) = standings(scheme(荣誉=FLAGS), [line(EAST, "70")], earlier={(EAST.id, "T"): before})
    assert one.honours == won


def test_a_streak_of_a_grade_counts_this_round_too() -> None:
    earlier = {(EAST.id, "T"): [("优秀",), ("优秀", "红旗")]}
    (one,) = standings(scheme(荣誉=FLAGS), [line(EAST, "95")], earlier=earlier)
    assert one.honours == ("红旗", "三连优")


def test_a_streak_over_the_rounds_below_may_stand_anywhere_in_the_year() -> None:
    law = scheme(**YEAR, 荣誉="[{名称: 三连优, 连续: 优秀, 轮次: 季, 次数: 3}]")
    won = {EAST: "优优优良", WEST: "优优良优", SOUTH: "优优优"}
    names = {"优": "优秀", "良": "良好"}
    scores = [
        below(unit, f"第{number}季度", "90", names[grade])
        for unit, grades in won.items()
        for number, grade in enumerate(grades, start=1)
    ]
    lines = [line(unit, "90") for unit in won]
    found = by_name(standings(law, lines, lower=scores))
    assert [found[unit.name].honours for unit in won] == [("三连优",), (), ("三连优",)]
    gap = [one for one in scores if (one.unit, one.round) != (SOUTH, "第2季度")]
    assert by_name(standings(law, lines, lower=gap))["南河村"].honours == ()


def test_an_open_score_wins_only_what_every_completion_wins() -> None:
    law = scheme(
        荣誉="[{名称: 好, 条件: 得分 ≥ 90}, {名称: 不差, 条件: 得分 < 70 或 得分 > 80}, {名称: 待查, 条件: 未查清 = 是}]"
    )
    found = judged(
        law, line(EAST, "90～95"), line(WEST, "60～90"), line(SOUTH, "89.99～95"), line(NORTH, "81")
    )
    assert {name: one.honours for name, one in found.items()} == {
        "东岭村": ("好", "不差", "待查"), "西坡村": ("待查",), "南河村": ("不差", "待查"), "北山村": ("不差",)}  # fmt: skip


def test_an_open_score_is_tried_beside_every_bound_of_a_condition() -> None:
    law = scheme(荣誉="[{名称: 好, 条件: 得分 ≤ 80 或 得分 ≥ 80.02}]")
    assert judged(law, line(EAST, "70～90"))["东岭村"].honours == ()
    assert judged(law, line(EAST, "80.02～90"))["东岭村"].honours == ("好",)


def test_conditions_may_ask_for_the_veto_and_the_grade() -> None:
    law = scheme(
        荣誉="[{名称: 红旗, 条件: 等次 属于 优秀、良好 且 一票否决 = 否}, {名称: 黄旗, 条件: 一票否决 = 是}]"
    )
    found = judged(
        law, line(EAST, "95"), line(WEST, "95", veto="certain"), line(SOUTH, "95", veto="possible")
    )
    assert {name: one.honours for name, one in found.items()} == {
        "东岭村": ("红旗",), "西坡村": ("黄旗",), "南河村": ()}  # fmt: skip


def test_honours_and_awards_may_be_for_some_kinds_only() -> None:
    law = scheme(
        分组="[]",
        荣誉="[{名称: 好, 条件: 得分 ≥ 90, 适用: [行政村]}]",
        奖励="[{名称: 奖, 按名次: {1: 10, 2: 5}, 适用: [行政村]}]",
    )
    found = judged(law, line(EAST, "95"), line(SHOP, "96"))
    assert (found["东岭村"].honours, found["东岭村"].awards) == (("好",), (Prize("奖", Decimal(5)),))
    assert (found["利民商店"].honours, found["利民商店"].awards) == ((), ())


# Awards


def _prizes(more: str, *scores: str, ties: str = "占位") -> list[tuple[Prize, ...]]:
    law = scheme(奖励=f"[{{名称: 奖, 按名次: {{1: 100, 2: 50, 3: 30}}{more}}}]", 并列=ties)
    units = [EAST, WEST, SOUTH, NORTH]
    found = judged(law, *(line(unit, score) for unit, score in zip(units, scores, strict=False)))
    return [found[unit.name].awards for unit, _ in zip(units, scores, strict=False)]


def test_ties_get_each_the_amount_of_their_rank() -> None:
    amounts = [[prize.amount for prize in won] for won in _prizes("", "90", "85", "85", "80")]
    assert amounts == [[100], [50], [50], []]


def test_ties_share_what_their_places_hold_and_the_rest_is_told() -> None:
    prizes = _prizes(", 并列平分: 是", "90", "90", "90", "80")
    assert prizes[0] == prizes[2] == (Prize("奖", Decimal("60.00"), Decimal(180), 3),)
    assert prizes[3] == ()
    (prize,) = _prizes(", 并列平分: 是", "99", "80", "80", "80")[1]
    assert (prize.amount, prize.whole, prize.left) == (Decimal("26.66"), 80, Decimal("0.02"))


def test_under_dense_ranks_ties_share_the_one_place_they_hold() -> None:
    (prize,) = _prizes(", 并列平分: 是", "90", "85", "85", ties="连续")[1]
    assert (prize.amount, prize.whole) == (25, 50)


def test_a_subsidy_goes_by_grade_even_without_a_rank() -> None:
    law = scheme(奖励="[{名称: 补助, 按等次: {优秀: 100%, 合格: 33.33%}, 基数: 100.50}]")
    found = judged(law, line(EAST, "90～95"), line(WEST, "65"), line(SOUTH, "85"), line(NORTH, "60～95"))
    amounts = {name: [str(prize.amount) for prize in one.awards] for name, one in found.items()}
    assert amounts == {"东岭村": ["100.50"], "西坡村": ["33.50"], "南河村": [], "北山村": []}


def test_a_veto_takes_the_prize_of_a_rank_and_leaves_the_others_theirs() -> None:
    law = scheme(奖励="[{名称: 奖, 按名次: {1: 100, 2: 50}}]")
    found = judged(law, line(EAST, "95", veto="certain"), line(WEST, "90"), line(SOUTH, "85"))
    assert [found[name].awards for name in ("东岭村", "西坡村", "南河村")] == [
        (),
        (Prize("奖", Decimal(50)),),
        (),
    ]
    assert judged(law, line(EAST, "95", veto="possible"))["东岭村"].awards == ()


# What the scheme has no place for


def refused(*args: object, **more: object) -> list[str]:
    with pytest.raises(ScoringError) as caught:
        standings(*args, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_everything_the_scheme_does_not_know_is_said_at_once() -> None:
    law = scheme(来源=SOURCES)
    lines = [line(EAST, "90", "平时"), line(EAST, "90", standard="V"), line(WEST, "90"), line(WEST, "80")]
    said = refused(
        law,
        [*lines, line(EAST, "80", "平时", 2)],
        [extra(EAST, "1")],
        [below(EAST, "六月", "90", period="月")],
    )
    assert said == [
        "本办法没有“平时”这个来源。可用: 日常、月末集中、暗访、市检",
        "本办法没有用标准“V”。可用: T",
        "本办法没有组成，用不上“六月”的得分",
        "本办法没有附加分。在办法里写 附加: {最高加: 5, 最高扣: 10}",
        "西坡村 2026-06-01 日常: 同一次检查有两张评分卡。只留一张；同一天又查一次的，第几次写 2",
    ]


def test_extra_points_for_nobody_are_refused() -> None:
    law = scheme(附加="{最高加: 5}")
    said = refused(law, [line(EAST, "90")], [extra(WEST, "1"), extra(EAST, "1", "V")])
    assert said == [
        "附加分 1: 标准“V”下没有这个单位。检查单位编号和标准",
        "附加分 2: 这一轮没有这个单位。检查单位编号和标准",
    ]


def test_rounds_below_must_be_added_up_as_this_one_is() -> None:
    said = refused(scheme(**YEAR), [], lower=[below(EAST, "第1季度", "90", standard="")])
    assert said == [
        "第1季度: 用不上“合并计分”的得分。上下级办法的标准和占要写得一样：都合并计分，或都各自排名"
    ]
    assert refused(scheme(**YEAR), [], lower=[below(EAST, "6月", "90", period="月")]) == [
        "组成里没有“6月”，也没有“月”。可用: 季"
    ]
    twice = [below(EAST, "第1季度", "90"), below(EAST, "第1季度", "80")]
    assert refused(scheme(**YEAR), [], lower=twice) == ["东岭村 第1季度: 同一轮有两个得分。只留一个"]


# From a card to its line


def test_a_line_holds_what_a_round_needs_of_a_card() -> None:
    law = standard(
        "  好: {填: 是否}\n  假: {填: 是否}\n",
        [(100, [clause(1, "好 = 否", "40"), clause(2, "假 = 是", "10", 一票否决="是")])],
    )
    cards = scorer(law)
    one = card_line(next(cards.cards(visit({"好": "否", "假": NotChecked()}, VILLAGE))))
    assert (one.unit, one.standard, one.source, one.visit[2]) == (VILLAGE, "T", "日常", dt.date(2022, 6, 10))
    assert (one.low, one.high, one.coverage, one.veto, one.veto_grade) == (
        50,
        60,
        Decimal("0.5"),
        "possible",
        "不合格",
    )
    assert card_line(next(cards.cards(visit({"好": "是", "假": "是"}, VILLAGE)))).veto == "certain"
    assert card_line(next(cards.cards(visit({"好": "是", "假": "否"}, VILLAGE)))).veto == ""


def test_a_quarter_hands_its_standing_on_to_the_year() -> None:
    quarter = scheme(周期="季", 荣誉="[{名称: 红旗, 条件: 名次 = 1}]")
    ends = dt.date(2026, 3, 31)
    scores = [lower_score(one, "一季度", "季", ends) for one in standings(quarter, [line(EAST, "95")])]
    assert scores == [LowerScore(EAST, "T", "一季度", "季", ends, Decimal(95), Decimal(95), ("优秀", "红旗"))]
    year = scheme(
        周期="年", 组成="[{轮次: 季, 占: 100%}]", 荣誉="[{名称: 旗, 连续: 红旗, 轮次: 季, 次数: 2}]"
    )
    second = [
        lower_score(one, "二季度", "季", dt.date(2026, 6, 30))
        for one in standings(quarter, [line(EAST, "91")])
    ]
    (one,) = standings(year, [], lower=[*second, *scores])
    assert (one.score, one.honours) == (93, ("旗",))
