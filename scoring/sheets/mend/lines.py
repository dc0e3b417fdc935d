"""Rows that are no visit: totals, notes below the table, the header once more; and cells merged over several rows."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring import columns
from scoring.columns import folded
from scoring.errors import shortened
from scoring.sheets.header import Sheet
from scoring.sheets.mend.draft import Draft
from scoring.sheets.mend.repair import SKIP, Proposal

_TOTAL = re.compile(
    r"(?:全[乡镇村县区]|本[页月季]|各村)?(?:合计|总计|小计|共计|累计|汇总|平均(?:值|分|数)?)[:：]?"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|填表说明|检查人员?|检查组|督查人员?|记录人?|填表人?|制表人?|审核人?|复核人?|负责人|单位负责人|统计人|填报人|填表日期"
    r"|检查人员签[字名]|被检单位签[字名]|组长签[字名]|.{0,8}[(（]?(?:签[字名]|盖章)[)）]?) ?[:：].*|[（(]?注[)）]?[0-9一].*",
    re.DOTALL,
)
_SPREAD = {
    columns.UNIT, columns.CODE, columns.KIND, columns.AREA, columns.DATE, columns.SOURCE, columns.INSPECTORS,
}  # fmt: skip
ROW = "整行"


def mend_lines(draft: Draft, sheet: Sheet) -> None:
    """Leave out the rows that are no visit, and give each row the cells that are merged over it."""
    _spread(draft, sheet)
    header = [folded(str(one)) for one in draft.rows[sheet.top]]
    name, date = sheet.visit.get(columns.UNIT), sheet.visit.get(columns.DATE)
    watched = tuple(
        dict.fromkeys((0, *(one for one in (name, sheet.visit.get(columns.CODE)) if one is not None)))
    )
    above, answered = "", set(sheet.answers.values()) | ({date} if date is not None else set())
    for row in range(sheet.top + 1, len(draft.rows)):
        line = draft.rows[row]
        # A column left out may have held the word 合计.
        whole = draft.source.rows[row]
        words = [
            one for at in watched if at < len(whole) and isinstance(one := whole[at], str) and one.strip()
        ]
        why = next((why for one in words if (why := _no_visit(one.strip()))), "")
        if "表下" in why and any(_answers(draft.cell(row, at)) for at in answered):
            why = ""
        if not why and words and folded(words[-1]) in header and [folded(str(one)) for one in line] == header:
            why = "表头又写了一遍"
        if why:
            draft.note(row, None, (ROW, shortened(words[0]), SKIP), why)
            draft.leave_out(row)
        elif name is not None and columns.CODE not in sheet.visit:
            above = _carried(draft, row, name, above, answered)


def _answers(cell: object) -> bool:
    """Return whether a cell may answer something; a signature beside another does not."""
    return cell != "" and not (isinstance(cell, str) and _NOTE.fullmatch(cell.strip()))


@lru_cache(maxsize=4096)
def _no_visit(word: str) -> str:
    """Return why a row that begins so is no visit, "" where it may be one."""
    if _TOTAL.fullmatch(folded(word)):
        return "是合计行，不是一次检查"
    return "是表下的说明，不是一次检查" if _NOTE.fullmatch(word) else ""


def _carried(draft: Draft, row: int, name: int, above: str, answered: set[int]) -> str:
    """Propose the unit of the row above where a row with answers has none; return the unit for the next row."""
    cell = draft.cell(row, name)
    if cell != "":
        return str(cell)
    if above and any(draft.cell(row, at) != "" for at in answered):
        taken = draft.settle(row, name, columns.UNIT, "", Proposal((above,), "空着，可能同上一行"))
        if taken is not None:
            draft.put(row, name, taken)
    return above


def _spread(draft: Draft, sheet: Sheet) -> None:
    """Fill what is merged over several rows of a unit, a day or the inspectors; answers are left to be refused."""
    titles = {column: title for title, column in sheet.visit.items() if title in _SPREAD}
    kept = []
    for first, left, last, right in draft.merged:
        title = titles.get(left, "")
        if first <= sheet.top or left != right or not title or (first, left) in draft.refused:
            kept.append((first, left, last, right))
            continue
        cell = draft.cell(first, left)
        for row in range(first + 1, min(last + 1, len(draft.rows))):
            draft.put(row, left, cell)
        draft.note(first, left, (title, shortened(str(cell)), f"{last - first + 1}行都是"), "合并的单元格")
    draft.merged = kept
