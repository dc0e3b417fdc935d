"""What a column's cells may say: its strict reader, and what to propose where that reader cannot read one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from scoring import columns
from scoring.columns import folded
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets import cells, details
from scoring.sheets.answers import answer
from scoring.sheets.cells import CellError
from scoring.sheets.header import Fields, Sheet
from scoring.sheets.mend import days, names, numbers, words
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.register import Register
from scoring.sheets.table import Cell

NOTHING = Proposal((), "")
Reading = tuple[Callable[[Cell], object], Callable[[Cell], Proposal | None]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One column: ``read`` is its strict reader, ``propose`` is asked only where that complains."""

    title: str
    read: Callable[[Cell], object]
    propose: Callable[[Cell], Proposal | None]

    def of(self, cell: Cell) -> Proposal | None:
        """Return what a cell may have meant; None where it can be read as it stands."""
        if cell == "":
            return None
        try:
            value = self.read(cell)
        except CellError:
            return self._proposed(cell)
        if isinstance(cell, str) and not isinstance(value, str) and cell.strip() != cells.plain(cell):
            return Proposal((cells.plain(cell),), "全角数字或符号", sure=True) if _is_number(cell) else None
        return None

    def readable(self, word: str) -> bool:
        """Return whether the strict reader reads a word."""
        try:
            self.read(word)
        except CellError:
            return False
        return True

    def _proposed(self, cell: Cell) -> Proposal:
        """Return the proposal with those of its choices that the strict reader reads."""
        try:
            found = self.propose(cell)
        except CellError:
            return NOTHING
        if found is None:
            return NOTHING
        choices = tuple(dict.fromkeys(one for one in found.choices if self.readable(one)))
        return Proposal(choices, found.why, found.sure and len(choices) == 1 == len(found.choices))


def _is_number(cell: str) -> bool:
    return cells.plain(cell).rstrip("%").replace(".", "", 1).isdigit()


def meanings(sheet: Sheet, fields: Fields, register: Register | None, sure: days.Years) -> dict[int, Meaning]:
    """Return, by column, what can be mended; ``sure`` gives the year of a date that lacks one."""
    guess = _own_year(sheet)
    found = {column: _answer(name, fields[name]) for name, column in sheet.answers.items()}
    visit: dict[str, Reading] = {
        columns.DATE: (cells.day, lambda cell: days.day(cell, sure, guess)),
        columns.TIME: (cells.clock, days.clock),
        columns.NUMBER: (cells.ordinal, numbers.ordinal),
        columns.BLANK_IS_NONE: (cells.yes, words.signed),
        columns.CODE: (
            lambda cell: names.known_code(cell, register),
            lambda cell: names.code(cell, register),
        ),
    }
    if register is not None:
        visit[columns.UNIT] = (
            lambda cell: names.known_unit(cell, register),
            lambda cell: names.unit(cell, register),
        )
    if sheet.detailed:
        visit |= _detail(fields)
    return found | {
        column: Meaning(title, *visit[title]) for title, column in sheet.visit.items() if title in visit
    }


def unit_meaning(register: Register) -> Meaning:
    """Return the meaning of 被检单位 where there is a register."""
    return Meaning(
        columns.UNIT, lambda cell: names.known_unit(cell, register), lambda cell: names.unit(cell, register)
    )


def _answer(name: str, one: FormField) -> Meaning:
    def propose(cell: Cell) -> Proposal | None:
        if (found := words.unchecked(cell)) is not None:
            return found
        if one.choices:
            return words.option(cell, one)
        return numbers.percent(cell) if one.kind is FieldKind.PERCENT else numbers.amount(cell, one, name)

    return Meaning(name, lambda cell: answer(cell, one), propose)


def _detail(fields: Fields) -> Mapping[str, Reading]:
    """Return the meaning of the columns that only a 问题明细 has."""
    counts = {folded(name): name for name, one in fields.items() if one.kind is FieldKind.COUNT}

    def near(cell: Cell) -> Proposal | None:
        found = get_close_matches(folded(cells.text(cell)), counts, n=2, cutoff=0.7)
        return Proposal(tuple(counts[one] for one in found), "名称相近") if found else None

    def many(cell: Cell) -> Proposal | None:
        return numbers.counted(cells.plain(cell), "")

    return {
        columns.ITEM: (details.item_reader(fields), near),
        columns.COUNT: (details.how_many, many),
        columns.SIZE: (details.how_large, lambda cell: _unsure(many(cell))),
    }


def _unsure(found: Proposal | None) -> Proposal | None:
    """Return a proposal about 大小, which stands in a measure of its own."""
    return Proposal(found.choices, "带了单位，核对是不是这一栏的单位") if found else None


def _own_year(sheet: Sheet) -> days.Years:
    """Return the year of a table's own full dates, where they are all of one."""
    column = sheet.visit.get(columns.DATE)
    years = set() if column is None else set(_years(sheet, column))
    return lambda _month, _day: next(iter(years)) if len(years) == 1 else None


def _years(sheet: Sheet, column: int) -> Iterator[int]:
    lines = sheet.table.rows[sheet.top + 1 :]
    for cell in {line[column] for line in lines if column < len(line)}:
        if isinstance(cell, dt.date) or (isinstance(cell, str) and cell[:2] == "20"):
            try:
                yield cells.day(cell).year
            except CellError:
                continue
