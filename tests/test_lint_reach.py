"""What the lint says no answers can bring about, none does: tried against every answer there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.compile.fit import condition
from scoring.compile.terms import Terms, terms_of
from scoring.grammar.condition import Condition, Value, fields_of
from scoring.lint.reach import Reach
from scoring.load.rules import read_standard
from scoring.match.compute import Step
from scoring.match.predicates import F, T, predicate
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard
from scripts.doubts import doubtless
from tests.strategies import standards

FORM = """登记表:
  甲数: {填: 数量, 单位: 处, 最大: 6}
  乙数: {填: 数量, 单位: 处, 最小: 1, 最大: 5}
  丙: {填: 选项, 选项: [好, 中, 差]}
  丁率: {填: 百分比}
  戊分: {填: 分数, 最小: 0, 最大: 4, 分档: {好: 3～4, 差: 0～1.5}}
计算:
  限数: {按: 丙, 取: {好: 0, 中: 2, 差: 4}, 单位: 处}
  合计: {算: 甲数 + 乙数, 填: 数量, 单位: 处}
  占比: {算: 甲数 ÷ 乙数, 取整: 进一, 不高于: 3}
  差数: {算: (甲数 − 乙数) × 2, 填: 数值, 单位: 处}
  倍数: {算: 乙数 ÷ 甲数, 保留: 1, 不低于: 1}
  级: {按: 甲数, 分级: {低: <2, 高: ≥2}}
"""
TERMS = terms_of(read_standard(doubtless(FORM)))
FREE = ("甲数", "乙数", "丙", "丁率", "戊分")
_NUMBER = st.sampled_from(["甲数", "乙数", "限数", "合计", "占比", "差数", "倍数"])
_SIGN = st.sampled_from(["=", "≠", "<", "≤", ">", "≥"])


@st.composite
def leaves(draw: st.DrawFn) -> str:
    match draw(st.integers(0, 5)):
        case 0:
            return f"{draw(_NUMBER)} {draw(_SIGN)} {draw(st.integers(-11, 12))}"
        case 1:
            return f"{draw(_NUMBER)} {draw(_SIGN)} {draw(_NUMBER)}"
        case 2:
            return f"丙 {draw(st.sampled_from('=≠'))} {draw(st.sampled_from('好中差'))}"
        case 3:
            return f"丁率 {draw(_SIGN)} {draw(st.sampled_from([0, 50, 100]))}%"
        case 4:
            return f"戊分 {draw(_SIGN)} {draw(st.sampled_from([0, '1.5', 2, 3, 4]))}"
    return f"级 = {draw(st.sampled_from('低高'))}"


@st.composite
def conditions(draw: st.DrawFn) -> str:
    parts = draw(st.lists(leaves(), min_size=1, max_size=4))
    if len(parts) < 4:
        return f" {draw(st.sampled_from('且或'))} ".join(parts)
    outer, inner = draw(st.permutations("且或"))
    return f"{parts[0]} {outer} ({parts[1]} {inner} {parts[2]} {inner} {parts[3]})"


def every_answer(terms: Terms, names: Sequence[str]) -> Iterator[Mapping[str, Value]]:
    """Yield every set of answers to some 检查项, rates in steps of ten, with what is computed from them."""
    steps = [Step(one, terms.fields) for one in terms.computed]
    for some in product(*(_answers(terms, name) for name in names)):
        values: dict[str, Value] = dict(zip(names, some, strict=True))
        for step in steps:
            found = step(values, {})
            if isinstance(found, Decimal | str):
                values[step.name] = found
        yield values


def _answers(terms: Terms, name: str) -> Sequence[Value]:
    field = terms.form[name]
    if field.choices:
        return field.choices
    if field.kind is FieldKind.PERCENT:
        return [Decimal(tenth) / 10 for tenth in range(11)]
    if field.kind is FieldKind.POINTS:
        return [Decimal(half) / 2 for half in (0, 1, 2, 3, 6, 7, 8)]
    low, high = field.limits
    assert low is not None and high is not None
    return [Decimal(number) for number in range(int(low), int(high) + 1)]


def outcomes(one: Condition, terms: Terms) -> int:
    """Return which of true and false a condition comes to, over every answer; what cannot be worked out is neither."""
    asked = list(dict.fromkeys(name for read in fields_of(one) for name in terms.asked[read]))
    holds = predicate(one, terms.fields)
    found = 0
    for values in every_answer(terms, asked):
        found |= holds(values) if all(name in values for name in fields_of(one)) else 0
        if found == T | F:
            break
    return found


@given(conditions())
def test_what_cannot_be_never_is(text: str) -> None:
    """What is computed is tried as if filled in freely, so that more seems possible than is, never less."""
    reach, one = Reach(TERMS), condition(text, TERMS.fields, "")
    found = outcomes(one, TERMS)
    assert reach.can([one]) or not found & T
    assert reach.can([], [one]) or not found & F


@given(conditions())
def test_of_what_is_filled_in_all_that_can_be_is_found(text: str) -> None:
    one = condition(text, TERMS.fields, "")
    if set(fields_of(one)) <= set(FREE):
        reach, found = Reach(TERMS), outcomes(one, TERMS)
        assert (reach.can([one]), reach.can([], [one])) == (bool(found & T), bool(found & F))


@given(conditions(), conditions())
def test_two_conditions_together_are_one_with_both(left: str, right: str) -> None:
    reach = Reach(TERMS)
    one, other = condition(left, TERMS.fields, ""), condition(right, TERMS.fields, "")
    both = condition(f"({left}) 且 ({right})", TERMS.fields, "")
    assert reach.can([one, other]) == reach.can([both])
    either = condition(f"({left}) 或 ({right})", TERMS.fields, "")
    assert reach.can([], [one, other]) == reach.can([], [either])


@given(standards())
def test_verdicts_on_random_standards_are_those_of_every_answer(standard: Standard) -> None:
    terms = terms_of(standard)
    for clause in standard.clauses:
        for key, text in (("扣分情形", clause.when), ("不适用", clause.exempt)):
            if text is not None:
                one = condition(text, terms.fields, key)
                found = outcomes(one, terms)
                reach = Reach(terms)
                assert (reach.can([one]), reach.can([], [one])) == (bool(found & T), bool(found & F))


MANY = "登记表:\n" + "".join(f"  项{n}: {{填: 数量, 单位: 处, 最大: 9}}\n" for n in range(40))
MANY_TERMS = terms_of(read_standard(doubtless(MANY)))


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        (" 且 ".join(f"项{n} > 0" for n in range(40)), True, True),
        (" 且 ".join(f"项{n} > {9 * (n == 39)}" for n in range(40)), False, True),
        (" 或 ".join(f"项{n} > 9" for n in range(40)), False, True),
        (" 或 ".join(f"项{n} ≥ {9 * (n != 39)}" for n in range(40)), True, False),
        (f"项0 > 9 且 ({' 或 '.join(f'项{n} > 0' for n in range(39))})", False, True),
    ],
    ids=["且", "且，一个不可能", "或，个个不可能", "或，一个总成立", "或里有别的"],
)
def test_chains_too_long_to_try_whole_are_tried_by_field(text: str, true: bool, false: bool) -> None:
    one = condition(text, MANY_TERMS.fields, "")
    reach = Reach(MANY_TERMS)
    assert (reach.can([one]), reach.can([], [one])) == (true, false)


def test_what_is_too_much_to_try_is_not_said_to_be_impossible() -> None:
    """甲 ≤ 乙 ≤ … ≤ 甲 and 甲 ≠ the last: there is no such sheet, but that takes more tries than are allowed."""
    chain = [f"项{n} ≤ 项{n + 1}" for n in range(12)]
    tangled = condition(" 且 ".join([*chain, "项12 ≤ 项0", "项0 ≠ 项12"]), MANY_TERMS.fields, "")
    assert Reach(MANY_TERMS).can([tangled])


def test_all_questions_together_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.lint.reach.ALL", 100)
    reach, impossible = Reach(MANY_TERMS), condition("项0 > 9", MANY_TERMS.fields, "")
    answers = [reach.can([impossible]) for _ in range(100)]
    assert (answers[0], answers[-1]) == (False, True)
