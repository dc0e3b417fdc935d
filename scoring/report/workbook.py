"""The result as a workbook: 得分, 扣分明细, 问题明细 (where there is one), 整改清单, 分组, 问题."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.errors import visible
from scoring.report.book import Sheet, workbook
from scoring.report.rows import (
    GROUP_COLUMNS,
    LEDGER_COLUMNS,
    OCCURRENCE_COLUMNS,
    ORDER_COLUMNS,
    SCORE_COLUMNS,
    group_rows,
    ledger_rows,
    occurrence_rows,
    order_rows,
    score_rows,
)
from scoring.score import Assessment


def to_xlsx(assessment: Assessment) -> bytes:
    """Return the workbook's bytes; settled numbers are numbers, everything else is text."""
    return workbook("创卫检查评分", _sheets(assessment))


def _sheets(assessment: Assessment) -> Iterator[Sheet]:
    note = [[_note(assessment)]]
    yield Sheet("得分", note, SCORE_COLUMNS, score_rows(assessment))
    yield Sheet("扣分明细", note, LEDGER_COLUMNS, ledger_rows(assessment))
    if occurrences := list(occurrence_rows(assessment)):
        yield Sheet("问题明细", note, OCCURRENCE_COLUMNS, occurrences)
    yield Sheet("整改清单", note, ORDER_COLUMNS, order_rows(assessment))
    yield Sheet("分组", note, GROUP_COLUMNS, group_rows(assessment))
    said = (*assessment.problems, *assessment.notices)
    yield Sheet("问题", note, ("问题",), ([visible(str(one))] for one in said))


def _note(assessment: Assessment) -> str:
    provisional = [one.name for one in assessment.standards if one.provisional]
    return f"{'、'.join(provisional)}: 拟定分值，仅供试评" if provisional else ""
