"""The ledger of orders (整改台账) that offices keep: what is filled in there is imported again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from scoring.columns import (
    APPROVED_ON,
    CODE,
    FOUND_ON,
    GROUND,
    ITEM,
    LEDGER,
    LEDGER_HEAD,
    LEDGER_TAIL,
    LEDGER_TOTALS,
    NOTE,
    ORDER,
    PLACE_SUFFIX,
    RECEIVED_ON,
    REPLIED_ON,
    SAID,
    UNIT,
    UNTIL,
    VERIFIED_ON,
)
from scoring.errors import visible
from scoring.rectify.counted import counted
from scoring.rectify.issued import IssuedOrder
from scoring.report.orders import PROGRESS_COLUMNS, ledger_rows, progress_rows
from scoring.report.rows import Row

TOTALS_COLUMNS = ("按", "名称", *PROGRESS_COLUMNS)
GROUPED = ("单位", "包村领导")
_ON_BOTH_PAGES = 3  # 序号, 问题编号 and the unit
# Each half of the ledger fits A4 across.
_WIDTHS = {**dict.fromkeys(LEDGER, 9), **dict.fromkeys(LEDGER_TAIL, 8), "序号": 5, ORDER: 14, UNIT: 14, CODE: 14, ITEM: 13,
           PLACE_SUFFIX: 24, "问题描述": 22, "条款": 8, "责任单位": 15, "责任人": 10, "整改措施": 28, "整改时限": 18, "整改前照片": 10,
           **dict.fromkeys((FOUND_ON, RECEIVED_ON, UNTIL, APPROVED_ON, REPLIED_ON, VERIFIED_ON), 11), GROUND: 12, SAID: 14,
           "状态": 14, NOTE: 12}  # fmt: skip
_NOTE = "填 签收日期、完成日期、整改人、核查日期、核查人、核查结果 等栏后，用 chuangwei rectify import 导入；已记下的不会重记"


def ledger(orders: Collection[IssuedOrder], on: date, kind: str) -> bytes:
    """Return the ledger as of a day, as ``xlsx`` or ``csv``."""
    rows = ledger_rows(orders, on)
    if kind == "csv":
        from scoring.report.csv_file import csv_text

        return csv_text([LEDGER, *rows]).encode()
    return ledger_book("", rows, totals_rows(orders, on))


def totals_rows(orders: Collection[IssuedOrder], on: date) -> Iterator[Row]:
    """Yield how far the orders have come, all together and by each of ``GROUPED``, under ``TOTALS_COLUMNS``."""
    for by in ("", *GROUPED):
        for row in progress_rows(counted(orders, by, on)):
            yield [by, *map(visible, row)] if by else ["合计", "全部", *row[1:]]


def ledger_book(title: str, rows: Iterable[Sequence[str]], totals: Iterable[Sequence[str]]) -> bytes:
    """Return the workbook of a ledger's rows and of its totals; what is late and not answered stands in red."""
    from scoring.report.book import Sheet, workbook

    red, split = ("逾期天数", REPLIED_ON), (_ON_BOTH_PAGES, len(LEDGER_HEAD))
    return workbook(
        "整改台账",
        [
            Sheet("整改台账", [[_NOTE]], LEDGER, rows, title, red, split, _WIDTHS),
            Sheet(LEDGER_TOTALS, [], TOTALS_COLUMNS, totals),
        ],
    )
