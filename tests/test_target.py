"""The cheapest way to a grade: really enough, and nothing smaller is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.analysis.target.problems import open_problems, turned
from scoring.analysis.target.search import assured
from scoring.analysis.target.target import Target, target
from scoring.analysis.target.unit import unit_targets
from scoring.api import unit_named
from scoring.errors import ScoringError
from scoring.finding import Result
from scoring.inspection import BLANK, Answer, Unit
from scoring.rectify.orders import orders
from scoring.report.target import verdict
from scoring.rule.standard import Standard
from scoring.score import Assessment, Scorer
from scoring.tally import ScoreCard
from tests.strategies import sheets, standards, units
from tests.support import DAY, HEAD, VILLAGE, WeekdayCalendar, clause, scorer, standard, visit

FORM = "".join(f"  {name}处数: {{填: 数量, 单位: 处}}\n" for name in "甲乙丙丁") + "  戊: {填: 是否}\n"


def judged(
    answers: dict[str, Answer | int], *items: tuple[int | str, Sequence[str]], head: str = HEAD
) -> tuple[ScoreCard, Scorer]:
    engine = scorer(standard(FORM, items, head))
    return next(
        engine.cards(
            visit({**dict.fromkeys(["甲处数", "乙处数", "丙处数", "丁处数"], 0), "戊": "否", **answers})
        )
    ), engine


def found(card: ScoreCard, engine: Scorer, grade: str = "优秀", **more: object) -> Target:
    return target(card, grade, engine.rejudged, **more)  # type: ignore[arg-type]


def ids(one: Target) -> list[tuple[str, ...]]:
    return [fix.clauses for fix in one.fixes]


def test_the_way_is_one_sentence() -> None:
    items = (
        (60, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "乙处数 > 0", "{每处: 4}")]),
        (40, [clause(3, "丙处数 > 0", "1")]),
    )
    one = found(*judged({"甲处数": 3, "乙处数": 2, "丙处数": 0}, *items))
    assert verdict(one) == "到优秀: 整改下面 1 件就到 92.00（优秀）"
    assert [(fix.clauses, fix.gain) for fix in one.fixes] == [(("T-01",), 6)]
    worse = found(*judged({"甲处数": 5, "乙处数": 3, "丙处数": 1}, *items))
    assert verdict(worse) == "到优秀: 整改下面 2 件就到 90.00（优秀）"
    assert [(fix.clauses, fix.gain) for fix in worse.fixes] == [(("T-02",), 12), (("T-03",), 1)]


def test_of_as_many_problems_the_fewest_points_are_enough() -> None:
    items = (100, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "乙处数 > 0", "{每处: 4}")])
    assert ids(found(*judged({"甲处数": 3, "乙处数": 2}, items))) == [("T-01",)]


def test_then_the_gravest_then_the_earliest_due() -> None:
    late = "{要求: 改, 期限: 30天, 责任人: 村主任}"
    alike = [
        clause(1, "甲处数 > 0", "6"),
        clause(2, "乙处数 > 0", "6", 严重程度="较重"),
        clause(3, "丙处数 > 0", "6", 整改=late),
    ]
    assert ids(found(*judged({"甲处数": 1, "乙处数": 1}, (100, alike)))) == [("T-02",)]
    card, engine = judged({"甲处数": 1, "丙处数": 1}, (100, [alike[2].replace("T-03", "T-00"), alike[0]]))
    assert ids(found(card, engine)) == [("T-00",)]
    assert ids(found(card, engine, orders=orders([card], WeekdayCalendar()))) == [("T-01",)]


def test_a_full_item_is_no_cheap_way() -> None:
    lost = [clause(1, "甲处数 > 0", "{每处: 5}"), clause(2, "乙处数 > 0", "{每处: 5}")]
    one = found(
        *judged(
            {"甲处数": 9, "乙处数": 9, "丙处数": 12}, (20, lost), (80, [clause(3, "丙处数 > 0", "{每处: 1}")])
        ),
        "合格",
    )
    assert one.fixes == ()
    two = found(
        *judged(
            {"甲处数": 9, "乙处数": 9, "丙处数": 9}, (20, lost), (80, [clause(3, "丙处数 > 0", "{每处: 1}")])
        )
    )
    assert ids(two) == [("T-01",), ("T-02",)]
    assert [fix.gain for fix in two.fixes] == [Decimal("0.00"), Decimal("20.00")]


def test_a_zeroed_item_comes_back_with_its_clause() -> None:
    items = (
        (20, [clause(1, "戊 = 是", "本项不得分"), clause(2, "甲处数 > 0", "1")]),
        (80, [clause(3, "乙处数 > 0", "5")]),
    )
    one = found(*judged({"戊": "是", "甲处数": 1, "乙处数": 1}, *items))
    assert ids(one) == [("T-01",)]
    assert one.after.score == 94


def test_a_veto_must_go_first_and_severe_ones_until_few_enough_stay() -> None:
    items = (
        100,
        [
            clause(1, "甲处数 > 0", "1", 一票否决="是"),
            clause(2, "乙处数 > 0", "9", 严重程度="严重"),
            clause(3, "丙处数 > 0", "1", 严重程度="严重"),
        ],
    )
    one = found(
        *judged({"甲处数": 1, "乙处数": 1, "丙处数": 1}, items, head=HEAD + "严重条款达: 2\n"), "合格"
    )
    assert ids(one) == [("T-01",), ("T-03",)]


def test_one_heap_is_cleared_at_once() -> None:
    items = (100, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "甲处数 > 3", "{每处: 1}")])
    one = found(*judged({"甲处数": 9}, items))
    assert ids(one) == [("T-01", "T-02")]
    assert one.after.score == 100


def test_what_is_out_of_reach_says_why() -> None:
    items = (50, [clause(1, "甲处数 > 0", "{每处: 2}")]), (50, [clause(2, "戊 = 是", "20", 一票否决="是")])
    one = found(*judged({"甲处数": 5, "戊": BLANK}, *items))
    assert not one.reached
    assert verdict(one) == (
        "到不了优秀，下面 1 件全部整改也只到 80.00～100.00（等次未定）: "
        "T-02 条2 未查，可能一票否决；1 条未查，还悬着 20 分，查清才能定"
    )
    clean = found(*judged({"戊": BLANK}, *items))
    assert "没有可整改的问题" in verdict(clean)


def test_only_open_problems_are_proposed() -> None:
    items = (100, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "乙处数 > 0", "{每处: 7}")])
    card, engine = judged({"甲处数": 4, "乙处数": 2}, items)
    assert ids(found(card, engine, fixable={"T-01"})) == [("T-01",)]
    assert found(card, engine, fixable={"T-01"}).why == "还有 1 条不在可整改之列"


def test_a_card_that_is_there_already_needs_nothing() -> None:
    one = found(*judged({}, (100, [clause(1, "甲处数 > 0", "1")])))
    assert verdict(one) == "已是优秀，不用再整改"


def test_an_unknown_grade_is_refused() -> None:
    with pytest.raises(ScoringError, match=r"没有“优良”这个等次。可用: 优秀、合格、不合格"):
        found(*judged({}, (100, [clause(1, "甲处数 > 0", "1")])), grade="优良")


def test_a_search_that_is_cut_says_so_and_still_reaches() -> None:
    names = "甲乙丙丁"
    items = (100, [clause(n, f"{name}处数 > 0", "{每处: 3}") for n, name in enumerate(names, start=1)])
    card, engine = judged({f"{name}处数": 2 + n for n, name in enumerate(names)}, items)
    one = found(card, engine, most_tried=1)
    assert (one.cut, one.reached) == (True, True)
    assert verdict(one).endswith("组合太多，没有全部试完，可能还有更省的")
    whole = found(card, engine)
    assert not whole.cut
    assert len(whole.fixes) <= len(one.fixes)


def asked(*seen: tuple[dict[str, Answer | int], dt.date, dict[str, object]]) -> tuple[Assessment, Scorer]:
    """Return the assessment of some visits to one unit under two standards that ask different things."""
    one = standard(
        FORM, [(100, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "乙处数 > 0", "{每处: 7}")])]
    )
    graded = HEAD.replace("编号: T", "编号: S").replace("优秀: 90, 合格: 60", "先进: 95, 合格: 60")
    other = standard(
        "  己处数: {填: 数量, 单位: 处}\n",
        [(100, [clause(1, "己处数 > 0", "{每处: 3}").replace("T-01", "S-01")])],
        graded,
    )
    engine = scorer(one, other)
    clean: dict[str, Answer | int] = {
        **dict.fromkeys(["甲处数", "乙处数", "丙处数", "丁处数", "己处数"], 0),
        "戊": "否",
    }
    visits = [visit({**clean, **answers}, day=day, **more) for answers, day, more in seen]
    return engine.score(visits), engine


def test_the_latest_visit_at_which_anything_was_checked_is_asked_under_every_standard_with_the_grade() -> (
    None
):
    locked = dict.fromkeys(["甲处数", "乙处数", "丙处数", "丁处数", "己处数", "戊"], BLANK)
    found, engine = asked(
        ({"甲处数": 9}, DAY, {}),
        ({"乙处数": 2, "己处数": 9}, DAY + dt.timedelta(1), {}),
        (dict(locked), DAY + dt.timedelta(2), {}),
    )
    one, other = unit_targets(found, VILLAGE, "合格", engine.rejudged)
    assert [each.card.program.standard.id for each in (one, other)] == ["S", "T"]
    assert {each.card.inspection.date for each in (one, other)} == {DAY + dt.timedelta(1)}
    (only,) = unit_targets(found, VILLAGE, "优秀", engine.rejudged)
    assert ids(only) == [("T-02",)]
    (before,) = unit_targets(found, VILLAGE, "优秀", engine.rejudged, day=DAY)
    assert ids(before) == [("T-01",)]
    (rest,) = unit_targets(found, VILLAGE, "优秀", engine.rejudged, fixable=())
    assert not rest.reached


def test_a_later_hour_of_one_day_is_later() -> None:
    found, engine = asked(
        ({"乙处数": 9}, DAY, {"time": dt.time(15), "source": "日常"}),
        ({"甲处数": 9}, DAY, {"time": dt.time(9), "source": "暗访"}),
    )
    (one,) = unit_targets(found, VILLAGE, "优秀", engine.rejudged)
    assert ids(one) == [("T-02",)]


def test_a_unit_without_visits_or_grade_is_said() -> None:
    found, engine = asked(({}, DAY, {}))
    with pytest.raises(ScoringError, match="没有“优良”这个等次。可用: 先进、合格、不合格、优秀"):
        unit_targets(found, VILLAGE, "优良", engine.rejudged)
    with pytest.raises(ScoringError, match="西坡村没有检查记录"):
        unit_targets(found, Unit("2", "西坡村", "行政村"), "合格", engine.rejudged)
    with pytest.raises(ScoringError, match="东岭村在 2022-01-01 没有检查。查过的日子: 2022-06-10"):
        unit_targets(found, VILLAGE, "合格", engine.rejudged, day=dt.date(2022, 1, 1))


def test_a_name_that_two_units_have_must_be_told_apart() -> None:
    engine = scorer(standard(FORM, [(100, [clause(1, "甲处数 > 0", "1")])]))
    twins = [Unit(id, "王庄", "自然村", aliases=("庄里",)) for id in ("7", "8")]
    found = engine.score([visit({"甲处数": 1}, unit) for unit in twins])
    assert unit_named(found, "8") == twins[1]
    with pytest.raises(ScoringError, match="“庄里”有2个。写编号: 7、8"):
        unit_named(found, "庄里")


@given(
    standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units)),
    st.sampled_from(["优秀", "合格", "不合格"]),
)
@settings(max_examples=150)
def test_the_way_reaches_and_no_smaller_or_cheaper_one_does(
    world: tuple[Standard, dict[str, Answer], Unit], grade: str
) -> None:
    law, answers, unit = world
    engine = scorer(law)
    card = next(engine.cards(visit(answers, unit)))
    problems = open_problems(card)
    assume(len(problems) <= 8)
    names = [name for name, _ in card.program.grades]
    good = set(names[: names.index(grade) + 1])
    one = found(card, engine, grade)
    ways = {
        some: engine.rejudged(card, turned(card.findings, some))
        for size in range(len(problems) + 1)
        for some in combinations(problems, size)
    }
    reaching = {some: len(some) for some, then in ways.items() if assured(then) in good}
    assert one.reached == bool(reaching)
    assert one.reached == (assured(one.after) in good)
    assert not one.cut
    if reaching:
        assert len(one.fixes) == min(reaching.values())
        back = sum(card.losses) - sum(one.after.losses)
        assert back == min(
            sum(card.losses) - sum(ways[some].losses) for some, n in reaching.items() if n == len(one.fixes)
        )
    if card.low is not None and one.after.low is not None:
        assert sum((fix.gain for fix in one.fixes), Decimal(0)) == one.after.low - card.low


@given(standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units)))
def test_a_card_with_its_own_findings_is_the_same_card(
    world: tuple[Standard, dict[str, Answer], Unit],
) -> None:
    law, answers, unit = world
    engine = scorer(law)
    card = next(engine.cards(visit(answers, unit)))
    assert engine.rejudged(card, card.findings) == card


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.sampled_from(["优秀", "合格"]))
def test_putting_it_right_on_the_ground_gives_the_promised_score(counts: list[int], grade: str) -> None:
    names = [f"{name}处数" for name in "甲乙丙丁"]
    prices = ["{每处: 5}", "{每处: 3, 最高扣: 9}", "2", "{每处: 7}"]
    clauses = [
        clause(n, f"{name} > 0", price)
        for n, (name, price) in enumerate(zip(names, prices, strict=True), start=1)
    ]
    card, engine = judged(dict(zip(names, counts, strict=True)), (30, clauses[:2]), (70, clauses[2:]))
    one = found(card, engine, grade)
    fixed = {id for fix in one.fixes for id in fix.clauses}
    after = {
        name: 0 if f"T-{n:02d}" in fixed else count
        for n, (name, count) in enumerate(zip(names, counts, strict=True), start=1)
    }
    again, _ = judged(dict(after), (30, clauses[:2]), (70, clauses[2:]))
    assert one.reached
    assert (again.score, again.grade) == (one.after.score, one.after.grade)
    assert all(
        finding.result is Result.PASS
        for finding, n in zip(again.findings, range(1, 5), strict=True)
        if f"T-{n:02d}" in fixed
    )
