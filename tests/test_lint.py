"""The lint: one faulty standard for every doubt, none for a standard without fault, and what it says is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.cases import run_examples
from scoring.lint import CODES, lint
from scripts.doubts import Example, examples

ROOT = Path(__file__).parent.parent
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


@pytest.mark.parametrize("code", [code for code, one in CODES.items() if one.place])
def test_a_doubt_accepted_for_the_whole_standard_is_counted_and_not_told(code: str) -> None:
    example = EXAMPLES[code]
    accepting = f"接受疑点: {{{code}: 有理由}}\n{example.fragments[-1]}"
    found = lint(Example(code, example.text.replace(example.fragments[-1], accepting)).whole())
    assert [one for each in found for one in each.doubts] == []
    assert sum(each.accepted for each in found) == 1
