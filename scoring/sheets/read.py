"""Sheets to inspections: the wide form with a row per visit, and the 问题明细 with a row per problem found.

A row with anything wrong leaves its unit 未评 with all its visits: a mean of the visits that happened to be legible
would mislead. Every other unit is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring import columns
from scoring.errors import Problem, in_order
from scoring.inspection import Inspection, Unit
from scoring.rule.form_field import FieldKind
from scoring.sheets.adopted import adopted
from scoring.sheets.details import Detail, read_details
from scoring.sheets.header import Fields, find_header, known_titles
from scoring.sheets.mend.consent import Consent
from scoring.sheets.mend.mend import Mended, mended
from scoring.sheets.mend.repair import Repair, advised
from scoring.sheets.register import Register, register_of
from scoring.sheets.row import BadRow
from scoring.sheets.rows import read_rows
from scoring.sheets.settle import settled
from scoring.sheets.submissions.once import each_once
from scoring.sheets.table import Table, holds_rows
from scoring.sheets.tables import read_all

# What shows how far a long reading has come: it passes on rows, of which it is told about how many there are.
Read = Inspection | Detail | BadRow
Watch = Callable[[Iterable[Read], int], Iterable[Read]]
_OWN_LISTS = ("选项",)
_SHOWN = 5


def unwatched(rows: Iterable[Read], _many: int) -> Iterable[Read]:
    """Pass rows on."""
    return rows


@dataclass(frozen=True, slots=True)
class Reading:
    """What some files hold: inspections in a fixed order, the problems, the units they leave 未评, what was repaired."""

    inspections: tuple[Inspection, ...]
    problems: tuple[Problem, ...] = ()
    unscored: tuple[Unit, ...] = ()
    notices: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """Files as tables, mended as far as that was agreed to, and the register that their units stand in."""

    mended: Mended
    register: Register | None
    notices: tuple[str, ...] = ()

    @property
    def files(self) -> str:
        """Return the names of the files."""
        return "、".join(sorted({table.path for table in self.mended.tables}))


def read_sheets(
    paths: Sequence[Path | str],
    fields: Fields,
    register: Register | None = None,
    *,
    consent: Consent | None = None,
    watch: Watch = unwatched,
) -> Reading:
    """Read every visible sheet of some files; the order of files, sheets and rows changes nothing.

    ``fields`` are the 检查项 the standards in use ask for. Without ``register`` the workbooks' own sheets 名册 serve,
    else each row must give its 类别. Without ``consent`` nothing is mended. Raises ScoringError where a file cannot be
    read at all.
    """
    return read_opened(open_sheets(paths, fields, register, consent=consent), fields, watch)


def open_sheets(
    paths: Sequence[Path | str],
    fields: Fields,
    register: Register | None = None,
    *,
    consent: Consent | None = None,
) -> Opened:
    """Open some files for ``read_opened``; raise ScoringError where one cannot be read at all."""
    tables = [adopted(table) for table in each_once(read_all(map(Path, paths)))]
    if register is None:
        own = [table for table in tables if table.sheet == columns.REGISTER_SHEET]
        register = register_of(own) if own else None
    notices = tuple(sorted({*_hidden(tables), *(notice for table in tables for notice in table.notices)}))
    asked = [table for table in tables if holds_rows(table)]
    if consent is None:
        return Opened(Mended(tuple(asked)), register, notices)
    return Opened(mended(asked, fields, register, consent), register, notices)


def read_opened(opened: Opened, fields: Fields, watch: Watch = unwatched) -> Reading:
    """Read opened files; see ``read_sheets``."""
    problems: list[Problem] = []
    rows = _rows(opened, fields, problems, watch)
    if not rows and not problems:
        problems.append(Problem(opened.files, message="表上没有检查记录", hint="填上检查日期和检查项再评分"))
    counts = frozenset(name for name, field in fields.items() if field.kind is FieldKind.COUNT)
    inspections, unscored = settled(rows, counts, problems)
    notices = sorted({*opened.notices, *_apart(inspections)})
    told = in_order(advised(problems, opened.mended.opens))
    return Reading(inspections, told, unscored, tuple(notices), opened.mended.repairs)


def _rows(opened: Opened, fields: Fields, problems: list[Problem], watch: Watch) -> list[Read]:
    titles, register = known_titles(fields), opened.register
    rows: list[Read] = []
    for table in opened.mended.tables:
        sheet = find_header(table, titles, problems)
        if sheet is not None and sheet.detailed:
            rows += watch(read_details(sheet, fields, register), len(table.rows))
        elif sheet is not None and register is None and columns.KIND not in sheet.visit:
            hint = "用 --units 给出名册，或在表上加“类别”一栏"
            problems.append(table.problem(sheet.top, None, "没有“类别”一栏，也没有名册", hint))
        elif sheet is not None:
            rows += watch(read_rows(sheet, fields, register), len(table.rows))
    return rows


def _hidden(tables: Sequence[Table]) -> set[str]:
    """Return what to say of the sheets that were not looked at."""
    names = (table for table in tables if table.hidden and table.sheet not in _OWN_LISTS)
    return {f"{table.path} 的工作表“{table.sheet}”是隐藏的，没有读" for table in names}


def _apart(inspections: Sequence[Inspection]) -> Iterator[str]:
    """Say which visits only a 问题明细 knows, where sheets know others: a date may have been mistyped."""
    own = [one for one in inspections if one.occurrences and not one.answers]
    if own and len(own) < len(inspections):
        shown = "、".join(f"{one.unit.name} {one.date}" for one in own[:_SHOWN])
        more = f"等{len(own)}次" if len(own) > _SHOWN else ""
        yield f"{columns.OCCURRENCES}里的 {shown}{more} 登记表上没有，各算一次检查；日期写错的请改正"
