"""豁免: a waived clause is as if it did not apply, and the card says by what and what it would come to without."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.explain.ledger import ledger
from scoring.explain.round import standing_lines
from scoring.finding import Result
from scoring.inspection import Answer, NotChecked, Unit
from scoring.judge import card_line, lower_score, standings
from scoring.match.waive import Waiver
from scoring.report.result import card as document
from scoring.report.result import to_json
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from tests.round_support import scheme
from tests.strategies import sheets, standards, units
from tests.support import DAY, VILLAGE, clause, infer, scorer, standard, visit

FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否}\n  丙: {填: 是否}\n"
LAW = standard(
    FORM,
    [
        (60, [clause(1, "甲处数 > 0", "{每处: 2}"), clause(2, "乙 = 是", "10", 一票否决="是")]),
        (40, [clause(3, "丙 = 是", "30")]),
    ],
)
SCHEMA = json.loads((Path(__file__).parent.parent / "docs/schema/score-1.schema.json").read_text("utf-8"))
BAD: dict[str, Answer | int] = {"甲处数": 3, "乙": "是", "丙": "是"}


def waiver(id: str, starts: dt.date = DAY, until: dt.date = DAY) -> Waiver:
    return Waiver(id, starts, until, "修路", "李建国")


def card(answers: dict[str, Answer | int], *waivers: Waiver) -> ScoreCard:
    return next(scorer(LAW).cards(visit(answers), None, waivers))


def test_a_waived_clause_takes_nothing_and_the_card_without_it_stands_beside() -> None:
    found = card(BAD, waiver("T-02"))
    assert (found.score, found.grade) == (Decimal("64.00"), "合格")
    assert found.waived is not None
    assert document(found.waived.without) == document(card(BAD))
    assert (found.waived.without.score, found.waived.without.grade) == (Decimal("54.00"), "不合格")


def test_an_item_of_which_all_is_waived_leaves_the_full_mark() -> None:
    found = card(BAD, waiver("T-03"))
    assert (found.applicable, found.score) == (Decimal(60), Decimal("73.33"))


def test_the_ledger_says_why_until_when_and_what_it_would_be_otherwise() -> None:
    lines = list(ledger(card(BAD, waiver("T-02", until=dt.date(2022, 9, 30)))))
    assert "  T-02 豁免到 2022-09-30（修路，李建国批准），按不适用；不豁免要扣10分" in lines
    assert "不豁免时得分54.00" in lines
    open_ = list(ledger(card({"甲处数": 0, "乙": NotChecked("锁门"), "丙": "否"}, waiver("T-02"))))
    assert "  T-02 豁免到 2022-06-10（修路，李建国批准），按不适用；不豁免是未查" in open_
    assert "不豁免时得分在90.00～100.00之间" in open_


def test_the_document_holds_the_waiver_and_the_score_without() -> None:
    found = document(card(BAD, waiver("T-02")))
    assert found["without_waivers"] == {
        "score": "54.00",
        "bounds": {"low": "54.00", "high": "54.00"},
        "grade": "不合格",
    }
    assert found["findings"][1]["waived"] == {
        "reason": "修路",
        "by": "李建国",
        "starts": "2022-06-10",
        "until": "2022-06-10",
    }


def test_the_document_of_a_waived_card_is_as_the_schema_says() -> None:
    found = scorer(LAW).score([visit(BAD)], waived=lambda _: [waiver("T-02")])
    jsonschema.validate(json.loads(to_json(found)), SCHEMA, jsonschema.Draft202012Validator)


def test_no_order_is_made_of_a_waived_clause() -> None:
    made = scorer(LAW).score([visit(BAD)], waived=lambda _: [waiver("T-02")])
    assert [one.clauses for one in made.orders] == [("T-01",), ("T-03",)]


@pytest.mark.parametrize(
    ("first", "last", "covers"),
    [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)],
)
def test_a_waiver_counts_from_its_first_day_to_its_last(first: int, last: int, covers: bool) -> None:
    found = card(BAD, waiver("T-02", DAY + dt.timedelta(first), DAY + dt.timedelta(last)))
    assert (found.waived is not None) is covers
    assert covers or document(found) == document(card(BAD))


def test_of_two_standards_that_count_one_heap_the_other_charges_it() -> None:
    other = standard(FORM, [(100, [clause(9, "甲处数 > 0", "{每处: 1}")])])
    other = other.model_copy(update={"id": "U"})
    cards = list(scorer(LAW, other).cards(visit(BAD), None, [waiver("T-01")]))
    assert [one.losses[0] for one in cards] == [Decimal(0), Decimal(3)]
    assert [one.losses[0] for one in scorer(LAW, other).cards(visit(BAD))] == [Decimal(6), Decimal(0)]
    assert cards[1].waived is not None
    assert (cards[1].waived.by, cards[1].waived.without.score) == ({}, Decimal("100.00"))


worlds = standards().flatmap(
    lambda one: st.tuples(
        st.just(one), sheets(one), units, st.sets(st.sampled_from([each.id for each in one.clauses]))
    )
)


def excused_by_kind(law: Standard, kind: str, ids: set[str]) -> Standard:
    """Return a standard in which some clauses do not concern a 类别."""
    items = [
        item.model_copy(
            update={
                "clauses": tuple(
                    one.model_copy(update={"kinds": tuple(k for k in law.kinds if k != kind)})
                    if one.id in ids
                    else one
                    for one in item.clauses
                )
            }
        )
        for item in law.items
    ]
    return law.model_copy(update={"items": tuple(items)})


@given(worlds)
def test_what_is_waived_is_as_if_it_did_not_apply_and_without_is_as_if_never_waived(
    world: tuple[Standard, dict[str, Answer], Unit, set[str]],
) -> None:
    law, answers, unit, ids = world
    seen = visit(answers, unit)
    one = scorer(law)
    found = next(one.cards(seen, None, [waiver(id) for id in sorted(ids)]))
    plain = next(one.cards(seen))
    other = next(scorer(excused_by_kind(law, unit.kind, ids)).cards(seen))
    for name in ("losses", "low", "high", "grade", "vetoes", "coverage", "bonus"):
        assert getattr(found, name) == getattr(other, name), name
    assert [item.applicable for item in found.items] == [item.applicable for item in other.items]
    assert [one.result for one in found.findings] == [one.result for one in other.findings]
    moved = [one.clause for one in plain.findings if one.result is not Result.NOT_APPLICABLE]
    waived = {number for number in moved if found.program.clause(number).card.id in ids}
    assert (found.waived is None and found == plain) if not waived else found.waived is not None
    if found.waived is not None:
        assert (set(found.waived.by), found.waived.without) == (waived, plain)


def test_a_standing_is_shown_with_and_without_and_so_is_the_longer_round() -> None:
    month, other = scheme(周期="月"), Unit("2", "西坡村", "行政村", "西片")
    cards = [card(BAD, waiver("T-02")), next(scorer(LAW).cards(visit(BAD, other)))]
    one, two = standings(month, map(card_line, cards), infer=infer)
    assert (one.unit, one.score, one.without) == (VILLAGE, Decimal("64.00"), (Decimal("54.00"),) * 2)
    assert (two.score, two.without) == (Decimal("54.00"), None)
    assert "不豁免时得分54.00" in list(standing_lines(one, month))
    assert not [line for line in standing_lines(two, month) if "豁免" in line]
    year = scheme(周期="年", 组成="[{轮次: 月, 合成: 平均, 占: 100%}]")
    lower = [lower_score(each, "六月", "月", DAY) for each in (one, two)]
    above = {each.unit.id: each for each in standings(year, (), (), lower, infer=infer)}
    assert (above["1"].score, above["1"].without) == (Decimal("64.00"), (Decimal("54.00"),) * 2)
    assert above["2"].without is None
