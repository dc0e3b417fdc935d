"""The shipped standards: true to the source's words, whole, fair between units, and right about every case they carry."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.api import outcomes
from scoring.check.cases import Outcome
from scoring.check.sample import EXAMPLE_KEYS, example_answer
from scoring.compile.program import CompiledClause, Program, compile
from scoring.finding import Result
from scoring.grammar.deadline import Clock
from scoring.inspection import BLANK, Answer, Inspection, Unit
from scoring.load.rules import cases_beside, shipped
from scoring.rule.card import Scalar
from scoring.rule.clause import Clause
from scoring.rule.form_field import STAYS_BLANK, FieldKind, FormField
from scoring.rule.source import Basis
from scoring.rule.standard import Standard
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
    text = "".join(_passages(standard, clause.citation.partition("（注：")[0].replace("参照", "")))
    for words in re.split("……|；", clause.source_text):
        assert _folded(words) in _folded(text)


def _passages(standard: Standard, cited: str) -> Iterator[str]:
    """Yield the passages that a citation names; some of their names hold a 、 themselves."""
    assert isinstance(standard.basis, Basis)
    while cited:
        name = next(
            name for name in standard.basis.passages if cited == name or cited.startswith(f"{name}、")
        )
        yield standard.basis.passages[name]
        cited = cited[len(name) + 1 :]


DUTIES = {
    "治五乱": "柴草乱放、粪土乱堆、垃圾乱倒、污水乱泼、禽畜乱跑、清除房前屋后、清理白色污染、路畅、村绿",
    "五化五无": "绿化、美化、净化、亮化、文化、广告牌匾、非法小广告、占道摆摊、非法经营、卫生死角、乱堆乱放、"
    "暴露垃圾、渣土、白色污染、乱搭乱建、残墙断壁",
    "门前四包": "责任人、责任书、责任牌、执勤员、全天候保洁、包干区、卫生死角、垃圾杂物、乱设摊点、绿化、车辆停放、乱贴乱画",
    "街道五乱": "乱搭乱建、乱贴乱画、乱堆乱挂、乱停乱放、乱泼乱倒、占道经营、明锅亮灶、出店经营、撒漏垃圾、带泥上路、过街横幅、"
    "违规广告牌、破旧灯箱广告牌、店外经营、乱堆乱占、流动商贩、道路抛撒、喷字、贴字、废旧广告牌匾",
    "村庄整治": "房前屋后垃圾、杂物、白色污染、乡容村貌、干净、整洁、路畅、村绿",
    "路段六无": "无垃圾、无积土、无烟蒂、纸屑、果壳、痰渍、树木、绿地的养护",
    "六小行业": "小旅馆、小理发店、小网吧、小食堂、小歌舞厅、小浴池、修车、洗车、木材加工、废旧回收",
    "长效管理": "管理制度、自我约束机制、联动管护协调机制、强化责任、督查制度、定期考核制度、奖惩制度、暴露垃圾、白色污染、"
    "卫生死角、责任书、包干区",
    "三定和垃圾收运": "定岗、定路段、定工资、随时检查、袋装化清运、每日、定时、定点收集、打药消毒、周围干净整洁",
    "周五大扫除": "每周五、领导干部带头、广大群众参与、清洁、靓丽",
    "健康教育八有": "有计划、有内容、有资料、有记录、有教案、有宣传、有活动、有总结、宣传栏、知晓率、行为形成率、多种形式、娱乐方式、"
    "小督查员",
    "病媒生物防制": "专人、专款、定时、定量、按期检查、四害密度、防治手段",
    "督查机制": "工作日志、记录清楚、联路段领导、站所长、负责整改、按时报送、电话督促、到村督导、全乡通报、跟踪督查、参会情况、"
    "贯彻落实、健康教育、病媒生物、按时限、整改通知书、电话督导、现场督查",
    "组织和宣传": "实施方案、指挥部、主要领导、专职领导、副职领导、站所长、创先争优干部、走访、学校、村组、单位、企业、"
    "工商、路政、卫生、公安、环卫、规划",
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
    """What is counted and shown only (计分: 只统计) has no points to come to anything."""
    assert standard.provisional
    assert standard.full == (100 if standard.scored else 0)


@each_standard
def test_clauses_are_numbered_through_in_the_order_of_the_file(standard: Standard) -> None:
    """One number may be split by letters (WH-05a, WH-05b), so that the numbers after it stay what notices cite."""
    numbers = dict.fromkeys(clause.id.rstrip("abcdefgh") for clause in standard.clauses)
    assert list(numbers) == [f"{standard.id}-{number:02d}" for number in range(1, len(numbers) + 1)]
    ids = [clause.id for clause in standard.clauses]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)


@each_standard
def test_everything_the_inspector_fills_in_is_used(standard: Standard) -> None:
    program = PROGRAMS[standard.name]
    asked = {name for one in (*program.clauses, *program.bonuses) for name in one.asks}
    assert set(standard.form) == asked


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
    """A count in the sheet, other than of specks in a sample of a road, is told to whoever must clear it."""
    program = PROGRAMS[standard.name]
    (subject,) = [one.subject for one in program.clauses if one.card.id == clause.id]
    rests_on = {name: standard.form[name] for name in program.terms.asked[subject]}
    counts = [name for name, field in rests_on.items() if field.kind is FieldKind.COUNT]
    if counts and "1000平方米" not in rests_on[counts[0]].note:
        assert f"【{counts[0]}】" in clause.remedy.text


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
    cases = cases_beside(standard)
    assert cases is not None
    best = _inspection(standard, cases.model_sheet)
    sheets = [
        {},
        *({one: best.answers[one] for one in best.answers if one != name} for name in standard.form),
    ]
    for sheet in sheets:
        signed = replace(best, answers=sheet, blank_is_none=True)
        card = next(scorer(standard).cards(signed))
        failed = [
            card.program.clause(one.clause).card.id for one in card.findings if one.result is Result.FAIL
        ]
        assert failed == [], set(standard.form) - sheet.keys()
    assert {field.when_none for field in standard.form.values()} <= {None, "否", STAYS_BLANK}


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
    given = {name: "对照样板照片" for name, field in standard.form.items() if field.kind is FieldKind.POINTS}
    return Inspection(unit, day, answers, frozenset(standard.form), reasons=given)
