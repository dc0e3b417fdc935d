"""The museum of mistakes: every message a rule file's author can meet, word for word, with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from scoring.errors import ScoringError
from scoring.load import strict_yaml
from scoring.load.rules import read_standard

MUSEUM = Path(__file__).parent / "bad_rules"
BASE = (MUSEUM / "base.yaml").read_text("utf-8")


SHAPES = (MUSEUM / "shapes.yaml").read_text("utf-8")


@dataclass(frozen=True)
class Mistake:
    name: str
    before: str
    after: str
    said: list[str]
    base: str = BASE

    @property
    def text(self) -> str:
        assert self.base.count(self.before) == 1, "the text to change must stand once in the file"
        return self.base.replace(self.before, spelt(self.after))


def spelt(text: str) -> str:
    text = re.sub(r"<U\+(....)>", lambda found: chr(int(found[1], 16)), text.replace("<TAB>", "\t"))
    return re.sub(r"<(.+?)×(\d+)>", lambda found: found[1] * int(found[2]), text)


def museum(file: str, base: str) -> Iterator[Mistake]:
    _, *cases = re.split("^## ", (MUSEUM / file).read_text("utf-8"), flags=re.MULTILINE)
    for case in cases:
        name, *lines = case.splitlines()
        marked = {mark: [line[2:] for line in lines if line[:2] == mark + " "] for mark in "-+!"}
        yield Mistake(name, "\n".join(marked["-"]), "\n".join(marked["+"]), marked["!"], base)


MISTAKES = [*museum("mistakes.txt", BASE), *museum("shapes.txt", SHAPES)]
every_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)


def _said(text: str) -> list[str]:
    with pytest.raises(ScoringError) as caught:
        read_standard(text, "标准.yaml")
    assert all(problem.line and problem.column for problem in caught.value.problems)
    return [str(problem).removeprefix("标准.yaml ") for problem in caught.value.problems]


def test_the_file_that_the_mistakes_change_is_right() -> None:
    assert read_standard(BASE).name == read_standard(SHAPES).name == "试验"
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) > 100


@every_mistake
def test_a_mistake_is_explained(mistake: Mistake) -> None:
    assert mistake.said
    assert _said(mistake.text) == mistake.said


@every_mistake
def test_windows_line_ends_change_no_place(mistake: Mistake) -> None:
    assert _said(mistake.text.replace("\n", "\r\n")) == mistake.said


@every_mistake
def test_without_libyaml_the_same_is_refused_with_the_same_words(
    mistake: Mistake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_yaml, "_Loader", yaml.SafeLoader)
    assert _said(mistake.text) == mistake.said


def test_all_mistakes_of_a_file_are_said_at_once_in_the_order_of_lines() -> None:
    text = BASE
    for name in ("键写错一个字", "键写了两遍，第一个算数", "是否写成 no", "分值有三位小数"):
        mistake = next(one for one in MISTAKES if one.name == name)
        text = text.replace(mistake.before, spelt(mistake.after))
    lines = [int(re.findall(r"\d+", line)[0]) for line in _said(text)]
    assert lines == [21, 34, 35, 37]
