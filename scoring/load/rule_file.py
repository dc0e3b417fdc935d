"""One rule file on its way from disk to a model: bytes, text, plain data, shape, meaning; every problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from scoring.errors import Mistake, Problem, ScoringError, in_order
from scoring.load.document import MOST, Document
from scoring.load.shape import fit
from scoring.load.strict_yaml import read_yaml
from scoring.rule.card import Card

Model = TypeVar("Model", bound=Card)
MAX_BYTES = 4 << 20


def read_bytes(path: Path) -> bytes:
    """Read a file, a little past the most that is allowed.

    Raises ScoringError where it cannot be opened.
    """
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


def decoded(raw: bytes, name: str) -> str:
    """Return a file's text; it must be UTF-8 and not too large.

    Raises ScoringError.
    """
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


def read_document(raw: bytes, name: str) -> Document:
    """Read a file's bytes as plain data; what could not be read is in its problems.

    Raises ScoringError where nothing could be read.
    """
    document = read_yaml(decoded(raw, name), name)
    if document.data is None and document.problems:
        raise error_of(document)
    return document


def fitted(
    model: type[Model],
    document: Document,
    context: Mapping[str, object],
    ask: Callable[[Model], Iterable[Mistake]],
) -> Model:
    """Fit a file's data to a model; ``ask`` says what is wrong with one whose shape is right.

    Raises ScoringError with every problem, in the order of their lines.
    """
    found, misfits = fit(model, document.data, context)
    wrong = misfits if found is None else ask(found)
    for mistake in islice(wrong, MOST + 1):
        if document.refused.isdisjoint({mistake.loc, mistake.loc[:-1]}):
            index = document.find(mistake.loc, mistake.at)
            document.complain(index, mistake.message, mistake.hint, _where(document.data, mistake))
    if document.problems or found is None:
        raise error_of(document)
    return found


def _where(data: Any, mistake: Mistake) -> str:
    """Name the clause a mistake lies in, so that a reader finds it by its 编号 too."""
    match mistake.loc[:4]:
        case ("项目", int(item), "条款", int(number)):
            id = data["项目"][item]["条款"][number]
            id = id.get("编号") if isinstance(id, dict) else None
            return f"条款 {id}" if isinstance(id, str) and len(id) <= 20 else ""
    return ""


def error_of(document: Document) -> ScoringError:
    """Return a document's problems as the error that carries them."""
    return ScoringError(in_order(document.problems))
