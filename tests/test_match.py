"""The short ways of match and of the values it makes: they come to what the long ways come to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.grammar.condition import read
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, Unit
from scoring.match.derive import Deriver, usual
from scoring.match.predicates import F, predicate
from scoring.match.records import Matcher
from scoring.match.usual import picker
from scoring.match.watch import quiet, watched
from scoring.rule.standard import Standard
from tests import strategies
from tests.strategies import sheets, standards, units
from tests.support import clause, standard, visit

worlds = standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units))


@given(worlds)
def test_looking_only_at_unusual_answers_finds_what_looking_at_all_finds(
    world: tuple[Standard, dict[str, Answer], Unit],
) -> None:
    law, answers, unit = world
    seen = visit(answers, unit)
    program = compile(law, seen.date)
    derive, slowly = Deriver(program.terms), Deriver(program.terms)
    slowly._all_usual = lambda _: False  # type: ignore[assignment, method-assign]
    derived = derive(seen)
    assert derived == slowly(seen)

    match, everything = Matcher(program.clauses, program.terms), Matcher(program.clauses, program.terms)
    asked = everything._asked_of(unit.kind)
    own = [place for place, one in enumerate(program.clauses) if unit.kind in one.kinds]
    everything._by_kind[unit.kind] = replace(asked, watch=lambda _: own)
    assert match(seen, derived) == everything(seen, derived)


FORM = standard(
    "  甲: {填: 数量, 可缺项: 是}\n  乙: {填: 是否, 可缺项: 是}\n  丙: {填: 选项, 选项: [好, 中, 差]}\n  丁: {填: 数量}\n",
    [(100, [clause(1, "甲 > 0 且 乙 = 是 且 丙 = 差 且 丁 > 0", "1")])],
).form


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲 > 0", ["甲"]),
        ("丙 属于 中、差", ["丙"]),
        ("甲 > 0 或 乙 = 是", ["甲", "乙"]),
        ("甲 > 0 或 甲 < 9", ["甲"]),
        ("甲 > 0 且 乙 = 是", ["甲"]),
        ("(甲 > 0 或 丙 = 差) 且 乙 = 是", ["甲", "丙"]),
        ("(甲 > 0 且 乙 = 是) 或 丙 = 差", ["甲", "丙"]),
        ("算出的数 > 0", None),
        ("甲 > 0 或 算出的数 > 0", None),
        ("算出的数 > 0 且 乙 = 是", ["乙"]),
    ],
)
def test_which_answers_are_watched(text: str, names: list[str] | None) -> None:
    found = watched(read(text), FORM)
    assert (None if found is None else list(found)) == names


ASKED = standard(strategies.FORM, [(100, [clause(1, "甲处数 > 0", "1")])]).form


@given(strategies.conditions(), st.data())
def test_while_what_is_watched_is_quiet_the_condition_is_false(text: str, data: st.DataObject) -> None:
    condition = read(text)
    found = watched(condition, ASKED)
    assert found is not None
    hushed = [(name, quiet(usual(ASKED[name]), name, leaves, ASKED)) for name, leaves in found.items()]
    assume(all(some for _, some in hushed))
    values = {name: data.draw(st.sampled_from(sorted(some, key=str))) for name, some in hushed}
    assert predicate(condition, ASKED)(values) == F


def test_quiet_answers_are_the_usual_ones_by_which_nothing_fails() -> None:
    def hushed(text: str, name: str) -> set[object]:
        leaves = (watched(read(text), FORM) or {})[name]
        return set(quiet(usual(FORM[name]), name, leaves, FORM))

    assert hushed("甲 > 2", "甲") == {Decimal(0), Decimal(1), Decimal(2)}
    assert hushed("甲 < 1 或 甲 > 2", "甲") == {Decimal(1), Decimal(2)}
    assert hushed("乙 = 是", "乙") == {"否"}
    assert hushed("丙 属于 中、差", "丙") == {"好"}


@pytest.mark.parametrize("names", [(), ("甲",), ("甲", "乙"), ("甲", "缺", "乙")])
def test_answers_are_picked_in_order_and_a_missing_one_is_blank(names: tuple[str, ...]) -> None:
    answers = {"乙": "是", "甲": Decimal(3), "丙": NOT_APPLICABLE}
    assert picker(names)(answers) == tuple(answers.get(name, BLANK) for name in names)


def test_answers_that_are_equal_but_written_otherwise_share_no_finding() -> None:
    one = standard("  甲: {填: 数值, 单位: 平方米}\n", [(100, [clause(1, "甲 > 0", "{每平方米: 2}")])])
    seen = [visit({"甲": Decimal(text)}) for text in ("1", "1.0", "1")]
    program = compile(one, seen[0].date)
    derive, match = Deriver(program.terms), Matcher(program.clauses, program.terms)
    counts = [match(each, derive(each)).failed[0].count for each in seen]
    assert list(map(str, counts)) == ["1", "1.0", "1"]
