"""``chuangwei rules diff``: what changed between two versions of a standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import emit, only_standard, say, wrong

FORMATS = ("text", "json")


def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="旧标准的规则文件，或内置标准的名称、编号")],
    new: Annotated[str, typer.Argument(metavar="新", help="新标准的规则文件，或内置标准的名称、编号")],
    format: Annotated[str, typer.Option("--format", metavar="格式", help="text 或 json")] = "text",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="写到文件；不写显示在屏幕上")
    ] = None,
) -> None:
    """对比新旧两版标准：逐条说改了什么，影响哪些条款"""
    from ..api import compare
    from ..report import write_file
    from ..report.difference import diff_json, diff_text

    if format not in FORMATS:
        raise wrong("--format", format, FORMATS)
    found = compare(only_standard(old), only_standard(new))
    text = (diff_json if format == "json" else diff_text)(*found)
    if output is None:
        emit(text)
    else:
        write_file(output, text.encode())
        say([f"已写到 {output}"])
