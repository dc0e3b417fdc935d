"""Rounds in the database: opened with the texts they are judged by, closed for good; a closed round is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.inspection import Unit
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.store.schema import card, round_, unit, visit
from scoring.store.texts import attach, keep, keep_dictionary
from scoring.store.visits import keep_units

OPEN, CLOSED = "进行中", "已结束"
MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Round:
    """One round as it stands: ``version`` counts how often it was scored, ``scheme`` is the digest of its 考核办法.

    ``closed`` is the event by which it was closed.
    """

    name: str
    period: str
    starts: date
    ends: date
    scheme: str
    state: str
    version: int
    closed: int | None = None

    @property
    def open(self) -> bool:
        """Return whether anything may still be added."""
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class Status:
    """How far a round has come: its visits, the units visited of all, the cards of its last scoring."""

    round: Round
    visits: int
    visited: int
    units: int
    cards: int


def open_round(
    connection: sa.Connection,
    name: str,
    days: tuple[date, date],
    scheme: Scheme,
    standards: Sequence[Standard],
    units: Sequence[Unit],
    event: int,
) -> None:
    """Open a round; what it is judged by is kept as text.

    Raises ScoringError where the name is taken, the days are the wrong way round, or the scheme names a standard that is not given.
    """
    wrong = list(_wrong(connection, name, days, scheme, standards))
    if wrong:
        raise ScoringError(wrong)
    sha = keep(connection, scheme)
    row = {"name": name, "period": scheme.period, "starts": days[0].isoformat(), "ends": days[1].isoformat(),
           "scheme": sha, "state": OPEN, "version": 0}  # fmt: skip
    connection.execute(round_.insert(), row)
    attach(
        connection, name, [sha, keep_dictionary(connection), *(keep(connection, one) for one in standards)]
    )
    keep_units(connection, name, units, event)


def _wrong(
    connection: sa.Connection,
    name: str,
    days: tuple[date, date],
    scheme: Scheme,
    standards: Sequence[Standard],
) -> list[Problem]:
    found = []
    if not name.strip() or len(name) > MAX_NAME:
        found.append(Problem(message="轮次的名称空着或太长", hint=f"写 2026-06 的样子，最多{MAX_NAME}字"))
    if connection.execute(sa.select(round_.c.name).where(round_.c.name == name)).first():
        found.append(Problem(message=f"已经有“{name}”这一轮", hint="换一个名称，或接着用它"))
    if days[0] > days[1]:
        found.append(Problem(message=f"开始 {days[0]} 晚于结束 {days[1]}", hint="写成先后"))
    known = {one.id for one in standards}
    missing = [one.id for one in scheme.standards if one.id not in known]
    if missing:
        found.append(
            Problem(
                message=f"考核办法要用的标准没有给: {'、'.join(missing)}",
                hint="用 --standard 加上它的规则文件",
            )
        )
    return found


def the_round(connection: sa.Connection, name: str, *, to_change: bool = False) -> Round:
    """Return a round by its name.

    Raises ScoringError where there is none, or where it is closed and something is ``to_change``.
    """
    found = {one.name: one for one in rounds(connection)}
    if name not in found:
        hint = did_you_mean(name, found, label="有") or "先用 chuangwei round open 开一轮"
        raise ScoringError([Problem(message=f"没有“{name}”这一轮", hint=hint)])
    if to_change and not found[name].open:
        raise ScoringError([Problem(message=f"“{name}”已结束，不能再改", hint="有错的走申诉更正")])
    return found[name]


def rounds(connection: sa.Connection) -> list[Round]:
    """Return every round, the earliest first."""
    rows = connection.execute(sa.select(round_).order_by(round_.c.starts, round_.c.ends, round_.c.name))
    return [
        Round(row.name, row.period, date.fromisoformat(row.starts), date.fromisoformat(row.ends), row.scheme, row.state, row.version, row.closed)
        for row in rows
    ]  # fmt: skip


def status(connection: sa.Connection, name: str) -> Status:
    """Return how far a round has come."""
    one = the_round(connection, name)
    live = sa.select(sa.func.count(), sa.func.count(sa.distinct(visit.c.unit))).where(
        visit.c.round == name, visit.c.replaced_by.is_(None)
    )
    visits, visited = connection.execute(live).one()
    cards = connection.execute(
        sa.select(sa.func.count())
        .select_from(card)
        .where(card.c.round == name, card.c.version == one.version)
    ).scalar_one()
    units = connection.execute(
        sa.select(sa.func.count()).select_from(unit).where(unit.c.round == name)
    ).scalar_one()
    return Status(one, visits, visited, units, cards)


def scored_round(connection: sa.Connection, name: str, *, to_change: bool = False) -> Round:
    """Return a round that was scored.

    Raises ScoringError where it never was, or where it is closed and something is ``to_change``.
    """
    one = the_round(connection, name, to_change=to_change)
    if not one.version:
        raise ScoringError(
            [Problem(message=f"“{name}”还没有评分", hint=f"先运行 chuangwei round score {name}")]
        )
    return one


def close(connection: sa.Connection, name: str, event: int) -> None:
    """Close a round for good."""
    connection.execute(round_.update().where(round_.c.name == name).values(state=CLOSED, closed=event))
