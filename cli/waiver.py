"""``chuangwei waiver``: excuse a unit from a clause until a day, take it back, list who is excused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError
from .common import day_of, emit, number_of, say
from .database import DEFAULT, By, Database, now, opened

if TYPE_CHECKING:
    from ..store import Store
    from ..store.waivers import Granted

Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么，写进日志和扣分说明")]


def grant(
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号，如 WL-01")],
    until: Annotated[str, typer.Option("--until", metavar="日期", help="到哪天为止（含那天），必须写")],
    reason: Reason,
    by: By,
    starts: Annotated[
        str, typer.Option("--from", metavar="日期", help="从哪天起（含那天），不写从今天起")
    ] = "",
    db: Database = DEFAULT,
) -> None:
    """批准豁免: 一个单位到某天为止，这一条按不适用；得分另列不豁免时的"""
    ends = day_of(until, "--until")
    if ends is None:
        raise ScoringError([Problem(message="没写豁免到哪天", hint="加 --until 2026-09-30")])
    days = day_of(starts, "--from") or date.today(), ends
    with opened(db) as store:
        found = store.waivers.grant(unit, clause, days, reason, who=by, at=now())
        closed = _closed(store, found)
    say([f"第{found.number}号豁免: {found.unit.name} {clause}，{days[0]} 至 {ends}"])
    if closed:
        say([f"提示: {'、'.join(closed)}已结束，不因这次豁免改变"])


def _closed(store: Store, found: Granted) -> list[str]:
    """Return the closed rounds that a waiver's days reach into."""
    days = found.waiver
    return [
        one.name
        for one in store.rounds.all()
        if not one.open and one.starts <= days.until and days.starts <= one.ends
    ]


def revoke(
    number: Annotated[str, typer.Argument(metavar="豁免号", help="第几号豁免，如 1")],
    reason: Reason,
    by: By,
    db: Database = DEFAULT,
) -> None:
    """撤销豁免: 以后的评分不再按它；已结束的轮次不变"""
    with opened(db) as store:
        found = store.waivers.revoke(number_of(number, "豁免号"), reason, who=by, at=now())
    say([f"第{found.number}号豁免已撤销: {found.unit.name} {found.waiver.clause}"])


def list_(
    on: Annotated[str, typer.Option("--on", metavar="日期", help="看哪天的情况，不写看今天")] = "",
    db: Database = DEFAULT,
) -> None:
    """列出豁免，过期的和撤销的也列"""
    from ..report.drawn import drawn

    day = day_of(on) or date.today()
    with opened(db) as store:
        found = store.waivers.all()
    rows = [
        [
            str(one.number), one.unit.name, one.waiver.clause, f"{one.waiver.starts} 至 {one.waiver.until}",
            one.state(day), one.waiver.by, one.waiver.reason,
        ]
        for one in found
    ]  # fmt: skip
    header = ("号", "被检单位", "条款", "日期", "情况", "批准", "理由")
    emit(drawn(header, rows, ("理由",)) if rows else "没有豁免")
