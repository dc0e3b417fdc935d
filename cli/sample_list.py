"""``chuangwei sample list``: the draws that the database keeps, and who was drawn and not yet visited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from .common import emit
from .database import DEFAULT, Database, opened

if TYPE_CHECKING:
    from ..store.draws import KeptDraw


def list_(
    round: Annotated[str, typer.Option("--round", metavar="轮次", help="只看这一轮的；不写全列")] = "",
    open: Annotated[bool, typer.Option("--open", help="只列抽中了还没查的单位")] = False,
    db: Database = DEFAULT,
) -> None:
    """列出数据库里记下的抽签：种子、指纹、抽中谁；加 --open 看还有谁没查"""
    from ..report.drawn import drawn

    with opened(db) as store:
        found = store.draws.all(round)
    if not found:
        emit("还没有抽签")
    elif not open:
        header = ("次", "轮次", "日期", "谁抽的", "种子", "指纹", "抽中", "还没查", "单位")
        emit(drawn(header, list(_draws(found)), ("单位",)))
    elif rows := list(_waiting(found)):
        emit(drawn(("次", "轮次", "日期", "单位编号", "名称", "类别", "片区"), rows))
    else:
        emit("抽中的都查过了")


def _draws(found: Sequence[KeptDraw]) -> Iterator[list[str]]:
    for one in found:
        names = "、".join(unit.name for unit in one.units)
        yield [
            str(one.number), one.round, str(one.day), one.who, one.seed, one.fingerprint,
            str(len(one.units)), str(len(one.open)), names,
        ]  # fmt: skip


def _waiting(found: Sequence[KeptDraw]) -> Iterator[list[str]]:
    for one in found:
        for unit in one.open:
            yield [str(one.number), one.round, str(one.day), unit.id, unit.name, unit.kind, unit.area]
