"""The museum of mistakes in schemes: every message their author can meet, word for word, with its line and column."""

from __future__ import annotations

import pytest
import yaml

from scoring.errors import ScoringError
from scoring.load import strict_yaml
from scoring.load.rules import read_scheme, read_standard
from tests.test_load_mistakes import BASE, MUSEUM, SHAPES, Mistake, museum, spelt

MONTH = (MUSEUM / "scheme.yaml").read_text("utf-8")
YEAR = (MUSEUM / "scheme-year.yaml").read_text("utf-8")
COUNTED = BASE.replace("编号: T", "编号: V").replace("T-0", "V-0").replace("满分: 100", "满分: 0")
STANDARDS = (
    read_standard(BASE),
    read_standard(BASE.replace("编号: T", "编号: U").replace("T-0", "U-0")),
    read_standard(
        COUNTED.replace("等次: {优秀: 90, 合格: 60, 不合格: 0}\n一票否决: 等次定为不合格", "计分: 只统计")
    ),
)
MISTAKES = [*museum("schemes.txt", MONTH), *museum("schemes-year.txt", YEAR)]
every_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)


def said(text: str) -> list[str]:
    with pytest.raises(ScoringError) as caught:
        read_scheme(text, "办法.yaml", standards=STANDARDS)
    assert all(problem.line and problem.column for problem in caught.value.problems)
    return [str(problem).removeprefix("办法.yaml ") for problem in caught.value.problems]


def test_the_files_that_the_mistakes_change_are_right() -> None:
    assert read_scheme(MONTH, standards=STANDARDS).name == "试验月考核"
    assert read_scheme(YEAR, standards=STANDARDS).name == "试验年考核"
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) > 90


@every_mistake
def test_a_mistake_is_explained(mistake: Mistake) -> None:
    assert mistake.said
    assert said(mistake.text) == mistake.said


@every_mistake
def test_without_libyaml_the_same_is_refused_with_the_same_words(
    mistake: Mistake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_yaml, "_Loader", yaml.SafeLoader)
    assert said(mistake.text) == mistake.said


def test_without_the_standards_only_the_scheme_itself_is_asked() -> None:
    assert read_scheme(MONTH.replace("标准: T,", "标准: 没有,"))
    assert said(MONTH.replace("标准: T,", "标准: 没有,"))


def test_all_mistakes_of_a_scheme_are_said_at_once_in_the_order_of_lines() -> None:
    text = MONTH
    for name in ("一类的占加不到百分之百", "来源加不到百分之百", "连续的荣誉没有", "名次写了零", "两步一样"):
        mistake = next(one for one in MISTAKES if one.name == name)
        text = text.replace(mistake.before, spelt(mistake.after))
    places = [line.partition(":")[0] for line in said(text)]
    assert places == sorted(
        places,
        key=lambda place: [
            int(number) for number in place.replace("列", "").removeprefix("第").split("行第")
        ],
    )
    assert len(places) == 5


def test_a_standard_of_the_museum_is_no_scheme() -> None:
    assert any("考核办法" in line for line in said(SHAPES))
