"""``chuangwei audit``: has anything been changed past the program?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import visible
from .common import emit, say
from .database import DEFAULT, Database, opened


def verify(
    expected: Annotated[
        str, typer.Option("--head", metavar="校验码", help="以前印在通报上的校验码，看记录是否还经过它")
    ] = "",
    db: Database = DEFAULT,
) -> None:
    """核对日志和各轮的结果有没有被改过"""
    with opened(db) as store:
        number, broken = store.trail.verify(expected)
        _, head = store.trail.head()
    if broken is not None:
        say([f"核对不上: {broken.message}"])
        raise typer.Exit(2)
    emit(f"日志共{number}条，都对得上。校验码 {head}")


def log(db: Database = DEFAULT) -> None:
    """列出日志：什么时候、谁、做了什么"""
    with opened(db) as store:
        found = store.trail.events()
    emit(
        "\n".join(visible(f"{one.number}  {one.at}  {one.who}  {one.kind}  {one.about}") for one in found)
        or "还没有记录"
    )
