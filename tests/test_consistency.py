"""Do inspectors judge alike: double inspections, leniency, announced against unannounced."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.consistency.consistency import Consistency, consistency
from scoring.analysis.consistency.pairs import MOST_A_DAY
from scoring.errors import ScoringError
from scoring.inspection import BLANK, Answer, Unit
from scoring.report.consistency import consistency_text
from scoring.tally import ScoreCard
from tests.support import DAY, HEAD, clause, scorer, standard, visit

FORM = "  甲处数: {填: 数量, 单位: 处}\n  丁: {填: 是否}\n  戊: {填: 是否, 可缺项: 是}\n"
LAW = standard(
    FORM,
    [
        (60, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "丁 = 是", "5")]),
        (40, [clause(3, "戊 = 是", "10")]),
    ],
)
ENGINE = scorer(LAW)


def card(
    who: str, spots: Answer | int = 0, dirty: Answer = "否", unit: str = "1", **more: object
) -> ScoreCard:
    village = Unit(unit, f"村{unit}", "行政村")
    day = more.pop("day", DAY)
    assert isinstance(day, dt.date)
    seen = visit(
        {"甲处数": spots, "丁": dirty, "戊": "否"}, village, day, inspectors=tuple(who.split("、")), **more
    )
    return next(ENGINE.cards(seen))


def said(*cards: ScoreCard) -> str:
    return consistency_text(consistency(cards))


def test_a_double_inspection_is_compared_clause_by_clause() -> None:
    found = consistency([card("张三", 2, "是"), card("李四", 3, "否")])
    (pair,) = found.pairs
    assert (pair.judged, pair.alike, pair.differ, pair.apart) == (3, 2, ("T-02",), Decimal("3.00"))
    assert (found.alike, found.apart) == (Decimal("0.67"), Decimal("3.00"))
    assert [(one.clause, one.differ, one.judged) for one in found.disputes] == [("T-02", 1, 1)]


def test_what_only_one_visit_checked_is_not_compared() -> None:
    (pair,) = consistency([card("张三", 2, BLANK), card("李四", 2, "是")]).pairs
    assert (pair.judged, pair.alike, pair.apart) == (2, 2, None)


def test_another_day_or_a_common_inspector_makes_no_double_inspection() -> None:
    assert not consistency([card("张三"), card("李四", day=dt.date(2022, 6, 11))]).pairs
    assert not consistency([card("张三、王五"), card("李四、王五")]).pairs


def test_more_visits_of_a_unit_in_a_day_than_can_be_are_said() -> None:
    crowd = [card(f"人{n}") for n in range(MOST_A_DAY + 1)]
    assert len(consistency(crowd[:3]).pairs) == 3
    with pytest.raises(ScoringError, match="村1在 2022-06-10 查了31次，太多"):
        consistency(crowd)


def test_a_double_inspection_counts_once_however_many_standards_judged_it() -> None:
    head = HEAD.replace("编号: T", "编号: S")
    twin = scorer(
        standard(FORM, [(100, [clause(1, "甲处数 > 0", "{每处: 2}").replace("T-01", "S-01")])], head)
    )
    one, two = card("张三"), card("李四", 2)
    found = consistency([one, two, *(next(twin.cards(each.inspection)) for each in (one, two))])
    assert (len(found.pairs), found.doubles) == (2, 1)
    assert [each.visits for each in found.leniency] == [1, 1]


def test_leniency_is_told_with_what_it_rests_on() -> None:
    found = consistency([card("张三", 0), card("李四", 5), card("王五", 3)])
    assert [(one.inspector, one.deviation, one.visits) for one in found.leniency] == [
        ("张三", Decimal("8.00"), 1),
        ("王五", Decimal("-1.00"), 1),
        ("李四", Decimal("-7.00"), 1),
    ]
    text = consistency_text(found)
    assert re.search(r"张三 +\+8\.00 +1 +偏松，不到 5 次，只供参考", text)
    assert re.search(r"李四 +-7\.00 +1 +偏紧", text)


def test_five_visits_need_no_warning() -> None:
    cards = [one for n in range(5) for one in (card("张三", 1, unit=f"{n}"), card("李四", 2, unit=f"{n}"))]
    text = said(*cards)
    assert "双查 5 次\n判定一致 100%: 两边判得都一样\n得分相差 2.00 分: " in text
    assert "只供参考" not in text


def test_announced_against_unannounced() -> None:
    seen = [card("张三", 1, source="明察"), card("李四", 4, source="暗访")]
    assert "明察比暗访平均高 6.00 分，1 个单位两种都有，不到 5 个，只供参考" in said(*seen)


def test_where_nothing_can_be_compared_nothing_is_said_of_anyone() -> None:
    assert consistency([]) == Consistency((), None, None, (), (), None)
    text = said(card("张三"))
    assert "没有双查" in text
    assert "张三" not in text


@given(
    st.lists(
        st.tuples(
            st.sampled_from("张李王"), st.integers(0, 9), st.sampled_from("是否"), st.sampled_from("123")
        ),
        max_size=9,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_cards_changes_nothing_and_every_share_is_one(
    seen: list[tuple[str, int, str, str]], chance: random.Random
) -> None:
    cards = [
        card(who, spots, dirty, unit, number=n) for n, (who, spots, dirty, unit) in enumerate(seen, start=1)
    ]
    found = consistency(cards)
    assert consistency(chance.sample(cards, len(cards))) == found
    assert found.alike is None or 0 <= found.alike <= 1
    assert all(len(pair.differ) == pair.judged - pair.alike for pair in found.pairs)
    assert {one.inspector for one in found.leniency} <= {who for who, *_ in seen}
