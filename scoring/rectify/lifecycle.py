"""The life of an order (整改单), from 交办 to 销号, as one table.

An order stands in one of five states. A step (什么时候、谁、做了什么) moves it to another or leaves it where it is:

    已交办 ──签收──→ 已签收 ──整改──→ 已整改 ──复核合格──→ 已销号
       └────────整改────────────────────↗  └──复查不合格──→ 已签收 (返工一次)

催办、延期、转办 and 提级督办 leave the state as it is; 撤销 ends the order for good. Nothing moves a closed order but
反弹 (it is opened again as a new order by the round, never here). Whether an order is 逾期 is no state: it follows from
its due time and a date. The due time runs from 送达 (签收) where that was recorded, else from the inspection; an approved
延期 replaces it.

Three rules hold: no step is dated before the one before it, the one who verifies (核查人) is not the one who rectified
(整改人), and the level of 督办 only rises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from scoring.errors import Problem, ScoringError
from scoring.grammar.deadline import Calendar, Deadline, due
from scoring.history.ladder import MAX_LEVELS


class State(StrEnum):
    """Where an order stands."""

    ISSUED = "已交办"
    RECEIVED = "已签收"
    REPLIED = "已整改"
    CLOSED = "已销号"
    CANCELLED = "已撤销"


class Act(StrEnum):
    """What may be done to an order."""

    RECEIVE = "签收"
    REPLY = "整改"
    PASS = "复核合格"
    FAIL = "复查不合格"
    EXTEND = "延期"
    URGE = "催办"
    REASSIGN = "转办"
    ESCALATE = "提级督办"
    CANCEL = "撤销"


OPEN = (State.ISSUED, State.RECEIVED, State.REPLIED)
URGES = ("电话督导", "现场督查", "到村督导")

TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.ISSUED, Act.RECEIVE): State.RECEIVED,
        (State.ISSUED, Act.REPLY): State.REPLIED,
        (State.RECEIVED, Act.REPLY): State.REPLIED,
        (State.REPLIED, Act.PASS): State.CLOSED,
        (State.REPLIED, Act.FAIL): State.RECEIVED,
        **{(state, act): state for state in OPEN for act in (Act.URGE, Act.REASSIGN, Act.ESCALATE)},
        **{(state, Act.EXTEND): state for state in (State.ISSUED, State.RECEIVED)},
        **{(state, Act.CANCEL): State.CANCELLED for state in OPEN},
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """One step taken on an order: ``until`` is the new date of an 延期, ``level`` the level of 督办 that it now has.

    ``to`` is the new 责任人 of a 转办, to whom a 提级督办 goes, or how it was urged; ``evidence`` are names of photos or
    papers, as text.
    """

    act: Act
    on: date
    who: str
    note: str = ""
    until: date | None = None
    to: str = ""
    level: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderState:
    """Where an order stands and how it came there; ``due_at`` is None where the date is fixed apart (另定).

    ``level`` is the level of 督办 it has reached, 0 for none; the scheme says to whom each goes.
    """

    deadline: Deadline
    found_on: date
    found_at: time | None
    due_at: datetime | None
    person: str
    state: State = State.ISSUED
    served_on: date | None = None
    extended_until: date | None = None
    replied_on: date | None = None
    replied_by: str = ""
    closed_on: date | None = None
    redo: int = 0
    level: int = 0
    urged: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    last_on: date | None = None

    @property
    def open(self) -> bool:
        """Return whether anything is left to do."""
        return self.state in OPEN

    def late(self, on: date) -> int:
        """Return how many days the order is past its due time as of a day, 0 where it is not.

        A closed or replied order is measured by the day it was replied: done in time is done in time.
        """
        if self.due_at is None or self.state is State.CANCELLED:
            return 0
        done = self.replied_on if self.state in (State.REPLIED, State.CLOSED) else None
        return max((min(done, on) if done else on).toordinal() - self.due_at.date().toordinal(), 0)


def issued(
    deadline: Deadline, found_on: date, found_at: time | None, person: str, calendar: Calendar
) -> OrderState:
    """Return a new order's standing: its time runs from the inspection until a delivery is recorded."""
    return OrderState(deadline, found_on, found_at, due(deadline, found_on, found_at, calendar), person)


def moved(order: OrderState, move: Move, calendar: Calendar) -> OrderState:
    """Return where an order stands after a step.

    Raises ScoringError with every way out for a step that its state, its dates or its people do not allow.
    """
    to = TRANSITIONS.get((order.state, move.act))
    if to is None:
        allowed = [act.value for state, act in TRANSITIONS if state is order.state]
        hint = f"可做: {'、'.join(allowed)}" if allowed else "已了结的不能再动；再犯的另开一单"
        raise ScoringError([Problem(message=f"{order.state}的整改单不能{move.act}", hint=hint)])
    wrong = [*_of_every_step(order, move), *_of_its_kind(order, move)]
    if wrong:
        raise ScoringError([Problem(message=message, hint=hint) for message, hint in wrong])
    return replace(_changed(order, move, calendar), state=to, last_on=move.on)


def _of_every_step(order: OrderState, move: Move) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a step's person and date."""
    if not move.who.strip():
        yield "没写是谁", "加 --by 姓名"
    earliest = order.last_on or order.found_on
    if move.on < earliest:
        yield f"{move.act}的日期 {move.on} 早于上一步的 {earliest}", "改成真实的日期"


def _people(names: str) -> set[str]:
    """Return who is named, apart: several names stand with 、, ， or blanks between them."""
    return set(filter(None, re.split(r"[、，,;；\s]+", names)))


def _of_its_kind(order: OrderState, move: Move) -> Iterator[tuple[str, str]]:
    """Yield what a step of this kind needs and lacks."""
    match move.act:
        case Act.PASS | Act.FAIL if both := _people(move.who) & _people(order.replied_by):
            yield f"核查人和整改人都是{'、'.join(sorted(both))}", "换一个人核查"
        case Act.EXTEND:
            yield from _of_extension(order, move.until)
        case Act.ESCALATE:
            yield from _of_escalation(order, move)
        case Act.URGE if move.to not in URGES:
            yield f"没有“{move.to}”这种催办", f"可用: {'、'.join(URGES)}"
        case Act.REASSIGN if not move.to.strip():
            yield "没写转给谁", "加 --to 姓名"
    if move.act in (Act.CANCEL, Act.EXTEND) and not move.note.strip():
        yield f"{move.act}没写理由", "加 --note 理由"


def _of_extension(order: OrderState, until: date | None) -> Iterator[tuple[str, str]]:
    if until is None:
        yield "延期没写延到哪天", "加 --until 2026-06-30 的样子"
    elif order.due_at is not None and until <= order.due_at.date():
        yield f"延到 {until}，不晚于原来的 {order.due_at.date()}", "写更晚的日期"


def _of_escalation(order: OrderState, move: Move) -> Iterator[tuple[str, str]]:
    if not move.to.strip():
        yield "没写提到谁", "加 --to 姓名"
    if not order.level < move.level <= MAX_LEVELS:
        now = f"，已在第{order.level}级" if order.level else ""
        yield f"督办不能提到第{move.level}级{now}", f"只能往上提，从第1级到第{MAX_LEVELS}级"


def _changed(order: OrderState, move: Move, calendar: Calendar) -> OrderState:
    """Return an order with what a step changes besides the state."""
    after = order
    match move:
        case Move(act=Act.RECEIVE):
            extended = order.extended_until is not None
            due_at = order.due_at if extended else due(order.deadline, move.on, None, calendar)
            after = replace(order, served_on=move.on, due_at=due_at)
        case Move(act=Act.REPLY):
            after = replace(order, replied_on=move.on, replied_by=move.who)
        case Move(act=Act.PASS):
            after = replace(order, closed_on=move.on)
        case Move(act=Act.FAIL):
            after = replace(order, redo=order.redo + 1, replied_on=None, replied_by="")
        case Move(act=Act.EXTEND, until=date() as until):
            due_at = datetime.combine(until, calendar.hours[-1][1])
            after = replace(order, extended_until=until, due_at=due_at)
        case Move(act=Act.URGE):
            counts = {**order.urged, move.to: order.urged.get(move.to, 0) + 1}
            after = replace(order, urged=MappingProxyType(dict(sorted(counts.items()))))
        case Move(act=Act.REASSIGN):
            after = replace(order, person=move.to)
        case Move(act=Act.ESCALATE):
            after = replace(order, level=move.level)
    return after
