"""Rule files to standards: every problem with its line and column, all at once.

A file is read in three passes that each add to the same list: YAML (``strict_yaml``), shape (``shape``), meaning
(``check``). An editor completes and checks the keys when the first line of a rule file is
``# yaml-language-server: $schema=`` with the path of ``docs/schema/standard.schema.json``, or of a copy that
``chuangwei rules schema`` writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from scoring.card import Card
from scoring.casefile import CaseFile
from scoring.check import mistakes
from scoring.dictionary import resolve
from scoring.document import MOST, Document
from scoring.errors import Mistake, Problem, ScoringError, in_order
from scoring.form_field import FieldDictionary
from scoring.shape import fit
from scoring.standard import Standard
from scoring.strict_yaml import read_yaml

Model = TypeVar("Model", bound=Card)
MAX_BYTES = 4 << 20
CASES = ".cases.yaml"


def load_standard(path: Path | str) -> Standard:
    """Read one rule file.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return load_with_places(path)[0]


def load_with_places(path: Path | str) -> tuple[Standard, Document]:
    """Read one rule file; return beside the standard where each of its keys stands. See ``load_standard``."""
    return _read(_bytes(Path(path)), str(path), Path(path))


def load_standards(paths: Iterable[Path | str]) -> tuple[Standard, ...]:
    """Read several rule files; the problems of all of them are raised together.

    Two files may hold the same 编号 only with different 施行.
    """
    found: list[Standard] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, object], str] = {}
    for path in dict.fromkeys(map(str, paths)):
        try:
            standard = load_standard(path)
        except ScoringError as error:
            problems += error.problems
            continue
        first = seen.setdefault((standard.id, standard.starts), path)
        if first != path:
            message = f"编号“{standard.id}”、施行 {standard.starts} 与 {first} 相同"
            problems.append(Problem(path, message=message, hint="新版写更晚的 施行，另一标准换一个编号"))
        found.append(standard)
    if problems:
        raise ScoringError(problems)
    return tuple(found)


def read_standard(content: bytes | str, name: str = "规则文件", path: Path | None = None) -> Standard:
    """Read a rule file's content; see ``load_standard``."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return _read(raw, name, path)[0]


def _read(raw: bytes, name: str, path: Path | None) -> tuple[Standard, Document]:
    document = _document(raw, name)
    taken = resolve(document, field_dictionary())
    context = {"sha256": hashlib.sha256(raw + taken).hexdigest(), "path": path}
    return _fitted(Standard, document, context, mistakes), document


@lru_cache(maxsize=1)
def field_dictionary() -> Mapping[str, Any]:
    """Return the cards of the shipped 检查项字典 as plain data, by name."""
    path = Path(str(files("scoring.rules"))) / "fields.yaml"
    document = _document(_bytes(path), path.name)
    _fitted(FieldDictionary, document, {}, lambda _: ())
    assert isinstance(document.data, dict)
    cards = document.data["检查项"]
    assert isinstance(cards, dict)
    return cards


def load_cases(path: Path | str) -> CaseFile:
    """Read a ``.cases.yaml``; its answers are held against the standard when the cases are run.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return _fitted(CaseFile, _document(_bytes(Path(path)), str(path)), {}, lambda _: ())


def cases_beside(standard: Standard) -> CaseFile | None:
    """Return the ``.cases.yaml`` that stands beside a standard's file; None where there is none."""
    if standard.path is None:
        return None
    path = standard.path.with_name(standard.path.name.removesuffix(standard.path.suffix) + CASES)
    return load_cases(path) if path.exists() else None


def read_plain(path: Path) -> Mapping[str, Any]:
    """Read a small settings file as a plain mapping, with the same strictness."""
    document = read_yaml(_text(_bytes(path), str(path)), str(path))
    if not isinstance(document.data, dict):
        if not document.problems:
            document.complain(0, "应是“键: 值”")
        raise _error(document)
    if document.problems:
        raise _error(document)
    return document.data


@lru_cache(maxsize=1)
def shipped() -> tuple[Standard, ...]:
    """Return the standards that come with the program, in the order of 编号."""
    folder = Path(str(files("scoring.rules"))) / "standards"
    found = load_standards(sorted(path for path in folder.glob("*.yaml") if not path.name.endswith(CASES)))
    return tuple(sorted(found, key=lambda one: (one.id, one.starts)))


def _document(raw: bytes, name: str) -> Document:
    """Read a file as plain data; what could not be read is in its problems."""
    document = read_yaml(_text(raw, name), name)
    if document.data is None and document.problems:
        raise _error(document)
    return document


def _fitted(
    model: type[Model],
    document: Document,
    context: Mapping[str, object],
    ask: Callable[[Model], Iterable[Mistake]],
) -> Model:
    """Fit a file's data to a model; ``ask`` says what is wrong with one whose shape is right."""
    found, misfits = fit(model, document.data, context)
    wrong = misfits if found is None else ask(found)
    for mistake in islice(wrong, MOST + 1):
        if document.refused.isdisjoint({mistake.loc, mistake.loc[:-1]}):
            index = document.find(mistake.loc, mistake.at)
            document.complain(index, mistake.message, mistake.hint, _where(document.data, mistake))
    if document.problems or found is None:
        raise _error(document)
    return found


def _error(document: Document) -> ScoringError:
    return ScoringError(in_order(document.problems))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problem = Problem(str(path), message="没有这个文件", hint="检查文件名和所在的文件夹")
    except IsADirectoryError:
        problem = Problem(str(path), message="这是文件夹，不是文件", hint="写出文件夹里的文件名")
    except PermissionError:
        problem = Problem(str(path), message="没有权限打开", hint="请管理员开放，或复制一份再用")
    except (OSError, ValueError) as error:
        problem = Problem(str(path), message=f"文件打不开（{error}）", hint="检查文件名")
    raise ScoringError([problem])


def _text(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        problem = Problem(name, 1, 1, message=f"文件太大，超过{MAX_BYTES >> 20} MB", hint="分成几个文件")
        raise ScoringError([problem])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problem = Problem(name, line, column, message="不是 UTF-8 编码", hint="用记事本另存为，编码选 UTF-8")
        raise ScoringError([problem]) from None


def _where(data: Any, mistake: Mistake) -> str:
    """Name the clause a mistake lies in, so that a reader finds it by its 编号 too."""
    match mistake.loc[:4]:
        case ("项目", int(item), "条款", int(number)):
            id = data["项目"][item]["条款"][number]
            id = id.get("编号") if isinstance(id, dict) else None
            return f"条款 {id}" if isinstance(id, str) and len(id) <= 20 else ""
    return ""
