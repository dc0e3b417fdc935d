"""The shipped standards: true to the source's words, whole, fair between units, and right about every case they carry."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.api import outcomes
from scoring.card import Scalar
from scoring.cases import Outcome
from scoring.clause import Clause
from scoring.deadline import Clock
from scoring.finding import Result
from scoring.form_field import FieldKind, FormField
from scoring.inspection import BLANK, Answer, Inspection, Unit
from scoring.load import cases_beside, shipped
from scoring.program import CompiledClause, Program, compile
from scoring.sample import EXAMPLE_KEYS, example_answer
from scoring.standard import Basis, Standard
from tests.support import scorer

STANDARDS = {one.name: one for one in shipped()}
TESTS = [(one.name, outcome) for one in shipped() for outcome in outcomes(one)]
CLAUSES = [(one, clause) for one in shipped() for clause in one.clauses]
PROGRAMS = {one.name: compile(one, one.starts) for one in shipped()}

each_standard = pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
each_clause = pytest.mark.parametrize(("standard", "clause"), CLAUSES, ids=[one.id for _, one in CLAUSES])


@pytest.mark.parametrize(
    "outcome", [one for _, one in TESTS], ids=[f"{name} {one.name}" for name, one in TESTS]
)
def test_every_case_comes_out_as_written(outcome: Outcome) -> None:
    assert outcome.differences == ()


@each_clause
def test_the_quoted_words_stand_in_the_paragraph_cited(standard: Standard, clause: Clause) -> None:
    assert isinstance(standard.basis, Basis)
    cited = clause.citation.partition("（注：")[0].replace("参照", "")
    passages = standard.basis.passages
    text = "".join(passages[cited] if cited in passages else map(passages.__getitem__, cited.split("、")))
    for words in re.split("……|；", clause.source_text):
        assert _folded(words) in _folded(text)


DUTIES = {
    "治五乱": "柴草乱放、粪土乱堆、垃圾乱倒、污水乱泼、禽畜乱跑、清除房前屋后、清理白色污染、路畅、村绿",
    "五化五无": "绿化、美化、净化、亮化、文化、广告牌匾、非法小广告、占道摆摊、非法经营、卫生死角、乱堆乱放、"
    "暴露垃圾、渣土、白色污染、乱搭乱建、残墙断壁",
    "门前四包": "责任人、责任书、责任牌、执勤员、全天候保洁、包干区、卫生死角、垃圾杂物、乱设摊点、绿化、车辆停放、乱贴乱画",
}


@pytest.mark.parametrize(
    ("name", "word"),
    [(name, word) for name, words in DUTIES.items() for word in words.split("、")],
    ids=lambda value: value,
)
def test_every_duty_the_source_names_is_checked(name: str, word: str) -> None:
    assert [clause.id for clause in STANDARDS[name].clauses if word in clause.source_text]


@pytest.mark.parametrize(
    "pair",
    [
        "乱设广告牌匾、非法小广告",
        "占道摆摊、非法经营",
        "卫生死角、乱堆乱放",
        "暴露垃圾、渣土、白色污染",
        "乱搭乱建、残墙断壁",
    ],
)
def test_each_of_the_five_nils_is_split_into_its_checks(pair: str) -> None:
    found = [
        {clause.name for clause in item.clauses}
        for item in STANDARDS["五化五无"].items
        if item.clauses[0].name == pair.split("、", maxsplit=1)[0]
    ]
    assert found == [set(pair.split("、"))]


@each_standard
def test_points_are_proposed_and_come_to_a_hundred(standard: Standard) -> None:
    assert standard.provisional
    assert standard.full == 100


@each_standard
def test_clauses_are_numbered_through_in_the_order_of_the_file(standard: Standard) -> None:
    wanted = [f"{standard.id}-{number:02d}" for number in range(1, len(standard.clauses) + 1)]
    assert [clause.id for clause in standard.clauses] == wanted


@each_standard
def test_everything_the_inspector_fills_in_is_used(standard: Standard) -> None:
    read = {name for clause in PROGRAMS[standard.name].clauses for name in clause.reads}
    assert set(standard.form) == read


@each_standard
def test_one_fault_costs_points_in_one_clause_only(standard: Standard) -> None:
    for kind in standard.kinds:
        subjects = Counter(clause.subject for clause in _asked(PROGRAMS[standard.name], kind))
        assert [name for name, number in subjects.items() if number > 1] == []


@each_standard
def test_a_unit_that_does_everything_wrong_gets_nothing(standard: Standard) -> None:
    """No item holds points that nobody can lose, whatever the kind of unit."""
    program = PROGRAMS[standard.name]
    for kind in standard.kinds:
        asked = _asked(program, kind)
        for item in program.items:
            prices = [one.tariff.highest(item.full) for one in asked if one.item == item.number]
            assert not prices or sum(prices) >= item.full, (kind, item.name)


@pytest.mark.parametrize("clause", [one for _, one in CLAUSES], ids=lambda one: one.id)
def test_what_is_grave_has_a_day_and_someone_who_can_sign(clause: Clause) -> None:
    if clause.severity in ("较重", "严重"):
        assert clause.remedy.deadline.clock is not Clock.OPEN
    assert not re.search("农户|养殖户|倾倒人|经营者", clause.remedy.unit), "农户不能签收整改单"


@each_clause
def test_what_is_counted_is_named_in_the_order(standard: Standard, clause: Clause) -> None:
    """A count in the sheet, other than of specks on a road, is told to whoever must clear it."""
    one = next(one for one in PROGRAMS[standard.name].clauses if one.card.id == clause.id)
    if standard.form[one.subject].kind is FieldKind.COUNT and clause.name != "路面不洁":
        assert f"【{one.subject}】" in clause.remedy.text


@each_standard
def test_every_clause_is_seen_to_fail_and_to_pass(standard: Standard) -> None:
    results: dict[str, set[Result]] = {clause.id: set() for clause in standard.clauses}
    for sheet in _sheets(standard):
        card = next(scorer(standard).cards(_inspection(standard, sheet)))
        for finding in card.findings:
            results[card.program.clause(finding.clause).card.id].add(finding.result)
    assert {id: found for id, found in results.items() if not {Result.PASS, Result.FAIL} <= found} == {}


@each_standard
def test_whole_sheets_are_tried_with_sentences_for_names(standard: Standard) -> None:
    cases = cases_beside(standard)
    assert cases is not None
    names = [case.name for case in cases.cases]
    assert len(names) == len(set(names)) >= 12
    assert all(len(name) >= 6 for name in names)


@each_standard
def test_what_is_left_blank_on_a_signed_sheet_can_only_mean_no_fault(standard: Standard) -> None:
    """Duties that must be seen to be done (责任书, 绿化 …) stay 未查 however the sheet is signed."""
    silent = {name: field for name, field in standard.form.items() if field.when_none is not None}
    sheet = {name: str(field.when_none) for name, field in silent.items()}
    card = next(scorer(standard).cards(_inspection(standard, sheet)))
    failed = [one for one in card.findings if one.result is Result.FAIL]
    assert failed == []
    assert all(field.when_none == "否" for field in silent.values())


def test_only_schools_and_township_offices_are_asked_for_someone_on_duty() -> None:
    clauses = PROGRAMS["门前四包"].clauses
    direct = {"学校", "乡直单位"}
    for one in clauses:
        if "执勤员" in one.card.source_text or "保洁" in one.card.source_text:
            assert one.kinds == direct
        if "六（三）" in one.card.citation:
            assert one.card.citation == ("六（三）" if one.kinds == direct else "参照六（三）"), one.card.id


def test_only_open_burning_vetoes_a_village_and_says_that_it_extends_the_source() -> None:
    (veto,) = [clause for clause in STANDARDS["治五乱"].clauses if clause.veto]
    assert (veto.name, veto.citation) == ("露天焚烧垃圾", "参照六（二）1")
    assert "没有写焚烧" in veto.note


def test_conclusions_rest_on_every_fault_of_the_village_once() -> None:
    standard = STANDARDS["治五乱"]
    assert list(standard.conclusions) == ["干净", "整洁", "路畅", "村绿"]
    named = Counter(id for ids in standard.conclusions.values() for id in ids)
    assert named == Counter(clause.id for clause in standard.clauses)


@st.composite
def _shop(draw: st.DrawFn) -> Mapping[str, Answer]:
    """Draw a shop's sheet: not signed this year, with a stall before it or its goods outside."""
    form = STANDARDS["门前四包"].form
    answers = {name: draw(_answer(field)) for name, field in form.items()}
    answers["责任书"] = "未签"
    if draw(st.booleans()):
        return answers | {"乱设摊点个数": Decimal(draw(st.integers(1, 9)))}
    return answers | {"店外经营": "是"}


def _answer(field: FormField) -> st.SearchStrategy[Answer]:
    known = st.sampled_from(field.choices) if field.choices else st.integers(0, 9).map(Decimal)
    return st.one_of(known, st.just(BLANK))


@given(_shop())
def test_a_shop_that_has_not_signed_and_has_a_stall_never_reaches_the_second_grade(
    answers: Mapping[str, Answer],
) -> None:
    standard = STANDARDS["门前四包"]
    shop = Inspection(Unit("1", "张记超市", "商户"), standard.starts, answers, frozenset(standard.form))
    card = next(scorer(standard).cards(shop))
    assert card.high is not None
    assert card.high < standard.grades["基本达标"]
    assert card.grade == "不达标"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _asked(program: Program, kind: str) -> list[CompiledClause]:
    return [one for one in program.clauses if kind in one.kinds]


def _sheets(standard: Standard) -> Iterator[Mapping[str, Scalar]]:
    """Yield every sheet a standard's own tests fill in: its 算例 and its 情形."""
    for clause in standard.clauses:
        kind = (clause.kinds or standard.kinds)[0]
        yield from ({"单位类别": kind, **example} for example in clause.examples)
    cases = cases_beside(standard)
    assert cases is not None
    yield from ({**cases.model_sheet, **case.changes} for case in cases.cases)


def _inspection(standard: Standard, sheet: Mapping[str, Scalar]) -> Inspection:
    answers = {
        name: example_answer(raw, standard.form[name])
        for name, raw in sheet.items()
        if name not in EXAMPLE_KEYS
    }
    unit = Unit("1", "样板", str(sheet.get("单位类别", standard.kinds[0])))
    day = dt.date.fromisoformat(str(sheet.get("检查日期", standard.starts)))
    return Inspection(unit, day, answers, frozenset(standard.form))
