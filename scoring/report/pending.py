"""What pasted messages may tell, as a 问题明细 to say 是 or 否 to, and how: a workbook that is imported once that is done."""

from __future__ import annotations

from scoring import columns
from scoring.errors import visible
from scoring.pasted.pending import COLUMNS, Pending
from scoring.report.book import Sheet, workbook

_HOW = (
    ("“采用”写 是 的行才算，写 否 或空着的都不算，导入时会说有几行。",),
    (
        "每一行先核对被检单位、检查日期、检查项和数量，空着的补上。拿不准的检查项，“可能是”里列着，照抄一个到“检查项”。",
    ),
    (
        "数量空着的算1处；写着“多处”一类的，改成准数再采用。“依据”说的是凭哪几个字读出来的，“原话”是消息原文。",
    ),
    ("没有读出问题的话列在下面，要记的自己在问题明细里加一行。",),
)


def pending_workbook(found: Pending) -> bytes:
    """Return the workbook's bytes: the sheet 问题明细, and 说明 with every line that told of no problem."""
    rest = [(str(number), visible(line)) for number, line in found.rest]
    sheets = [
        Sheet(columns.OCCURRENCES, (), COLUMNS, found.rows),
        Sheet("说明", _HOW, ("行", columns.RAW), rest),
    ]
    return workbook("待定的问题", sheets)
