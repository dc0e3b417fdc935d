"""The invariants of the score, on random standards and sheets."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.explain.ledger import ledger
from scoring.finding import Result
from scoring.inspection import BLANK, Answer, NotChecked, Unit
from scoring.points import publish
from scoring.report.result import to_json
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from tests import brute
from tests.strategies import CERTAIN, PLAIN, answers_of, sheets, standards, units
from tests.support import HEAD, clause, scorer, standard, visit

worlds = standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units))
full_worlds = standards(CERTAIN).flatmap(
    lambda one: st.tuples(st.just(one), sheets(one, blanks=False), units)
)


def card_of(standard: Standard, answers: dict[str, Answer], unit: Unit) -> ScoreCard:
    return next(scorer(standard).cards(visit(answers, unit)))


@given(worlds)
def test_every_number_adds_up(world: tuple[Standard, dict[str, Answer], Unit]) -> None:
    card = card_of(*world)
    for item in card.items:
        assert item.awarded + item.lost == item.applicable
        assert sum((card.losses[number - 1] for number in item.item.clauses), Decimal(0)) == item.lost
        assert 0 <= item.open <= item.awarded
    assert sum(card.losses) == sum(item.lost for item in card.items)
    if card.low is not None and card.high is not None:
        extra = card.bonus
        assert 0 <= card.low <= card.high <= card.program.scale + extra.high
        assert extra.low <= extra.high <= (card.program.standard.bonus.cap if card.program.bonuses else 0)
        assert publish(card.low) == card.low
    open_ = any(
        one.result is Result.NOT_CHECKED or one.low != one.high
        for one in (*card.findings, *card.bonus.findings)
    )
    assert open_ or card.low == card.high


@given(full_worlds)
@settings(max_examples=400)
def test_the_independent_reading_agrees(world: tuple[Standard, dict[str, Answer], Unit]) -> None:
    standard, answers, unit = world
    card = card_of(standard, answers, unit)
    score, lost, grade = brute.score(standard, unit.kind, dict(answers))
    assert (None if card.score is None else Fraction(card.score)) == score
    assert [Fraction(item.lost) for item in card.items] == lost
    assert card.grade == grade


@given(worlds, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_every_completion_of_the_blanks_lies_within_the_bounds(
    world: tuple[Standard, dict[str, Answer], Unit], chance: random.Random
) -> None:
    standard, answers, unit = world
    card = card_of(standard, answers, unit)
    blanks = [name for name, answer in answers.items() if isinstance(answer, NotChecked)]
    every = list(
        itertools.islice(itertools.product(*(answers_of(standard.form[name]) for name in blanks)), 20_000)
    )
    for completion in chance.sample(every, min(len(every), 60)):
        done = card_of(standard, {**answers, **dict(zip(blanks, completion, strict=True))}, unit)
        if done.score is not None:
            assert card.low is not None and card.high is not None
            assert card.low <= done.score <= card.high
        if card.grade is not None and done.score is not None:
            assert done.grade == card.grade
        certain = {veto.kind for veto in card.vetoes if veto.certain}
        possible = {veto.kind for veto in card.vetoes}
        assert certain <= {veto.kind for veto in done.vetoes if veto.certain} <= possible


plain_worlds = standards(PLAIN).flatmap(lambda one: st.tuples(st.just(one), sheets(one, blanks=False), units))


@given(plain_worlds, st.sampled_from(["甲处数", "丙户数"]))
def test_one_more_occurrence_never_raises_a_score(
    world: tuple[Standard, dict[str, Answer], Unit], name: str
) -> None:
    standard, answers, unit = world
    more = {**answers, name: min(Decimal(12), Decimal(str(answers[name])) + 1)}
    before, after = card_of(standard, answers, unit), card_of(standard, more, unit)
    if _settled(before) == _settled(after) and before.score is not None:
        assert after.score is not None
        assert after.score <= before.score


def _settled(card: ScoreCard) -> list[tuple[bool, str]]:
    """Return which clauses apply, and which of them takes what several count: what fixes the arithmetic."""
    return [(one.result is Result.NOT_APPLICABLE, one.charged_by) for one in card.findings]


@given(
    standards().flatmap(
        lambda one: st.tuples(st.just(one), st.lists(st.tuples(sheets(one), units), max_size=6))
    ),
    st.randoms(),
)
@settings(max_examples=60)
def test_the_order_of_visits_changes_no_byte(
    world: tuple[Standard, list[tuple[dict[str, Answer], Unit]]], chance: random.Random
) -> None:
    standard, drawn = world
    visits = [visit(answers, unit, number=n) for n, (answers, unit) in enumerate(drawn, start=1)]
    shuffled = chance.sample(visits, len(visits))
    assert to_json(scorer(standard).score(visits)) == to_json(scorer(standard).score(shuffled))


@given(worlds)
def test_the_ledger_read_aloud_accounts_for_every_point(
    world: tuple[Standard, dict[str, Answer], Unit],
) -> None:
    card = card_of(*world)
    text = "\n".join(ledger(card))
    spoken = [
        line.rpartition("，扣")[2].removesuffix("分") for line in text.splitlines() if line.startswith("  T-")
    ]
    lost = sum(Decimal(points) for points in spoken if points.replace(".", "", 1).isdigit())
    assert lost == sum(card.losses)


@given(standards())
def test_nothing_applicable_is_no_score_and_no_rank(standard: Standard) -> None:
    nothing = dict.fromkeys(standard.form, BLANK)
    elsewhere = Unit("9", "外村", "自然村")
    found = scorer(standard).score([visit(nothing, elsewhere)])
    for card, one in zip(found.cards, found.units, strict=True):
        if not card.applicable:
            assert (card.low, card.high, card.score, card.coverage) == (None, None, None, None)
        assert one.rank is None or one.score is not None


def test_what_is_only_counted_has_no_score_though_an_item_may_not_apply() -> None:
    head = HEAD.replace("等次: {优秀: 90, 合格: 60, 不合格: 0}\n一票否决: 等次定为不合格\n", "计分: 只统计\n")
    counted = standard("  丁: {填: 是否, 可缺项: 是}\n", [(0, [clause(1, "丁 = 是", "0")])], head)
    (card,) = scorer(counted).cards(visit({"丁": BLANK}))
    assert (card.low, card.high) == (None, None)
