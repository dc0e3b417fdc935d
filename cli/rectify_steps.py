"""``chuangwei rectify``: the steps of an order's life, each for one order or several at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .common import day_of, say
from .database import DEFAULT, Database, now, opened

Numbers = Annotated[
    list[str], typer.Argument(metavar="编号", help="整改单的编号，如 2026-06-0001，可以给几个")
]
Who = Annotated[str, typer.Option("--by", metavar="姓名", help="这一步是谁做的，也记入日志")]
On = Annotated[str, typer.Option("--on", metavar="日期", help="哪天做的，如 2026-06-05；不写是今天")]
Note = Annotated[str, typer.Option("--note", metavar="说明", help="补充说明")]
Reason = Annotated[str, typer.Option("--note", metavar="理由", help="为什么")]
Photos = Annotated[list[str], typer.Option("--photo", metavar="文件名", help="照片的文件名，可以写几个")]


def _step(act: str, numbers: list[str], by: str, on: str, db: str, **more: Any) -> None:
    """Take a step on some orders and say where each stands then."""
    from ..rectify.lifecycle import Act, Move

    move = Move(Act(act), day_of(on) or date.today(), by, **more)
    with opened(db) as store:
        after = store.orders.step(numbers, move, who=by, at=now())
    say(f"{one.number} {one.unit.name}: {one.life.state}" for one in after)


def receive(numbers: Numbers, by: Who, on: On = "", note: Note = "", db: Database = DEFAULT) -> None:
    """整改单送到了，期限从这一天算起"""
    _step("签收", numbers, by, on, db, note=note)


def reply(
    numbers: Numbers,
    by: Who,
    on: On = "",
    note: Note = "",
    photo: Photos = [],  # noqa: B006 - typer's way of a repeatable option
    db: Database = DEFAULT,
) -> None:
    """整改好了，等复核"""
    _step("整改", numbers, by, on, db, note=note, evidence=tuple(photo))


def verify(
    numbers: Numbers,
    by: Who,
    fail: Annotated[bool, typer.Option("--fail", help="不合格，退回再改")] = False,
    on: On = "",
    note: Note = "",
    photo: Photos = [],  # noqa: B006 - typer's way of a repeatable option
    db: Database = DEFAULT,
) -> None:
    """合格就销号；不合格的加 --fail，退回再改"""
    _step("复查不合格" if fail else "复核合格", numbers, by, on, db, note=note, evidence=tuple(photo))


def extend(
    numbers: Numbers,
    until: Annotated[str, typer.Option("--until", metavar="日期", help="延到哪天，如 2026-06-30")],
    note: Reason,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁批准的，也记入日志")],
    on: On = "",
    db: Database = DEFAULT,
) -> None:
    """经批准，改到以后的日期"""
    _step("延期", numbers, by, on, db, note=note, until=day_of(until, "--until"))


def urge(
    numbers: Numbers,
    how: Annotated[str, typer.Option("--how", metavar="方式", help="电话督导、现场督查 或 到村督导")],
    by: Who,
    on: On = "",
    note: Note = "",
    db: Database = DEFAULT,
) -> None:
    """打电话、到现场或到村里催"""
    _step("催办", numbers, by, on, db, note=note, to=how)


def assign(
    numbers: Numbers,
    to: Annotated[str, typer.Option("--to", metavar="姓名", help="新的责任人")],
    by: Who,
    on: On = "",
    note: Note = "",
    db: Database = DEFAULT,
) -> None:
    """换一个责任人"""
    _step("转办", numbers, by, on, db, note=note, to=to)


def escalate(
    numbers: Numbers,
    by: Who,
    to: Annotated[str, typer.Option("--to", metavar="姓名", help="提到谁；不写按考核办法的督办")] = "",
    on: On = "",
    note: Note = "",
    db: Database = DEFAULT,
) -> None:
    """交给更高一级督办: 逾期多日或几次复查不合格的"""
    day = day_of(on) or date.today()
    with opened(db) as store:
        after = store.orders.escalate(numbers, day, to=to, note=note, who=by, at=now())
    say(f"{one.number} {one.unit.name}: 提级督办，到{one.moves[-1].to}" for one in after)


def cancel(numbers: Numbers, note: Reason, by: Who, on: On = "", db: Database = DEFAULT) -> None:
    """开错了的，不用再改，写明理由"""
    _step("撤销", numbers, by, on, db, note=note)
