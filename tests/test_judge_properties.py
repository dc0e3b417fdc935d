"""What holds of every round, whatever the scheme: held against fractions and counting."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.inspection import Unit
from scoring.judge.standing import CardLine, ExtraPoints, LowerScore, Standing
from scoring.points import plain
from scoring.rule.scheme import Scheme
from tests import brute_round
from tests.round_support import scheme, standings

UNITS = [
    Unit(str(number), f"单位{number}", "行政村" if number % 3 else "商户", "东片" if number % 2 else "西片")
    for number in range(6)
]
SOURCES = "{日常: {占: 70%}, 月末集中: {占: 30%}, 暗访: {并入: 日常}, 市检: 只通报}"
STANDARDS = [
    "[{标准: T}]",
    "[{标准: T}, {标准: U}]",
    "[{标准: T, 占: 60%}, {标准: U, 占: 40%}]",
    "[{标准: T, 占: 100%, 适用: [行政村]}, {标准: U, 占: 100%, 适用: [商户]}]",
]
PARTS = [
    "",
    "[{轮次: 季, 合成: 平均, 占: 70%}, {本轮: 年底, 占: 30%}]",
    "[{轮次: 季, 合成: 最低, 占: 60%}, {轮次: 攻坚, 合成: 最近, 占: 40%}]",
]
HONOURS = "[{名称: 好, 条件: 得分 ≥ 80 或 得分 = 60}, {名称: 前, 条件: 名次 ≤ 2 且 倒数名次 > 1}, {名称: 连好, 连续: 好, 次数: 2}]"


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    parts = draw(st.sampled_from(PARTS))
    own = not parts or "本轮" in parts
    more = {
        "周期": "年" if parts else "月",
        "标准": draw(st.sampled_from(STANDARDS)),
        "同源几次": draw(st.sampled_from(["平均", "最低", "最近"])),
        "缺来源": draw(st.sampled_from(["按其余折算", "不排名"])),
        "保留": str(draw(st.integers(0, 3))),
        "分组": draw(st.sampled_from(["[类别]", "[片区]", "[类别, 片区]", "[]"])),
        "并列": draw(st.sampled_from(["占位", "连续"])),
        "附加": draw(st.sampled_from(["{最高加: 5, 最高扣: 3}", "{最高扣: 10}"])),
        "荣誉": HONOURS,
        "奖励": "[{名称: 奖, 按名次: {1: 100, 2: 50}, 并列平分: 是}]",
    }
    if own and draw(st.booleans()):
        more["来源"] = SOURCES
    if parts:
        more["组成"] = parts
    return scheme(**more)


points = st.builds(
    lambda cents: Decimal(cents) / 100, st.one_of(st.integers(0, 10000), st.sampled_from([6000, 8000, 9000]))
)
ends = st.one_of(
    points.map(lambda one: (one, one)), st.tuples(points, points).map(lambda two: (min(two), max(two)))
)


@st.composite
def lines(draw: st.DrawFn) -> CardLine:
    low, high = draw(ends)
    return CardLine(
        draw(st.sampled_from(UNITS)), draw(st.sampled_from("TU")),
        draw(st.sampled_from(["日常", "月末集中", "暗访", "市检"])),
        dt.date(2026, 6, draw(st.integers(1, 9))), draw(st.integers(1, 2)), (draw(st.sampled_from("甲乙")),),
        low, high, draw(st.sampled_from([Decimal(1), Decimal(1), Decimal("0.5"), Decimal(0)])),
        draw(st.sampled_from(["", "", "", "possible", "certain"])), draw(st.sampled_from(["不合格", "不予评定等级"])),
    )  # fmt: skip


@st.composite
def lowers(draw: st.DrawFn) -> LowerScore:
    low, high = draw(ends)
    number = draw(st.integers(1, 4))
    name, period = draw(st.sampled_from([(f"第{number}季度", "季"), ("攻坚", "单次")]))
    day = dt.date(2026, 3 * number, 28) if period == "季" else dt.date(2026, 9, 9)
    found: tuple[Decimal, Decimal] | tuple[None, None] = draw(
        st.sampled_from([(low, high), (low, high), (None, None)])
    )
    return LowerScore(
        draw(st.sampled_from(UNITS)), draw(st.sampled_from("TU")), name, period, day, *found, ("优秀",)
    )


extra_points = st.builds(
    ExtraPoints, st.sampled_from([unit.id for unit in UNITS]), st.just(""),
    st.integers(-500, 500).map(lambda cents: Decimal(cents) / 100), st.just("理由"), st.just(""),
)  # fmt: skip


class Round:
    """A drawn round: everything that goes into it, as the scheme takes it."""

    def __init__(
        self, law: Scheme, cards: list[CardLine], below: list[LowerScore], extras: list[ExtraPoints]
    ) -> None:
        self.law = law
        self.lines = list({line.visit: line for line in cards}.values())
        named = {part.rounds for part in law.parts}
        kept = [one for one in below if {one.round, one.period} & named]
        if law.combined:
            kept = [replace(one, standard="") for one in kept]
        elif len(law.standards) == 1:
            kept = [replace(one, standard="T") for one in kept]
            self.lines = [line for line in self.lines if line.standard == "T"]
        self.lower = list({(one.unit.id, one.standard, one.round): one for one in kept}.values())
        known = {one.unit.id for one in [*self.lines, *self.lower]}
        self.extras = [one for one in extras if one.unit in known]

    def judged(self, cards: list[CardLine] | None = None) -> tuple[Standing, ...]:
        return standings(self.law, self.lines if cards is None else cards, self.extras, self.lower)


rounds = st.builds(
    Round, schemes(), st.lists(lines(), max_size=24), st.lists(lowers(), max_size=12), st.lists(extra_points, max_size=5)
)  # fmt: skip


@given(rounds, st.randoms(use_true_random=False))
def test_the_order_in_which_things_arrive_makes_no_difference(one: Round, random: object) -> None:
    first = one.judged()
    for mixed in (one.lines, one.lower, one.extras):
        random.shuffle(mixed)  # type: ignore[attr-defined]
    assert one.judged() == first


@given(rounds)
def test_every_score_is_what_fractions_give(one: Round) -> None:
    for standing in one.judged():
        for end in ("low", "high"):
            want = brute_round.score(
                one.law, standing.unit.id, standing.standard, one.lines, one.lower, one.extras, end
            )
            assert getattr(standing, end) == want


@given(rounds)
def test_ranks_obey_the_tie_rule(one: Round) -> None:
    found = one.judged()
    for standing in found:
        if standing.rank is None:
            assert standing.unranked
            assert standing.last is None
        else:
            assert (standing.rank, standing.last) == brute_round.rank(one.law, standing, found)
            assert not standing.unranked


@given(rounds)
def test_low_is_never_above_high_and_a_rank_needs_a_settled_score(one: Round) -> None:
    for standing in one.judged():
        assert (standing.low is None) == (standing.high is None)
        assert standing.low is None or standing.high is None or standing.low <= standing.high
        assert standing.rank is None or standing.score is not None


@given(rounds, st.data())
def test_every_completion_lies_within_and_keeps_what_was_certain(one: Round, data: st.DataObject) -> None:
    completed = []
    for line in one.lines:
        assert line.low is not None
        assert line.high is not None
        score = data.draw(
            st.sampled_from([line.low, line.high, (line.low + line.high).quantize(Decimal(1)) / 2])
        )
        score = min(max(score, line.low), line.high)
        veto = data.draw(st.sampled_from(["", "certain"])) if line.veto == "possible" else line.veto
        completed.append(replace(line, low=score, high=score, veto=veto))  # type: ignore[arg-type]
    before = {(two.unit.id, two.standard): two for two in one.judged()}
    for after in one.judged(completed):
        open_ = before[after.unit.id, after.standard]
        if (
            open_.low is not None
            and open_.high is not None
            and after.low is not None
            and after.high is not None
        ):
            assert open_.low <= after.low <= after.high <= open_.high
        assert (open_.low is None) == (after.low is None)
        if open_.grade is not None and open_.veto != "possible":
            assert after.grade == open_.grade
        assert "好" not in open_.honours or "好" in after.honours


@given(rounds)
def test_what_is_only_reported_changes_no_score(one: Round) -> None:
    if one.law.sources:
        kept = [line for line in one.lines if line.source != "市检"]
        known = {line.unit.id for line in kept} | {low.unit.id for low in one.lower}
        one.extras = [extra for extra in one.extras if extra.unit in known]
        with_ = {(two.unit.id, two.standard): replace(two, reported=()) for two in one.judged()}
        for two in one.judged(kept):
            want = with_[two.unit.id, two.standard]
            assert replace(two, reported=()) == want or two.unranked != want.unranked
            assert (two.low, two.high, two.rank, two.honours) == (
                want.low,
                want.high,
                want.rank,
                want.honours,
            )


@given(rounds)
def test_money_is_never_made(one: Round) -> None:
    found = one.judged()
    for group in {(two.standard, two.group) for two in found}:
        paid = [prize for two in found if (two.standard, two.group) == group for prize in two.awards]
        assert sum(prize.amount for prize in paid) <= 150
        assert all(0 <= prize.left < Decimal("0.01") * prize.sharing for prize in paid)


@given(rounds)
def test_the_published_parts_add_up_to_the_total(one: Round) -> None:
    for standing in one.judged():
        if standing.low is None:
            continue
        present = [part for part in standing.parts if part.low is not None]
        share = sum((Fraction(part.share) for part in present), Fraction(0))
        points = sum((Fraction(part.share) * Fraction(part.low or 0) for part in present), Fraction(0))
        total = brute_round.rounded(points / share, one.law.places)
        assert standing.low == brute_round.rounded(total + Fraction(standing.extra), one.law.places)


def test_five_thousand_units_of_ten_visits_are_judged_quickly() -> None:
    law = scheme(来源=SOURCES, 荣誉=HONOURS, 奖励="[{名称: 奖, 按名次: {1: 100}}]")
    units = [Unit(f"{number:05d}", f"村{number}", "行政村") for number in range(5000)]
    cards = []
    for number, unit in enumerate(units):
        for day in range(1, 11):
            score = Decimal((number * 7 + day * 131) % 10001) / 100
            source = ("日常", "月末集中", "暗访", "市检")[day % 4]
            cards.append(CardLine(unit, "T", source, dt.date(2026, 6, day), 1, (), score, score, Decimal(1)))
    start = time.process_time()
    found = standings(law, cards)
    assert time.process_time() - start < 4  # under 0.5 s where nothing else runs
    assert len(found) == 5000
    assert plain(Decimal(found[0].rank or 0)) == "1"
