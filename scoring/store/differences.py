"""A visit that is stored otherwise: what differs, for the user to say which is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from scoring import columns
from scoring.inspection import Inspection, Unit
from scoring.store.codec import visit_of
from scoring.store.visits import key_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit that is stored otherwise: what differs of it, as (检查项 or column, stored, new)."""

    unit: Unit
    date: date
    source: str
    changes: tuple[tuple[str, str, str], ...]


def difference(one: Inspection, old: sa.Row[Any]) -> Difference:
    """Return what differs between a visit and how it is stored."""
    before = visit_of(one.unit, dict(old._mapping))
    names = dict.fromkeys((*before.answers, *one.answers))
    moved = tuple((title, was, now) for title, was, now in _who_and_when(one, old) if was != now)
    changes = moved + tuple(
        (name, _shown(before.answers.get(name)), _shown(one.answers.get(name)))
        for name in names
        if before.answers.get(name) != one.answers.get(name)
    )
    return Difference(one.unit, one.date, one.source, changes)


def _who_and_when(one: Inspection, old: sa.Row[Any]) -> Iterable[tuple[str, str, str]]:
    """Return what makes a visit that visit, as it was stored and as it is now said."""
    now = (one.unit.id, one.date.isoformat(), one.source, "、".join(one.inspectors), str(one.number))
    titles = (columns.CODE, columns.DATE, columns.SOURCE, columns.INSPECTORS, columns.NUMBER)
    return zip(titles, map(str, key_of(old)), now, strict=True)


def _shown(answer: object) -> str:
    if answer is None:
        return "没有这一栏"
    reason = getattr(answer, "reason", None)
    if reason is not None:
        return f"未查（{reason}）" if reason else "未查"
    return "不适用" if not isinstance(answer, str) and not hasattr(answer, "is_finite") else str(answer)
