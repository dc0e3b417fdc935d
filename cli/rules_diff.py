"""``chuangwei rules diff``: what changed between two versions of a standard."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import Output, only_standard, put
from .values import one_of

FORMATS = ("text", "json")


def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="旧标准的规则文件，或内置标准的名称、编号")],
    new: Annotated[str, typer.Argument(metavar="新", help="新标准的规则文件，或内置标准的名称、编号")],
    format: Annotated[str, typer.Option("--format", metavar="格式", help="text 或 json")] = "text",
    output: Output = None,
) -> None:
    """对比新旧两版标准：逐条说改了什么，影响哪些条款"""
    from ..api import compare
    from ..report.difference import diff_json, diff_text

    one_of("--format", format, FORMATS)
    found = compare(only_standard(old), only_standard(new))
    put((diff_json if format == "json" else diff_text)(*found), output)
