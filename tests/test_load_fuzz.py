"""Whatever stands in a rule file, loading it ends in a standard or in problems with a place; nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.load import strict_yaml
from scoring.load.rules import read_standard
from scoring.load.shape import fit
from scoring.rule.card import file_schema
from scoring.rule.casefile import CaseFile
from scoring.rule.standard import Standard
from tests.test_load_mistakes import BASE

LINES = BASE.splitlines()
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_values = st.sampled_from(
    [
        "",
        "[]",
        "{}",
        "3",
        "-1",
        "0.5",
        "1.234",
        "9" * 25,
        "甲",
        "''",
        "'3'",
        "[甲]",
        "[3, [甲]]",
        "[{甲: 乙}]",
        "{甲: 乙}",
        "{每处: 2}",
        "{3: 4}",
        "{甲: {乙: 丙}}",
        "true",
        "no",
        "~",
        "2022-01-01",
        "- 甲",
        "|",
        "90%",
    ]
)
_signs = st.one_of(
    st.sampled_from("：，“”｛［　\t\n\r:,\"'{}[]&*!%@`|>#?- 每扣是0.。\x00\x85\u2028\ufeff\U00020bb7"),
    st.characters(),
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A right file after some slips: lines lost, doubled or swapped, values replaced, signs typed in."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        column = draw(st.integers(0, len(line)))
        key, colon, _ = line.rpartition(": ")
        match draw(st.sampled_from(["lose", "double", "swap", "value", "insert", "cut", "indent", "key"])):
            case "lose" if len(lines) > 1:
                del lines[number]
            case "double":
                lines.insert(number, line)
            case "swap":
                lines[number], lines[number - 1] = lines[number - 1], line
            case "value" if colon:
                lines[number] = key + colon + draw(_values)
            case "insert":
                lines[number] = line[:column] + draw(_signs) + line[column:]
            case "cut":
                lines[number] = line[:column] + line[column + 1 :]
            case "indent":
                lines[number] = " " * draw(st.integers(0, 8)) + line.lstrip()
            case "key":
                lines.insert(number, f"{key[: len(key) - len(key.lstrip())]}{draw(_signs)}: {draw(_values)}")
    return "\n".join(lines)


def _holds(text: str | bytes) -> bool:
    """Return whether the text is a standard; if it is not, its problems must be of use to a reader."""
    try:
        read_standard(text, "标准.yaml")
    except ScoringError as error:
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        ends = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert error.problems
        for problem in error.problems:
            assert 1 <= problem.line <= ends
            assert problem.column >= 1
            assert any("\u4e00" <= char <= "\u9fff" for char in problem.message)
            assert "写法不对（" not in problem.message, "a type of error without Chinese words"
            assert len(str(problem)) < 2000
            assert {unicodedata.category(char) for char in str(problem)}.isdisjoint(HIDDEN)
        return False
    return True


@given(spoilt())
def test_slips_in_a_right_file_are_said_with_their_place(text: str) -> None:
    _holds(text)


@given(st.text(max_size=300))
@example("\ud800")
@example("标准: \ud800")
def test_any_text_is_refused(text: str) -> None:
    assert not _holds(text)


@given(st.binary(max_size=300))
@example("标准: 试验".encode("gb18030"))
@example("标准: 试验".encode("utf-16"))
def test_any_bytes_are_refused(raw: bytes) -> None:
    assert not _holds(raw)


@given(st.text(alphabet="甲乙:：,，-[]{}\"'&*!|>%#? \n", max_size=60))
def test_any_play_of_signs_is_refused(text: str) -> None:
    assert not _holds(text)


@given(spoilt())
def test_without_libyaml_the_same_files_are_right(text: str) -> None:
    fast = _holds(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "_Loader", yaml.SafeLoader)
        assert _holds(text) == fast


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", ())
        for inner in node.values():
            yield from _keys(inner)


_data = st.recursive(
    st.one_of(
        st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.text(max_size=50), st.just("是")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(sorted({*_keys(file_schema(Standard)), *_keys(file_schema(CaseFile))})), inner
        ),
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("model", [Standard, CaseFile])
@given(data=_data)
def test_whatever_does_not_fit_is_said_in_chinese(model: type[Standard | CaseFile], data: object) -> None:
    found, misfits = fit(model, data, {})
    said = list(misfits)
    assert (found is None) == bool(said)
    for mistake in said:
        assert "写法不对（" not in mistake.message, "a type of error without Chinese words"
        assert any("\u4e00" <= char <= "\u9fff" for char in mistake.message)
        assert "Input" not in mistake.message + mistake.hint
