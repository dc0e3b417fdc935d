"""One cell of a 登记簿 to what it says. Strict: what is not clearly an answer is a complaint with the way out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from scoring.columns import folded
from scoring.errors import did_you_mean, shortened
from scoring.inspection import NO, YES
from scoring.registers.entry import Value
from scoring.registers.kind import Column, Fill
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.table import Cell

MAX_COUNT = 1_000_000
_WHOLE = re.compile(r"[0-9]{1,12}")


def value_of(cell: Cell, column: Column) -> Value | dt.date | None:
    """Return what a cell says, None where it is blank or says what a blank does; raise CellError where it is wrong."""
    if cells.plain(cell):
        return _READERS[column.fill](cell, column)
    if column.needed:
        raise CellError(f"没填{column.title}", _WAYS.get(column.fill, "每一行都要写"))
    return column.blank or None


def _day(cell: Cell, _: Column) -> dt.date:
    return cells.day(cell)


def _text(cell: Cell, _: Column) -> str:
    return "、".join(filter(None, map(str.strip, cells.text(cell).split("\n"))))


def _people(cell: Cell, column: Column) -> tuple[str, ...]:
    found = cells.people(cell)
    if not found:
        raise CellError(f"{column.title}里没有姓名", "写姓名，几个人用顿号隔开")
    return found


def _names(cell: Cell, _: Column) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(cells.several(cell))) or None


def _choice(cell: Cell, column: Column) -> str:
    known = {folded(word): word for word in column.choices}
    word = cells.plain(cell)
    if folded(word) not in known:
        raise CellError(f"没有“{shortened(word)}”这个选项", did_you_mean(shortened(word), column.choices))
    return known[folded(word)]


def _yes_no(cell: Cell, _: Column) -> bool:
    word = cells.plain(cell)
    if word not in (YES, NO):
        raise CellError(f"应填 是 或 否，不是“{shortened(word)}”")
    return word == YES


def _count(cell: Cell, column: Column) -> int | None:
    word = cells.plain(cell)
    if not _WHOLE.fullmatch(word):
        unit = f"（不带“{column.unit}”）" if word.endswith(column.unit) else ""
        raise CellError(f"应填整数，不是“{shortened(word)}”", f"只写个数{unit}，如 3；没有的留空")
    number = int(word)
    if not column.least <= number <= MAX_COUNT:
        raise CellError(f"{column.title} {number} 超出范围", f"应在 {column.least} 到 {MAX_COUNT} 之间")
    return number if number or column.blank is None else None


_WAYS = {
    Fill.DAY: "写成 2026-06-10 的样子，年月日都要有",
    Fill.PEOPLE: "写姓名，几个人用顿号隔开",
    Fill.YES_NO: "写 是 或 否",
    Fill.CHOICE: "从下拉中选",
}
_READERS: Mapping[Fill, Callable[[Cell, Column], Value | dt.date | None]] = {
    Fill.DAY: _day, Fill.TEXT: _text, Fill.PEOPLE: _people, Fill.NAMES: _names, Fill.CHOICE: _choice,
    Fill.YES_NO: _yes_no, Fill.COUNT: _count,
}  # fmt: skip
