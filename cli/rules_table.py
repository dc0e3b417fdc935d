"""``chuangwei rules table``: a standard as the scoring table that offices know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import visible
from .common import day_of, only_standard, say
from .values import wrong

KINDS = (".xlsx", ".docx")


def table(
    standard: Annotated[str, typer.Argument(metavar="标准", help="标准的名称、编号或规则文件")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="写到哪个文件，.xlsx 或 .docx；不写按标准取名"),
    ] = None,
    landscape: Annotated[bool, typer.Option("--landscape", help="A4 横向；不写是竖向")] = False,
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="按哪天施行的条款，如 2026-06-30；不写用最新的")
    ] = "",
) -> None:
    """把标准排成检查评分表（XLSX 或 Word，A4）"""
    from ..report import write_file
    from ..report.score_table import score_table

    if output is not None and output.suffix.lower() not in KINDS:
        raise wrong("-o 的文件", output.suffix or output.name, KINDS)
    one = only_standard(standard)
    path = output or Path(f"{visible(one.name).replace('/', '／')}检查评分表.xlsx")
    content = score_table(one, day_of(on))
    if path.suffix.lower() == ".docx":
        from ..report.table_docx import table_docx as made
    else:
        from ..report.table_xlsx import table_xlsx as made
    write_file(path, made(content, one, landscape=landscape))
    say([f"已写到 {path}"])
