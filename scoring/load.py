"""Rule files to standards: every problem with its line and column, all at once.

A file is read in three passes that each add to the same list: YAML (``strict_yaml``), shape (``standard``), meaning
(``check``). An editor completes the keys when the first line is ``# yaml-language-server: $schema=standard.schema.json``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from scoring.check import mistakes
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.messages import explain
from scoring.standard import Card, CaseFile, Standard
from scoring.strict_yaml import Document, read_yaml

Model = TypeVar("Model", bound=Card)
Loc = tuple[str | int, ...]
MAX_BYTES = 8 << 20
CASES = ".cases.yaml"


def load_standard(path: Path | str) -> Standard:
    """Read one rule file.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return read_standard(_bytes(Path(path)), str(path), Path(path))


def load_standards(paths: Iterable[Path | str]) -> tuple[Standard, ...]:
    """Read several rule files; the problems of all of them are raised together.

    Two files may hold the same 编号 only with different 施行.
    """
    found: list[Standard] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, object], str] = {}
    for path in paths:
        try:
            standard = load_standard(path)
        except ScoringError as error:
            problems += error.problems
            continue
        first = seen.setdefault((standard.id, standard.starts), str(path))
        if first != str(path):
            message = f"编号“{standard.id}”、施行 {standard.starts} 与 {first} 相同"
            problems.append(Problem(str(path), message=message, hint="新版写更晚的 施行，另一标准换一个编号"))
        found.append(standard)
    if problems:
        raise ScoringError(problems)
    return tuple(found)


def read_standard(content: bytes | str, name: str = "规则文件", path: Path | None = None) -> Standard:
    """Read a rule file's content; see ``load_standard``."""
    raw = content.encode() if isinstance(content, str) else content
    document = read_yaml(_text(raw, name), name)
    standard = _model(Standard, document, name, {"sha256": hashlib.sha256(raw).hexdigest(), "path": path})
    problems = list(document.problems)
    if standard is not None:
        for mistake in mistakes(standard):
            line, column = _place(document, mistake.loc, mistake.at)
            problems.append(
                Problem(name, line, column, _where(document, mistake.loc), mistake.message, mistake.hint)
            )
    if problems or standard is None:
        raise ScoringError(sorted(dict.fromkeys(problems)))
    return standard


def read_plain(path: Path) -> Mapping[str, Any]:
    """Read a small settings file as a plain mapping, with the same strictness."""
    document = read_yaml(_text(_bytes(path), str(path)), str(path))
    if not isinstance(document.data, dict) and not document.problems:
        document.problems.append(Problem(str(path), message="应是“键: 值”"))
    if document.problems:
        raise ScoringError(sorted(document.problems))
    assert isinstance(document.data, dict)
    return document.data


@lru_cache(maxsize=1)
def shipped() -> tuple[Standard, ...]:
    """Return the standards that come with the program, in the order of 编号."""
    folder = Path(str(files("scoring.rules"))) / "standards"
    found = load_standards(sorted(path for path in folder.glob("*.yaml") if not path.name.endswith(CASES)))
    return tuple(sorted(found, key=lambda one: (one.id, one.starts)))


def cases_beside(standard: Standard) -> CaseFile | None:
    """Return the ``.cases.yaml`` that stands beside a standard's file; None where there is none.

    Raises ScoringError with every problem found in it.
    """
    if standard.path is None:
        return None
    path = standard.path.with_name(standard.path.name.removesuffix(standard.path.suffix) + CASES)
    if not path.exists():
        return None
    document = read_yaml(_text(_bytes(path), str(path)), str(path))
    cases = _model(CaseFile, document, str(path), {})
    if document.problems or cases is None:
        raise ScoringError(sorted(dict.fromkeys(document.problems)))
    return cases


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScoringError([Problem(str(path), message="文件太大", hint=f"最多{MAX_BYTES >> 20} MB")])
        return path.read_bytes()
    except FileNotFoundError:
        raise ScoringError(
            [Problem(str(path), message="没有这个文件", hint="检查文件名和所在的文件夹")]
        ) from None
    except OSError as error:
        raise ScoringError([Problem(str(path), message=f"文件打不开（{error.strerror}）")]) from None


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ScoringError(
            [Problem(name, line, message="不是 UTF-8 编码", hint="用记事本另存为，编码选 UTF-8")]
        ) from None


def _model(model: type[Model], document: Document, name: str, context: Mapping[str, object]) -> Model | None:
    """Fit the data to a model; what does not fit is added to the document's problems."""
    if document.data is None:
        return None
    try:
        return model.model_validate(document.data, context=dict(context))
    except ValidationError as error:
        for one in error.errors(include_url=False):
            document.problems.append(_problem(model, document, name, one))
        return None


def _problem(model: type[BaseModel], document: Document, name: str, error: Any) -> Problem:
    loc, kind = tuple(error["loc"]), error["type"]
    if kind == "extra_forbidden":
        real, key = _real(document, loc), str(loc[-1])
        line, column = document.keys.get(real, document.values.get(real, (0, 0)))
        return Problem(
            name,
            line,
            column,
            _where(document, loc),
            f"“{key}”: 不认识的键",
            did_you_mean(key, _keys(model, loc)),
        )
    message, hint = explain(error)
    line, column = _place(document, loc, 0)
    return Problem(name, line, column, _where(document, loc), message, hint)


def _keys(model: type[BaseModel], loc: Loc) -> Iterator[str]:
    """Yield the keys that are allowed where an unknown one stands."""
    found: type[BaseModel] | None = model
    for step in loc[:-1]:
        if isinstance(step, str) and found is not None:
            inner = next((one.annotation for one in found.model_fields.values() if one.alias == step), None)
            models = list(_models(inner))
            if models:
                found = (
                    models[-1]
                    if step != "扣分"
                    else next((one for one in models if one.__name__ == "Each"), models[0])
                )
    for field_name, field in (found or model).model_fields.items():
        yield from _SPELT.get(field.alias or field_name, (field.alias or field_name,))


# Keys that the models make of others: an author writes 每处 and the options themselves.
_SPELT = {"每": ("每处", "每户"), "扣": (), "各档": ()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models a type annotation holds, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _real(document: Document, loc: Loc) -> Loc:
    """Return the part of a location that exists in the file: union tags and keys made by the models are skipped."""
    path: Loc = ()
    for step in loc:
        if (*path, step) in document.values:
            path = (*path, step)
    return path


def _place(document: Document, loc: Loc, at: int) -> tuple[int, int]:
    path = _real(document, loc)
    line, column = document.values.get(path, (0, 0))
    return line, column + (at if path in document.simple else 0)


def _where(document: Document, loc: Loc) -> str:
    """Name the clause a location lies in, so that a reader finds it by its 编号 too."""
    if len(loc) < 4 or loc[0] != "项目" or loc[2] != "条款":
        return ""
    data: Any = document.data
    for step in loc[:4]:
        known = (
            step in data
            if isinstance(data, dict)
            else isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not known:
            return ""
        data = data[step]
    id = data.get("编号") if isinstance(data, dict) else None
    return f"条款 {id}" if isinstance(id, str) and len(id) <= 20 else ""
