"""One row of a sheet to one inspection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scoring import columns
from scoring.inspection import BLANK, Answer, Inspection, NotChecked
from scoring.rule.form_field import FormField
from scoring.sheets import cells
from scoring.sheets.answers import answer
from scoring.sheets.header import Fields, Sheet
from scoring.sheets.line import Memo
from scoring.sheets.register import Register
from scoring.sheets.row import BadRow, Row, filled_rows
from scoring.sheets.table import Cell

Asked = tuple[str, int, Callable[[Cell], Answer]]


def read_rows(sheet: Sheet, fields: Fields, register: Register | None) -> Iterator[Inspection | BadRow]:
    """Yield what each row holds; of rows with no more than a unit's own columns only a wrong unit is reported."""
    memo: Memo = {}
    asked = [(name, column, _reader(fields[name])) for name, column in sheet.answers.items()]
    names = frozenset(sheet.answers)
    for number, more in filled_rows(sheet):
        row = _Visit(sheet, number, register, memo)
        if more:
            yield row.read(asked, names)
        elif problems := row.stray():
            yield BadRow(problems)


def _reader(field: FormField) -> Callable[[Cell], Answer]:
    return lambda cell: answer(cell, field)


class _Visit(Row):
    """A row of the wide form: one visit, a column per 检查项."""

    def read(self, asked: Sequence[Asked], names: frozenset[str]) -> Inspection | BadRow:
        """Return what the row holds."""
        units, day, visit = self.units(), self.day(), self.sheet.visit
        time = self.take(visit.get(columns.TIME), cells.clock)
        people = self.take(visit.get(columns.INSPECTORS), cells.people) or ()
        number = self.take(visit.get(columns.NUMBER), cells.ordinal) or 1
        signed = self.take(visit.get(columns.BLANK_IS_NONE), cells.yes)
        source, reason, note = (self.word(title) for title in (columns.SOURCE, columns.REASON, columns.NOTE))
        position = self.take(visit.get(columns.POSITION), cells.position) or ""
        submission = self.word(columns.SUBMISSION)
        answers = self.answers(asked, reason)
        reasons = {name: self.take(at, cells.text) for name, at in self.sheet.reasons.items()}
        listed = {name: self.take(at, cells.several) for name, at in self.sheet.places.items()}
        if self.problems or self.sheet.doubtful or len(units) != 1 or day is None:
            return self.bad(units)
        return Inspection(
            unit=units[0],
            date=day,
            answers=answers,
            columns=names,
            time=time,
            source=source or "日常",
            inspectors=people,
            number=number,
            places={name: places for name, places in listed.items() if places},
            blank_is_none=self.sheet.signed if signed is None else signed,
            note=note,
            origin=self.sheet.table.origin(self.row),
            reasons={name: why for name, why in reasons.items() if why},
            position=position,
            submission=submission,
        )

    def answers(self, asked: Sequence[Asked], reason: str) -> dict[str, Answer]:
        """Return every 检查项's answer; blanks carry the row's 未查原因 where one is given."""
        blank = NotChecked(reason) if reason else BLANK
        found: dict[str, Answer] = {}
        for name, column, reader in asked:
            value = self.take(column, reader)
            found[name] = blank if value is BLANK or value is None else value
        return found
