"""One row of a sheet to one inspection; every problem in it is collected before it is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from scoring import cells, columns
from scoring.errors import Problem
from scoring.header import Fields, Sheet
from scoring.inspection import BLANK, Answer, Inspection, NotChecked, Origin, Unit
from scoring.register import Register
from scoring.table import Cell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its problems, and its unit where that much could be told."""

    problems: tuple[Problem, ...]
    unit: Unit | None


def read_rows(sheet: Sheet, fields: Fields, register: Register | None) -> Iterator[Inspection | BadRow]:
    """Yield what each row holds; rows without more than the names a form is printed with are skipped."""
    for row, line in enumerate(sheet.table.rows[sheet.top + 1 :], start=sheet.top + 1):
        filled = {column for column, cell in enumerate(line) if cell != ""}
        prefilled = {
            sheet.visit.get(title) for title in (columns.UNIT, columns.CODE, columns.KIND, columns.AREA)
        }
        if filled - prefilled:
            yield _Row(sheet, row, line, fields, register).read()


class _Row:
    """Read one row; every problem in it is collected before it is given up."""

    def __init__(
        self, sheet: Sheet, row: int, line: Sequence[Cell], fields: Fields, register: Register | None
    ) -> None:
        self.sheet, self.row, self.line, self.fields, self.register = sheet, row, line, fields, register
        self.problems: list[Problem] = []

    def read(self) -> Inspection | BadRow:
        unit = self.unit()
        visit = self.sheet.visit
        day = self.take(visit.get(columns.DATE), cells.day)
        time = self.take(visit.get(columns.TIME), cells.clock)
        people = self.take(visit.get(columns.INSPECTORS), cells.several) or ()
        number = self.take(visit.get(columns.NUMBER), cells.ordinal) or 1
        signed = self.take(visit.get(columns.BLANK_IS_NONE), cells.yes) or self.sheet.signed
        source, reason, note = (self.word(title) for title in (columns.SOURCE, columns.REASON, columns.NOTE))
        answers = self.answers(reason)
        places = {
            name: found for name, at in self.sheet.places.items() if (found := self.take(at, cells.several))
        }
        if self.problems or unit is None or day is None:
            named = (replace(one, unit=unit.id) for one in self.problems) if unit else self.problems
            return BadRow(tuple(named), unit)
        origin = Origin(self.sheet.table.path, self.sheet.table.sheet, self.sheet.table.first + self.row)
        return Inspection(
            unit, day, answers, frozenset(self.sheet.fields), time, source or "日常", tuple(sorted(people)),
            number, places, bool(signed), note, origin,
        )  # fmt: skip

    def take(self, column: int | None, reader: Callable[[Cell], T]) -> T | None:
        """Return what a reader makes of a column's cell; None where there is no such column or it is a problem."""
        if column is None:
            return None
        try:
            if complaint := self.sheet.table.unread.get((self.row, column)):
                raise cells.CellError(*complaint)
            return reader(self.line[column] if column < len(self.line) else "")
        except cells.CellError as error:
            self.problems.append(self.sheet.table.problem(self.row, column, error.message, error.hint))
            return None

    def word(self, title: str) -> str:
        return self.take(self.sheet.visit.get(title), cells.text) or ""

    def answers(self, reason: str) -> dict[str, Answer]:
        """Return every 检查项's answer; blanks carry the row's 未查原因 where one is given."""
        found: dict[str, Answer] = {}
        for name, column in self.sheet.fields.items():
            field = self.fields[name]
            value = self.take(column, lambda cell, field=field: cells.answer(cell, field))  # type: ignore[misc]
            found[name] = (
                NotChecked(reason) if reason and value is BLANK else value if value is not None else BLANK
            )
        return found

    def unit(self) -> Unit | None:
        """Return the unit a row means: by the register, else by the row's own words."""
        code, name, kind, area = (
            self.word(title) for title in (columns.CODE, columns.UNIT, columns.KIND, columns.AREA)
        )
        column = self.sheet.visit.get(columns.CODE if code else columns.UNIT)
        if not code and not name:
            self.problems.append(self.sheet.table.problem(self.row, column, "没填被检单位", "写名册里的名称"))
            return None
        if self.register is None:
            if not kind:
                self.problems.append(
                    self.sheet.table.problem(
                        self.row,
                        self.sheet.visit.get(columns.KIND),
                        "没填类别",
                        "填上类别，或用 --units 给出名册",
                    )
                )
                return None
            return Unit(code or name, name or code, kind, area)
        register = self.register
        unit = self.take(column, lambda _: register.find(code or name))
        if unit is not None:
            self.agree(unit, {columns.UNIT: name, columns.KIND: kind, columns.AREA: area})
        return unit

    def agree(self, unit: Unit, said: Mapping[str, str]) -> None:
        """Note where the row's own words differ from the register's."""
        known = {
            columns.UNIT: (unit.name, *unit.aliases, unit.id),
            columns.KIND: (unit.kind,),
            columns.AREA: (unit.area,),
        }
        for title, word in said.items():
            if word and word not in known[title]:
                hint = f"名册里是“{known[title][0]}”，改成一致"
                self.problems.append(
                    self.sheet.table.problem(
                        self.row, self.sheet.visit[title], f"{title}“{word}”与名册不符", hint
                    )
                )
