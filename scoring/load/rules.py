"""Rule files to standards and schemes: every problem with its line and column, all at once.

A file is read in three passes that each add to the same list: YAML (``strict_yaml``), shape (``shape``), meaning
(``check``). An editor completes and checks the keys when the first line of a rule file is
``# yaml-language-server: $schema=`` with the path of ``docs/schema/standard.schema.json``, or of a copy that
``chuangwei rules schema`` writes; for a scheme the path of ``docs/schema/scheme.schema.json``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from scoring.check.scheme import scheme_mistakes
from scoring.check.standard import mistakes
from scoring.errors import Problem, ScoringError
from scoring.load.dictionary import resolve
from scoring.load.document import Document
from scoring.load.rule_file import decoded, error_of, fitted, read_bytes, read_document
from scoring.load.strict_yaml import read_yaml
from scoring.rule.casefile import CaseFile
from scoring.rule.form_field import FieldDictionary
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_casefile import SchemeCaseFile
from scoring.rule.standard import Standard

Rules = TypeVar("Rules", Standard, Scheme)
CASES = ".cases.yaml"


def load_standard(path: Path | str) -> Standard:
    """Read one rule file.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return load_with_places(path)[0]


def load_with_places(path: Path | str) -> tuple[Standard, Document]:
    """Read one rule file; return beside the standard where each of its keys stands. See ``load_standard``."""
    return _read(read_bytes(Path(path)), str(path), Path(path))


def load_standards(paths: Iterable[Path | str]) -> tuple[Standard, ...]:
    """Read several rule files; the problems of all of them are raised together.

    Two files may hold the same 编号 only with different 施行.
    """
    return _several(paths, load_standard, "标准")


def load_scheme(path: Path | str, standards: Iterable[Standard] | None = None) -> Scheme:
    """Read one scheme; ``standards`` are those it may name, None leaves that unasked.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return read_scheme(read_bytes(Path(path)), str(path), Path(path), standards)


def load_schemes(
    paths: Iterable[Path | str], standards: Iterable[Standard] | None = None
) -> tuple[Scheme, ...]:
    """Read several schemes; see ``load_standards``."""
    known = None if standards is None else tuple(standards)
    return _several(paths, lambda path: load_scheme(path, known), "办法")


def _several(paths: Iterable[Path | str], load: Callable[[str], Rules], what: str) -> tuple[Rules, ...]:
    found: list[Rules] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, object], str] = {}
    for path in dict.fromkeys(map(str, paths)):
        try:
            one = load(path)
        except ScoringError as error:
            problems += error.problems
            continue
        first = seen.setdefault((one.id, one.starts), path)
        if first != path:
            message = f"编号“{one.id}”、施行 {one.starts} 与 {first} 相同"
            problems.append(Problem(path, message=message, hint=f"新版写更晚的 施行，另一{what}换一个编号"))
        found.append(one)
    if problems:
        raise ScoringError(problems)
    return tuple(found)


def read_standard(
    content: bytes | str,
    name: str = "规则文件",
    path: Path | None = None,
    dictionary: Mapping[str, Any] | None = None,
) -> Standard:
    """Read a rule file's content, its 字典 fields from the shipped dictionary or another; see ``load_standard``."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return _read(raw, name, path, dictionary)[0]


def _read(
    raw: bytes, name: str, path: Path | None, dictionary: Mapping[str, Any] | None = None
) -> tuple[Standard, Document]:
    document = read_document(raw, name)
    taken = resolve(document, field_dictionary() if dictionary is None else dictionary)
    text = raw.decode("utf-8", "replace")
    context = {"sha256": hashlib.sha256(raw + taken).hexdigest(), "text": text, "path": path}
    return fitted(Standard, document, context, mistakes), document


def read_scheme(
    content: bytes | str,
    name: str = "考核办法",
    path: Path | None = None,
    standards: Iterable[Standard] | None = None,
) -> Scheme:
    """Read a scheme's content; see ``load_scheme``."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    text = raw.decode("utf-8", "replace")
    context = {"sha256": hashlib.sha256(raw).hexdigest(), "text": text, "path": path}
    return fitted(Scheme, read_document(raw, name), context, lambda one: scheme_mistakes(one, standards))


def holds_scheme(path: Path | str) -> bool:
    """Return whether a rule file holds a scheme rather than a standard.

    Raises ScoringError where it cannot be read at all.
    """
    data = read_document(read_bytes(Path(path)), str(path)).data
    return isinstance(data, dict) and "考核办法" in data


@lru_cache(maxsize=1)
def field_dictionary() -> Mapping[str, Any]:
    """Return the cards of the shipped 检查项字典 as plain data, by name."""
    return read_dictionary(dictionary_text())


def dictionary_text() -> str:
    """Return the text of the shipped 检查项字典."""
    path = Path(str(files("scoring.rules"))) / "fields.yaml"
    return read_bytes(path).decode("utf-8")


def read_dictionary(text: str) -> Mapping[str, Any]:
    """Read a 检查项字典's text; see ``field_dictionary``."""
    document = read_document(text.encode(), "fields.yaml")
    fitted(FieldDictionary, document, {}, lambda _: ())
    assert isinstance(document.data, dict)
    cards = document.data["检查项"]
    assert isinstance(cards, dict)
    return cards


def load_cases(path: Path | str) -> CaseFile:
    """Read a ``.cases.yaml``; its answers are held against the standard when the cases are run.

    Raises ScoringError with every problem found in it, in the order of their lines.
    """
    return fitted(CaseFile, read_document(read_bytes(Path(path)), str(path)), {}, lambda _: ())


def load_scheme_cases(path: Path | str) -> SchemeCaseFile:
    """Read a scheme's ``.cases.yaml``; see ``load_cases``."""
    return fitted(SchemeCaseFile, read_document(read_bytes(Path(path)), str(path)), {}, lambda _: ())


def cases_beside(standard: Standard) -> CaseFile | None:
    """Return the ``.cases.yaml`` that stands beside a standard's file; None where there is none."""
    path = _beside(standard.path)
    return None if path is None else load_cases(path)


def scheme_cases_beside(scheme: Scheme) -> SchemeCaseFile | None:
    """Return the ``.cases.yaml`` that stands beside a scheme's file; None where there is none."""
    path = _beside(scheme.path)
    return None if path is None else load_scheme_cases(path)


def _beside(path: Path | None) -> Path | None:
    if path is None:
        return None
    beside = path.with_name(path.name.removesuffix(path.suffix) + CASES)
    return beside if beside.exists() else None


def read_plain(path: Path) -> Mapping[str, Any]:
    """Read a small settings file as a plain mapping, with the same strictness."""
    document = read_yaml(decoded(read_bytes(path), str(path)), str(path))
    if not isinstance(document.data, dict):
        if not document.problems:
            document.complain(0, "应是“键: 值”")
        raise error_of(document)
    if document.problems:
        raise error_of(document)
    return document.data


@lru_cache(maxsize=1)
def shipped() -> tuple[Standard, ...]:
    """Return the standards that come with the program, in the order of 编号."""
    return tuple(sorted(load_standards(_rule_files("standards")), key=lambda one: (one.id, one.starts)))


@lru_cache(maxsize=1)
def shipped_schemes() -> tuple[Scheme, ...]:
    """Return the schemes that come with the program, in the order of 编号."""
    found = load_schemes(_rule_files("schemes"), shipped())
    return tuple(sorted(found, key=lambda one: (one.id, one.starts)))


def _rule_files(folder: str) -> list[Path]:
    home = Path(str(files("scoring.rules"))) / folder
    return sorted(path for path in home.glob("*.yaml") if not path.name.endswith(CASES))
