"""What sheets say was done, taken as steps of the orders they mean; a step that is recorded already is known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from scoring import columns
from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.grammar.deadline import Calendar
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import Act, Move, OrderState, State
from scoring.sheets.reply import Replies, Reply, Said
from scoring.store import orders
from scoring.store.orders import Entry


@dataclass(frozen=True, slots=True)
class Filing:
    """What an import came to: the steps recorded, those known before, and the rows that say nothing yet."""

    steps: int
    known: int
    blank: int


def take_in(connection: sa.Connection, read: Replies, calendar: Calendar, *, who: str, at: str) -> Filing:
    """Record every step of some rows.

    Raises ScoringError with every problem of every row, those of the reading among them.
    """
    index = _Index(orders.orders_of(connection))
    problems = list(read.problems)
    told: dict[str, list[Reply]] = defaultdict(list)
    for reply in read.rows:
        meant = index.meant(reply)
        if isinstance(meant, Problem):
            problems.append(meant)
        else:
            told[meant.number].append(reply)
    walks = [_walked(index.numbered[number], told[number], calendar) for number in sorted(told)]
    problems += (each for walk in walks for each in walk.problems)
    if problems:
        raise ScoringError(in_order(problems))
    orders.record(connection, [entry for walk in walks for entry in walk.new], who=who, at=at)
    return Filing(sum(len(one.new) for one in walks), sum(one.known for one in walks), read.blank)


class _Index:
    """Which order a row means."""

    def __init__(self, known: Iterable[IssuedOrder]) -> None:
        self.numbered = {one.number: one for one in known}
        self._numbers = {folded(one.number): one for one in self.numbered.values()}
        self._days: dict[tuple[str, dt.date], list[IssuedOrder]] = defaultdict(list)
        for one in self.numbered.values():
            for day in _days(one) if one.life.state is not State.CANCELLED else ():
                self._days[one.unit.id, day].append(one)

    def meant(self, reply: Reply) -> IssuedOrder | Problem:
        """Return the order that a row means, or what is wrong with how it says it."""
        if not reply.number:
            return self._described(reply)
        one = self._numbers.get(folded(reply.number))
        if one is None:
            message = f"没有编号“{shortened(reply.number)}”的整改单"
            return reply.problem(columns.ORDER, message, "用 chuangwei rectify list 看有哪些编号")
        return _contradicted(reply, one) or one

    def _described(self, reply: Reply) -> IssuedOrder | Problem:
        assert reply.unit is not None
        assert reply.date is not None
        there = self._days.get((reply.unit.id, reply.date), [])
        alike = [one for one in there if folded(one.subject) == folded(reply.subject)]
        found = [one for one in alike if not reply.places or _places(one.places) == _places(reply.places)]
        if len(found) == 1:
            return found[0]
        if found:
            hint = f"在{columns.ORDER}栏写明是哪一张: {'、'.join(one.number for one in found[:10])}"
            return reply.problem(columns.PLACE_SUFFIX, f"有{len(found)}张整改单都对得上", hint)
        if alike:
            places = ["、".join(one.places) or "空白" for one in alike]
            message = f"这个点位没有{shortened(reply.subject)}的整改单"
            return reply.problem(columns.PLACE_SUFFIX, message, f"那天的点位: {'；'.join(places[:10])}")
        message = f"{reply.unit.name} {reply.date} 没有“{shortened(reply.subject)}”的整改单"
        way = did_you_mean(reply.subject, [one.subject for one in there], label="那天有")
        return reply.problem(columns.ITEM, message, way or "检查日期对不对？没交办的先交办")


def _days(one: IssuedOrder) -> set[dt.date]:
    """Return the days on which an order's trouble was found."""
    return {one.found_on, *(day for _, day, *_ in one.again)}


def _places(places: Iterable[str]) -> set[str]:
    return set(map(folded, places))


def _contradicted(reply: Reply, one: IssuedOrder) -> Problem | None:
    """Return what a row says of its order besides the number that is not so: it may be the wrong number."""
    hint = f"改{columns.ORDER}，或改这一格"
    if reply.unit is not None and reply.unit.id != one.unit.id:
        return reply.problem(columns.UNIT, f"{one.number} 是{one.unit.name}的整改单", hint)
    if reply.date is not None and reply.date not in _days(one):
        return reply.problem(columns.DATE, f"{one.number} 是 {one.found_on} 查到的", hint)
    if reply.subject and folded(reply.subject) != folded(one.subject):
        return reply.problem(columns.ITEM, f"{one.number} 的检查项是{one.subject}", hint)
    return None


@dataclass(frozen=True, slots=True)
class _Walk:
    """An order walked through what some rows say of it: the steps that are new, how many were known, what cannot be."""

    new: tuple[Entry, ...]
    known: int
    problems: tuple[Problem, ...] = ()


def _walked(one: IssuedOrder, rows: Iterable[Reply], calendar: Calendar) -> _Walk:
    """Walk an order through some rows; at the first step that cannot be, the rest could only go wrong on its account."""
    new, known = list[Entry](), 0
    for reply in sorted(rows, key=_by_days):
        for said in reply.steps:
            if any(_same(move, said) for move in one.moves):
                known += 1
                continue
            try:
                one, entry = orders.stepped(one, _move(said, one.life), calendar)
            except ScoringError as error:
                wrong = (reply.problem(said.title, each.message, each.hint) for each in error.problems)
                return _Walk(tuple(new), known, tuple(wrong))
            new.append(entry)
    return _Walk(tuple(new), known)


def _by_days(reply: Reply) -> tuple[list[dt.date], str, str, int]:
    """Return the place of a row among those of its order: a row's steps stay together, the earliest row first."""
    table = reply.sheet.table
    return [one.on or dt.date.min for one in reply.steps], table.path, table.sheet, reply.row


def _same(move: Move, said: Said) -> bool:
    """Return whether a step is what a row tells; what the row leaves open agrees with anything."""
    return (
        move.act == said.act
        and move.until == said.until
        and said.on in (None, move.on)
        and said.who in ("", move.who)
    )


def _move(said: Said, life: OrderState) -> Move:
    """Return the step that a row tells: 签收 is the 责任人's where nobody is named, 延期 of the day of the step before."""
    on = said.on or life.last_on or life.found_on
    return Move(Act(said.act), on, said.who or life.person, said.note, said.until, evidence=said.evidence)
