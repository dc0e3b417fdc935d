"""``chuangwei report template``: a shipped Word template, for an office to make its own of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..document import KINDS
from .common import say
from .values import one_of


def template(
    kind: Annotated[str, typer.Argument(metavar="文书", help="哪一种文书，如 通知书")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="写到哪个 .docx 文件；不写按文书取名"),
    ] = None,
) -> None:
    """写出内置的 Word 模板，照着改成自己的，再用 --template 套用"""
    from ..document.word import shipped
    from ..report import write_new

    known = {word: one for one in KINDS if "docx" in one.formats for word in (one.chinese, one.name)}
    found = known[one_of("文书", kind, list(known))]
    path = output or Path(f"{found.chinese}模板.docx")
    write_new(path, shipped(f"{found.name}.docx"))
    say([f"已写到 {path}"])
