"""Fit plain data to the models: what does not fit becomes a ``Mistake`` in Chinese, with the keys allowed at that place.

The JSON Schema of the models doubles as their map: it says which keys a place allows and what they are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scoring.errors import KEY, Loc, Mistake, did_you_mean, shortened
from scoring.load.messages import explain
from scoring.rule.card import file_schema

Model = TypeVar("Model", bound=BaseModel)
Node = Mapping[str, Any]


def fit(
    model: type[Model], data: object, context: Mapping[str, object]
) -> tuple[Model | None, Iterator[Mistake]]:
    """Return data as a model, or None and what does not fit; only the Chinese keys count."""
    try:
        return model.model_validate(data, context=dict(context), by_alias=True, by_name=False), iter(())
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    return None, (_mistake(model, data, one) for one in wrong if not _echo(one))


def _echo(error: Mapping[str, Any]) -> bool:
    """Return whether a list is called short only because its items were refused, which has been said."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _mistake(model: type[BaseModel], data: object, error: Mapping[str, Any]) -> Mistake:
    path = _in_file(data, error["loc"])
    if error["type"] == "extra_forbidden":
        return _unknown(model, data, path)
    wanted = (*path, error["loc"][-1]) if error["type"] == "missing" else path
    message, hint = explain(error, _description(model, wanted))
    return Mistake(path, message, hint)


def _unknown(model: type[BaseModel], data: object, path: Loc) -> Mistake:
    key = shortened(str(path[-1]))
    written = _at(data, path[:-1])
    choices = [node for node in _nodes(model, path[:-1]) if "properties" in node]
    node = max(choices, key=lambda one: sum(word in written for word in one["properties"]), default={})
    allowed = [one for one in node.get("properties", ()) if one not in written]
    hint = "键前面的空格是全角的，要用英文的" if key != key.strip() else did_you_mean(key, allowed)
    return Mistake((*path, KEY), f"“{key}”: 不认识的键", hint)


def _in_file(data: Any, loc: Loc) -> Loc:
    """Return the part of a location that the file spells: union tags and keys that models make are skipped."""
    path: Loc = ()
    for step in loc:
        if step == KEY:
            return (*path, KEY)
        found = _spelt(data, step)
        if found is not None:
            path, data = (*path, found), data[found]
    return path


def _spelt(data: Any, step: str | int) -> str | int | None:
    if isinstance(data, dict):
        if step == "扣" and step not in data:  # Each makes 每 and 扣 of the one key 每处
            return next((key for key in data if key.startswith("每")), None)
        return step if step in data else None
    return step if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _at(data: Any, path: Loc) -> Any:
    for step in path:
        data = data[step]
    return data


@cache
def _schema(model: type[BaseModel]) -> Node:
    return file_schema(model)


def _nodes(model: type[BaseModel], path: Loc) -> Iterator[Node]:
    """Yield the schemas that hold at a path."""
    root = _schema(model)
    nodes = list(_alternatives(root, root))
    for step in path:
        nodes = [one for node in nodes for inner in _inner(node, step) for one in _alternatives(root, inner)]
    yield from nodes


def _alternatives(root: Node, node: Node) -> Iterator[Node]:
    yield node
    if "$ref" in node:
        yield from _alternatives(root, root["$defs"][node["$ref"].rpartition("/")[2]])
    for part in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _alternatives(root, part)


def _inner(node: Node, step: str | int) -> Iterator[Node]:
    inner = (
        node.get("items")
        if isinstance(step, int)
        else node.get("properties", {}).get(step, node.get("additionalProperties"))
    )
    if isinstance(inner, Mapping):
        yield inner


def _description(model: type[BaseModel], path: Loc) -> str:
    return next((node["description"] for node in _nodes(model, path) if "description" in node), "")
