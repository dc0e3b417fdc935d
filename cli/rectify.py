"""``chuangwei rectify``: orders issued from a scoring, what sheets say was done, and one order in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import visible
from .common import day_of, emit, say
from .database import DEFAULT, By, Database, RoundName, now, opened
from .rectify_tables import AsOf

if TYPE_CHECKING:
    from ..rectify.issued import IssuedOrder
    from ..rectify.reconcile import Plan
    from ..store.orders import Taken

Number = Annotated[str, typer.Argument(metavar="编号", help="整改单的编号，如 2026-06-0001")]


def issue(
    name: RoundName,
    by: By,
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="哪天交办的；不写是现场交办，各算检查那天")
    ] = "",
    db: Database = DEFAULT,
) -> None:
    """给评分查出的每个问题开整改单；再做一次什么也不变"""
    with opened(db) as store:
        made = store.orders.issue(name, on=day_of(on), who=by, at=now())
    say(issued_lines(name, made))


def issued_lines(name: str, made: Plan) -> Iterator[str]:
    """Yield what an issue came to."""
    new = [one.number for one in made.new]
    span = f"（{new[0]} 至 {new[-1]}）" if len(new) > 1 else f"（{new[0]}）" if new else ""
    yield (
        f"“{name}”新开{len(new)}张整改单{span}，再次发现{len(made.again)}件，已有{made.known}件，撤销{len(made.gone)}张"
    )
    for one in made.gone:
        yield f"{one.number} 撤销: 检查表改过，没有{one.problem}了"
    for one in made.kept:
        yield f"{one.number} 检查表改过，没有{one.problem}了；已有人办过，没有动，要撤销的用 rectify cancel"


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="表", help="填好的整改台账或回复表（XLSX、CSV），可以给几个")
    ],
    by: By,
    db: Database = DEFAULT,
) -> None:
    """导入签收、延期、整改和核查；有一处不对就都不写，同样的表再导一次什么也不变"""
    from ..sheets.replies import read_replies

    with opened(db) as store:
        read = read_replies(files, store.orders.units())
        told = store.orders.take_in(read, who=by, at=now())
    say([f"新记{told.steps}步，已有{told.known}步，没填的{told.blank}行"])


def show(number: Number, on: AsOf = "", db: Database = DEFAULT) -> None:
    """看一张整改单和它的每一步"""
    with opened(db) as store:
        one, steps = store.orders.history(number)
    lines = (*_order(one, day_of(on) or date.today()), *map(_step, steps))
    emit("\n".join(map(visible, lines)))


def _order(one: IssuedOrder, on: date) -> Iterator[str]:
    from ..report.orders import due_text, state_text

    _, day, source, inspectors, _ = one.visit
    yield f"{one.number}  {one.unit.name}  {state_text(one, on)}"
    yield f"查到: {day} {source}检查 {'、'.join(inspectors)}".rstrip()
    yield f"问题: {one.problem}" + (f"（{'、'.join(one.places)}）" if one.places else "")
    yield f"条款: {'、'.join(one.clauses)}  {one.severity}"
    yield f"要求: {one.text}"
    yield f"时限: {due_text(one)}（{one.life.deadline}）"
    yield f"责任: {one.responsible}  {one.life.person}"
    if one.see:
        yield f"另见: {'、'.join(one.see)}"


def _step(one: Taken) -> str:
    body = one.body
    more = [
        f"{body['source']}检查" if "source" in body else "",
        f"延到 {body['until']}" if body.get("until") else "",
        body.get("to", ""),
        body.get("note", ""),
        f"另开 {body['other']}" if body.get("other") else "",
        "、".join(body.get("evidence", ())),
    ]
    return "  ".join(filter(None, [str(one.on), one.act, one.who, *more]))
