"""What the verbs share: finding standards and registers, saying problems, watching long work."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from .. import points
from ..errors import Problem, ScoringError, told, visible
from .values import wrong

if TYPE_CHECKING:
    from ..finding import Infer
    from ..inspection import Inspection
    from ..judge.standing import Ends
    from ..rule.standard import Standard
    from ..sheets.register import Register
    from ..workdays import WorkCalendar

LONG_WORK = 2000
T = TypeVar("T")
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="文件", help="写到文件；不写显示在屏幕上")
]
Format = Annotated[str, typer.Option("--format", metavar="格式", help="table 或 json；不写看文件的扩展名")]


def say(lines: Iterable[object]) -> None:
    """Write lines to stderr, where they do not mix with the result; the same problem at several places is one line."""
    found = list(lines)
    problems = [one for one in found if isinstance(one, Problem)]
    for line in told(problems) if len(problems) == len(found) else found:
        sys.stderr.write(f"{visible(str(line))}\n")


def emit(text: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def put(content: str | bytes, output: Path | None) -> None:
    """Write a result to a file, whole or not at all, or to stdout where none is given."""
    if output is None:
        assert isinstance(content, str)
        emit(content)
        return
    from ..report import write_file

    write_file(output, content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
    say([f"已写到 {output}"])


def format_of(name: str, output: Path | None, known: Sequence[str]) -> str:
    """Settle the format: what is asked for, else by the file's ending, else the first; xlsx must go to a file."""
    guess = output.suffix.lstrip(".").lower() if output else ""
    kind = name or (guess if guess in known else known[0])
    if kind not in known:
        raise wrong("--format", kind, known)
    if kind == "xlsx" and output is None:
        raise wrong("--format xlsx 要写到文件，加 -o；", "屏幕", [one for one in known if one != "xlsx"])
    return kind


def width_of(output: Path | None) -> int:
    """Return how wide a table may be: the terminal's width, at least 60 cells, 100 where it is no terminal."""
    columns = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() and output is None else 100
    return max(columns, 60)


def register_of(path: Path | None) -> Register | None:
    """Read the register where one is given."""
    if path is None:
        return None
    from ..sheets.register import read_register

    return read_register(path)


def calendar_of(path: Path | None) -> WorkCalendar:
    """Return the official calendar, with an override file where one is given."""
    from ..workdays import WorkCalendar

    if path is None:
        return WorkCalendar()
    from ..load.rules import read_plain

    return WorkCalendar.from_plain(read_plain(path), str(path))


def infer_of(name: str) -> Infer | None:
    """Return the reading of step 2 that is asked for; None leaves the choice to the program."""
    from ..infer import choose

    if name and name not in ("durable", "reference"):
        raise wrong("--infer", name, ["durable", "reference"])
    return choose(name)[0] if name else None


def day_of(text: str, option: str = "--on") -> date | None:
    """Read a date option, written as in a sheet: 2026-06-30, 2026/6/30, 2026年6月30日."""
    if not text:
        return None
    from ..sheets.cells import CellError, day

    try:
        return day(text)
    except CellError as error:
        raise ScoringError([Problem(message=f"{option} 的{error}", hint="写成 2026-06-30 的样子")]) from None


def span(ends: Ends) -> str:
    """Write a score, or from where to where it may come."""
    return points.span(*ends)


def number_of(text: str, name: str) -> int:
    """Read the number of something that is counted from 1."""
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise ScoringError([Problem(message=f"{name} 的值“{text}”不是号码", hint="写数字，如 1")])
    return int(text)


def points_of(text: str, option: str) -> Decimal | None:
    """Read a number of points."""
    if not text:
        return None
    try:
        given = Decimal(text)
    except InvalidOperation:
        given = Decimal("NaN")
    if not given.is_finite():
        raise ScoringError([Problem(message=f"{option} 的值“{text}”不是分数", hint="写数字，如 90")])
    return given


def only_standard(name: str) -> Standard:
    """Return the one standard of a name; raise ScoringError where there are several versions of it."""
    from ..find import find_standards

    found = find_standards([name])
    if len(found) > 1:
        paths = "、".join(str(one.path) for one in found)
        raise ScoringError([Problem(message=f"“{name}”有{len(found)}版", hint=f"写明规则文件: {paths}")])
    return found[0]


def watched(inspections: Sequence[Inspection]) -> Iterable[Inspection]:
    """Show a progress bar on stderr while many visits are scored, only on a terminal."""
    return _bar(inspections, len(inspections), "评分")


def watched_rows(rows: Iterable[T], many: int) -> Iterable[T]:
    """Show a progress bar on stderr while many rows are read, only on a terminal."""
    return _bar(rows, many, "读表")


def _bar(things: Iterable[T], many: int, what: str) -> Iterable[T]:
    if many < LONG_WORK or not sys.stderr.isatty():
        return things
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    bar: Iterable[T] = track(things, total=many, description=what, console=console, transient=True)
    return bar
