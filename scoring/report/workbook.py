"""The result as a workbook: 得分, 扣分明细, 问题明细 (where there is one), 整改清单, 分组, 问题."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from scoring.errors import visible
from scoring.report.rows import (
    GROUP_COLUMNS,
    LEDGER_COLUMNS,
    OCCURRENCE_COLUMNS,
    ORDER_COLUMNS,
    SCORE_COLUMNS,
    Row,
    group_rows,
    ledger_rows,
    occurrence_rows,
    order_rows,
    score_rows,
)
from scoring.score import Assessment

# Text from outside must stay text: never a formula, a link, or a number read out of a code.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A fixed date, so that the same assessment gives the same bytes.
CREATED = dt.datetime(2000, 1, 1)
_WIDE = {"主要问题": 44, "扣分说明": 44, "整改要求": 44, "整改措施": 44, "点位": 24, "原文": 36, "问题描述": 30, "期限": 18,
         "整改时限": 18, "被检单位": 18, "责任单位": 20, "检查人员": 16, "单位编号": 16, "问题编号": 16, "分值来源": 20, "问题": 80,
         **dict.fromkeys(("检查日期", "发现日期", "签收日期", "延期至", "批准日期", "完成日期", "核查日期"), 12)}  # fmt: skip
_SCORES = ("得分", "平均分")
_NUMERIC = ("得分", "平均分", "扣分", "名次", "单位数", "已定分", "检查次数", "计分次数", "数量", "大小", "序号",
            "逾期天数", "重复次数", "催办次数")  # fmt: skip


def to_xlsx(assessment: Assessment) -> bytes:
    """Return the workbook's bytes; settled numbers are numbers, everything else is text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "创卫检查评分", "created": CREATED})
    note = _note(assessment)
    _sheet(book, "得分", note, SCORE_COLUMNS, score_rows(assessment))
    _sheet(book, "扣分明细", note, LEDGER_COLUMNS, ledger_rows(assessment))
    if occurrences := list(occurrence_rows(assessment)):
        _sheet(book, "问题明细", note, OCCURRENCE_COLUMNS, occurrences)
    _sheet(book, "整改清单", note, ORDER_COLUMNS, order_rows(assessment))
    _sheet(book, "分组", note, GROUP_COLUMNS, group_rows(assessment))
    said = (*assessment.problems, *assessment.notices)
    _sheet(book, "问题", note, ("问题",), ([visible(str(one))] for one in said))
    book.close()
    return out.getvalue()


def table_xlsx(title: str, note: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return the bytes of a workbook with one table, a line above its header."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": CREATED})
    _sheet(book, title, note, columns, rows)
    book.close()
    return out.getvalue()


def _note(assessment: Assessment) -> str:
    provisional = [one.name for one in assessment.standards if one.provisional]
    return f"{'、'.join(provisional)}: 拟定分值，仅供试评" if provisional else ""


def _sheet(book: Any, name: str, note: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    score = book.add_format({"border": 1, "valign": "top", "num_format": "0.00"})
    sheet.write_string(0, 0, note, book.add_format({"italic": True, "font_color": "#7F6000"}))
    for column, title in enumerate(columns):
        sheet.write_string(1, column, title, head)
        sheet.set_column(column, column, _WIDE.get(title, 10))
    last = 1
    for last, row in enumerate(rows, start=2):
        for column, cell in enumerate(row):
            if columns[column] in _NUMERIC and (number := _number(cell)) is not None:
                sheet.write_number(last, column, number, score if columns[column] in _SCORES else body)
            else:
                sheet.write_string(last, column, cell, body)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _number(cell: str) -> float | None:
    """Return a published figure as the workbook's number; it is shown, never calculated with."""
    return float(cell) if cell and cell.replace(".", "", 1).isdigit() else None
