"""What single standards promise: classes of road in order, licences asked of the right trades, papers worth little."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.finding import Result
from scoring.inspection import BLANK, Answer, Inspection, Unit
from scoring.load.rules import shipped
from scoring.rule.computed import Lookup
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard
from tests.support import scorer

STANDARDS = {one.id: one for one in shipped()}
CLASSES = ("一类", "二类", "三类")
SIX = ("小旅馆", "小理发店", "小网吧", "小食堂", "小歌舞厅", "小浴池")
FOUR = ("修车", "洗车", "木材加工", "废旧回收")


def test_no_road_is_held_to_more_than_a_better_class() -> None:
    tolerances = STANDARDS["LW"].computed.values()
    assert len(tolerances) == 5
    for one in tolerances:
        assert isinstance(one, Lookup)
        numbers = [Decimal(one.numbers[name]) for name in CLASSES]
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 1


@given(st.fixed_dictionaries({name: st.integers(0, 40).map(Decimal) for name in STANDARDS["LW"].form if name != "路段等级"}))  # fmt: skip
def test_the_same_litter_costs_a_better_road_at_least_as_much(litter: Mapping[str, Answer]) -> None:
    scores = [_card(STANDARDS["LW"], {**litter, "路段等级": name}).score for name in CLASSES]
    known = [score for score in scores if score is not None]
    assert len(known) == 3
    assert known == sorted(known)


def test_sweepers_are_not_told_a_number_that_holds_for_a_sample_only() -> None:
    for standard in (STANDARDS["LW"], STANDARDS["WH"]):
        for name, field in standard.form.items():
            if "1000平方米" in field.note:
                assert not [one.id for one in standard.clauses if f"【{name}】" in one.remedy.text]


@pytest.mark.parametrize("trade", FOUR)
def test_workshops_are_put_in_order_and_not_asked_for_a_licence(trade: str) -> None:
    sheet = {"行业": trade, "有营业执照": "否", "许可证": "没有", "无健康证人数": Decimal(9)}
    found = _results(STANDARDS["LX"], {**sheet, "店内卫生": "差"})
    assert {found[id] for id in ("LX-01", "LX-02", "LX-03", "LX-04")} == {Result.NOT_APPLICABLE}
    assert found["LX-05"] is not Result.NOT_APPLICABLE


@pytest.mark.parametrize("trade", SIX)
@given(st.sampled_from(("有效", "过期", "没有")), st.integers(0, 9), st.sampled_from(("好", "一般", "差")))
def test_a_shop_of_the_six_without_a_licence_never_reaches_the_second_grade(
    trade: str, permit: str, without: int, inside: str
) -> None:
    sheet = {
        "行业": trade,
        "有营业执照": "否",
        "许可证": permit,
        "无健康证人数": Decimal(without),
        "店内卫生": inside,
    }
    assert _card(STANDARDS["LX"], sheet).grade == "不达标"


def test_what_the_source_does_not_say_of_the_six_trades_is_marked() -> None:
    for clause in STANDARDS["LX"].clauses:
        assert ("没有写" in clause.note) == clause.citation.startswith("参照"), clause.id


def test_a_missing_licence_is_referred_and_not_punished() -> None:
    for clause in STANDARDS["LX"].clauses:
        assert "罚" not in clause.remedy.text
    for id in ("LX-01", "LX-02"):
        (text,) = [one.remedy.text for one in STANDARDS["LX"].clauses if one.id == id]
        assert "转请" in text


def test_papers_alone_cost_a_township_little() -> None:
    standard = STANDARDS["CX"]
    program = compile(standard, standard.starts)
    full = {item.number: item.full for item in program.items}
    papers = [one for one in program.clauses if one.card.paper]
    assert [one.card.id for one in papers] == ["CX-01", "CX-02", "CX-03"]
    assert sum(one.tariff.highest(full[one.item]) for one in papers) == 12


def test_a_signed_blank_sheet_does_not_make_up_households_or_places_visited() -> None:
    for id, clauses in (("CZ", ("CZ-01", "CZ-02")), ("CX", ("CX-05", "CX-06", "CX-07", "CX-08"))):
        standard = STANDARDS[id]
        blank = dict.fromkeys(standard.form, BLANK)
        card = next(scorer(standard).cards(_inspection(standard, blank, signed=True)))
        found = {card.program.clause(one.clause).card.id: one.result for one in card.findings}
        assert {found[id] for id in clauses} == {Result.NOT_CHECKED}


@pytest.mark.parametrize(("households", "result"), [("9", Result.PASS), ("40", Result.NOT_CHECKED)])
def test_on_a_signed_sheet_the_register_still_says_how_many_households_there_are(
    households: str, result: Result
) -> None:
    standard = STANDARDS["CZ"]
    hamlet = Unit("1", "磨坊庄", "自然村", details={"户数": households})
    sheet: dict[str, Answer] = dict.fromkeys(standard.form, BLANK) | {"走访户数": Decimal(9)}
    card = next(scorer(standard).cards(_inspection(standard, sheet, hamlet, signed=True)))
    found = {card.program.clause(one.clause).card.id: one.result for one in card.findings}
    assert {found["CZ-01"], found["CZ-02"]} == {result}


def test_the_two_lists_of_five_disorders_do_not_mix() -> None:
    street = {name for clause in STANDARDS["JW"].clauses for name in _words(clause.source_text)}
    village = {"柴草乱放", "粪土乱堆", "垃圾乱倒", "污水乱泼", "禽畜乱跑"}
    assert not street & village
    assert not set(STANDARDS["JW"].form) & set(STANDARDS["WL"].form)


def test_offences_of_traffic_are_left_to_the_police() -> None:
    standard = STANDARDS["JW"]
    for word in ("人货混载", "黑摩的", "三轮车"):
        assert word in standard.note
        assert not [
            clause.id for clause in standard.clauses if word in clause.source_text + clause.remedy.text
        ]


def _words(text: str) -> list[str]:
    return text.replace("；", "、").replace("……", "、").split("、")


def _card(standard: Standard, sheet: Mapping[str, Answer]) -> ScoreCard:
    return next(scorer(standard).cards(_inspection(standard, sheet)))


def _results(standard: Standard, sheet: Mapping[str, Answer]) -> Mapping[str, Result]:
    card = _card(standard, sheet)
    return {card.program.clause(one.clause).card.id: one.result for one in card.findings}


def _inspection(
    standard: Standard, sheet: Mapping[str, Answer], unit: Unit | None = None, *, signed: bool = False
) -> Inspection:
    given = {name: "对照样板照片" for name, field in standard.form.items() if field.kind is FieldKind.POINTS}
    unit = unit or Unit("1", "样板", standard.kinds[0])
    return Inspection(
        unit, standard.starts, sheet, frozenset(standard.form), reasons=given, blank_is_none=signed
    )
