"""``chuangwei round recompose``: a closed round put together anew after a 更正 of one that it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import visible
from .common import emit, say, span
from .database import DEFAULT, By, Database, now, opened

if TYPE_CHECKING:
    from ..judge.standing import Standing
    from ..store.recompose import Recomposed


def recompose(
    name: Annotated[str, typer.Argument(metavar="轮次", help="由别的轮次合成的一轮，如 2026-Q2")],
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么，记入日志")],
    by: By,
    db: Database = DEFAULT,
) -> None:
    """月里更正了，把已结束的季、年照更正后的重新合成，存为新的一版；原来的一版留着"""
    with opened(db) as store:
        found = store.rounds.recompose(name, reason, who=by, at=now())
    emit("\n".join(map(visible, _lines(found))))
    say([f"“{name}”重新合成，存为第{found.after.round.version}版，校验码 {found.after.sha256[:12]}"])


def _lines(found: Recomposed) -> Iterator[str]:
    """Yield which rounds were put right, and each unit whose score, grade or rank is not what it was."""
    yield f"更正过的: {'、'.join(found.corrected)}"
    before = {(one.unit.id, one.standard): one for one in found.before.standings}
    moved = [
        (before[one.unit.id, one.standard], one)
        for one in found.after.standings
        if _told(before[one.unit.id, one.standard]) != _told(one)
    ]
    for was, one in moved:
        yield f"{one.unit.name} {one.standard or '综合'}: {_text(was)} → {_text(one)}"
    if not moved:
        yield "得分、等次、名次都没有变"


def _told(one: Standing) -> tuple[object, ...]:
    return one.low, one.high, one.grade, one.rank, one.honours, one.awards


def _text(one: Standing) -> str:
    rank = "不排名" if one.rank is None else f"第{one.rank}名"
    return "，".join([span((one.low, one.high)), one.grade or "未定", rank, *one.honours])
