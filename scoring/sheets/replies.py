"""Sheets that say what was done about orders: a row names an order and up to four steps, 签收、延期、整改 and 核查.

An order is named by its 问题编号 or by unit, day, 检查项 and places. What a step needs is asked for as soon as one of its
cells is filled; what is filled in an old ledger, and what else stands in it, is no mistake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scoring import columns
from scoring.columns import folded
from scoring.errors import Problem, in_order, shortened
from scoring.inspection import Unit
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.header import Role, Titles, sorted_titles, top_with
from scoring.sheets.line import Memo
from scoring.sheets.register import Register
from scoring.sheets.reply import EXTEND, FAIL, PASS, RECEIVE, REPLY, Replies, Reply, Said
from scoring.sheets.row import Row
from scoring.sheets.table import Cell, Table, holds_rows
from scoring.sheets.tables import read_all
from scoring.sheets.titles import HEADER_ROWS

_VERDICTS = {"合格": PASS, "不合格": FAIL}
_OWN = (columns.ORDER, columns.UNIT, columns.CODE, columns.KIND, columns.AREA, columns.DATE, columns.ITEM,
        columns.PLACE_SUFFIX, *columns.STEPS)  # fmt: skip
_OTHERS = {columns.FOUND_ON: columns.DATE, columns.PHOTO: columns.AFTER}
_TITLES: Titles = {folded(one): (Role.VISIT, one) for one in (*columns.LEDGER, *_OWN)} | {
    folded(one): (Role.VISIT, own) for one, own in _OTHERS.items()
}


def read_replies(paths: Sequence[Path | str], units: Iterable[Unit]) -> Replies:
    """Read every visible sheet of some files; ``units`` are those that may be meant.

    Raises ScoringError where a file cannot be read at all.
    """
    problems: list[Problem] = []
    rows: list[Reply] = []
    blank, register = 0, Register.of(units)
    for table in filter(holds_rows, read_all(map(Path, paths))):
        for reply in _rows(table, register, problems):
            rows += [reply] if reply.steps else []
            blank += not reply.steps
    return Replies(tuple(rows), blank, in_order(problems))


def _rows(table: Table, register: Register, problems: list[Problem]) -> Iterator[Reply]:
    top = top_with(table, _headed)
    if top is None:
        hint = f"前{HEADER_ROWS}行里要有一行写着 {columns.ORDER}，或 {columns.UNIT}、{columns.DATE}"
        problems.append(table.problem(0, None, "找不到表头", hint))
        return
    sheet = sorted_titles(table, top, _TITLES, problems)
    memo: Memo = {}
    for number in range(top + 1, len(table.rows)):
        if next(table.filled(number), None) is not None:
            row = _Reply(sheet, number, register, memo)
            reply = row.read()
            problems += row.problems
            if not row.problems and not sheet.doubtful:
                yield reply


def _headed(words: set[str]) -> bool:
    dated = not words.isdisjoint((columns.DATE, columns.FOUND_ON))
    return columns.ORDER in words or (columns.UNIT in words and dated)


class _Reply(Row):
    """A row of a ledger or of a list of replies."""

    def read(self) -> Reply:
        """Return what the row says."""
        number, subject = self.word(columns.ORDER), self.word(columns.ITEM)
        unit = self.units() if self.word(columns.UNIT) or self.word(columns.CODE) else ()
        date = self.date(columns.DATE)
        places = self.take(self.at(columns.PLACE_SUFFIX), cells.several) or ()
        steps = sorted(
            (one for one in (self.received(), self.extended(), self.replied(), self.verified()) if one),
            key=lambda one: one.on or dt.date.min,
        )
        if steps and not number and not (unit and date and subject):
            what = f"填上 {columns.ORDER}，或填全 {columns.UNIT}、{columns.DATE}、{columns.ITEM}"
            self.complain(self.at(columns.ORDER), "看不出是哪张整改单", what)
        return Reply(
            self.sheet, self.row, number, next(iter(unit), None), date, subject, places, tuple(steps)
        )

    def received(self) -> Said | None:
        """Return 签收."""
        if not self.asked((columns.RECEIVED_ON,), (columns.RECEIVED_BY,)):
            return None
        return Said(
            RECEIVE, self.date(columns.RECEIVED_ON), self.person(columns.RECEIVED_BY), columns.RECEIVED_ON
        )

    def extended(self) -> Said | None:
        """Return 延期; without the day of approval, it was approved on the day of 签收 in the same row, if any."""
        needed = columns.UNTIL, columns.APPROVED_BY, columns.GROUND
        if not self.asked(needed, (columns.APPROVED_ON,)):
            return None
        until, who, why = (
            self.date(columns.UNTIL),
            self.person(columns.APPROVED_BY),
            self.word(columns.GROUND),
        )
        on = self.date(columns.APPROVED_ON) or self.date(columns.RECEIVED_ON)
        return Said(EXTEND, on, who, columns.UNTIL, why, until)

    def replied(self) -> Said | None:
        """Return 整改."""
        if not self.asked((columns.REPLIED_ON, columns.REPLIED_BY), (columns.SAID, columns.AFTER)):
            return None
        day, who, note = (
            self.date(columns.REPLIED_ON),
            self.person(columns.REPLIED_BY),
            self.word(columns.SAID),
        )
        evidence = self.take(self.at(columns.AFTER), cells.several) or ()
        return Said(REPLY, day, who, columns.REPLIED_ON, note, evidence=evidence)

    def verified(self) -> Said | None:
        """Return 复核合格 or 复查不合格."""
        if not self.asked((columns.VERIFIED_ON, columns.VERIFIED_BY, columns.VERDICT)):
            return None
        act = self.take(self.at(columns.VERDICT), _verdict) or PASS
        return Said(
            act, self.date(columns.VERIFIED_ON), self.person(columns.VERIFIED_BY), columns.VERIFIED_ON
        )

    def asked(self, needed: Sequence[str], more: Sequence[str] = ()) -> bool:
        """Return whether a row tells a step; what it then lacks is a problem."""
        there = set(self.sheet.table.filled(self.row))
        filled = [title for title in (*needed, *more) if self.at(title) in there]
        lacking = [title for title in needed if title not in filled] if filled else []
        if lacking:
            rest = "、".join(lacking)
            self.complain(
                self.at(lacking[0]), f"填了{filled[0]}，没填{rest}", f"填上{rest}，或清空{filled[0]}"
            )
        return bool(filled) and not lacking

    def at(self, title: str) -> int | None:
        """Return the column of a title."""
        return self.sheet.visit.get(title)

    def date(self, title: str) -> dt.date | None:
        """Return a column's day, None where it is blank."""
        return self.take(self.at(title), _day)

    def person(self, title: str) -> str:
        """Return the names in a column as one."""
        return self.take(self.at(title), cells.names) or ""


def _day(cell: Cell) -> dt.date | None:
    return cells.day(cell) if not isinstance(cell, str) or cell.strip() else None


def _verdict(cell: Cell) -> str:
    word = cells.plain(cell)
    if word not in _VERDICTS:
        raise CellError(f"{columns.VERDICT}“{shortened(word)}”读不懂", f"写 {' 或 '.join(_VERDICTS)}")
    return _VERDICTS[word]
