"""Every piece of a rule file in the documents loads, comes to what its 算例 say, or is refused in the words shown below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from scoring import assess_files, find_standards, read_register
from scoring.api import outcomes
from scoring.check.cases import Outcome, run_cases, run_examples
from scoring.infer import reference
from scoring.lint import lint
from scoring.load.rules import cases_beside, load_standard, read_standard
from scoring.load.strict_yaml import read_yaml
from scoring.rule.casefile import Case, CaseFile, Expected
from scoring.rule.clause import Bonus, BonusClause, Clause, Item, Remedy
from scoring.rule.computed import Constant, Formula, Level, Lookup
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.price import (
    ByBand,
    ByOption,
    Discretion,
    Each,
    EachMissing,
    Flat,
    Graded,
    IfNotRectified,
    ZeroItem,
)
from scoring.rule.source import Basis
from scoring.rule.standard import Standard
from scoring.workdays import WorkCalendar
from scripts.fragments import said, whole
from scripts.pages import BLOCKS, ROOT, Block

FORMAT = "docs/guide/format.md"
TUTORIAL = "docs/guide/tutorial.md"
EXAMPLES = sorted(path for path in (ROOT / "docs" / "examples").rglob("*.yaml") if ".cases" not in path.name)
SCHEMES = "docs/guide/schemes.md"  # its pieces are tried in test_schemes.py
YAML = [block for block in BLOCKS if block.language == "yaml" and block.page != SCHEMES]
SHEETS = [block for block in YAML if block.text.startswith("样板:")]
RULES = [block for block in YAML if block not in SHEETS]


def _failed(found: Iterator[Outcome] | tuple[Outcome, ...]) -> list[Outcome]:
    return [one for one in found if not one.passed]


@pytest.mark.parametrize("block", [one for one in RULES if not one.wrong], ids=str)
def test_a_piece_of_a_rule_file_loads_and_its_examples_come_out(block: Block) -> None:
    assert _failed(run_examples(read_standard(whole(block.text)))) == []


@pytest.mark.parametrize("block", [one for one in RULES if one.wrong], ids=str)
def test_a_mistake_shown_is_refused_in_the_words_below_it(block: Block) -> None:
    assert block.shown is not None, "show the message in a ```text block right below"
    assert block.shown.splitlines() == said(block.text) != []


@pytest.mark.parametrize("block", [one for one in SHEETS if one.page != TUTORIAL], ids=str)
def test_cases_shown_come_out_for_the_standard_above_them(block: Block) -> None:
    above = [one for one in RULES if one.page == block.page and BLOCKS.index(one) < BLOCKS.index(block)]
    standard = read_standard([one.text for one in above if re.search("^标准:", one.text, re.MULTILINE)][-1])
    cases = CaseFile.model_validate(read_yaml(block.text, block.page).data, by_alias=True, by_name=False)
    assert _failed(run_cases(standard, cases, calendar=WorkCalendar(), infer=reference.infer)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_tables_made_whole_pass_their_own_tests(path: Path) -> None:
    standard = load_standard(path)
    assert _failed(outcomes(standard, infer=reference.infer)) == []
    assert path.with_name(f"{path.stem}.cases.yaml").exists()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_tables_made_whole_leave_no_doubt_open(path: Path) -> None:
    standard = load_standard(path)
    (found,) = lint([(standard, cases_beside(standard))])
    assert found.doubts == ()


def test_the_thousand_point_sheet_has_the_areas_it_must() -> None:
    standard = load_standard(ROOT / "docs" / "examples" / "qian-fen-zhi.yaml")
    assert [int(item.full) for item in standard.items] == [50, 50, 200, 100, 100, 100, 100, 50, 100, 100, 50]


@pytest.mark.parametrize("block", [one for one in YAML if one.page == TUTORIAL and not one.wrong], ids=str)
def test_the_tutorial_shows_nothing_but_the_file_it_arrives_at(block: Block) -> None:
    folder = ROOT / "docs" / "examples"
    text = "".join((folder / name).read_text("utf-8") for name in ("qing-jie.yaml", "qing-jie.cases.yaml"))
    there = {line.strip() for line in text.splitlines()}
    assert [line for line in block.text.splitlines() if line.strip() not in there] == []


def test_the_sheet_of_the_tutorial_is_scored_without_a_word_of_complaint() -> None:
    folder = ROOT / "docs" / "examples"
    found = assess_files(
        [folder / "qing-jie.csv"],
        find_standards([str(folder / "qing-jie.yaml")]),
        read_register(folder / "ming-ce.csv"),
        infer=reference.infer,
    )
    assert (found.problems, found.notices) == ((), ())


# Which heading of the format page shows which shape of a price: a new shape without its place there fails.
SHOWN_UNDER: Mapping[type[BaseModel], str] = {
    Flat: "定额",
    Each: "每处扣几分，扣完为止",
    ByBand: "按比例分段",
    ByOption: "按选项（只居其一的几档）",
    EachMissing: "几项里每缺一项扣几分",
    ZeroItem: "一出现，本项不得分",
    Graded: "检查员打分（好、中、差）",
    Discretion: "检查员在范围内定扣几分（裁量）",
    IfNotRectified: "限期整改，整改不到位才扣",
}


def _shapes() -> set[type[BaseModel]]:
    """Return every shape that a clause's 扣分 may have."""
    union = Clause.model_fields["price"].annotation
    return {tagged.__origin__ for tagged in union.__args__}  # type: ignore[union-attr]


def _shown(heading: str) -> list[Standard]:
    return [
        read_standard(whole(block.text))
        for block in RULES
        if block.page == FORMAT and block.heading == heading and not block.wrong
    ]


def test_every_shape_of_a_price_has_its_place_on_the_format_page() -> None:
    assert set(SHOWN_UNDER) == _shapes()


@pytest.mark.parametrize(("shape", "heading"), SHOWN_UNDER.items(), ids=SHOWN_UNDER.values())
def test_the_place_of_a_shape_shows_that_shape(shape: type[BaseModel], heading: str) -> None:
    prices = [type(clause.price) for one in _shown(heading) for clause in one.clauses]
    assert shape in prices


def test_every_verb_of_a_count_is_shown() -> None:
    pieces = [read_standard(whole(one.text)) for one in RULES if one.page == FORMAT and not one.wrong]
    prices = [clause.price for one in pieces for clause in one.clauses if isinstance(clause.price, Each)]
    assert {one.verb for one in prices} == {"", "超", "少", "低", "高"}
    assert {one.odd for one in prices} >= {"不计", "进一"}


@pytest.mark.parametrize("way", [Formula, Lookup, Level], ids=["算", "取", "分级"])
def test_every_way_of_computing_is_shown(way: type[BaseModel]) -> None:
    pieces = [read_standard(whole(one.text)) for one in RULES if one.page == FORMAT and not one.wrong]
    assert way in {type(card) for one in pieces for card in one.computed.values()}


CARDS = (
    Standard, Basis, Clause, Item, Remedy, Bonus, BonusClause, FormField, Formula, Lookup, Level, Constant,
    EachMissing, ByBand, Graded, Discretion, IfNotRectified, CaseFile, Case, Expected,
)  # fmt: skip
KEYS = sorted({field.alias for card in CARDS for field in card.model_fields.values() if field.alias})


@pytest.mark.parametrize("word", [*KEYS, "零头", "计数", "照算", "字典", *FieldKind])
def test_every_key_and_kind_of_answer_is_on_the_format_page(word: str) -> None:
    text = (ROOT / FORMAT).read_text("utf-8")
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), f"“{word}”没写在 {FORMAT}"
