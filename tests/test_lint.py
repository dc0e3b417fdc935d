"""The lint: one faulty standard for every doubt, none for a standard without fault, each told with its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from scoring.cli import run

from scoring.check.cases import run_examples
from scoring.errors import Loc, ScoringError
from scoring.lint import CODES, Lint, lint
from scoring.load.review import review
from scoring.load.rules import read_standard, shipped
from scoring.rule.standard import Standard
from scripts.doubts import Example, examples
from tests.strategies import standards
from tests.support import HEAD, clause
from tests.test_load_mistakes import BASE

EXAMPLES = examples()
MORE = examples(Path(__file__).parent / "doubts_more.md")


def test_every_doubt_has_its_example_in_the_order_of_the_codes() -> None:
    assert list(EXAMPLES) == list(CODES) == [f"疑{number:02d}" for number in range(1, len(CODES) + 1)]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_raises_its_doubt_and_no_other(example: Example) -> None:
    assert [one.code for one in example.doubts()] == [example.name]


@pytest.mark.parametrize("example", MORE.values(), ids=MORE)
def test_what_is_said_of_a_standard_is_said_word_for_word(example: Example) -> None:
    text = example.text.partition("```text\n")[2].partition("```")[0]
    assert example.said() == text.splitlines()


@pytest.mark.parametrize("example", [*EXAMPLES.values(), *MORE.values()], ids=[*EXAMPLES, *MORE])
def test_the_calculations_in_the_examples_come_out(example: Example) -> None:
    found = [one for made, _ in example.whole() for one in run_examples(made)]
    assert [one for one in found if not one.passed] == []


def test_what_the_examples_are_filled_in_with_raises_no_doubt() -> None:
    assert Example("", "```yaml\n编号: T\n```").doubts() == ()


def test_the_acceptance_shown_on_the_page_is_one() -> None:
    page = (Path(__file__).parent.parent / "docs" / "guide" / "doubts.md").read_text("utf-8")
    (found,) = lint(Example("", page.partition("## ")[0]).whole())
    assert (found.doubts, found.accepted) == ((), 1)


@pytest.mark.parametrize("code", [code for code, one in CODES.items() if one.place])
def test_a_doubt_accepted_for_the_whole_standard_is_counted_and_not_told(code: str) -> None:
    example = EXAMPLES[code]
    accepting = f"接受疑点: {{{code}: 有理由}}\n{example.fragments[-1]}"
    found = lint(Example(code, example.text.replace(example.fragments[-1], accepting)).whole())
    assert [one for each in found for one in each.doubts] == []
    assert sum(each.accepted for each in found) == 1


def test_the_shipped_standards_leave_no_doubt_unanswered() -> None:
    reviews = review(one.path for one in shipped() if one.path is not None)
    assert [str(doubt) for one in reviews for doubt in one.doubts] == []
    assert sum(one.accepted for one in reviews) >= 1


FAULTY = BASE.replace("最大: 100", "最大: 4")
CASES = "样板: {}\n情形:\n- {名称: 样样都差, 应算出: {整改: [T-01, T-02]}}\n"


def _written(folder: Path, name: str, text: str, cases: str = CASES) -> Path:
    path = folder / f"{name}.yaml"
    path.write_bytes(text.encode())
    (folder / f"{name}.cases.yaml").write_text(cases, "utf-8")
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_doubt_is_told_with_file_line_and_column(tmp_path: Path, newline: str) -> None:
    path = _written(tmp_path, "试验", FAULTY.replace("\n", newline))
    (found,) = review([path])
    assert [str(one).removeprefix(f"{path} ") for one in found.doubts] == [
        "第11行第7列: 疑43 写了一票否决的后果，却没有一条会否决。给该否决的条款写 一票否决: 是，或删去",
        "第17行第7列 项目 村容: 疑01 满分100，全都不合格也只扣13。提高扣分、最高扣，或减少满分",
        "第24行第22列 条款 T-01: 疑05 最高扣10分，最多只能扣到8分。减少最高扣，或提高单价、放宽最大",
        "第28行第5列 条款 T-01: 疑23 没有一个算例是不扣分的。加一个不扣分的算例",
        "第42行第5列 条款 T-02: 疑23 没有一个算例是不扣分的。加一个不扣分的算例",
    ]


def test_the_cases_are_read_beside_the_standard_and_their_mistakes_told(tmp_path: Path) -> None:
    untried = _written(tmp_path, "没试", BASE, CASES.replace("[T-01, T-02]", "[T-01]"))
    assert ["疑21" in str(one) for one in review([untried])[0].doubts].count(True) == 1
    with pytest.raises(ScoringError, match=r"坏.cases.yaml 第1行第1列: 缺“情形”"):
        review([_written(tmp_path, "坏", BASE, "样板: {}\n"), untried])


def test_a_dictionary_field_is_doubted_at_its_line(tmp_path: Path) -> None:
    text = BASE.replace("登记表:\n", "登记表:\n  暴露垃圾处数: 字典\n")
    (found,) = review([_written(tmp_path, "试验", text)])
    assert [(one.line, one.column) for one in found.doubts if "疑17" in one.message] == [(13, 11)]


def test_past_two_hundred_doubts_the_rest_is_only_counted(tmp_path: Path) -> None:
    form = "".join(f"  项{number}: {{填: 是否}}\n" for number in range(300))
    (found,) = review([_written(tmp_path, "试验", BASE.replace("登记表:\n", f"登记表:\n{form}"))])
    assert len(found.doubts) == 200
    assert found.more > 100


def test_doubts_do_not_depend_on_the_order_of_the_files() -> None:
    for code in (code for code, one in CODES.items() if one.between):
        pair = EXAMPLES[code].whole()
        forward, backward = lint(pair), lint(pair[::-1])
        assert [_told(one) for one in forward] == [_told(one) for one in backward[::-1]]


def _told(found: Lint) -> list[tuple[str, Loc, str]]:
    return [(one.code, one.loc, one.message) for one in found.doubts]


@given(standards())
def test_no_standard_is_too_odd_to_be_doubted(standard: Standard) -> None:
    (found,) = lint([(standard, None)])
    assert {one.code for one in found.doubts} <= set(CODES)
    assert found == lint([(standard, None)])[0]
    again = lint([(standard, None), (standard.model_copy(update={"id": "U"}), None)])
    assert set(found.doubts) <= set(again[0].doubts)


def _thousands(number: int) -> str:
    """Return a standard of that many clauses, fifty to an item, each with a 检查项 of its own."""
    form = "".join(
        f"  第{n}样处数: {{填: 数量, 单位: 处, 最大: 100, 说明: 第{n}样的数法}}\n" for n in range(number)
    )
    text = f"{HEAD}登记表:\n{form}项目:\n"
    for n in range(number):
        text += "" if n % 50 else f"- 名称: 项{n}\n  满分: 100\n  条款:\n"
        name = f"第{n}样处数"
        examples = f"[{{{name}: 0, 扣: 0}}, {{{name}: 3, 扣: 6}}, {{{name}: 9, 扣: 10}}]"
        text += clause(n, f"{name} > 0", "{每处: 2, 最高扣: 10}", 算例=examples)
    return text


def test_five_thousand_clauses_are_read_and_doubted_in_seconds() -> None:
    """Five on a machine with nothing else to do; what is measured here is the processor's time, with room for slow ones."""
    text = _thousands(5000)
    begun = time.process_time()
    (found,) = lint([(read_standard(text), None)])
    assert time.process_time() - begun < 15
    assert {one.code for one in found.doubts} == {"疑02", "疑03", "疑09", "疑20", "疑43"}


def test_hostile_conditions_are_doubted_in_bounded_time() -> None:
    form = "".join(f"  项{n}: {{填: 数量, 单位: 处}}\n" for n in range(40))
    long = " 或 ".join(f"(项{n} > {n} 且 项{n + 1} < 项{n + 2})" for n in range(16))
    cards = "".join(clause(n, long, "5", 不适用=long.replace("或", "且")) for n in range(300))
    text = f"{HEAD}登记表:\n{form}项目:\n- 名称: 项\n  满分: 100\n  条款:\n{cards}"
    begun = time.process_time()
    lint([(read_standard(text), None)])
    assert time.process_time() - begun < 60


def test_the_command_tells_doubts_then_reads_the_clauses_aloud(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(_written(tmp_path, "试验", FAULTY))
    assert run(["rules", "check", path]) == 0
    told, _ = capfd.readouterr()
    assert told.startswith(f"试验: 疑点5处\n  {path} 第11行第7列: 疑43 ")
    assert told.endswith("\n试验: 没有发现错误，疑点5处\n")
    assert "docs/guide/doubts.md" in told
    assert told.index("疑23") < told.index("docs/guide/doubts.md") < told.index("原文: “柴草不乱放”（一）")
    assert run(["rules", "check", path, "--strict"]) == 1
    assert run(["标准", "检查", "治五乱", "--strict"]) == 0
    assert run(["标准", "检查", "五化五无", "治五乱"]) == 0
    assert "五化五无: 没有发现错误，没有疑点，另有1处疑点已注明理由" in capfd.readouterr().out


def test_the_command_tells_doubts_between_the_standards_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = str(_written(tmp_path, "甲", BASE))
    other = str(_written(tmp_path, "乙", BASE.replace("编号: T\n", "编号: U\n").replace("T-", "U-")))
    assert run(["rules", "check", one, other]) == 0
    assert "疑36 “柴草处数、厕所”试验也扣分" in capfd.readouterr().out


def test_mistakes_are_told_before_any_doubt(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = str(_written(tmp_path, "坏", BASE.replace("每处: 2", "每虑: 2")))
    assert (
        run(["rules", "check", "--strict", wrong, str(_written(tmp_path, "疑", FAULTY)), "没有的标准"]) == 2
    )
    out, err = capfd.readouterr()
    assert out == ""
    assert "每虑" in err
    assert "没有“没有的标准”这个标准" in err
    assert "疑05" not in err
