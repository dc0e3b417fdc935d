"""The mapping file (对照表): under which title what was written is to be taken as what; kept and used again.

A table of its own in CSV or a workbook, with the columns 栏目, 读到, 当作 and 说明. A row without 当作 decides nothing yet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from scoring import columns
from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.sheets import cells
from scoring.sheets.answers import answer
from scoring.sheets.cells import CellError
from scoring.sheets.header import Fields
from scoring.sheets.mend.consent import Known
from scoring.sheets.mend.head import TITLE
from scoring.sheets.mend.repair import SKIP, Ground, Open, Repair
from scoring.sheets.register import Register
from scoring.sheets.table import Table
from scoring.sheets.tables import read_tables

HEADER = ("栏目", "读到", "当作", "说明")
_WAY = f"第一行写 {'、'.join(HEADER)}"


def read_mapping(path: Path, fields: Fields, register: Register | None) -> Known:
    """Read a mapping file.

    Raises ScoringError with every problem in it: what is no title, what the title's own reader could not read, what is
    taken in two ways.
    """
    table = next(iter(read_tables(path)))
    at = _header(table)
    problems: list[Problem] = []
    found: dict[tuple[str, str], str] = {}
    for row in range(1, len(table.rows)):
        line = [*table.rows[row], *[""] * len(table.rows[0])]
        title, read, taken = (cells.text(line[at[one]]) for one in HEADER[:3])
        if not taken:
            continue
        if wrong := _wrong(title, taken, fields, register):
            problems.append(table.problem(row, at[wrong[0]], *wrong[1:]))
        elif found.setdefault((title, read), taken) != taken:
            problems.append(
                table.problem(row, at["当作"], f"{title}“{shortened(read)}”有两种当作", "只留一行")
            )
    if problems:
        raise ScoringError(in_order(problems))
    return found


def _header(table: Table) -> dict[str, int]:
    words = [folded(str(one)) for one in table.rows[0]] if table.rows else []
    if missing := [one for one in HEADER[:3] if one not in words]:
        raise ScoringError([table.problem(0, None, f"对照表没有“{'、'.join(missing)}”一栏", _WAY)])
    return {one: words.index(one) for one in HEADER if one in words}


def _wrong(title: str, taken: str, fields: Fields, register: Register | None) -> tuple[str, str, str] | None:
    """Return the column, the complaint and the way out where a row cannot be followed."""
    titles = (TITLE, *columns.VISIT, *columns.OCCURRENCE, *fields)
    if title not in titles:
        return "栏目", f"没有“{shortened(title)}”这一栏", did_you_mean(shortened(title), titles)
    if title == columns.UNIT and register is not None and len(register.named(taken)) != 1:
        return "当作", *register.unknown(taken)
    if title == TITLE and taken != SKIP and taken not in titles:
        return "当作", f"没有“{shortened(taken)}”这一栏", did_you_mean(shortened(taken), titles)
    try:
        if title in fields:
            answer(taken, fields[title])
        elif title == columns.DATE:
            cells.day(taken)
    except CellError as error:
        return "当作", error.message, error.hint
    return None


def mapping_text(known: Known, repairs: Iterable[Repair], opens: Iterable[Open]) -> bytes:
    """Return a mapping file, for a spreadsheet to open: what was agreed to, and what is still to be decided."""
    rows = {key: (taken, "") for key, taken in known.items()}
    for one in repairs:
        if one.ground is Ground.ACCEPTED:
            rows.setdefault((one.title, one.read.strip()), (one.taken, one.why))
    for left in opens:
        rows.setdefault(
            (left.title, left.read.strip()),
            ("", f"{left.proposal.why}: {' 或 '.join(left.proposal.choices)}"),
        )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([title, read, taken, why] for (title, read), (taken, why) in sorted(rows.items()))
    return out.getvalue().encode("utf-8-sig")
