"""``chuangwei import --text``: pasted chat messages to a 问题明细 that waits for somebody's word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import visible
from .common import emit, say

if TYPE_CHECKING:
    from datetime import date

    from ..rule.standard import Standard
    from ..sheets.register import Register


def propose(
    name: str, standards: Sequence[Standard], register: Register | None, on: date | None, output: Path | None
) -> None:
    """Write what a text (``-``: standard input) may tell of problems to a file, or only list it where there is none."""
    from ..pasted.messages import MAX_TEXT, read_messages
    from ..pasted.pending import COLUMNS, pending
    from ..pasted.vocabulary import Words
    from ..report import write_new
    from ..report.pending import pending_workbook
    from ..sheets.tables import content_of, decoded

    path = Path("标准输入.txt" if name == "-" else name)
    content = sys.stdin.buffer.read(4 * MAX_TEXT + 1) if name == "-" else content_of(path, (".txt", ".md"))
    found = pending(read_messages(decoded(path, content), path.name, on), Words(standards), register)
    if output is None:
        emit(
            "\n".join(visible(_line(dict(zip(COLUMNS, row, strict=True)))) for row in found.rows)
            or "没有读出问题"
        )
    else:
        write_new(output, pending_workbook(found))
        say([f"已写到 {output}"])
    say([f"读出{len(found.rows)}处待定的问题，{len(found.rest)}行没有读出问题；“采用”写 是 的才算"])


def _line(row: dict[str, str]) -> str:
    """Return a row as it is listed on the screen."""
    from .. import columns

    who = row[columns.UNIT] or "（单位？）"
    what = row[columns.ITEM] or f"（{row[columns.MAY_BE] or '检查项？'}）"
    return f"{who} {row[columns.DATE]} {row[columns.PLACE_SUFFIX]} {what} {row[columns.COUNT]}；{row[columns.GROUNDS]}"
