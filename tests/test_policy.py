"""From a scheme's words to the policy of a source: what findings cost, when 反弹 ends, to whom orders go."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding import Mark, MarkKind, Result
from scoring.history.consequence import supervise
from scoring.history.ladder import STEP_KINDS, LadderStep, Level, dearest
from scoring.history.past import Earlier, History, PastFinding, PastOrder
from scoring.history.policy import policy
from scoring.load.rules import read_scheme, shipped, shipped_schemes
from scoring.load.strict_yaml import read_yaml
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import MOST_LEVELS, MOST_STEPS
from tests import brute_history as brute
from tests.round_support import scheme
from tests.support import DAY, clause, infer, scorer, standard, visit

SOURCES = {"日常": {"占": "70%"}, "月末集中": {"占": "30%"}, "曝光": {"并入": "日常"}, "市检": "只通报"}
SCORED = ["日常", "月末集中", "曝光"]
PEOPLE = ["组长", "【包村领导】", "乡长"]


def written(law: dict[str, Any]) -> Scheme:
    """Return the scheme whose file says so."""
    return scheme(**{key: json.dumps(value, ensure_ascii=False) for key, value in law.items()})


points = st.sampled_from(["0.5", "1", "1.5", "2", "3.33"]).map(Decimal)
marks = st.sets(
    st.builds(
        Mark, st.sampled_from(STEP_KINDS), st.just(1), st.just(0), st.integers(0, 2), st.integers(1, 5)
    ),
    max_size=4,
)


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from([one.value for one in STEP_KINDS]))
    step: dict[str, Any] = {"情形": kind, "加": float(draw(points))}
    if kind in ("重复", "复查不合格"):
        step["次数"] = draw(st.integers(2, 5))
    if draw(st.booleans()):
        step["乘"] = float(draw(points))
    if draw(st.booleans()):
        step["来源"] = draw(st.lists(st.sampled_from(SCORED), min_size=1, unique=True))
    return step


def _alone(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out each step that could not be told from one before it."""
    kept: list[dict[str, Any]] = []
    for one in found:
        alike = [
            other
            for other in kept
            if (one["情形"], one.get("次数")) == (other["情形"], other.get("次数"))
            and ("来源" in one) == ("来源" in other)
            and set(one.get("来源", "*")) & set(other.get("来源", "*"))
        ]
        kept += [] if alike else [one]
    return kept


PLACES = [("逾期", "天", st.integers(1, 99)), ("复查不合格", "次", st.integers(1, 9))]


@st.composite
def laws(draw: st.DrawFn) -> dict[str, Any]:
    """What a scheme's file may say of history, as it stands there."""
    law: dict[str, Any] = {"来源": SOURCES} if draw(st.booleans()) else {}
    law["阶梯"] = _alone(draw(st.lists(steps(), max_size=8)))
    law["加倍来源"] = draw(st.lists(st.sampled_from(SCORED), unique=True))
    if any(step["情形"] == "反弹" for step in law["阶梯"]):
        law["反弹期"] = f"{draw(st.integers(1, 999))}天"
    lines: list[dict[str, Any]] = []
    for word, unit, numbers in PLACES:
        some = sorted(draw(st.sets(numbers, min_size=len(PEOPLE), max_size=len(PEOPLE))))
        lines += [{word: f"{number}{unit}", "到": name} for number, name in zip(some, PEOPLE, strict=True)]
    chosen = [line for line in lines if draw(st.booleans())]
    law["督办"] = sorted(chosen, key=lambda line: PEOPLE.index(line["到"]))
    return law


def held(
    law: dict[str, Any], one: Scheme, source: str, found: set[Mark], price: Decimal, late: int, redo: int
) -> None:
    """Hold the policy of a source against the plain reading of the file."""
    made = policy(one, source)
    plain = {(mark.kind.value, mark.level, mark.n) for mark in found}
    choice = dearest(made.ladder, found, price)
    wanted = brute.cost_by_scheme(Fraction(price), plain, source, law)
    assert Fraction(choice.cost if choice else price) == wanted
    assert made.relapse == int(law.get("反弹期", "0天")[:-1])
    order = PastOrder(("T-01",), DAY, DAY - dt.timedelta(late), redo=redo)
    said = [
        what.text for _, what in supervise([order], made, DAY, infer) if what.mark.kind is MarkKind.ESCALATED
    ]
    person = brute.supervisor(late, redo, law)
    assert said == ([f"提级督办，到{person}"] if person else [])


@given(laws(), st.sampled_from([*SCORED, "市检"]), marks, points, st.integers(0, 110), st.integers(0, 10))
def test_a_policy_is_what_the_file_says(
    law: dict[str, Any], source: str, found: set[Mark], price: Decimal, late: int, redo: int
) -> None:
    held(law, written(law), source, found, price, late, redo)


@pytest.mark.parametrize("one", shipped_schemes(), ids=lambda one: one.name)
@given(data=st.data())
def test_a_shipped_scheme_makes_the_policy_its_file_says(one: Scheme, data: st.DataObject) -> None:
    law = read_yaml(one.text, "").data
    source = data.draw(st.sampled_from([*(one.sources or ["日常"]), "没写的"]))
    numbers = st.integers(0, 12)
    held(law, one, source, data.draw(marks), data.draw(points), data.draw(numbers), data.draw(numbers))


def test_a_source_means_itself_whatever_it_is_merged_into() -> None:
    law = written(
        {"来源": SOURCES, "阶梯": [{"情形": "逾期", "来源": ["日常"], "加": 1}], "加倍来源": ["曝光"]}
    )
    late = LadderStep(MarkKind.OVERDUE, add=Decimal(1))
    doubled = LadderStep(None, multiply=Decimal(2))
    assert [policy(law, source).ladder for source in SOURCES] == [(late,), (), (doubled,), ()]


def test_a_person_is_one_level_however_often_named() -> None:
    levels = policy(next(one for one in shipped_schemes() if one.id == "YK"), "日常").levels
    assert levels == (Level("【包村领导】", late=3), Level("乡长", late=10, redo=2))


def test_the_longest_scheme_makes_a_policy() -> None:
    every = [{"情形": kind, "次数": n, "加": n} for kind in ("重复", "复查不合格") for n in range(2, 13)]
    law = written(
        {
            "阶梯": [*every[: MOST_STEPS - 2], {"情形": "逾期", "加": 1}, {"情形": "反弹", "加": 1}],
            "反弹期": "999天",
            "加倍来源": ["日常"],
            "督办": [{"逾期": f"{n}天", "到": f"第{n}级"} for n in range(1, MOST_LEVELS + 1)],
        }
    )
    assert len(policy(law, "日常").ladder) == MOST_STEPS + 1


def test_what_is_said_alike_of_sources_is_one_policy() -> None:
    one = next(one for one in shipped_schemes() if one.id == "YK")
    assert policy(one, "日常") is policy(read_scheme(one.text), "暗访")
    assert policy(one, "曝光") is policy(one, "领导交办") is not policy(one, "日常")


def test_of_equal_steps_the_written_one_is_taken_for_it_says_more() -> None:
    law = written({"阶梯": [{"情形": "重复", "次数": 2, "乘": 2}], "加倍来源": ["曝光"]})
    choice = dearest(policy(law, "曝光").ladder, [Mark(MarkKind.REPEATED, 1, n=2)], Decimal(2))
    assert choice and choice.step.kind is MarkKind.REPEATED


# The guide's table

PAGE = (Path(__file__).parent.parent / "docs" / "guide" / "schemes.md").read_text("utf-8")
MONTH = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
ROWS = re.findall(
    r"^\| (\S+) \| (头一次|第\d+次重复|销号\d+天又不合格|逾期\d+天) \|.*\| ([\d.]+) \|$", PAGE, re.MULTILINE
)
TWO = standard("  柴草处数: {填: 数量, 单位: 处}\n", [(100, [clause(1, "柴草处数 > 0", "2")])])


def past(situation: str) -> dict[str, Any]:
    """Return what a row of the guide tells of the unit's past."""
    number = int("".join(filter(str.isdigit, situation)) or 0)
    day = DAY - dt.timedelta(number)
    if "重复" in situation:
        months = [dt.date(2022, 6 - back, 1) for back in range(1, number)]
        return {"findings": [PastFinding(month, str(month), "T-01", Result.FAIL) for month in months]}
    if "销号" in situation:
        return {"orders": [PastOrder(("T-01",), dt.date(2022, 1, 1), None, day, day)]}
    return {"orders": [PastOrder(("T-01",), dt.date(2022, 1, 1), day)]} if "逾期" in situation else {}


@pytest.mark.parametrize(("source", "situation", "wanted"), ROWS)
def test_the_guide_says_what_a_clause_costs(source: str, situation: str, wanted: str) -> None:
    told = past(situation)
    earlier = Earlier(DAY.replace(day=1), told.pop("findings", ()))
    history = History(earlier, policy(read_scheme(MONTH, standards=shipped()), source), **told)
    (card,) = scorer(TWO).cards(visit({"柴草处数": 1}, source=source), history)
    assert card.losses == (Decimal(wanted),)


def test_the_guide_shows_doubling_and_repeating_at_once() -> None:
    assert len(ROWS) == 9
    assert ("曝光", "第2次重复", "4") in ROWS
