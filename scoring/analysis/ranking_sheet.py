"""Read a published ranking table: 名次、单位、得分, and what else it has of 等次, 类别, 奖励 and the parts of the total.

Titles may stand on two lines, cells may be merged, and two tables may stand side by side; what is no number where one
should be is a problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scoring.analysis.consistent_table import TableRow
from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.table import Cell, Table
from scoring.sheets.tables import read_tables

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
GROUPS = ("类别", "分组", "组别", "片区", "类型")
AWARD = ("奖励", "奖金", "奖励金", "奖励金额", "奖补资金", "补助", "奖惩金额")
_HEADER_ROWS = 15
MAX_UNITS = 5000
_SUMMARY = ("合计", "总计", "小计", "平均", "平均分", "全乡平均", "全镇平均")
_NOTHING = ("", "—", "-", "--", "——", "/", "／", "未评", "未排名", "不排名", "无", "不参加排名")
_RANK = re.compile(r"(?:并列)?第?([0-9]{1,6})(?:\.0+)?名?")
_NUMERALS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class RankingSheet:
    """One published table: its rows, the titles of their ``groups``, and what was left out."""

    name: str
    rows: tuple[TableRow, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_ranking(path: Path | str, parts: Sequence[str] = ()) -> tuple[RankingSheet, ...]:
    """Read every table of a file that has the columns of a ranking.

    ``parts`` are the titles of the columns that the total is made of. Raises ScoringError with every problem found.
    """
    problems: list[Problem] = []
    sheets = []
    tables = [table for table in read_tables(Path(path)) if not table.hidden]
    for table in tables:
        if (header := _header(table)) is not None:
            sheets.append(_sheet(table, *header, parts, problems))
    if not sheets and not problems:
        hint = f"前{_HEADER_ROWS}行里要有一行写着 名次（或排名）、村（或单位）、得分（或成绩）"
        problems.append(Problem(Path(path).name, message="找不到排名表的表头", hint=hint))
    if problems:
        raise ScoringError(in_order(problems))
    return tuple(sheets)


def read_weights(text: str) -> dict[str, Decimal]:
    """Read --parts: 平时=70%,月末=30%; raise ScoringError for anything else.

    >>> read_weights("平时=70%，月末=30%")
    {'平时': Decimal('0.7'), '月末': Decimal('0.3')}
    """
    found: dict[str, Decimal] = {}
    for part in cells.several(text):
        name, _, share = (word.strip() for word in part.replace("＝", "=").partition("="))
        number = share.removesuffix("%").removesuffix("％")
        if not name or number == share or not _NUMBER.fullmatch(number) or name in found:
            hint = "写成 平时=70%,月末=30% 的样子，每个部分写一次"
            raise ScoringError([Problem(message=f"“{shortened(part)}”读不懂", hint=hint)])
        found[name] = Decimal(number) / 100
    return found


Titles = Mapping[int, str]


def _header(table: Table) -> tuple[int, Titles] | None:
    """Return the last row of the header and the title of each column; None where there is no ranking."""
    for row in range(min(_HEADER_ROWS, len(table.rows))):
        titles = {at: folded(str(cell)) for at, cell in enumerate(table.rows[row]) if folded(str(cell))}
        if not _has(titles, RANK) or not _has(titles, UNIT):
            continue
        below = {}
        if row + 1 < len(table.rows):
            below = {
                at: folded(str(cell)) for at, cell in enumerate(table.rows[row + 1]) if folded(str(cell))
            }
        named = [at for at, title in titles.items() if title in (*RANK, *UNIT)]
        if below and not any(at in below for at in named):
            return row + 1, {**titles, **below}
        if _has(titles, SCORE):
            return row, titles
    return None


def _has(titles: Titles, words: Sequence[str]) -> bool:
    return any(title in words for title in titles.values())


def _sheet(
    table: Table, top: int, titles: Titles, parts: Sequence[str], problems: list[Problem]
) -> RankingSheet:
    columns = {name: _columns(titles, words) for name, words in _WORDS.items()}
    groups = [title for title in GROUPS if title in titles.values()]
    own = {title: [at for at, one in titles.items() if one == folded(title)] for title in (*groups, *parts)}
    missing = [name for name, at in columns.items() if name in ("名次", "单位", "得分") and not at]
    problems += [table.problem(top, None, f"表上没有{name}一栏", "在表头补上") for name in missing]
    problems += [
        table.problem(top, None, f"表上没有“{shortened(title)}”一栏", did_you_mean(title, titles.values()))
        for title in parts
        if not own[title]
    ]
    notes: list[str] = []
    rows: list[TableRow] = []
    covered = _covered(table)
    blocks = min(len(columns[name]) for name in ("名次", "单位", "得分"))
    for block in range(blocks if not problems else 0):
        at = {name: _nth(found, block) for name, found in {**columns, **own}.items()}
        side = f" 左起第{block + 1}组" if blocks > 1 else ""
        rows += _Block(table, at, groups, parts, covered, side, problems, notes).rows(top)
    if len(rows) > MAX_UNITS:
        message = f"有 {len(rows)} 个单位，太多"
        problems.append(
            table.problem(top, None, message, f"最多 {MAX_UNITS} 个；删去多余的行，或拆成几个文件")
        )
    return RankingSheet(table.sheet or table.path, tuple(rows), tuple(groups), tuple(notes))


_WORDS = {"名次": RANK, "单位": UNIT, "得分": SCORE, "等次": GRADE, "奖励": AWARD}


def _columns(titles: Titles, words: Sequence[str]) -> list[int]:
    """Return the columns of the title that a table has first among some words."""
    title = next((word for word in words if word in titles.values()), None)
    return sorted(at for at, one in titles.items() if one == title)


def _covered(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """Return, for every cell that a merged one covers, the cell that holds its content."""
    return {
        (row, column): (first, left)
        for first, left, last, right in table.merged
        for row in range(first, min(last + 1, len(table.rows)))
        for column in range(left, min(right + 1, len(table.rows[row])))
    }


def _nth(found: Sequence[int], block: int) -> int | None:
    return found[block] if block < len(found) else None


@dataclass(frozen=True, slots=True)
class _Block:
    """One block of columns of a table, being read."""

    table: Table
    at: Mapping[str, int | None]
    groups: Sequence[str]
    parts: Sequence[str]
    covered: Mapping[tuple[int, int], tuple[int, int]]
    block: str
    problems: list[Problem]
    notes: list[str]

    def rows(self, top: int) -> Iterator[TableRow]:
        """Yield the units below the header; lines of sums and remarks are noted and left out."""
        for row in range(top + 1, len(self.table.rows)):
            unit, rank, score = (self.text(row, name) for name in ("单位", "名次", "得分"))
            place = f"{self.table.origin(row).spot}{self.block}"
            if not unit and not rank and not score:
                continue
            if folded(unit) in (*UNIT, *_SUMMARY) or folded(rank) in (*RANK, *_SUMMARY):
                continue
            if score in ("", unit) and (not unit or not rank or rank == unit):
                self.notes.append(f"{place}“{shortened(unit or rank, 20)}”不是一个单位的得分，没有核")
                continue
            yield TableRow(
                place,
                unit,
                self.rank(row, rank),
                self.number(row, "得分", score),
                self.text(row, "等次"),
                tuple(self.text(row, title) for title in self.groups),
                {title: self.number(row, title, self.text(row, title)) for title in self.parts},
                self.number(row, "奖励", self.text(row, "奖励"), strict=False),
            )

    def text(self, row: int, name: str) -> str:
        """Return a cell's text, of a merged cell that of its first; what cannot be read is a problem."""
        column = self.at.get(name)
        if column is None:
            return ""
        row, column = self.covered.get((row, column), (row, column))
        if complaint := self.table.refused.get((row, column)):
            self.problems.append(self.table.problem(row, column, *complaint))
            return ""
        try:
            return cells.plain(self._cell(row, column))
        except CellError as error:
            self.problems.append(self.table.problem(row, column, error.message, error.hint))
            return ""

    def _cell(self, row: int, column: int) -> Cell:
        line = self.table.rows[row]
        return line[column] if column < len(line) else ""

    def rank(self, row: int, word: str) -> int | None:
        """Return a rank: 3, 第3名, 并列第3, 三; None where there is none."""
        if word in _NOTHING:
            return None
        if found := _RANK.fullmatch(word):
            return int(found[1])
        value = _numeral(word.removeprefix("并列").removeprefix("第").removesuffix("名"))
        if value is None:
            self._wrong(row, "名次", word, "写整数，如 3")
        return value

    def number(self, row: int, name: str, word: str, *, strict: bool = True) -> Decimal | None:
        """Return a number, None where there is none; without ``strict``, words are none either."""
        if word in _NOTHING:
            return None
        bare = word.removesuffix("分").removesuffix("元").replace(",", "")
        if _NUMBER.fullmatch(bare):
            return Decimal(bare)
        if strict:
            self._wrong(row, name, word, "写数字，如 92.5")
        return None

    def _wrong(self, row: int, name: str, word: str, hint: str) -> None:
        message = f"{name}“{shortened(word, 20)}”读不懂"
        self.problems.append(self.table.problem(row, self.at[name], message, hint))


def _numeral(word: str) -> int | None:
    """Return 一 to 九十九 as a number.

    >>> _numeral("十二"), _numeral("二十"), _numeral("三"), _numeral("好")
    (12, 20, 3, None)
    """
    tens, ten, ones = word.partition("十")
    if not ten:
        return _NUMERALS.get(word) or None
    if (tens and tens not in _NUMERALS) or (ones and ones not in _NUMERALS):
        return None
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
