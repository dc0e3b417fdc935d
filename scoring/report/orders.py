"""Orders told: the rows of the ledger (整改台账), plain data, rows for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.errors import visible
from scoring.points import percent, plain, ratio
from scoring.rectify.counted import Counted
from scoring.rectify.issued import IssuedOrder, leader
from scoring.rectify.lifecycle import URGES, Act, State
from scoring.report.rows import Row

Json = dict[str, Any]
LIST_COLUMNS = ("问题编号", "被检单位", "发现日期", "问题描述", "整改时限", "状态", "责任人")
PROGRESS_COLUMNS = ("应改", "已改", "逾期", "缓办", "按期", "按期率", *URGES)


def ledger_rows(orders: Iterable[IssuedOrder], on: date) -> Iterator[Row]:
    """Yield one row per order, under ``columns.LEDGER``; what was recorded of its steps stands where it is filled in."""
    for number, one in enumerate(orders, start=1):
        _, day, source, *_ = one.visit
        head = [str(number), one.number, one.unit.name, one.unit.id, str(day), source, one.subject, "、".join(one.places),
                one.problem, "、".join(one.clauses), one.severity, one.responsible, one.life.person, one.text,
                due_text(one), "、".join(one.photos)]  # fmt: skip
        life = one.life
        tail = [state_text(one, on), "是" if life.state is State.CLOSED else "否", str(life.late(on) or ""),
                str(len(one.again) or ""), str(sum(life.urged.values()) or ""), remark(one)]  # fmt: skip
        yield [visible(cell) for cell in (*head, *_steps(one), *tail)]


def _steps(one: IssuedOrder) -> Iterator[str]:
    """Yield what was recorded of the steps, under ``columns.STEPS``; of an order sent back, nothing of the time before."""
    received, extended = one.last(Act.RECEIVE), one.last(Act.EXTEND)
    yield from ("", "") if received is None else (str(received.on), received.who)
    if extended is None:
        yield from ("", "", "", "")
    else:
        yield from (str(extended.until), str(extended.on), extended.who, extended.note)
    replied = one.last(Act.REPLY) if one.life.replied_on else None
    if replied is None:
        yield from ("", "", "", "")
    else:
        yield from (str(replied.on), replied.who, replied.note, "、".join(replied.evidence))
    passed = one.last(Act.PASS)
    yield from ("", "", "") if passed is None else (str(passed.on), passed.who, "合格")


def remark(one: IssuedOrder) -> str:
    """Say what else is known of an order: why it was cancelled, how often it was sent back, which others to see."""
    cancelled = one.last(Act.CANCEL)
    said = [
        f"撤销: {cancelled.note}" if cancelled else "",
        f"复查{one.life.redo}次不合格" if one.life.redo else "",
        f"另见 {'、'.join(one.see)}" if one.see else "",
    ]
    return "；".join(filter(None, said))


def due_text(one: IssuedOrder) -> str:
    """Write when an order is due."""
    due = one.life.due_at
    return "另定" if due is None else f"{due:%Y-%m-%d %H:%M}"


def state_text(one: IssuedOrder, on: date) -> str:
    """Write where an order stands on a day, and how late it is."""
    late = one.life.late(on) if one.life.open else 0
    return f"{one.life.state}，逾期{late}天" if late else one.life.state.value


def list_rows(orders: Iterable[IssuedOrder], on: date) -> Iterator[Row]:
    """Yield one row per order, under ``LIST_COLUMNS``."""
    for one in orders:
        where = f"（{'、'.join(one.places)}）" if one.places else ""
        yield [one.number, one.unit.name, str(one.found_on), one.problem + where, due_text(one), state_text(one, on),
               one.life.person]  # fmt: skip


def document(one: IssuedOrder, on: date) -> Json:
    """Return an order as plain data, as of a day."""
    _, day, source, inspectors, number = one.visit
    life = one.life
    return {
        "number": one.number,
        "round": one.round,
        "unit": {"id": one.unit.id, "name": one.unit.name, "leader": leader(one)},
        "visit": {"date": str(day), "source": source, "inspectors": list(inspectors), "number": number},
        "subject": one.subject,
        "places": list(one.places),
        "clauses": list(one.clauses),
        "problem": one.problem,
        "text": one.text,
        "severity": one.severity,
        "responsible": {"unit": one.responsible, "person": life.person},
        "deadline": str(life.deadline),
        "due_at": None if life.due_at is None else life.due_at.isoformat(timespec="minutes"),
        "state": life.state.value,
        "late": life.late(on),
        "received_on": _day(life.served_on),
        "replied_on": _day(life.replied_on),
        "closed_on": _day(life.closed_on),
        "redo": life.redo,
        "found_again": [str(each[1]) for each in one.again],
        "urged": dict(life.urged),
        "see": list(one.see),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)


def progress_rows(groups: Iterable[Counted]) -> Iterator[Row]:
    """Yield one row per group: its name, then what ``PROGRESS_COLUMNS`` say."""
    for one in groups:
        done = one.progress
        numbers = done.due, done.done, done.overdue, done.extended, done.in_time
        yield [one.name or "—", *map(str, numbers), _rate(one), *(str(one.urged[how]) for how in URGES)]


def progress_document(one: Counted) -> Json:
    """Return how far a group has come as plain data; ``rate`` is a share, null where nothing was due."""
    done = one.progress
    top, bottom = done.rate
    return {
        "name": one.name, "due": done.due, "done": done.done, "overdue": done.overdue, "extended": done.extended,
        "in_time": done.in_time, "rate": plain(_share(top, bottom)) if bottom > 0 else None, "urged": dict(one.urged),
    }  # fmt: skip


def _rate(one: Counted) -> str:
    """Write 按期率, — where nothing was due."""
    top, bottom = one.progress.rate
    return percent(_share(top, bottom)) if bottom > 0 else "—"


def _share(top: int, bottom: int) -> Decimal:
    return ratio(Decimal(top), Decimal(bottom), places=4)
