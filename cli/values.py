"""What is written on the command line, read into values: shares, floors, whole numbers, days, one of a few words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..errors import Problem, ScoringError, did_you_mean, shortened

_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]")
_POINTS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")
_WHOLE = re.compile(r"[0-9]{1,6}")
_ROUND = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2])|-[Qq]([1-4]))?")
_BETWEEN = re.compile(r"[、，,；;]")


def wrong(option: str, value: str, known: Sequence[str]) -> ScoringError:
    """Return the error for a value that an option does not know."""
    value = shortened(value)
    return ScoringError([Problem(message=f"{option} 没有“{value}”这一种", hint=did_you_mean(value, known))])


def one_of(option: str, value: str, known: Sequence[str]) -> str:
    """Return a word that must be one of a few; raise ScoringError for another."""
    if value not in known:
        raise wrong(option, value, known)
    return value


def words_of(text: str) -> tuple[str, ...]:
    """Return words separated by commas, full-width or not, or 、."""
    return tuple(word for part in _BETWEEN.split(text) if (word := part.strip()))


def share_of(text: str, option: str) -> Decimal:
    """Read a share, 20% as 0.2, at most all; raise ScoringError for anything else."""
    found = _SHARE.fullmatch(text.strip())
    if found is None or Decimal(found[1]) > 100:
        raise _unread(text, option, "写成 20% 的样子，不超过 100%")
    return Decimal(found[1]) / 100


def whole_of(text: str, option: str, *, most: int = 999_999) -> int:
    """Read a whole number from 0 to ``most``; raise ScoringError for anything else."""
    if not _WHOLE.fullmatch(text.strip()) or int(text) > most:
        raise _unread(text, option, f"写 0 到 {most} 的整数")
    return int(text)


def shares_of(text: str, option: str) -> dict[str, Decimal]:
    """Read 平时=70%,月末=30%; raise ScoringError for anything else."""
    return {
        name: share_of(share, option) for name, share in _pairs(text, option, "平时=70%,月末=30%").items()
    }


def floors_of(text: str, option: str) -> dict[str, Decimal]:
    """Read 优秀=90,合格=60; raise ScoringError for anything else."""
    found = _pairs(text, option, "优秀=90,合格=60,不合格=0")
    for name, floor in found.items():
        if not _POINTS.fullmatch(floor):
            raise _unread(f"{name}={floor}", option, "写这一等的起点分，如 优秀=90")
    return {name: Decimal(floor) for name, floor in found.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """What the name of a round says: its period, its first and its last day."""

    period: str
    first: date
    last: date


def days_of_round(name: str) -> Span | None:
    """Return the days of a round that is named after them: 2026-06, 2026-Q2 or 2026; None for another name.

    >>> days_of_round("2026-Q1")
    Span(period='季', first=datetime.date(2026, 1, 1), last=datetime.date(2026, 3, 31))
    """
    found = _ROUND.fullmatch(name)
    if found is None:
        return None
    year, month, quarter = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    period, many = ("月", 1) if found[2] else ("季", 3) if found[3] else ("年", 12)
    first = 3 * quarter - 2 if found[3] else month
    last = first + many - 1
    return Span(period, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _pairs(text: str, option: str, example: str) -> Mapping[str, str]:
    """Return what is written after each name, each name once."""
    found: dict[str, str] = {}
    for part in words_of(text):
        name, _, value = (word.strip() for word in part.replace("＝", "=").partition("="))
        if not name or not value or name in found:
            raise _unread(part, option, f"写成 {example} 的样子，每个名称写一次")
        found[name] = value
    return found


def _unread(text: str, option: str, hint: str) -> ScoringError:
    return ScoringError([Problem(message=f"{option} 的“{shortened(text)}”读不懂", hint=hint)])
