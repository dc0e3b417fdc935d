"""One heap is charged once, whatever number of clauses and standards count it."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.explain.ledger import why
from scoring.finding import Finding, Result
from scoring.inspection import BLANK, Answer, Inspection, NotChecked, Unit
from scoring.report.result import to_json
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from scoring.tariff import PerUnit
from tests.strategies import answers_of, sheets, units
from tests.support import HEAD, clause, scorer, standard, visit
from tests.test_golden import SCHEMA

FORM = """  垃圾处数: {填: 数量, 单位: 处}
  堵路: {填: 是否}
"""


def law(id: str, *clauses: str) -> Standard:
    """Return a standard of one item whose clauses are numbered under its 编号."""
    numbered = [text.replace("编号: T-", f"编号: {id}-") for text in clauses]
    return standard(FORM, [(100, numbered)], HEAD.replace("编号: T", f"编号: {id}"))


def count(number: int, price: str, when: str = "垃圾处数 > 0", **more: str) -> str:
    return clause(number, when, price, **more)


def told(inspection: Inspection, *laws: Standard) -> dict[str, str]:
    """Return, by 编号, what each clause that failed or is open says it took."""
    return {
        card.program.clause(one.clause).card.id: sentence
        for card in scorer(*laws).cards(inspection)
        for one in card.findings
        if (sentence := why(card, one))
    }


FOUND = {"垃圾处数": 3, "堵路": "否"}
CHEAP, DEAR = law("A", count(1, "{每处: 1}")), law("B", count(1, "{每处: 2, 最高扣: 4}"))


def test_the_dearest_takes_it_and_the_others_say_so() -> None:
    assert told(visit(FOUND), CHEAP, DEAR) == {
        "A-01": "条13处，已按 B-01 扣分，扣0分",
        "B-01": "条13处，每处扣2分，应扣6分，最高扣4分，扣4分",
    }
    assert told(visit(FOUND), CHEAP) == {"A-01": "条13处，每处扣1分，扣3分"}


def test_the_document_names_who_takes_it_as_its_schema_says() -> None:
    document = json.loads(to_json(scorer(CHEAP, DEAR).score([visit(FOUND)])))
    jsonschema.validate(document, SCHEMA, jsonschema.Draft202012Validator)
    assert [card["findings"][0].get("charged_by") for card in document["cards"]] == ["B-01", None]


def test_the_others_still_fail_and_need_no_order_of_their_own() -> None:
    seen = visit(FOUND, places={"垃圾处数": ("村口",)})
    found = scorer(CHEAP, DEAR).score([seen])
    assert [card.findings[0].result for card in found.cards] == [Result.FAIL, Result.FAIL]
    assert [card.findings[0].places for card in found.cards] == [("村口",), ("村口",)]
    assert [order.clauses for order in found.orders] == [("A-01", "B-01")]


@pytest.mark.parametrize(
    ("first", "second", "spared"),
    [
        ("{每处: 2}", "{每处: 1}", "B-01"),
        ("{每处: 2, 最高扣: 1}", "{每处: 1}", "B-01"),
        ("{每处: 2, 最高扣: 10}", "{每处: 2}", "A-01"),
        ("{每处: 2, 最高扣: 10}", "{每处: 2, 最高扣: 12}", "A-01"),
        ("{每处: 2}", "{每处: 2}", "B-01"),
        ("{每2处: 3, 零头: 进一}", "{每处: 2}", "A-01"),
        ("{每处: 0}", "{每处: 1}", ""),
        ("{每处: 5, 最高扣: 0}", "{每处: 1}", ""),
    ],
)
def test_the_order_is_points_then_cap_then_number_and_what_costs_nothing_takes_nothing(
    first: str, second: str, spared: str
) -> None:
    found = told(visit(FOUND), law("A", count(1, first)), law("B", count(1, second)))
    assert [id for id, sentence in found.items() if "已按" in sentence] == ([spared] if spared else [])


@pytest.mark.parametrize(
    "dear",
    [
        count(1, "{每处: 9}", "垃圾处数 > 5"),
        count(1, "{每处: 9}", 适用="[自然村]"),
        count(1, "{每处: 9}", 不适用="堵路 = 否"),
        clause(1, "堵路 = 否", "9"),
        clause(1, "垃圾处数 < 9", "{每少1处: 9}"),
    ],
    ids=["没到扣分的数", "不查这一类", "不适用", "定额", "数的是缺多少"],
)
def test_a_clause_that_passes_or_counts_nothing_takes_nothing(dear: str) -> None:
    assert told(visit(FOUND), CHEAP, law("B", dear))["A-01"] == "条13处，每处扣1分，扣3分"


def test_what_is_over_a_limit_is_part_of_the_heap() -> None:
    over = law("B", count(1, "{每超1处: 5}", "垃圾处数 > 2"))
    assert told(visit(FOUND), CHEAP, over)["A-01"] == "条13处，已按 B-01 扣分，扣0分"


def test_two_clauses_of_one_standard_charge_once_too() -> None:
    both = law("A", count(1, "{每处: 1}"), count(2, "{每处: 2}"), count(10, "{每处: 2}"))
    assert list(told(visit(FOUND), both).values()) == [
        "条13处，已按 A-02 扣分，扣0分",
        "条23处，每处扣2分，扣6分",
        "条103处，已按 A-02 扣分，扣0分",
    ]


def test_while_the_dearest_may_still_fail_the_others_cost_between_nothing_and_their_own() -> None:
    open_ = law("B", count(1, "{每处: 2}", "垃圾处数 > 0 且 堵路 = 是"))
    unknown = visit({**FOUND, "堵路": BLANK})
    assert told(unknown, CHEAP, open_) == {
        "A-01": "条13处，B-01 还没查清，按它扣了这里就不扣，最多扣3分，扣0分",
        "B-01": "未查，可能扣0～6分",
    }
    cards = list(scorer(CHEAP, open_).cards(unknown))
    assert [(card.low, card.high) for card in cards] == [(97, 100), (94, 100)]


def test_nothing_is_open_about_a_clause_whose_heap_is_certainly_taken() -> None:
    open_ = law("A", count(1, "{每处: 1}", "垃圾处数 > 0 且 堵路 = 是"))
    assert told(visit({**FOUND, "堵路": BLANK}), open_, DEAR)["A-01"] == "未查，不影响得分"


def test_one_sheet_of_two_visits_charges_each_visit_by_itself() -> None:
    visits = [visit(FOUND), visit({**FOUND, "垃圾处数": 1}, number=2)]
    found = scorer(CHEAP, DEAR).score(visits)
    assert [(card.program.standard.id, card.score) for card in found.cards] == [
        ("A", 100), ("B", 96), ("A", 100), ("B", 98),
    ]  # fmt: skip


COUNTS = "  甲处数: {填: 数量, 单位: 处, 最大: 12}\n  乙处数: {填: 数量, 单位: 处, 最大: 12, 可缺项: 是}\n  丁: {填: 是否}\n"


@st.composite
def counting_cards(draw: st.DrawFn, id: str, number: int) -> str:
    """A clause that counts one of two fields, whatever else it looks at."""
    name, more = draw(st.sampled_from(["甲处数", "乙处数"])), {"编号": f"{id}-{number:02d}"}
    when = f"{name} > {draw(st.integers(0, 2))}{draw(st.sampled_from(['', ' 且 丁 = 是']))}"
    cap = draw(st.sampled_from(["", ", 最高扣: 3", ", 最高扣: 5"]))
    if draw(st.integers(0, 3)) == 0:
        more["不适用"] = "丁 = 否"
    if draw(st.integers(0, 4)) == 0:
        more["适用"] = draw(st.sampled_from(["[行政村]", "[自然村]"]))
    return clause(number, when, f"{{每处: {draw(st.integers(1, 3))}{cap}}}", **more)


@st.composite
def counting_laws(draw: st.DrawFn, id: str) -> Standard:
    """A standard of one or two small items, each of one to three clauses that count."""
    items = []
    for n in range(draw(st.integers(1, 2))):
        numbers = range(3 * n + 1, 3 * n + 1 + draw(st.integers(1, 3)))
        items.append((draw(st.sampled_from([4, 20])), [draw(counting_cards(id, each)) for each in numbers]))
    return standard(
        COUNTS, items, HEAD.replace("编号: T", f"编号: {id}").replace("90", "3").replace("60", "2")
    )


pairs = st.tuples(counting_laws("T"), counting_laws("U"))
pair_worlds = pairs.flatmap(lambda two: st.tuples(st.just(two), sheets(two[0]), units))
full_pair_worlds = pairs.flatmap(lambda two: st.tuples(st.just(two), sheets(two[0], blanks=False), units))
Two = tuple[Standard, Standard]
PairWorld = tuple[Two, dict[str, Answer], Unit]


def seen_by(world: PairWorld) -> Inspection:
    _, answers, unit = world
    return visit(answers, unit)


def together(laws: Sequence[Standard], inspection: Inspection) -> list[ScoreCard]:
    return list(scorer(*laws).cards(inspection))


def counting(cards: Sequence[ScoreCard]) -> dict[str, list[tuple[ScoreCard, Finding]]]:
    """Return, by 检查项, the findings of the clauses that charge what they count."""
    found: dict[str, list[tuple[ScoreCard, Finding]]] = {}
    for card in cards:
        for one in card.findings:
            tariff = card.program.clause(one.clause).tariff
            if (
                isinstance(tariff, PerUnit)
                and not tariff.short
                and tariff.field in card.program.standard.form
            ):
                found.setdefault(tariff.field, []).append((card, one))
    return found


@given(full_pair_worlds)
@settings(max_examples=100)
def test_no_check_is_charged_twice_at_one_visit(world: PairWorld) -> None:
    for group in counting(together(world[0], seen_by(world))).values():
        failing = [one for _, one in group if one.result is Result.FAIL and one.count]
        assert sum(bool(one.low) for _, one in group) == bool(failing), "one of them takes it"
        assert sum(bool(one.charged_by) for _, one in group) == max(len(failing) - 1, 0), "the others say so"


@given(pair_worlds)
@settings(max_examples=100)
def test_the_order_of_the_standards_changes_no_byte(world: PairWorld) -> None:
    one, other = world[0]
    seen = seen_by(world)
    assert to_json(scorer(one, other).score([seen])) == to_json(scorer(other, one).score([seen]))


@given(pair_worlds, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_every_completion_of_the_blanks_lies_within_the_bounds_of_every_card(
    world: PairWorld, chance: random.Random
) -> None:
    laws, answers, unit = world
    before = together(laws, seen_by(world))
    blanks = [name for name, answer in answers.items() if isinstance(answer, NotChecked)]
    every = itertools.product(*(answers_of(laws[0].form[name]) for name in blanks))
    some = list(itertools.islice(every, 5_000))
    for completion in chance.sample(some, min(len(some), 20)):
        done = together(
            laws, seen_by((laws, {**answers, **dict(zip(blanks, completion, strict=True))}, unit))
        )
        for card, after in zip(before, done, strict=True):
            if after.score is not None:
                assert card.low is not None and card.high is not None
                assert card.low <= after.score <= card.high


@given(pair_worlds)
@settings(max_examples=100)
def test_company_only_ever_spares_a_standard(world: PairWorld) -> None:
    """Alone, a standard charges what it charges; beside another, what the other takes is all that differs."""
    seen = seen_by(world)
    beside = {card.program.standard.id: card for card in together(world[0], seen)}
    for one in world[0]:
        for card in together([one], seen):
            for alone, found in zip(card.findings, beside[one.id].findings, strict=True):
                assert found == alone if not found.charged_by else found.low <= alone.low <= alone.high
                assert found.high <= alone.high
                assert found.result is alone.result
