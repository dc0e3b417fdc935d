"""The 登记簿 of an office: entries taken in from sheets or one by one, 作废 with a reason, and added up."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from scoring.audit import Json
from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar
from scoring.rectify.lifecycle import Act
from scoring.registers.days import FRIDAY
from scoring.registers.entry import Entry
from scoring.registers.kind import Kind
from scoring.registers.totals import Totals, totals
from scoring.store import entries, trail
from scoring.store.desk import Desk
from scoring.store.entries import Filing, Kept
from scoring.store.schema import entry, step

_LARGEST = 2**31 - 1


class Registers(Desk):
    """The 登记簿 of a database. They belong to no round: a summary takes what its days hold."""

    def take_in(
        self,
        found: Sequence[Entry],
        files: Sequence[tuple[str, bytes]] = (),
        *,
        who: str,
        at: str,
        replace: bool = False,
    ) -> Filing:
        """Import entries and say from which files (name, content): the same files twice change nothing.

        Where one is stored otherwise, nothing at all is written but with ``replace``.
        """
        with self._writing(who) as connection:
            filing = entries.filing(connection, found)
            fresh = [*filing.new, *(one.new for one in filing.changed)]
            if fresh and (replace or not filing.changed):
                gone = [one.kept.number for one in filing.changed]
                named = sorted([name, hashlib.sha256(content).hexdigest()] for name, content in files)
                _write(connection, fresh, gone, {"files": named}, who, at)
        return filing

    def add(self, one: Entry, *, who: str, at: str) -> int:
        """Add one entry, one that was 作废 too, and return its number; raise ScoringError where it is there."""
        with self._writing(who) as connection:
            filing = entries.filing(connection, [one])
            for there in (*filing.known, *(changed.kept for changed in filing.changed)):
                hint = f"要改的先 chuangwei log strike {there.number} --reason 理由，再添加"
                raise ScoringError([Problem(message=f"已有这一条，是第{there.number}号", hint=hint)])
            number = _write(connection, [one], (), {}, who, at)
            (made,) = entries.kept(connection, entry.c.event == number)
            return made.number

    def strike(self, number: int, reason: str, *, who: str, at: str) -> Kept:
        """Let an entry count no longer, and return it; it is kept, with the reason.

        Raises ScoringError where there is none of that number, it counts no longer already, or no reason is given.
        """
        with self._writing(who) as connection:
            found = entries.kept(connection, entry.c.id == number) if 0 < number <= _LARGEST else []
            wrong = list(_unstruck(number, found, reason))
            if wrong:
                raise ScoringError(wrong)
            _write(connection, (), [number], {"reason": reason}, who, at, about=found[0].entry.kind.name)
            return found[0]

    def list(
        self,
        kind: Kind | None = None,
        first: date | None = None,
        last: date | None = None,
        *,
        struck: bool = False,
    ) -> tuple[Kept, ...]:
        """Return the entries of a kind (or all) from one day to another; ``struck``: those 作废 or replaced too."""
        days = (first or date.min).isoformat(), (last or date.max).isoformat()
        where: list[sa.ColumnElement[bool]] = [entry.c.date.between(*days)]
        where += [entry.c.kind == kind.name] if kind else []
        where += [] if struck else [entry.c.ended.is_(None)]
        with self._reading() as connection:
            return tuple(entries.kept(connection, *where))

    def totals(self, first: date, last: date, *, weekday: int = FRIDAY) -> Totals:
        """Return what everything adds up to from one day to another; ``weekday`` (1 to 5) is the day of the 大扫除."""
        with self._reading() as connection:
            return totals_of(connection, first, last, self._calendar, weekday)


def totals_of(
    connection: sa.Connection, first: date, last: date, calendar: Calendar, weekday: int = FRIDAY
) -> Totals:
    """Return what the 登记簿 add up to from one day to another, with how often orders were urged."""
    found = [one.entry for one in entries.kept(connection, entry.c.ended.is_(None))]
    return totals(found, first, last, calendar, weekday=weekday, urged=_urged(connection, first, last))


def _write(
    connection: sa.Connection,
    fresh: Sequence[Entry],
    gone: Sequence[int],
    body: Json,
    who: str,
    at: str,
    about: str = "",
) -> int:
    """Store entries and let others end, with the event that says so; return its number."""
    number = trail.head(connection)[0] + 1
    said = entries.write(connection, fresh, gone, number)
    kinds = "、".join(dict.fromkeys(one.kind.name for one in fresh))
    kind = entries.ENTERED if fresh else entries.STRUCK
    return trail.append(connection, at, who, kind, about or kinds, {**body, **said, "new": len(fresh)})


def _urged(connection: sa.Connection, first: date, last: date) -> Mapping[str, int]:
    """Return how often orders were urged from one day to another, by how."""
    asked = sa.select(step.c.body).where(
        step.c.act == Act.URGE.value, step.c.on.between(first.isoformat(), last.isoformat())
    )
    return Counter(str(json.loads(body)["to"]) for body in connection.execute(asked).scalars())


def _unstruck(number: int, found: Sequence[Kept], reason: str) -> list[Problem]:
    """Return why an entry cannot be 作废."""
    wrong = []
    if not found:
        wrong.append(Problem(message=f"没有第{number}号", hint="用 chuangwei log list 看编号"))
    elif found[0].struck:
        wrong.append(Problem(message=f"第{number}号已经不算数了（{found[0].struck}）", hint="不用再作废"))
    if not reason.strip():
        wrong.append(Problem(message="作废没写理由", hint="加 --reason 理由"))
    return wrong
