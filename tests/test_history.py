"""History: what follows from it, what it costs, and how the ledger says so."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.explain.ledger import ledger
from scoring.finding import MarkKind, Result
from scoring.history.consequence import supervise
from scoring.history.ladder import MAX_RUN, LadderStep, Level, Policy
from scoring.history.past import Earlier, History, PastFinding, PastOrder
from scoring.inspection import Answer, NotChecked, Unit
from scoring.report.result import to_json
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from tests import brute_history as brute
from tests.histories import BEGAN, Told, pasts
from tests.strategies import CERTAIN, answers_of, sheets, standards, units
from tests.support import DAY, clause, infer, scorer, standard, visit

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "docs" / "schema" / "score-1.schema.json").read_text("utf-8")
)
ADD = Decimal(1)
TWICE = LadderStep(MarkKind.REPEATED, 2, multiply=Decimal(2))


def ids(one: Standard) -> list[str]:
    return [clause.id for item in one.items for clause in item.clauses]


worlds = standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units, pasts(ids(one))))
full_worlds = standards(CERTAIN).flatmap(
    lambda one: st.tuples(st.just(one), sheets(one, blanks=False), units, pasts(ids(one)))
)
World = tuple[Standard, dict[str, Answer], Unit, Told]


def card_of(world: World, history: History | None) -> ScoreCard:
    one, answers, unit, _ = world
    return next(scorer(one).cards(visit(answers, unit), history))


def said(card: ScoreCard, id: str, *, certain: bool | None = None) -> set[tuple[str, int, int]]:
    return {
        (one.mark.kind.value, one.mark.level, one.mark.n)
        for one in card.raised.consequences
        if card.program.clause(one.mark.clause).card.id == id and certain in (None, one.certain)
    }


@given(worlds)
@settings(max_examples=150)
def test_what_follows_is_what_the_simple_reading_says(world: World) -> None:
    past = world[3]
    card = card_of(world, past.history)
    for finding in card.findings:
        id = card.program.clause(finding.clause).card.id
        fails = finding.result is Result.FAIL
        assert said(card, id, certain=True) == past.consequences(id, fails)
        assert said(card, id) == past.consequences(id, fails or finding.may_fail)


@given(full_worlds)
@settings(max_examples=150)
def test_a_clause_costs_what_the_simple_reading_says(world: World) -> None:
    past = world[3]
    plain, card = card_of(world, None), card_of(world, past.history)
    for before, after in zip(plain.findings, card.findings, strict=True):
        made = card.program.clause(before.clause)
        wanted = Fraction(before.low)
        if before.result is Result.FAIL and not made.zeroes and not before.charged_by:
            wanted = brute.cost(wanted, past.consequences(made.card.id, True), past.ladder)
        assert (Fraction(after.low), Fraction(after.high)) == (wanted, wanted)
        taken = card.raised.steps.get(before.clause)
        assert (taken is not None) == (wanted > before.low)
        if taken and taken.cause:
            assert taken.choice.step.fits(taken.cause.mark)
    for item in card.items:
        costs = sum((card.findings[number - 1].low for number in item.item.clauses), Decimal(0))
        zeroed = any(
            card.findings[n - 1].result is Result.FAIL and card.program.clause(n).zeroes
            for n in item.item.clauses
        )
        applicable = item.applicable or Decimal(0)
        assert item.lost == (applicable if zeroed else min(applicable, costs))


@given(worlds)
@settings(max_examples=60)
def test_every_number_adds_up_and_is_read_aloud(world: World) -> None:
    card = card_of(world, world[3].history)
    for item in card.items:
        assert item.awarded + item.lost == item.applicable
        assert sum((card.losses[number - 1] for number in item.item.clauses), Decimal(0)) == item.lost
        assert 0 <= item.open <= item.awarded
    for finding in card.findings:
        assert finding.low <= finding.high
    lines = [line for line in ledger(card) if line.startswith("  T-")]
    spoken = [line.rpartition("，扣")[2].removesuffix("分") for line in lines]
    lost = sum(Decimal(points) for points in spoken if points.replace(".", "", 1).isdigit())
    assert lost == sum(card.losses)


@given(worlds)
@settings(max_examples=60)
def test_history_never_raises_a_score(world: World) -> None:
    plain, card = card_of(world, None), card_of(world, world[3].history)
    if plain.low is not None and plain.high is not None:
        assert card.low is not None and card.high is not None
        assert card.low <= plain.low
        assert card.high <= plain.high
    else:
        assert (card.low, card.high) == (plain.low, plain.high)
    assert [one.result for one in card.findings] == [one.result for one in plain.findings]
    assert card.vetoes == plain.vetoes


@given(worlds, st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_every_completion_of_the_blanks_lies_within_the_bounds(world: World, chance: random.Random) -> None:
    one, answers, unit, past = world
    card = card_of(world, past.history)
    blanks = [name for name, answer in answers.items() if isinstance(answer, NotChecked)]
    every = itertools.product(*(answers_of(one.form[name]) for name in blanks))
    some = list(itertools.islice(every, 20_000))
    for completion in chance.sample(some, min(len(some), 40)):
        whole = {**answers, **dict(zip(blanks, completion, strict=True))}
        done = card_of((one, whole, unit, past), past.history)
        if done.score is not None:
            assert card.low is not None and card.high is not None
            assert card.low <= done.score <= card.high
        for id in ids(one):
            assert said(card, id, certain=True) <= said(done, id) | {("反弹", 0, 0)}


@given(worlds)
@settings(max_examples=50)
def test_a_past_without_a_ladder_changes_no_point_and_none_at_all_no_byte(world: World) -> None:
    one, answers, unit, past = world
    history = past.history
    told = replace(history, policy=replace(history.policy, ladder=()))
    plain, card = card_of(world, None), card_of(world, told)
    assert (card.findings, card.losses, card.items) == (plain.findings, plain.losses, plain.items)
    blank = History(Earlier(BEGAN), Policy((TWICE,)))
    seen = [visit(answers, unit)]
    assert to_json(scorer(one).score(seen, history=lambda _: blank)) == to_json(scorer(one).score(seen))


@given(worlds, st.randoms())
@settings(max_examples=40)
def test_the_order_of_rows_changes_no_byte(world: World, chance: random.Random) -> None:
    one, answers, unit, past = world
    rows, orders = list(past.history.earlier.findings), list(past.history.orders)
    chance.shuffle(rows)
    chance.shuffle(orders)
    shuffled = History(Earlier(BEGAN, rows), past.history.policy, orders, past.history.as_of)
    documents = [
        to_json(scorer(one).score([visit(answers, unit)], history=lambda _, each=each: each))
        for each in (past.history, shuffled)
    ]
    assert documents[0] == documents[1]
    jsonschema.validate(json.loads(documents[0]), SCHEMA, jsonschema.Draft202012Validator)


LAW = standard(
    "  柴草处数: {填: 数量, 单位: 处}\n  焚烧: {填: 是否}\n  台账: {填: 是否}\n",
    [
        (
            20,
            [
                clause(1, "柴草处数 > 0", "{每处: 2, 最高扣: 10}", 名称="柴草乱放"),
                clause(2, "焚烧 = 是", "本项不得分", 名称="露天焚烧"),
            ],
        ),
        (80, [clause(3, "台账 = 否", "4", 名称="没有台账")]),
    ],
)


def failed(id: str, *months: int) -> tuple[PastFinding, ...]:
    return tuple(
        PastFinding(dt.date(2022, month, 1), f"2022-{month:02d}", id, Result.FAIL) for month in months
    )


def lines(history: History | None, **answers: int | str | NotChecked) -> list[str]:
    sheet = {"柴草处数": 0, "焚烧": "否", "台账": "是"} | answers
    return list(ledger(next(scorer(LAW).cards(visit(sheet), history))))  # type: ignore[arg-type]


def told(*findings: PastFinding, ladder: tuple[LadderStep, ...] = (TWICE,), **more: object) -> History:
    orders = more.pop("orders", ())
    return History(Earlier(BEGAN, findings), Policy(ladder, **more), orders)  # type: ignore[arg-type]


def order(id: str, due: int | None, **more: object) -> PastOrder:
    """Return an order of 1 May, due on a day of May (June where it is more than 31)."""
    day = None if due is None else dt.date(2022, 5, 1) + dt.timedelta(due - 1)
    return PastOrder((id,), dt.date(2022, 5, 1), day, **more)  # type: ignore[arg-type]


HEAP = standard(
    "  柴草处数: {填: 数量, 单位: 处}\n",
    [
        (20, [clause(1, "柴草处数 > 0", "{每处: 2}", 名称="柴草乱放")]),
        (80, [clause(2, "柴草处数 > 3", "{每处: 1}", 名称="柴草堆得多")]),
    ],
)


def test_a_clause_whose_heap_another_takes_is_not_raised() -> None:
    history = told(
        *failed("T-01", 5), *failed("T-02", 4, 5), ladder=(LadderStep(MarkKind.REPEATED, add=ADD),)
    )
    card = next(scorer(HEAP).cards(visit({"柴草处数": 4}), history))
    assert [line for line in ledger(card) if line.startswith("  T-")] == [
        "  T-01 柴草乱放4处，每处扣2分，应扣8分，第2次重复（上一轮 2022-05 也不合格），加扣1分，扣9分",
        "  T-02 柴草堆得多4处，已按 T-01 扣分，扣0分",
    ]
    assert list(card.raised.steps) == [1]


def test_a_heap_that_a_dearer_clause_may_still_take_is_raised_at_the_upper_end_only() -> None:
    law = standard(
        "  柴草处数: {填: 数量, 单位: 处}\n  堵路: {填: 是否}\n",
        [
            (20, [clause(1, "柴草处数 > 0 且 堵路 = 是", "{每处: 2}", 名称="柴草堵路")]),
            (80, [clause(2, "柴草处数 > 3", "{每处: 1}", 名称="柴草堆得多")]),
        ],
    )
    history = told(*failed("T-02", 5), ladder=(LadderStep(MarkKind.REPEATED, add=ADD),))
    card = next(scorer(law).cards(visit({"柴草处数": 4, "堵路": NotChecked()}), history))
    assert [(one.low, one.high) for one in card.findings] == [(0, 8), (0, 5)]
    assert [line for line in ledger(card) if line.startswith("  T-02")] == [
        "  T-02 柴草堆得多4处，T-01 还没查清，按它扣了这里就不扣，若在这里扣，"
        "第2次重复（上一轮 2022-05 也不合格），加扣1分，最多扣5分，扣0分"
    ]


def test_what_is_free_the_first_time_may_cost_the_second() -> None:
    law = standard("  台账: {填: 是否}\n", [(100, [clause(1, "台账 = 否", "0", 名称="没有台账")])])
    history = told(*failed("T-01", 5), ladder=(LadderStep(MarkKind.REPEATED, 2, add=ADD),))
    for answer, ends in (("否", (1, 1)), (NotChecked(), (0, 1)), ("是", (0, 0))):
        card = next(scorer(law).cards(visit({"台账": answer}), history))
        assert (card.findings[0].low, card.findings[0].high) == ends


SAID = {
    "第2次重复，加倍": (
        told(*failed("T-01", 5)),
        {"柴草处数": 2},
        "  T-01 柴草乱放2处，每处扣2分，应扣4分，第2次重复（上一轮 2022-05 也不合格），加倍，扣8分",
    ),
    "隔了一轮没查到": (
        told(*failed("T-01", 4), *failed("T-03", 5)),
        {"柴草处数": 2},
        "  T-01 柴草乱放2处，每处扣2分，应扣4分，第2次重复（2022-04 也不合格），加倍，扣8分",
    ),
    "封顶以后再加倍": (
        told(*failed("T-01", 3, 4, 5)),
        {"柴草处数": 9},
        "  T-01 柴草乱放9处，每处扣2分，应扣18分，最高扣10分，第4次重复（2022-03、2022-04、2022-05 也不合格），加倍，扣20分",
    ),
    "本项只剩这些": (
        told(*failed("T-01", 5), ladder=(LadderStep(MarkKind.REPEATED, 2, multiply=Decimal(3)),)),
        {"柴草处数": 9},
        "  T-01 柴草乱放9处，每处扣2分，应扣18分，最高扣10分，第2次重复（上一轮 2022-05 也不合格），按3倍扣，共30分，本项只剩20分，扣20分",
    ),
    "本项不得分的不再加重": (
        told(*failed("T-02", 5)),
        {"焚烧": "是"},
        "  T-02 露天焚烧，本项不得分，扣20分",
    ),
    "定额的先说原价": (
        told(
            *failed("T-03", 5),
            ladder=(LadderStep(MarkKind.REPEATED, 2, multiply=Decimal(0), add=Decimal(9)),),
        ),
        {"台账": "否"},
        "  T-03 没有台账，应扣4分，第2次重复（上一轮 2022-05 也不合格），改扣9分，扣9分",
    ),
    "改扣更少的不改": (
        told(*failed("T-03", 5), ladder=(LadderStep(MarkKind.REPEATED, 2, multiply=Decimal(0), add=ADD),)),
        {"台账": "否"},
        "  T-03 没有台账，扣4分",
    ),
    "取最重的一步": (
        told(
            *failed("T-03", 5),
            ladder=(
                TWICE,
                LadderStep(MarkKind.OVERDUE, 7, add=Decimal(5)),
                LadderStep(MarkKind.OVERDUE, 60, add=Decimal(50)),
            ),
            orders=(order("T-03", 20),),
        ),
        {"台账": "否"},
        "  T-03 没有台账，应扣4分，逾期21天未销号（限 2022-05-20），加扣5分，扣9分",
    ),
    "反弹": (
        told(
            ladder=(LadderStep(MarkKind.RELAPSED, add=ADD),),
            relapse=30,
            orders=(order("T-03", 20, closed_on=dt.date(2022, 5, 11)),),
        ),
        {"台账": "否"},
        "  T-03 没有台账，应扣4分，反弹（2022-05-11 已销号），加扣1分，扣5分",
    ),
    "复查不合格": (
        told(
            ladder=(LadderStep(MarkKind.REDONE, multiply=Decimal(2), add=ADD),),
            orders=(order("T-03", None, redo=2),),
        ),
        {"台账": "否"},
        "  T-03 没有台账，应扣4分，复查2次不合格，加倍再加扣1分，扣9分",
    ),
    "加倍来源": (
        told(ladder=(LadderStep(None, multiply=Decimal(2)),)),
        {"台账": "否"},
        "  T-03 没有台账，应扣4分，日常查到的，加倍，扣8分",
    ),
    "未查的先说可能": (
        told(*failed("T-03", 5)),
        {"台账": NotChecked("锁门")},
        "  T-03 未查（锁门），若不合格，第2次重复（上一轮 2022-05 也不合格），加倍，可能扣0～8分",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_the_ledger_says_the_step_and_what_it_rests_on(name: str) -> None:
    history, answers, wanted = SAID[name]
    found = [line for line in lines(history, **answers) if line.startswith("  T-")]
    assert found == [wanted]


def test_what_costs_nothing_is_told_below_the_score() -> None:
    late = order("T-01", 20, number="2022-7号", redo=1)
    history = told(
        *failed("T-03", 5), orders=(late,), ladder=(), levels=(Level("包村领导", 3), Level("乡长", 10))
    )
    assert lines(history, 台账="否")[-4:] == [
        "T-01 逾期21天未销号（限 2022-05-20）",
        "T-01 复查1次不合格",
        "T-01 提级督办，到乡长",
        "T-03 第2次重复（上一轮 2022-05 也不合格）",
    ]


def test_a_mark_names_the_orders_it_rests_on_and_no_other() -> None:
    orders = (
        order("T-01", 20, number="甲"),
        order("T-01", 39, number="乙"),
        order("T-01", 60, number="丙"),
        order("T-01", 1, number="丁", closed_on=dt.date(2022, 5, 9)),
        order("T-03", 1, number="戊"),
    )
    card = next(scorer(LAW).cards(visit({"柴草处数": 2, "焚烧": "否", "台账": "是"}), told(orders=orders)))
    said = [(one.rests_on, one.text) for one in card.raised.consequences]
    assert said[0] == (("甲整改单", "乙整改单"), "逾期21天未销号（限 2022-05-20）")
    assert said[1] == (("戊整改单",), "逾期40天未销号（限 2022-05-01）")


def test_the_document_says_the_step_and_what_it_rests_on() -> None:
    sheet = visit({"柴草处数": 2, "焚烧": "否", "台账": "是"})
    history = told(*failed("T-01", 5), orders=(order("T-03", 20, number="2022-7号"),))
    document = json.loads(to_json(scorer(LAW).score([sheet], history=lambda _: history)))
    card = document["cards"][0]
    assert card["findings"][0]["step"] == {
        "kind": "重复", "times": 2, "rests_on": ["2022-05"], "price": "4", "multiply": "2", "add": "0",
        "cost": "8", "certain": True,
    }  # fmt: skip
    assert [(one["clause"], one["kind"], one["times"], one["rests_on"]) for one in card["history"]] == [
        ("T-01", "重复", 2, ["2022-05"]),
        ("T-03", "逾期", 1, ["2022-7号整改单"]),
    ]


def test_what_came_later_is_left_out() -> None:
    """An old round scored again from a full store comes to the same."""
    later = failed("T-01", 6, 7, 8)
    new = PastOrder(("T-01",), DAY, DAY - dt.timedelta(9))
    closed = order("T-01", 20, closed_on=DAY + dt.timedelta(3))
    before = told(*failed("T-01", 5), orders=(order("T-01", 20),))
    after = told(*later, *failed("T-01", 5), orders=(closed, new))
    assert lines(after, 柴草处数=2) == lines(before, 柴草处数=2)


def test_one_failed_visit_fails_the_round_and_one_look_is_a_look() -> None:
    may, april = dt.date(2022, 5, 1), dt.date(2022, 4, 1)
    rows = [
        PastFinding(may, "2022-05", "T-01", result)
        for result in (Result.PASS, Result.FAIL, Result.NOT_CHECKED)
    ]
    rows += [PastFinding(april, "2022-04", "T-01", result) for result in (Result.NOT_APPLICABLE, Result.PASS)]
    assert told(*rows).earlier.checked == {"T-01": (("2022-05", True), ("2022-04", False))}
    assert told(*rows).earlier.run("T-01") == ("2022-05",)


def test_orders_are_supervised_one_by_one() -> None:
    policy = Policy(levels=(Level("包村领导", late=3), Level("乡长", late=10, redo=2)))
    orders = [order("T-01", 28), order("T-01", 8), order("T-03", None, redo=2), order("T-03", 20, level=2)]
    found = [
        (orders.index(one), what.text) for one, what in supervise(orders, policy, dt.date(2022, 6, 1), infer)
    ]
    assert sorted(found) == [
        (0, "提级督办，到包村领导"),
        (0, "逾期4天未销号（限 2022-05-28）"),
        (1, "提级督办，到乡长"),
        (1, "逾期24天未销号（限 2022-05-08）"),
        (2, "复查2次不合格"),
        (2, "提级督办，到乡长"),
        (3, "逾期12天未销号（限 2022-05-20）"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: LadderStep(MarkKind.VETO),
        lambda: LadderStep(MarkKind.REPEATED, 0),
        lambda: LadderStep(MarkKind.REPEATED, MAX_RUN + 1),
        lambda: LadderStep(MarkKind.OVERDUE, level=-1),
        lambda: LadderStep(MarkKind.OVERDUE, multiply=Decimal(-1)),
        lambda: LadderStep(MarkKind.OVERDUE, add=Decimal(-1)),
        lambda: Policy((TWICE,) * 22),
        lambda: Policy(relapse=-1),
        lambda: Policy(levels=(Level("乡长", late=-3),)),
    ],
)
def test_numbers_no_policy_can_have_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"step|too many"):
        wrong()  # type: ignore[operator]
