"""Who moved and why: parts that add up to the last hundredth, and are what they are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.movement.card_sum import CardSum, card_sum
from scoring.analysis.movement.movement import PARTS, Movement, movement, movement_text
from scoring.analysis.movement.peel import Side, plain_mean
from scoring.analysis.movement.rank_move import Placed, rank_moves, rank_text
from scoring.history.ladder import LadderStep, Policy
from scoring.history.past import Earlier, History
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, Inspection, Unit
from scoring.judge.standing import CardLine
from scoring.points import publish
from scoring.rule.standard import Standard
from scoring.score import Scorer
from tests.strategies import sheets, standards, units
from tests.support import HEAD, clause, scorer, standard, visit

FIRST, SECOND, NEW_LAW = dt.date(2022, 3, 10), dt.date(2022, 6, 10), dt.date(2022, 5, 1)
FORM = "  甲处数: {填: 数量, 单位: 处}\n  丁: {填: 是否, 可缺项: 是}\n  丙处数: {填: 数量, 单位: 处}\n"
GOOD: dict[str, Answer | int] = {"甲处数": 0, "丁": "否", "丙处数": 0}


def law(price: str = "2", head: str = HEAD) -> Standard:
    return standard(
        FORM,
        [
            (60, [clause(1, "甲处数 > 0", f"{{每处: {price}}}")]),
            (20, [clause(2, "丁 = 是", "5")]),
            (20, [clause(3, "丙处数 > 0", "{每处: 3}")]),
        ],
        head,
    )


OLD = law()
BOTH = (OLD, law("4", HEAD.replace("2022-01-01", f"{NEW_LAW}")))


def seen(day: dt.date, **answers: Answer | int) -> Inspection:
    return visit({**GOOD, **answers}, day=day)


def side(
    engine: Scorer, name: str, *visits: Inspection, extra: int = 0, first: tuple[Inspection, ...] = ()
) -> Side:
    cards = tuple(card_sum(card) for one in visits for card in engine.cards(one))
    total = mean_of(cards)
    return Side(name, None if total is None else total + extra, cards, first)


def mean_of(cards: Sequence[CardSum]) -> Decimal | None:
    return plain_mean([card.line for card in cards])


def parts(found: Movement) -> dict[str, str]:
    return {name: str(points) for name, points in found.parts}


def moved(laws: Sequence[Standard], one: Inspection, other: Inspection) -> Movement:
    engine = scorer(*laws)
    return movement(side(engine, "一季度", one), side(engine, "二季度", other), engine)


def test_facts_are_told_clause_by_clause() -> None:
    found = moved([OLD], seen(FIRST, 甲处数=1), seen(SECOND, 甲处数=3, 丁="是"))
    assert parts(found) == {"事实": "-9.00"}
    assert movement_text(found) == ("东岭村: 98.00 → 89.00（-9）: 事实 -9（T-02 条2 -5、T-01 条1 -4）")


def test_the_same_facts_under_a_new_law_are_rule() -> None:
    assert parts(moved(BOTH, seen(FIRST, 甲处数=3), seen(SECOND, 甲处数=3))) == {"规则": "-6.00"}
    found = moved(BOTH, seen(FIRST, 甲处数=3), seen(SECOND, 甲处数=1))
    assert parts(found) == {"事实": "8.00", "规则": "-6.00"}


def test_what_leaves_the_denominator_is_applicability() -> None:
    found = moved([OLD], seen(FIRST, 甲处数=8), seen(SECOND, 甲处数=8, 丁=NOT_APPLICABLE))
    assert parts(found) == {"不适用": "-4.00"}
    gone = moved([OLD], seen(FIRST, 丁="是"), seen(SECOND, 丁=NOT_APPLICABLE))
    assert parts(gone) == {"不适用": "5.00"}


def test_an_appeal_moves_the_amended_score_and_nothing_else() -> None:
    engine = scorer(OLD)
    was = side(engine, "一季度", seen(FIRST))
    now = side(engine, "二季度", seen(SECOND, 甲处数=1), first=(seen(SECOND, 甲处数=4),))
    assert parts(movement(was, now, engine)) == {"事实": "-8.00", "申诉": "6.00"}


def test_extra_points_and_the_weights_of_visits_stand_apart() -> None:
    engine = scorer(OLD)
    was = side(engine, "一季度", seen(FIRST), extra=2)
    now = side(engine, "二季度", seen(SECOND, 甲处数=1), visit({**GOOD, "甲处数": 2}, day=SECOND, number=2))

    def worst(lines: Sequence[CardLine]) -> Decimal | None:
        return min((line.low for line in lines if line.low is not None), default=None)

    lowest = worst([card.line for card in now.cards])
    found = movement(was, Side("二季度", lowest, now.cards), engine, worst, plain_mean)
    assert parts(found) == {"事实": "-3.00", "抽样": "-1.00", "附加": "-2.00"}


def test_what_history_adds_is_the_ladder() -> None:
    engine = scorer(OLD)
    was, now = side(engine, "一季度", seen(FIRST, 甲处数=1)), side(engine, "二季度", seen(SECOND, 甲处数=1))
    past = History(Earlier(SECOND), Policy(ladder=(LadderStep(None, add=Decimal(4)),)))
    cards = tuple(map(card_sum, engine.cards(seen(SECOND, 甲处数=1), past)))
    found = movement(was, Side("二季度", mean_of(cards), cards), engine)
    assert now.score == Decimal(98)
    assert parts(found) == {"阶梯": "-4.00"}


def test_what_rounding_leaves_is_a_part_too() -> None:
    engine = scorer(OLD)
    visits = [visit({**GOOD, "甲处数": n}, day=SECOND, number=n + 1) for n in (0, 0, 1)]
    visits[1] = visit({**GOOD}, day=SECOND, number=9)
    found = movement(side(engine, "一季度", seen(FIRST)), side(engine, "二季度", *visits), engine)
    assert found.change == Decimal("-0.67")
    assert parts(found) == {"事实": "-0.67"}


def test_unsettled_scores_are_not_compared() -> None:
    found = moved([OLD], seen(FIRST), seen(SECOND, 甲处数=BLANK))
    assert movement_text(found) == "东岭村: 二季度没有确定的得分，不能比"


def test_an_unmoved_unit_says_so() -> None:
    assert movement_text(moved([OLD], seen(FIRST), seen(SECOND))) == "东岭村: 100.00 未变"


def worlds() -> st.SearchStrategy[
    tuple[Standard, Standard, list[dict[str, Answer]], list[dict[str, Answer]], Unit]
]:
    def of(law: Standard) -> st.SearchStrategy[list[dict[str, Answer]]]:
        return st.lists(sheets(law, blanks=False), min_size=1, max_size=3)

    return st.tuples(standards(), standards(), units).flatmap(
        lambda one: st.tuples(st.just(one[0]), st.just(one[1]), of(one[0]), of(one[0]), st.just(one[2]))
    )


@given(worlds(), st.booleans(), st.integers(-5, 5))
@settings(max_examples=150)
def test_the_parts_add_up_to_the_last_hundredth(
    world: tuple[Standard, Standard, list[dict[str, Answer]], list[dict[str, Answer]], Unit],
    changed: bool,
    extra: int,
) -> None:
    old, new, before, after, unit = world
    laws = [old, new.model_copy(update={"starts": NEW_LAW})] if changed else [old]
    engine = scorer(*laws)

    def visits(answers: list[dict[str, Answer]], day: dt.date) -> list[Inspection]:
        return [visit(one, unit, day, number=n) for n, one in enumerate(answers, start=1)]

    was, now = (
        side(engine, "前", *visits(before, FIRST)),
        side(engine, "后", *visits(after, SECOND), extra=extra),
    )
    found = movement(was, now, engine)
    if found.why:
        assert found.parts == ()
        return
    assert sum((points for _, points in found.parts), Decimal(0)) == found.change
    assert [name for name, _ in found.parts] == [name for name in PARTS if name in dict(found.parts)]
    assert all(publish(points) == points for _, points in found.parts)
    told = dict(found.parts)
    assert sum((one.points for one in found.facts), Decimal(0)) == told.get("事实", 0)
    assert told.get("附加", 0) == extra
    assert told.get("规则", 0) == 0 or changed
    cents = len(old.clauses) + len(new.clauses) + 12
    assert abs(told.get("四舍五入", Decimal(0))) <= Decimal("0.005") * cents


def place(name: str, score: str | None, rank: int | None) -> Placed:
    return Placed(Unit(name, name, "行政村"), None if score is None else Decimal(score), rank)


def test_a_lost_rank_names_who_passed() -> None:
    before = [place("东岭村", "92", 1), place("石桥村", "91", 2), place("柳树村", "90", 3)]
    after = [place("石桥村", "93", 1), place("柳树村", "92", 2), place("东岭村", "91.5", 3)]
    move = {one.unit.name: one for one in rank_moves(before, after)}
    assert rank_text(move["东岭村"]) == "名次 -2: 自己 -0.5 分，柳树村、石桥村超过"
    assert (move["东岭村"].own, move["东岭村"].others) == (0, -2)
    assert rank_text(move["石桥村"]) == "名次 +1: 自己 +2 分，超过东岭村"
    assert (move["石桥村"].own, move["石桥村"].others) == (1, 0)


def test_who_came_and_who_went_is_told() -> None:
    before = [place("甲村", "95", 1), place("乙村", "90", 2)]
    after = [place("丙村", "96", 1), place("乙村", "90", 2), place("甲村", None, None)]
    move = {one.unit.name: one for one in rank_moves(before, after)}
    assert rank_text(move["乙村"]) == "名次未变: 新进前面的 丙村，退出排名的 甲村"
    assert rank_text(move["甲村"]) == rank_text(move["丙村"]) == "两轮中有一轮没有名次"


@pytest.mark.parametrize("dense", [False, True])
@given(st.lists(st.tuples(st.integers(80, 84), st.integers(80, 84)), min_size=1, max_size=6))
def test_a_rank_moves_by_what_is_told(dense: bool, scores: list[tuple[int, int]]) -> None:
    def round_of(side: int) -> list[Placed]:
        own = [pair[side] for pair in scores]
        better = [[other for other in own if other > score] for score in own]
        ranks = [len(set(ahead) if dense else ahead) + 1 for ahead in better]
        return [
            place(f"{n}", str(score), rank) for n, (score, rank) in enumerate(zip(own, ranks, strict=True))
        ]

    before, after = round_of(0), round_of(1)
    for move, was, now in zip(rank_moves(before, after), before, after, strict=True):
        assert move.up == (was.rank or 0) - (now.rank or 0) == move.own + move.others
        if not dense:
            assert move.up == len(move.passed) - len(move.passed_by)
