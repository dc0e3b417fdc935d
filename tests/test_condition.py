"""The one reader of conditions: its spellings, its complaints, and that nothing else comes out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.grammar.condition import (
    MAX_LENGTH,
    And,
    Compare,
    Condition,
    ConditionError,
    OneOf,
    fields_of,
    read,
)
from scoring.inspection import NOT_APPLICABLE
from scoring.match.predicates import F, N, T, predicate
from tests.strategies import conditions
from tests.support import clause, standard


def written(node: Condition, *, inner: bool = False) -> str:
    """Write a tree back as text."""
    if isinstance(node, Compare):
        value = f"{node.value * 100:f}%" if node.percent else node.value  # type: ignore[operator]
        return f"{node.field} {node.sign} {value}"
    if isinstance(node, OneOf):
        return f"{node.field} 属于 {'、'.join(node.values)}"
    text = (" 且 " if isinstance(node, And) else " 或 ").join(
        written(part, inner=True) for part in node.parts
    )
    return f"({text})" if inner else text


@given(conditions())
def test_what_is_read_and_written_reads_the_same(text: str) -> None:
    assert read(written(read(text))) == read(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("甲＞０", "甲 > 0"),
        ("甲>=3", "甲 ≥ 3"),
        ("甲 ＜＝ ３", "甲 ≤ 3"),
        ("甲!=是", "甲 ≠ 是"),
        ("甲<>是", "甲 ≠ 是"),
        ("甲==是", "甲 = 是"),
        ("甲=是且乙=否", "甲 = 是 且 乙 = 否"),
        ("甲 = 是 或（乙 > 1 且 丙 ≥ ６０％）", "甲 = 是 或 (乙 > 1 且 丙 ≥ 60%)"),
        ("甲属于乙、丙", "甲 属于 乙、丙"),
        ("甲 = “损坏或缺失”", '甲 = "损坏或缺失"'),
    ],
)
def test_full_width_and_ascii_spellings_read_alike(text: str, same: str) -> None:
    assert read(text) == read(same)


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("甲 > 0 且 乙 = 是 或 丙 = 是", 14, "“且”与“或”混用"),
        ("甲 > ", 4, "“>”后面缺一个值"),
        ("甲 3", 2, "“甲”后面缺比较符号"),
        ("甲", 1, "“甲”后面缺比较符号"),
        ("> 3", 0, "这里应是检查项的名称"),
        ("(甲 > 3", 6, "括号没有配对"),
        ("甲 > 3)", 5, "“)”多余或位置不对"),
        ("甲 > 3 乙 > 4", 6, "“乙”多余或位置不对"),
        ("甲 属于", 4, "“属于”后面缺选项"),
        ("甲 属于 乙、", 7, "“、”后面缺选项"),
        ("甲 ! 3", 2, "“!”读不懂"),
        ("(" * 9 + "甲 > 1" + ")" * 9, 8, "括号套得太深"),
        ("甲" * (MAX_LENGTH + 1), 0, "条件太长"),
        ("", 0, "这里应是检查项的名称"),
    ],
)
def test_a_complaint_names_the_character(text: str, at: int, said: str) -> None:
    with pytest.raises(ConditionError) as caught:
        read(text)
    assert said in caught.value.message
    assert caught.value.at == at


@given(st.text(alphabet='甲乙是 且或（()）>≥<=≠!属于、“”"%０9.-\n🙂\u202e', max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        assert fields_of(read(text))
    except ConditionError as error:
        assert 0 <= error.at <= len(text)


FORM = standard(
    "  甲: {填: 是否, 可缺项: 是}\n  乙: {填: 是否, 可缺项: 是}\n",
    [(100, [clause(1, "甲 = 是 且 乙 = 是", "1")])],
).form


@pytest.mark.parametrize(
    ("text", "values", "outcomes"),
    [
        ("甲 = 是 且 乙 = 是", {"甲": "否"}, F),
        ("甲 = 是 且 乙 = 是", {"甲": "是"}, T | F | N),
        ("甲 = 是 且 乙 = 是", {"甲": NOT_APPLICABLE}, F | N),
        ("甲 = 是 且 乙 = 是", {"甲": NOT_APPLICABLE, "乙": "是"}, N),
        ("甲 = 是 或 乙 = 是", {"甲": "是"}, T),
        ("甲 = 是 或 乙 = 是", {"甲": "否"}, T | F),
        ("甲 = 是 或 乙 = 是", {"甲": NOT_APPLICABLE}, T | F | N),
        ("甲 = 是 或 乙 = 是", {"甲": NOT_APPLICABLE, "乙": NOT_APPLICABLE}, N),
        ("甲 = 是 或 乙 = 是", {"甲": NOT_APPLICABLE, "乙": "否"}, F),
    ],
)
def test_a_blank_leaves_every_outcome_it_may_still_have(text: str, values: dict, outcomes: int) -> None:
    assert predicate(read(text), FORM)(values) == outcomes
