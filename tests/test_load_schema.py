"""The JSON Schema that editors use says the same as the loader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoring.load import shipped
from scoring.standard import rule_file_schema
from scoring.strict_yaml import read_yaml
from tests.test_load_mistakes import BASE, MISTAKES

PUBLISHED = Path(__file__).parent.parent / "docs" / "schema" / "standard.schema.json"
VALIDATOR = Draft202012Validator(rule_file_schema())
# Of the shape alone: what an editor can mark before the file is ever loaded.
MARKED = """
键写错一个字, 键是英文的, 少写一个键, 少写两个键, 没有算例, 最高扣少写一个字, 只写最高扣，没写每处扣几分, 每和量词分开写,
是否写成 no, 分值带了单位, 分值是汉字, 每处的分值是汉字, 分值是负数, 分值是时间的样子, 扣分是空的花括号, 编号没有横线,
编号是数字, 严重程度没有这一种, 填法没有这一种, 选项只写一个词, 适用是空列表, 名称太长, 名称是空的, 日期写成汉字, 整改只写一句话,
分值来源没有这一种, 核定少了日期, 严重条款达一条, 严重条款达太多, 算例不是列表, 等次写成一句话, 项目写成键值, 选项太多
"""


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == rule_file_schema(), "run: make docs"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(rule_file_schema())


def test_right_files_pass() -> None:
    texts = [one.path.read_text("utf-8") for one in shipped() if one.path is not None]
    for text in [BASE, *texts]:
        assert [error.message for error in VALIDATOR.iter_errors(read_yaml(text, "").data)] == []


@pytest.mark.parametrize("name", [name.strip() for name in re.split(r", |,\n", MARKED)])
def test_an_editor_marks(name: str) -> None:
    mistake = next(one for one in MISTAKES if one.name == name)
    assert not VALIDATOR.is_valid(read_yaml(mistake.text, "").data)


def test_an_editor_shows_chinese_only() -> None:
    for key, node in _properties(rule_file_schema()):
        assert re.fullmatch("[\u4e00-\u9fff0-9]+", key)
        assert "title" not in node
        assert re.search("[a-z]{4}", node.get("description", "")) is None


def _properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _properties(inner)
