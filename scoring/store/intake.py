"""Visits imported into a round: the same file twice changes nothing; a corrected one shows what differs and asks.

A submission from a phone is known again by its id, also where an edit has put right when, where and by whom it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, in_order
from scoring.inspection import Inspection
from scoring.store.codec import submission_of
from scoring.store.differences import Difference, difference
from scoring.store.schema import event as event_table
from scoring.store.schema import round_, visit
from scoring.store.visits import keep_units, key_of, live, row_of, succeed

_NEW = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import comes to: how many visits are new, how many were known, and which are stored otherwise."""

    new: int
    known: int
    differences: tuple[Difference, ...] = ()


def take_in(
    connection: sa.Connection, round: str, visits: Sequence[Inspection], event: int, *, replace: bool
) -> Intake:
    """Store visits; with ``replace`` those that are stored otherwise too, else they are only told.

    A visit that a 更正 put right stays so: the file it was first read from changes nothing. Raises ScoringError for
    visits outside the round's days, and for those that would replace one put right or stand where another stands.
    """
    _inside(connection, round, visits)
    amending, superseded = _amended(connection, round)
    keep_units(connection, round, {one.unit.id: one.unit for one in visits}.values(), event)
    fresh: list[_NEW] = []
    changed: list[tuple[Inspection, sa.Row[Any], _NEW]] = []
    known = 0
    for one, row, old in _matched(connection, round, [(one, row_of(one, round, event)) for one in visits]):
        if old is None:
            fresh.append(row)
        elif _same(row, old) or (*key_of(row), row["digest"]) in superseded:
            known += 1
        else:
            changed.append((one, old, row))
    if replace:
        _none_put_right(one for one, old, _ in changed if old.event in amending)
        succeed(connection, [(old.id, row) for _, old, row in changed], event)
    if fresh and (replace or not changed):
        connection.execute(visit.insert(), fresh)
    return Intake(len(fresh), known, tuple(difference(one, old) for one, old, _ in changed))


def _same(row: _NEW, old: sa.Row[Any]) -> bool:
    return row["digest"] == old.digest and key_of(row) == key_of(old)


def _matched(
    connection: sa.Connection, round: str, visits: Sequence[tuple[Inspection, _NEW]]
) -> list[tuple[Inspection, _NEW, sa.Row[Any] | None]]:
    """Return each visit with the stored one that it is, if any: the one that its submission told, else the same visit."""
    stored = {key_of(row): row for row in connection.execute(live(round))}
    told: dict[str, sa.Row[Any]] = {}
    if any(one.submission for one, _ in visits):
        told = {submission_of(row.body): row for row in stored.values()}
        told.pop("", None)
    own = [(one, row, told.get(one.submission)) for one, row in visits]
    moved = {old.id for _, row, old in own if old is not None and key_of(old) != key_of(row)}
    staying = {key: row for key, row in stored.items() if row.id not in moved}
    there = [staying.get(key_of(row)) for _, row, _ in own]
    taken = [one for (one, _, old), at in zip(own, there, strict=True) if old and at and old.id != at.id]
    if taken:
        raise ScoringError(in_order(map(_taken, taken)))
    return [(one, row, old or at) for (one, row, old), at in zip(own, there, strict=True)]


def _taken(one: Inspection) -> Problem:
    message = f"提交 {one.submission} 改到了 {one.date} {one.source}，这次检查另有记录"
    hint = "核对日期、来源和检查人员；同一天确实查了两次的，在“第几次”填 2"
    return one.origin.problem(one.unit, message, hint)


def _inside(connection: sa.Connection, round: str, visits: Iterable[Inspection]) -> None:
    row = connection.execute(sa.select(round_).where(round_.c.name == round)).one()
    wrong = [
        one.origin.problem(
            one.unit, f"检查日期 {one.date} 不在本轮（{row.starts} 至 {row.ends}）", "改日期，或导入到另一轮"
        )
        for one in visits
        if not row.starts <= one.date.isoformat() <= row.ends
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))


def _amended(connection: sa.Connection, round: str) -> tuple[set[int], set[tuple[object, ...]]]:
    """Return the events of a round's 更正, and what they put right: each visit with the digest of what it said before."""
    told = sa.select(event_table.c.number).where(event_table.c.kind == "更正", event_table.c.about == round)
    numbers = set(connection.execute(told).scalars())
    rows = connection.execute(sa.select(visit).where(visit.c.round == round, visit.c.ended.in_(numbers)))
    return numbers, {(*key_of(row), row.digest) for row in rows}


def _none_put_right(visits: Iterable[Inspection]) -> None:
    wrong = [
        one.origin.problem(
            one.unit, f"{one.date} 的检查经申诉更正过，不能用导入代替", "照更正后的改表；还有错的，另提申诉"
        )
        for one in visits
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))
