"""What a standard's own tests saw of each clause, counted in the library and shown by the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from scoring.cli import run

from scoring.api import outcomes
from scoring.check.coverage import ClauseCoverage, Coverage, Sight, coverage
from scoring.load.rules import read_standard, shipped
from scoring.rule.standard import Standard
from tests.support import HEAD, clause, standard

FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否}\n"
FAILED, PASSED, EXCUSED, OPEN, CAPPED = Sight


def covered(law: Standard) -> Coverage:
    return coverage(law, outcomes(law))


def of(examples: str, price: str = "{每处: 2, 最高扣: 10}", **more: str) -> ClauseCoverage:
    """Return the coverage of one clause by its own 算例."""
    law = standard(FORM, [(100, [clause(1, "甲处数 > 0", price, 算例=examples, **more)])])
    (found,) = covered(law).clauses
    return found


def test_every_answer_is_counted() -> None:
    found = of("[{甲处数: 0, 扣: 0}, {甲处数: 1, 扣: 2}, {甲处数: 9, 扣: 10}, {甲处数: 未查, 扣: 未查}]")
    assert found.counts == {FAILED: 2, PASSED: 1, CAPPED: 1, OPEN: 1}
    assert found.missing == ()


def test_what_was_never_seen_is_named() -> None:
    assert of("[{甲处数: 1, 扣: 2}]").missing == (PASSED, CAPPED)
    assert of("[{甲处数: 0, 扣: 0}]", "3").missing == (FAILED,)
    assert of("[{乙: 是, 扣: 合理缺项}]", "3", 不适用="乙 = 是").missing == (FAILED, PASSED)
    assert of("[{乙: 否, 甲处数: 1, 扣: 3}]", "3", 不适用="乙 = 是").missing == (PASSED, EXCUSED)


def test_a_cap_was_seen_where_a_test_took_all_of_it() -> None:
    assert CAPPED in of("[{甲处数: 4, 扣: 8}]").missing
    assert CAPPED not in of("[{甲处数: 5, 扣: 10}]").missing
    assert CAPPED not in of("[{甲处数: 9, 扣: 10}]").missing


def test_a_clause_that_need_not_be_excused_is_complete_without() -> None:
    found = of("[{甲处数: 0, 扣: 0}, {甲处数: 1, 扣: 3}]", "3", 适用="[自然村]")
    assert found.wanted == (FAILED, PASSED)
    assert found.missing == ()


def test_every_version_of_a_clause_is_its_own() -> None:
    cards = [
        clause(1, "甲处数 > 0", "3", 算例="[{甲处数: 1, 扣: 3}]"),
        clause(1, "甲处数 > 0", "4", 算例="[{甲处数: 0, 扣: 0}]", 施行="2023-01-01"),
    ]
    found = covered(standard(FORM, [(100, cards)]))
    assert [(str(one.starts), one.missing) for one in found.clauses] == [
        ("2022-01-01", (PASSED,)),
        ("2023-01-01", (FAILED,)),
    ]


def test_a_bonus_clause_is_covered_too() -> None:
    bonus = """加分:
  最高加: 4
  条款:
  - {编号: T-J1, 名称: 称号, 原文: 试验, 出处: 试验, 加分情形: 甲处数 > 0, 加分: {每处: 2}, 算例: [{甲处数: 1, 加: 2}]}
"""
    text = f"{HEAD}登记表:\n{FORM}项目:\n- 名称: 项\n  满分: 100\n  条款:\n{clause(1, '乙 = 是', '5')}{bonus}"
    assert covered(read_standard(text)).clauses[-1].missing == (PASSED,)


def test_whole_sheets_count_for_every_clause_they_ask() -> None:
    (law,) = [one for one in shipped() if one.id == "WL"]
    alone = coverage(law, outcomes(law)[: sum(len(one.examples) for one in law.clauses)])
    whole = covered(law)
    cases = len(outcomes(law)) - sum(len(one.examples) for one in law.clauses)
    for one, other in zip(alone.clauses, whole.clauses, strict=True):
        answers = (FAILED, PASSED, EXCUSED, OPEN)
        more = sum(other.counts.get(sight, 0) - one.counts.get(sight, 0) for sight in answers)
        assert more == cases


@pytest.mark.parametrize("law", shipped(), ids=lambda law: law.name)
def test_the_shipped_standards_try_every_answer(law: Standard) -> None:
    assert {one.id: one.missing for one in covered(law).clauses if one.missing} == {}


def half_tested(folder: Path) -> str:
    cards = [clause(1, "甲处数 > 0", "{每处: 2, 最高扣: 10}", 算例="[{甲处数: 1, 扣: 2}, {甲处数: 0, 扣: 0}]"),
             clause(2, "乙 = 是", "5", 算例="[{乙: 是, 扣: 5}]")]  # fmt: skip
    text = f"{HEAD}登记表:\n{FORM}项目:\n- 名称: 项\n  满分: 100\n  条款:\n{''.join(cards)}"
    path = folder / "试.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_command_shows_a_table_and_names_what_was_not_seen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "test", half_tested(tmp_path)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "试验: 试算3例，0例不符；该试到的5种，试到3种（60.00%）"
    assert [line.split() for line in lines[1:] if line.startswith(("条款", "T-"))] == [
        ["条款", "名称", "不合格/加分", "合格", "不适用", "未查", "到顶", "没试到"],
        ["T-01", "条1", "1", "1", "—", "—", "0", "到顶"],
        ["T-02", "条2", "1", "0", "—", "—", "—", "合格"],
    ]


def test_every_outcome_is_listed_when_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = half_tested(tmp_path)
    assert run(["标准", "试算", path]) == 0
    assert "通过" not in capfd.readouterr().out
    for flag in ("--all", "-v"):
        assert run(["rules", "test", path, flag]) == 0
        assert "  通过  T-01 甲处数 1: 2\n" in capfd.readouterr().out


@pytest.mark.parametrize(("floor", "code"), [("60", 0), ("60.01", 1), ("100", 1), ("0", 0)])
def test_too_little_seen_is_exit_one(floor: str, code: int, tmp_path: Path) -> None:
    assert run(["rules", "test", half_tested(tmp_path), "--fail-under", floor]) == code


def test_a_wrong_example_is_shown_and_is_exit_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = Path(half_tested(tmp_path))
    path.write_text(path.read_text("utf-8").replace("{乙: 是, 扣: 5}", "{乙: 是, 扣: 6}"), encoding="utf-8")
    assert run(["rules", "test", str(path)]) == 1
    assert "  不符  T-02 乙 是: 6\n        应算出 6，算得 5\n" in capfd.readouterr().out
