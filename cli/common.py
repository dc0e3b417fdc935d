"""What the verbs share: finding standards and registers, saying problems, watching long work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import Problem, ScoringError, did_you_mean, visible

if TYPE_CHECKING:
    from ..finding import Infer
    from ..inspection import Inspection
    from ..judge.standing import Standing
    from ..rule.standard import Standard
    from ..sheets.register import Register
    from ..workdays import WorkCalendar

LONG_WORK = 2000


def say(lines: Iterable[object]) -> None:
    """Write lines to stderr, where they do not mix with the result."""
    for line in lines:
        sys.stderr.write(f"{visible(str(line))}\n")


def emit(text: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


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
    """Read a date option."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScoringError(
            [Problem(message=f"{option} 的日期“{text}”读不懂", hint="写成 2026-06-30 的样子")]
        ) from None


def day_asked(text: str, option: str) -> date:
    """Read a date option that must be there."""
    day = day_of(text, option)
    if day is None:
        raise ScoringError([Problem(message=f"没写 {option}", hint="写成 2026-06-30 的样子")])
    return day


def span(one: Standing) -> str:
    """Write a score, or from where to where it may come."""
    if one.low is None or one.high is None:
        return "—"
    return str(one.low) if one.low == one.high else f"{one.low}～{one.high}"


def points_of(text: str, option: str) -> Decimal | None:
    """Read a number of points."""
    if not text:
        return None
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite():
        raise ScoringError([Problem(message=f"{option} 的值“{text}”不是分数", hint="写数字，如 90")])
    return points


def wrong(option: str, value: str, known: Sequence[str]) -> ScoringError:
    """Return the error for a value that an option does not know."""
    return ScoringError([Problem(message=f"{option} 没有“{value}”这一种", hint=did_you_mean(value, known))])


def only_standard(name: str) -> Standard:
    """Return the one standard of a name; raise ScoringError where there are several versions of it."""
    from ..api import find_standards

    found = find_standards([name])
    if len(found) > 1:
        paths = "、".join(str(one.path) for one in found)
        raise ScoringError([Problem(message=f"“{name}”有{len(found)}版", hint=f"写明规则文件: {paths}")])
    return found[0]


T = TypeVar("T")


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
