"""A standing told in sentences: every published number can be worked out from the line it stands on."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from scoring.explain.round import standing_lines
from scoring.judge.standing import CardLine, ExtraPoints, LowerScore
from scoring.rule.scheme import Scheme
from tests import brute_round
from tests.round_support import EAST, SHOP, SOUTH, WEST, line, scheme, standings
from tests.test_judge_properties import Round, rounds

SOURCES = "{日常: {占: 70%}, 月末集中: {占: 30%}, 暗访: {并入: 日常}, 市检: 只通报}"


def told(
    law: Scheme,
    *lines: CardLine,
    extras: tuple[ExtraPoints, ...] = (),
    lower: tuple[LowerScore, ...] = (),
    earlier: tuple[tuple[str, ...], ...] = (),
) -> list[str]:
    """Return the lines of the first unit."""
    found = standings(law, lines, extras, lower, {(EAST.id, "T"): earlier})
    (one,) = [one for one in found if one.unit == EAST]
    return list(standing_lines(one, law))


def test_visits_sources_and_extra_points_are_worked_out() -> None:
    law = scheme(来源=SOURCES, 附加="{最高加: 5, 最高扣: 10}", 荣誉="[{名称: 好, 条件: 得分 ≥ 90}]")
    lines = [line(EAST, "86", day=2), line(EAST, "90.5", "暗访", 9), line(EAST, "92", "月末集中", 28)]
    lines += [line(EAST, "0～100", day=12, coverage="0"), line(EAST, "60", "市检", 20), line(WEST, "99")]
    extras = (
        ExtraPoints("1", "", Decimal(7), "获先进村称号", "李建国"),
        ExtraPoints("1", "", Decimal(-1), "信访", ""),
    )
    assert told(law, *lines, extras=extras) == [
        "日常: 2026-06-02 86、2026-06-09暗访 90.5，2次平均 88.25（另有1次没查到，不计）",
        "月末集中: 2026-06-28 92",
        "合计: 88.25 × 70% + 92.00 × 30% = 89.38",
        "另扣1分: 信访",
        "另加7分: 获先进村称号（李建国）",
        "加减后: 89.38 + 5（合计7，最多5） − 1 = 93.38",
        "得分93.38，等次优秀",
        "在行政村的2个中排第2名，倒数第1名",
        "好: 得分 ≥ 90",
        "只通报，不计分: 市检: 2026-06-20 60",
    ]


def test_a_missing_source_and_an_open_score_are_said() -> None:
    law = scheme(来源="{日常: {占: 50%}, 月末集中: {占: 30%}, 回头看: {占: 20%}}")
    assert told(law, line(EAST, "80～90"), line(EAST, "80", "月末集中", veto="possible")) == [
        "日常: 2026-06-01 80～90",
        "月末集中: 2026-06-01 80",
        "回头看: 没有",
        "合计: （（80.00～90.00） × 50% + 80.00 × 30%）÷ 80% = 80.00～86.25（缺回头看，按其余折算）",
        "得分在80.00～86.25之间，暂不定分，一票否决与否待查，等次未定",
        "不排名: 有未查，得分在80.00～86.25之间",
    ]


def test_a_total_that_cannot_be_made_says_what_is_missing() -> None:
    law = scheme(来源=SOURCES, 缺来源="不排名")
    assert told(law, line(EAST, "0～100", coverage="0")) == [
        "日常: 1次都没查到", "月末集中: 没有", "合计: 缺日常、月末集中，没有合计",
        "没有得分，等次未定", "不排名: 日常1次都没查到、缺月末集中",
    ]  # fmt: skip


def test_several_standards_are_told_one_inside_the_other() -> None:
    law = scheme(标准="[{标准: T, 占: 60%}, {标准: U, 占: 40%}]", 分组="[]")
    assert told(law, line(EAST, "90"), line(EAST, "80", standard="U"), line(EAST, "82", day=3, standard="U")) == [
        "  检查: 2026-06-01 90", "T: 90.00",
        "  检查: 2026-06-01 80、2026-06-03 82，2次平均 81.00", "U: 81.00",
        "合计: 90.00 × 60% + 81.00 × 40% = 86.40",
        "得分86.40，等次良好", "在1个中排第1名，倒数第1名",
    ]  # fmt: skip


def test_a_year_is_told_by_its_rounds() -> None:
    law = scheme(周期="年", 组成="[{轮次: 季, 合成: 最低, 占: 70%}, {本轮: 年底, 占: 30%}]",
                 荣誉="[{名称: 先进, 连续: 优秀, 轮次: 季, 次数: 2}]")  # fmt: skip
    lower = tuple(
        LowerScore(EAST, "T", f"第{n}季度", "季", dt.date(2026, 3 * n, 28), score, score, ("优秀",))
        for n, score in enumerate((Decimal("91.50"), Decimal("90.00"), None), start=1)
    )
    assert told(law, line(EAST, "88"), lower=lower) == [
        "季: 第1季度 91.50、第2季度 90.00，2轮取最低 90.00（另有1轮没有得分，不计）",
        "  检查: 2026-06-01 88", "年底: 88.00",
        "合计: 90.00 × 70% + 88.00 × 30% = 89.40",
        "得分89.40，等次良好", "在行政村的1个中排第1名，倒数第1名",
        "先进: 下级轮次（季）里连着2轮优秀",
    ]  # fmt: skip


def test_streaks_and_money_say_what_they_rest_on() -> None:
    law = scheme(
        荣誉="[{名称: 黄旗, 条件: 得分 < 80}, {名称: 约谈, 连续: 黄旗, 次数: 2}]",
        奖励="[{名称: 奖, 按名次: {1: 100, 2: 50, 3: 30}, 并列平分: 是}, {名称: 补助, 按等次: {合格: 80%}, 基数: 3000}]",
    )
    assert told(law, *(line(unit, "79") for unit in (EAST, WEST, SOUTH)), earlier=(("黄旗",),))[2:] == [
        "在行政村的3个中排第1名，倒数第1名", "黄旗: 得分 < 80", "约谈: 连着2轮黄旗",
        "奖: 60元（3个单位并列，平分180元）", "补助: 2400元",
    ]  # fmt: skip
    uneven = scheme(奖励="[{名称: 奖, 按名次: {1: 100}, 并列平分: 是}]")
    assert told(uneven, *(line(unit, "79") for unit in (EAST, WEST, SOUTH)))[-1] == (
        "奖: 33.33元（3个单位并列，平分100元，余0.01元分不匀，不发）"
    )


def test_a_prize_that_a_veto_takes_is_told() -> None:
    law = scheme(奖励="[{名称: 奖, 按名次: {1: 100}}]")
    assert told(law, line(EAST, "79", veto="certain"))[1:] == [
        "得分79.00，一票否决，等次定为不合格", "在行政村的1个中排第1名，倒数第1名", "奖: 一票否决，不发"]  # fmt: skip
    assert told(law, line(EAST, "79", veto="possible"))[-1] == "奖: 一票否决与否待查，暂不发"
    assert (
        "一票否决，不予评定等级" in told(law, line(EAST, "7", veto="certain", veto_grade="不予评定等级"))[1]
    )


def test_extra_points_that_end_at_nought_say_so() -> None:
    law = scheme(附加="{最高扣: 10}")
    lines = told(law, line(EAST, "3"), extras=(ExtraPoints("1", "", Decimal(-9), "曝光", ""),))
    assert "加减后: 3.00 − 9 = 0.00（最低0分）" in lines


def test_a_unit_that_is_not_judged_says_why() -> None:
    law = scheme(标准="[{标准: T, 适用: [行政村]}]")
    (one,) = standings(law, [line(SHOP, "70～90")])
    assert list(standing_lines(one, law)) == [
        "检查: 没有", "没有得分，等次未定", "不排名: T不考核商户", "只通报，不计分: T 日常: 2026-06-01 70～90"]  # fmt: skip


_SUM = re.compile(r" *(?:合计|年底|T|U|加减后): (.*) = ([0-9.]+)(?:（.*)?")
_SIGNS = str.maketrans("×÷−（）", "*/-()")


def _worked_out(sums: str) -> Fraction:
    """Return what a sum comes to as it is written; the remark beside a capped number is left out."""
    plain = re.sub("（合计[^）]*）", "", sums).translate(_SIGNS)
    exact = re.sub(r"([0-9.]+)(%?)", lambda one: f"(F('{one[1]}'){'/100' if one[2] else ''})", plain)
    return Fraction(eval(exact, {"F": Fraction}))


@given(rounds)
def test_every_sum_that_is_told_comes_out(one: Round) -> None:
    for standing in one.judged():
        for text in standing_lines(standing, one.law):
            if (found := _SUM.fullmatch(text)) and "～" not in text:
                assert brute_round.rounded(_worked_out(found[1]), one.law.places) == Fraction(found[2]), text


def test_a_sum_is_read_as_it_is_written() -> None:
    assert _worked_out("（90.00 × 50% + 80.00 × 30%）÷ 80%") == Fraction("86.25")
    assert _worked_out("89.38 + 5（合计7，最多5） − 1") == Fraction("93.38")
