"""Tables mended one after another: header, rows, cells. What the strict reader can read is never touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.header import Fields, Sheet, Titles, find_header, known_titles
from scoring.sheets.mend.consent import Consent
from scoring.sheets.mend.days import Years
from scoring.sheets.mend.draft import Draft
from scoring.sheets.mend.head import TITLE, mend_header, years_said
from scoring.sheets.mend.lines import mend_lines
from scoring.sheets.mend.meaning import Meaning, meanings
from scoring.sheets.mend.repair import Open, Repair
from scoring.sheets.mend.said import add_said, one_year
from scoring.sheets.mend.turned import turned
from scoring.sheets.register import Register
from scoring.sheets.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Mended:
    """Tables as the strict reader gets them, what was repaired, and what is proposed but not agreed to."""

    tables: tuple[Table, ...]
    repairs: tuple[Repair, ...] = ()
    opens: tuple[Open, ...] = ()


def mended(tables: Iterable[Table], fields: Fields, register: Register | None, consent: Consent) -> Mended:
    """Return the tables with every repair that is sure or agreed to."""
    drafts = [_mend(table, fields, register, consent) for table in tables]
    return Mended(
        tuple(one.table() for one in drafts),
        tuple(sorted(repair for one in drafts for repair in one.repairs)),
        tuple(found for one in drafts for found in one.opens),
    )


def _mend(table: Table, fields: Fields, register: Register | None, consent: Consent) -> Draft:
    titles = known_titles(fields)
    draft = _upright(table, titles, consent)
    span = mend_header(draft, titles)
    if span is None:
        return draft
    add_said(draft, span.bottom, register)
    sheet = find_header(draft.table(), titles, [])
    if sheet is None or sheet.top != span.bottom:
        return draft
    mend_lines(draft, sheet)
    years = sorted(years_said(draft, span.bottom))
    known = meanings(sheet, fields, register, _year(consent, one_year(years)))
    for column, meaning in known.items():
        _mend_cells(draft, sheet, column, meaning)
    return draft


def _upright(table: Table, titles: Titles, consent: Consent) -> Draft:
    """Return a draft in which a row is a visit, also where the file has a visit in each column."""
    other = turned(table, titles)
    if other is None:
        return Draft(table, consent)
    draft = Draft(other, consent)
    draft.note(0, None, (TITLE, "竖排", "横排"), "检查项竖着写，一列是一次检查")
    return draft


def _year(consent: Consent, said: Years) -> Years:
    """Return the year of the round, else the one that the sheet speaks of."""
    return lambda month, day: (
        consent.year(month, day) or (said(month, day) if consent.period is None else None)
    )


def _mend_cells(draft: Draft, sheet: Sheet, column: int, meaning: Meaning) -> None:
    """Mend one column, top to bottom; what it says again and again is looked at once."""
    lines = draft.rows[sheet.top + 1 :]
    said = [line[column] if column < len(line) else "" for line in lines]
    # A logical value equals 1 or 0, which is another thing.
    logical = (True, False) if bool in set(map(type, said)) else ()
    odd = {
        (cell, type(cell)): found
        for cell in (*set(said), *logical)
        if (found := meaning.of(cell)) is not None
    }
    if not odd:
        return
    for row, cell in enumerate(said, start=sheet.top + 1):
        proposal = odd.get((cell, type(cell)))
        if proposal is None or (row, column) in draft.refused:
            continue
        taken = draft.settle(row, column, meaning.title, _read(cell), proposal)
        if taken is not None:
            draft.put(row, column, taken)


def _read(cell: Cell) -> str:
    """Return a cell as the report shows it."""
    try:
        return cells.text(cell)
    except CellError:
        return str(cell)
