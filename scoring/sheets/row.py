"""One row of an inspection sheet: the unit and the day it is about; every problem in it is collected before it is given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scoring import columns
from scoring.errors import Problem
from scoring.inspection import Unit
from scoring.sheets import cells
from scoring.sheets.header import Sheet
from scoring.sheets.line import Line, Memo
from scoring.sheets.register import Register
from scoring.sheets.table import Cell

_UNIT_TITLES = (columns.UNIT, columns.CODE, columns.KIND, columns.AREA)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its problems, and every unit it may have been about."""

    problems: tuple[Problem, ...]
    units: tuple[Unit, ...] = ()


def filled_rows(sheet: Sheet) -> Iterator[tuple[int, bool]]:
    """Yield each row below the header that is not empty, and whether it holds more than a unit's own columns."""
    own = {sheet.visit[title] for title in _UNIT_TITLES if title in sheet.visit}
    date = sheet.visit.get(columns.DATE)
    for row in range(sheet.top + 1, len(sheet.table.rows)):
        # Nearly every row has its date: no need to look further.
        if date is not None and _dated(sheet.table.rows[row], date):
            yield row, True
        elif filled := set(sheet.table.filled(row)):
            yield row, not filled <= own


def _dated(line: Sequence[Cell], date: int) -> bool:
    cell = line[date] if date < len(line) else ""
    return cell[:1].isdigit() if isinstance(cell, str) else True


class Row(Line):
    """One row being read, and the unit it means."""

    def __init__(self, sheet: Sheet, row: int, register: Register | None, memo: Memo) -> None:
        super().__init__(sheet.table, row, sheet.refused, memo)
        self.sheet, self.register = sheet, register

    def stray(self) -> tuple[Problem, ...]:
        """Return the problems of a row that holds only a unit's columns: a printed name, or a note below the table."""
        self.units()
        return tuple(self.problems)

    def day(self) -> dt.date | None:
        """Return 检查日期, None where it is missing or a problem."""
        if columns.DATE not in self.sheet.visit:
            self.complain(None, "没有检查日期", "加上 检查日期，写成 2026-06-10 的样子")
        return self.take(self.sheet.visit.get(columns.DATE), cells.day)

    def bad(self, units: tuple[Unit, ...]) -> BadRow:
        """Return the row as one that could not be read, its problems filed under its unit."""
        unit = units[0].id if units else ""
        return BadRow(tuple(replace(one, unit=unit) for one in self.problems), units)

    def word(self, title: str) -> str:
        """Return a visit column's text, "" where it is blank, missing or a problem."""
        at = self.sheet.visit.get(title)
        return "" if at is None else self.take(at, cells.text) or ""

    def units(self, *, kind_needed: bool = True) -> tuple[Unit, ...]:
        """Return the unit a row means; none or several where that is a problem.

        Without a register the row itself must give the 类别, unless another sheet will (``kind_needed``).
        """
        before = len(self.problems)
        code, name, kind, area = map(self.word, _UNIT_TITLES[1::-1] + _UNIT_TITLES[2:])
        if not code and not name:
            if len(self.problems) == before:
                self.complain(self.sheet.visit.get(columns.UNIT), "没填被检单位", "写名册里的名称")
            return ()
        if self.register is not None:
            said = (code, name, kind, area)
            found: tuple[Unit, ...] = self.memo.get(said, ())
            if not found:
                found = self.registered(self.register, code, name, {columns.KIND: kind, columns.AREA: area})
                if len(self.problems) == before:
                    self.memo[said] = found
            return found
        if not kind and kind_needed:
            self.complain(self.sheet.visit.get(columns.KIND), "没填类别", "填上类别，或用 --units 给出名册")
        return (Unit(code or name, name or code, kind, area),)

    def registered(
        self, register: Register, code: str, name: str, said: Mapping[str, str]
    ) -> tuple[Unit, ...]:
        """Return the register's unit for a row's words, all of which must agree with it."""
        visit = self.sheet.visit
        by_code = register.coded(code) if code else ()
        by_name = register.named(name) if name else ()
        if code and not by_code:
            self.complain(
                visit[columns.CODE], f"名册里没有编号“{code[:40]}”", "改成名册里的编号，或在名册里加上"
            )
        if name and not by_name:
            self.complain(visit[columns.UNIT], *register.unknown(name))
        if by_code and by_name and by_code[0] not in by_name:
            self.complain(visit[columns.UNIT], f"被检单位“{name}”与编号“{code}”不是一个单位",
                          f"编号“{code}”在名册里是“{by_code[0].name}”，改成一致")  # fmt: skip
            return (*by_code, *by_name)
        found = by_code or by_name
        if len(found) > 1:
            ids = "、".join(unit.id for unit in found[:10])
            self.complain(
                visit[columns.UNIT],
                f"“{name}”在名册里有{len(found)}个",
                f"在“{columns.CODE}”栏写明是哪一个: {ids}",
            )
        elif found:
            self.agree(said, {columns.KIND: found[0].kind, columns.AREA: found[0].area})
        return found

    def agree(self, said: Mapping[str, str], known: Mapping[str, str]) -> None:
        """Note where the row's own words differ from the register's."""
        for title, word in said.items():
            if word and columns.folded(word) != columns.folded(known[title]):
                right = f"名册里是“{known[title]}”" if known[title] else "名册里没有写"
                self.complain(
                    self.sheet.visit[title], f"{title}“{word[:40]}”与名册不符", f"{right}，改成一致"
                )
