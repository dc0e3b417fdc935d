"""Which column of a published ranking is which: its titles, on one line or two, as offices write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.columns import folded
from scoring.sheets.ranking_cells import is_number
from scoring.sheets.table import Table

RANK = ("名次", "排名", "位次", "排序", "序次", "综合排名", "本月排名", "本期排名")
UNIT = (
    "村",
    "单位",
    "被检单位",
    "被考核单位",
    "考核单位",
    "单位名称",
    "村名",
    "行政村",
    "村(社区)",
    "村居",
    "名称",
)
SCORE = ("得分", "总分", "总得分", "综合得分", "最终得分", "考评成绩", "考核成绩", "考核得分", "成绩", "总成绩", "综合成绩",
         "平均分", "分数")  # fmt: skip
GRADE = ("等次", "等级", "评定等次", "考核等次", "档次")
AWARD = ("奖励", "奖金", "奖励金", "奖励金额", "奖补资金", "补助", "奖惩金额")
EXTRA = ("附加分", "附加", "加减分", "加扣分", "奖惩分")
GROUPS = ("类别", "分组", "组别", "片区", "类型")
# Each standard ranks and grades by itself: a table of several is as many tables.
STANDARD = "标准"
WORDS = {"名次": RANK, "单位": UNIT, "得分": SCORE, "等次": GRADE, "奖励": AWARD, "附加分": EXTRA}
NEEDED = ("名次", "单位", "得分")
HEADER_ROWS = 15

Titles = Mapping[int, str]


def ranking_header(table: Table) -> tuple[int, Titles] | None:
    """Return the last row of the header and the title of each column; None where there is no ranking."""
    for row in range(min(HEADER_ROWS, len(table.rows))):
        titles = _titles(table, row)
        if not _has(titles, RANK) or not _has(titles, UNIT):
            continue
        below = _titles(table, row + 1)
        named = [at for at, title in titles.items() if title in (*RANK, *UNIT)]
        if below and not any(at in below for at in named) and not any(map(is_number, below.values())):
            return row + 1, {**titles, **below}
        if _has(titles, SCORE):
            return row, titles
    return None


def columns_of(titles: Titles, words: Sequence[str]) -> list[int]:
    """Return the columns, from the left, of the title that a table has first among some words."""
    title = next((word for word in words if word in titles.values()), None)
    return sorted(at for at, one in titles.items() if one == title)


def _titles(table: Table, row: int) -> Titles:
    line = table.rows[row] if row < len(table.rows) else ()
    return {at: word for at, cell in enumerate(line) if (word := folded(str(cell)))}


def _has(titles: Titles, words: Sequence[str]) -> bool:
    return any(title in words for title in titles.values())
