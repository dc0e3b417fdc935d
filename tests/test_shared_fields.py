"""Several standards on one sheet: no question asked twice, no heap under two names, one order for one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from scoring.compile.program import compile
from scoring.compile.vocabulary import vocabulary
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import field_dictionary, shipped
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
from tests.support import DAY, scorer

STANDARDS = {one.id: one for one in shipped()}
ROAD = [STANDARDS[id] for id in ("JW", "LW", "WH")]
VILLAGE = [STANDARDS[id] for id in ("CZ", "WL")]
SHOP = [STANDARDS[id] for id in ("LX", "SB")]
UNITS = {
    "路段": Unit("LD01", "状元大道东段", "路段", details={"路段等级": "一类", "联路段领导": "乡长 孙立"}),
    "行政村": Unit("01", "东岭村", "行政村", details={"户数": "420", "包村领导": "乡长 孙立"}),
    "商户": Unit("SH01", "张记修车铺", "商户", details={"责任人": "张老板"}),
}
together = pytest.mark.parametrize(("kind", "used"), [("路段", ROAD), ("行政村", VILLAGE), ("商户", SHOP)])


def test_what_several_standards_ask_stands_in_the_dictionary_alone() -> None:
    asked = Counter(name for standard in STANDARDS.values() for name in standard.form)
    known = field_dictionary()
    several = {name for name, number in asked.items() if number > 1}
    assert several <= set(known)
    for name in several:
        cards = [standard.form[name] for standard in STANDARDS.values() if name in standard.form]
        assert cards.count(cards[0]) == len(cards)


def test_nothing_in_the_dictionary_is_asked_by_no_standard() -> None:
    assert set(field_dictionary()) <= {name for standard in STANDARDS.values() for name in standard.form}


def test_a_shared_heap_has_a_note_that_says_what_counts() -> None:
    for name, card in field_dictionary().items():
        assert card["说明"], name


@together
def test_one_sheet_answers_them_all(kind: str, used: list[Standard]) -> None:
    cards = list(scorer(*used).cards(_sheet(kind, vocabulary(used), _right)))
    assert [card.program.standard for card in cards] == used
    assert {(card.score, card.coverage) for card in cards} == {(Decimal(100), Decimal(1))}


@together
def test_one_thing_has_one_order_that_cites_every_clause_and_says_one_thing(
    kind: str, used: list[Standard]
) -> None:
    found = scorer(*used).score([_sheet(kind, vocabulary(used), _wrong)]).orders
    assert len({order.subject for order in found}) == len(found)
    clauses = defaultdict(set)
    for standard in used:
        program = compile(standard, standard.starts)
        for one in program.clauses:
            if kind in one.kinds:
                clauses[program.terms.asked[one.subject][0]].add(one.card.id)
    for order in found:
        assert set(order.clauses) <= clauses[order.subject]
        if kind != "商户":  # a workshop is told to stay inside, a shop to take its goods in
            remedies = [one.remedy for law in used for one in law.clauses if one.id in order.clauses]
            assert len({(one.unit, one.person, one.text) for one in remedies}) == 1, order.clauses


def test_a_heap_on_the_road_is_cited_from_all_three_standards() -> None:
    found = scorer(*ROAD).score([_sheet("路段", vocabulary(ROAD), _wrong)]).orders
    (heap,) = [order for order in found if order.subject == "暴露垃圾处数"]
    assert heap.clauses == ("JW-07", "LW-01", "WH-16")
    assert heap.text == "清运9处暴露垃圾"


def _sheet(kind: str, form: Iterable[str], answer: Callable[[str, FormField], Answer]) -> Inspection:
    fields = vocabulary(STANDARDS.values())
    answers = {name: answer(name, fields[name]) for name in form}
    for name in ("路段等级", "户数"):
        answers.pop(name, None)  # the register knows
    given = {name: "对照样板照片" for name in answers if fields[name].kind is FieldKind.POINTS}
    return Inspection(UNITS[kind], DAY, answers, frozenset(form), reasons=given)


_WHICHEVER: dict[str, Answer] = {"走访户数": Decimal(15), "行业": "修车"}
_IF_FOUND = ("露天焚烧", "柴草堵路", "店外经营", "污水油污外流")
_RIGHT = {**_WHICHEVER, **dict.fromkeys(_IF_FOUND, "否")}
_WRONG = {**_WHICHEVER, **dict.fromkeys(_IF_FOUND, "是")}


def _right(name: str, field: FormField) -> Answer:
    """Return what is filled in where all is well: no faults, the first option, full marks."""
    if name in _RIGHT:
        return _RIGHT[name]
    if field.choices:
        return field.choices[0]
    return Decimal(0) if field.kind is FieldKind.COUNT else field.limits[1] or Decimal(0)


def _wrong(name: str, field: FormField) -> Answer:
    """Return what is filled in where nothing is well: nine of everything, the last option, no marks."""
    if name in _WRONG:
        return _WRONG[name]
    if field.choices:
        return field.choices[-1]
    return Decimal(9) if field.kind is FieldKind.COUNT else Decimal(0)
