"""``chuangwei rules new``: the skeleton of a standard, to be filled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from .common import day_of, say


def new(
    name: Annotated[str, typer.Argument(metavar="名称", help="标准的名称，如 村容村貌")],
    id: Annotated[str, typer.Option("--id", metavar="编号", help="大写字母开头，如 CR；条款编号以它开头")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="写到哪个文件；不写按编号取名，如 cr.yaml"),
    ] = None,
    starts: Annotated[
        str, typer.Option("--starts", metavar="日期", help="施行日期，如 2026-01-01；不写用今年1月1日")
    ] = "",
) -> None:
    """新建一个标准：写好注释、能试算的规则文件，和它的情形文件"""
    from ..load.skeleton import places, skeleton
    from ..report import write_file

    day = day_of(starts, "--starts") or dt.date(dt.date.today().year, 1, 1)
    texts = skeleton(name, id, day)
    target = output or Path(f"{id.lower()}.yaml")
    for path, text in zip(places(target), texts, strict=True):
        write_file(path, text.encode())
        say([f"已写到 {path}"])
    say([f"改好后检查: chuangwei rules check {target}；试算: chuangwei rules test {target}"])
