"""One row of a 问题明细 to one ``Detail``: a problem found, and what the row says of the visit it was found at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring import columns
from scoring.columns import folded
from scoring.errors import did_you_mean, shortened
from scoring.inspection import Occurrence, Unit
from scoring.points import plain
from scoring.rule.form_field import MAX_NUMBER, FieldKind
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.header import Fields, Sheet
from scoring.sheets.line import Memo
from scoring.sheets.register import Register
from scoring.sheets.row import BadRow, Row, filled_rows
from scoring.sheets.table import Cell

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Detail:
    """One occurrence, the unit and day it was found at, and what else the row says of the visit ("", (), 0: nothing).

    ``signed``: the line 空白即未发现问题 stands above the table. Without a register the unit's 类别 may be blank.
    """

    unit: Unit
    date: dt.date
    occurrence: Occurrence
    source: str = ""
    inspectors: tuple[str, ...] = ()
    number: int = 0
    time: dt.time | None = None
    signed: bool = False


def read_details(sheet: Sheet, fields: Fields, register: Register | None) -> Iterator[Detail | BadRow]:
    """Yield what each row holds; of rows with no more than a unit's own columns only a wrong unit is reported."""
    memo: Memo = {}
    item = item_reader(fields)
    for number, more in filled_rows(sheet):
        row = _Detail(sheet, number, register, memo)
        if more:
            yield row.read(item)
        elif problems := row.stray():
            yield BadRow(problems)


class _Detail(Row):
    """A row of the 问题明细."""

    def read(self, item: Callable[[Cell], str]) -> Detail | BadRow:
        """Return what the row holds."""
        visit = self.sheet.visit
        units, day = self.units(kind_needed=False), self.day()
        name = self.take(visit.get(columns.ITEM), item)
        count = self.take(visit.get(columns.COUNT), how_many)
        size = self.take(visit.get(columns.SIZE), how_large)
        place, photo = (self.take(visit.get(title), _line) for title in (columns.PLACE_SUFFIX, columns.PHOTO))
        position = self.take(visit.get(columns.POSITION), cells.position) or ""
        source, note = self.word(columns.SOURCE), self.word(columns.NOTE)
        people = self.take(visit.get(columns.INSPECTORS), cells.people) or ()
        number = self.take(visit.get(columns.NUMBER), _ordinal) or 0
        time = self.take(visit.get(columns.TIME), cells.clock)
        self.take(visit.get(columns.ADOPTED), cells.yes)
        if self.problems or self.sheet.doubtful or len(units) != 1 or day is None or name is None:
            return self.bad(units)
        origin = self.sheet.table.origin(self.row)
        found = Occurrence(name, place or "", count or Decimal(1), size, photo or "", note, origin, position)
        return Detail(units[0], day, found, source, people, number, time, self.sheet.signed)


def item_reader(fields: Fields) -> Callable[[Cell], str]:
    """Return the reader of 检查项: a 数量 the standards ask for, with or without its 量词 in brackets."""
    names = {folded(name): name for name in fields}
    names |= {folded(f"{name}({one.unit})"): name for name, one in fields.items() if one.unit}
    counts = [name for name, one in fields.items() if one.kind is FieldKind.COUNT]

    def item(cell: Cell) -> str:
        word = cells.plain(cell)
        name = names.get(folded(word))
        if not word:
            raise CellError(f"没填{columns.ITEM}", "写登记表上的名称")
        if name is None:
            raise CellError(f"没有“{shortened(word)}”这个检查项", did_you_mean(shortened(word), counts))
        if fields[name].kind is not FieldKind.COUNT:
            raise CellError(f"“{name}”填的是{fields[name].kind}，不记在明细里", "填在登记表上；明细只记数量")
        return name

    return item


def how_many(cell: Cell) -> Decimal:
    """Return 数量, 1 where it is empty; raise CellError for anything but a whole number from 1."""
    word = cells.plain(cell)
    if not word:
        return Decimal(1)
    number = _number(word, "只写个数，如 3；只有一处的可不写")
    if not number:
        raise CellError("数量是 0", "没有问题的，删去这一行")
    if number != number.to_integral_value():
        raise CellError(f"应填整数，不是 {plain(number)}", "只写个数，如 3")
    return number


def how_large(cell: Cell) -> Decimal | None:
    """Return 大小, None where it is empty; raise CellError for anything but a number."""
    word = cells.plain(cell)
    return _number(word, "只写数字（不带单位），如 0.6") if word else None


def _number(word: str, way: str) -> Decimal:
    if not _NUMBER.fullmatch(word):
        raise CellError(f"应填数字，不是“{shortened(word)}”", way)
    number = Decimal(word)
    if not 0 <= number <= MAX_NUMBER:
        raise CellError(f"{plain(number)} 超出范围", f"应在 0 到 {MAX_NUMBER} 之间")
    return number


def _line(cell: Cell) -> str:
    """Return a cell's text on one line."""
    return "、".join(filter(None, map(str.strip, cells.text(cell).split("\n"))))


def _ordinal(cell: Cell) -> int:
    return cells.ordinal(cell) if cells.plain(cell) else 0
