"""The JSON Schema that editors use says the same as the loader, explains every key and offers every shape."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scoring.cli import run

from scoring.load.dictionary import resolve
from scoring.load.rule_schema import rule_file_schema
from scoring.load.rules import field_dictionary, shipped
from scoring.load.shape import fit
from scoring.load.strict_yaml import read_yaml
from scoring.rule.standard import Standard
from tests.test_load_mistakes import BASE, MISTAKES, SHAPES, Mistake

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "docs" / "schema" / "standard.schema.json"
SCHEMA = rule_file_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
# What the loader refuses by its shape and no JSON Schema can: keys counted by their pattern, and decimal places, which
# editors would reckon in binary.
BEYOND = {"写了两个每", "分值有三位小数"}


def plain(data: Any) -> Any:
    """Return data as an editor has it, with numbers for decimals."""
    return json.loads(json.dumps(data, default=float))


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == SCHEMA, "run: make docs"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


RIGHT = [
    ("base", BASE),
    ("shapes", SHAPES),
    ("skeleton", (ROOT / "rules" / "skeleton.yaml").read_text("utf-8")),
]
RIGHT += [(one.name, one.path.read_text("utf-8")) for one in shipped() if one.path is not None]


@pytest.mark.parametrize("text", [text for _, text in RIGHT], ids=[name for name, _ in RIGHT])
def test_right_files_pass(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(read_yaml(text, "").data))] == []


def of_shape(mistake: Mistake) -> bool:
    """Return whether the loader refuses a file for its shape: neither as YAML nor for what its cards mean together."""
    document = read_yaml(mistake.text, "")
    if document.problems:
        return False
    resolve(document, field_dictionary())
    return bool(document.problems) or fit(Standard, document.data, {})[0] is None


MARKED = [one for one in MISTAKES if of_shape(one) and one.name not in BEYOND]


def test_the_museum_has_many_mistakes_of_shape() -> None:
    assert len(MARKED) > 60
    assert {one.name for one in MISTAKES if of_shape(one)} >= BEYOND


@pytest.mark.parametrize("mistake", MARKED, ids=lambda mistake: mistake.name)
def test_an_editor_marks(mistake: Mistake) -> None:
    assert not VALIDATOR.is_valid(plain(read_yaml(mistake.text, "").data))


def fragments() -> list[tuple[str, Any]]:
    """Return every piece of a rule file in the documents, by the line it starts at."""
    found = []
    for page in sorted((ROOT / "docs" / "guide").glob("*.md")):
        text = page.read_text("utf-8")
        for block in re.finditer(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            document = read_yaml(block[1], page.name)
            data = document.data
            others = {"样板", "考核办法", "情形"}  # cases and schemes have their own tests
            if isinstance(data, dict) and not document.problems and others.isdisjoint(data):
                found.append((f"{page.name}:{text.count(chr(10), 0, block.start()) + 1}", data))
    return found


def fragment_validator() -> Draft202012Validator:
    """Return a validator of pieces: nothing is required, and an item's 条款 and 满分 may stand by themselves."""
    schema = copy.deepcopy(SCHEMA)
    for name in ("Clause", "Item", "BonusClause"):
        del schema["$defs"][name]["required"]
    del schema["required"]
    schema["properties"] |= {key: schema["$defs"]["Item"]["properties"][key] for key in ("条款", "满分")}
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("place", "data"), fragments(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_piece_in_the_guide_passes(place: str, data: Any) -> None:
    assert [error.message for error in fragment_validator().iter_errors(plain(data))] == []


def test_the_guide_has_pieces() -> None:
    assert sum(place.startswith("format.md") for place, _ in fragments()) > 15


def test_a_wrong_piece_would_be_marked() -> None:
    assert not fragment_validator().is_valid({"条款": [{"扣分": {"每虑": 2, "最高": 3}}]})


def keys(node: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every key the schema knows: in which card, its name, its node."""
    for name, card in (("标准", node), *node["$defs"].items()):
        yield from ((name, key, inner) for key, inner in card.get("properties", {}).items())


NAMED = set(field_dictionary())


@pytest.mark.parametrize(
    ("card", "key", "node"), list(keys(SCHEMA)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_key_is_explained_in_chinese(card: str, key: str, node: dict[str, Any]) -> None:
    assert re.fullmatch("[\u4e00-\u9fff0-9]+", key)
    assert re.search("[\u4e00-\u9fff]{2}", node.get("description", ""))
    assert "title" not in node
    assert re.search("[a-z]{4}", node["description"]) is None


def shapes(place: dict[str, Any]) -> list[dict[str, Any]]:
    return [SCHEMA["$defs"][one["$ref"].rpartition("/")[2]] for one in place["oneOf"]]


PLACES = {
    "扣分": SCHEMA["$defs"]["Clause"]["properties"]["扣分"],
    "加分": SCHEMA["$defs"]["BonusClause"]["properties"]["加分"],
    "计算": SCHEMA["properties"]["计算"]["additionalProperties"],
}


@pytest.mark.parametrize("place", PLACES)
def test_every_shape_is_offered_with_an_example_that_only_it_fits(place: str) -> None:
    offered = [one["label"] for one in PLACES[place]["defaultSnippets"]]
    assert offered == [one["description"] for one in shapes(PLACES[place])]
    for snippet in PLACES[place]["defaultSnippets"]:
        schema = {"oneOf": PLACES[place]["oneOf"], "$defs": SCHEMA["$defs"]}
        assert [error.message for error in Draft202012Validator(schema).iter_errors(snippet["body"])] == []


def test_every_kind_of_answer_is_offered() -> None:
    field = SCHEMA["$defs"]["FormField"]
    assert [one["label"] for one in field["defaultSnippets"]] == SCHEMA["$defs"]["FieldKind"]["enum"]
    for example in field["examples"]:
        assert Draft202012Validator({**field, "$defs": SCHEMA["$defs"]}).is_valid(example)


def test_the_names_of_the_dictionary_are_offered() -> None:
    assert set(SCHEMA["properties"]["登记表"]["properties"]) == NAMED
    data = plain(read_yaml(SHAPES, "").data)
    data["登记表"]["没有这一项"] = "字典"
    assert not VALIDATOR.is_valid(data)


def test_the_command_writes_the_schema(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["标准", "格式"]) == 0
    assert json.loads(capfd.readouterr().out) == SCHEMA
