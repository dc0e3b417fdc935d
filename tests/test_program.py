"""Law by the day: successors, ends, and the programs that follow."""

from __future__ import annotations

import datetime as dt

import pytest

from scoring.compile.program import Law, compile, settle
from scoring.errors import ScoringError
from scoring.load.rules import read_standard
from tests.support import HEAD, clause, scorer, standard, visit

FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否}\n"
VERSIONS = [
    clause(1, "甲处数 > 0", "{每处: 1}", 算例="[{甲处数: 2, 扣: 2}]"),
    clause(1, "甲处数 > 0", "{每处: 3}", 施行="2023-01-01", 废止="2024-01-01", 算例="[{甲处数: 2, 扣: 6}]"),
    clause(2, "乙 = 是", "5", 算例="[{乙: 是, 扣: 5}]"),
]
LAW = standard(FORM, [(100, VERSIONS)])


@pytest.mark.parametrize(
    ("day", "lost", "clauses"),
    [
        ("2022-12-31", "2", ["T-01", "T-02"]),
        ("2023-01-01", "6", ["T-01", "T-02"]),
        ("2023-12-31", "6", ["T-01", "T-02"]),
        ("2024-01-01", "0", ["T-02"]),
    ],
    ids=["旧版最后一天按旧价", "新版第一天按新价", "新版最后一天仍按新价", "新版废止后旧版不回来"],
)
def test_a_successor_ends_its_predecessor_for_good(day: str, lost: str, clauses: list[str]) -> None:
    on = dt.date.fromisoformat(day)
    card = next(scorer(LAW).cards(visit({"甲处数": 2, "乙": "否"}, day=on)))
    assert [one.card.id for one in card.program.clauses] == clauses
    assert str(sum(card.losses)) == (f"{lost}.00" if lost != "0" else "0")


def test_the_same_law_is_compiled_once() -> None:
    law = Law([LAW])
    assert law.on(dt.date(2022, 3, 1))[0] is law.on(dt.date(2022, 9, 1))[0]
    assert law.on(dt.date(2022, 3, 1))[0] is not law.on(dt.date(2023, 9, 1))[0]


def test_a_standard_settles_like_its_clauses() -> None:
    text = HEAD + f"登记表:\n{FORM}项目:\n- 名称: 项\n  满分: 100\n  条款:\n" + VERSIONS[2]
    old = read_standard(text)
    new = read_standard(text.replace("施行: 2022-01-01", "施行: 2023-01-01\n废止: 2024-01-01"))
    for day, wanted in (
        ("2021-12-31", ()),
        ("2022-06-01", (old,)),
        ("2023-06-01", (new,)),
        ("2024-06-01", ()),
    ):
        assert settle([new, old], dt.date.fromisoformat(day)) == wanted


def test_a_day_outside_the_law_is_said() -> None:
    with pytest.raises(ScoringError, match="在 2021-12-31 不施行"):
        compile(LAW, dt.date(2021, 12, 31))
    found = scorer(LAW).score([visit({"乙": "否"}, day=dt.date(2021, 12, 31))])
    assert "没有在施行的标准" in str(found.problems[0])
    assert [unit.name for unit in found.unscored] == ["东岭村"]


def test_a_sheet_that_no_standard_can_answer_is_said() -> None:
    assert "没有所用标准的检查项" in str(scorer(LAW).score([visit({"别的": 1})]).problems[0])
