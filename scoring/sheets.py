"""Sheets to inspections (wide form): one row per visit, a column per 检查项, beside a count its 点位.

A row with anything wrong leaves its unit 未评 with all its visits: a mean of the visits that happened to be legible
would mislead. Every other unit is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring import columns
from scoring.errors import Problem
from scoring.header import Fields, find_header
from scoring.inspection import Inspection, Origin, Unit
from scoring.register import Register, register_of
from scoring.rows import BadRow, read_rows
from scoring.table import Table
from scoring.tables import read_tables

_IGNORED = ("说明", "填写说明", columns.REGISTER_SHEET)


@dataclass(frozen=True, slots=True)
class Reading:
    """What some files hold: inspections in a fixed order, the problems, and the units they leave 未评."""

    inspections: tuple[Inspection, ...]
    problems: tuple[Problem, ...] = ()
    unscored: tuple[Unit, ...] = ()
    notices: tuple[str, ...] = ()


def read_sheets(paths: Sequence[Path | str], fields: Fields, register: Register | None = None) -> Reading:
    """Read every sheet of some files; the order of files, sheets and rows changes nothing.

    ``fields`` are the 检查项 the standards in use ask for. Without ``register`` a workbook's own sheet 名册 serves, else
    each row must give its 类别. Raises ScoringError where a file cannot be read at all.
    """
    tables = [table for path in paths for table in read_tables(Path(path))]
    if register is None:
        register = _own_register(tables)
    problems: list[Problem] = []
    rows: list[Inspection | BadRow] = []
    for table in tables:
        if table.sheet not in _IGNORED and any(cell != "" for line in table.rows for cell in line):
            sheet = find_header(table, fields, problems)
            if sheet is not None and register is None and columns.KIND not in sheet.visit:
                hint = "用 --units 给出名册，或在表上加“类别”一栏"
                problems.append(table.problem(sheet.top, None, "没有“类别”一栏，也没有名册", hint))
            elif sheet is not None:
                rows += read_rows(sheet, fields, register)
    if not rows and not problems:
        names = "、".join(sorted({table.path for table in tables}))
        problems.append(Problem(names, message="表上没有检查记录", hint="填上检查日期和检查项再评分"))
    return _settled(rows, problems)


def _own_register(tables: Sequence[Table]) -> Register | None:
    units: dict[Unit, None] = {}
    for table in tables:
        if table.sheet == columns.REGISTER_SHEET:
            units |= dict.fromkeys(register_of(table).units)
    return Register.of(units) if units else None


def _settled(rows: Sequence[Inspection | BadRow], problems: list[Problem]) -> Reading:
    """Put the rows together: duplicates and units of two kinds are problems, and a problem leaves its unit out."""
    good = [row for row in rows if isinstance(row, Inspection)]
    bad = [row for row in rows if isinstance(row, BadRow)]
    problems += (problem for row in bad for problem in row.problems)
    unscored = {row.unit.id: row.unit for row in bad if row.unit is not None}
    for visits in _grouped(
        good, lambda one: (one.unit.id, one.date, one.source, one.inspectors, one.number, *_asked(one))
    ):
        if len(visits) > 1:
            places = "、".join(_place(one.origin) for one in visits)
            hint = "删去多出的一行；同一天确实查了两次的，在“第几次”填 1、2"
            problems.append(_about(visits[0], f"同一次检查有{len(visits)}行（{places}）", hint))
            unscored[visits[0].unit.id] = visits[0].unit
    for visits in _grouped(good, lambda one: (one.unit.id,)):
        if len({(one.unit.kind, one.unit.name, one.unit.area) for one in visits}) > 1:
            words = "、".join(
                dict.fromkeys(f"{one.unit.name}{one.unit.kind}{one.unit.area}" for one in visits)
            )
            problems.append(
                _about(
                    visits[0],
                    f"同一单位的名称、类别或片区前后不一（{words}）",
                    "改成一致，或用 --units 给出名册",
                )
            )
            unscored[visits[0].unit.id] = visits[0].unit
    kept = [one for one in good if one.unit.id not in unscored]
    return Reading(
        tuple(sorted(kept, key=lambda one: (one.visit, one.origin))),
        tuple(sorted(problems)),
        tuple(unscored[id] for id in sorted(unscored)),
    )


def _asked(inspection: Inspection) -> tuple[str, ...]:
    """Tell apart two sheets about one visit: they are duplicates only where they ask the same thing."""
    return tuple(sorted(inspection.columns))


def _grouped(
    rows: Sequence[Inspection], key: Callable[[Inspection], tuple[object, ...]]
) -> list[list[Inspection]]:
    groups: dict[tuple[object, ...], list[Inspection]] = {}
    for row in sorted(rows, key=lambda one: one.origin):
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _place(origin: Origin) -> str:
    return " ".join(part for part in (origin.path, origin.sheet, f"第{origin.row}行") if part)


def _about(inspection: Inspection, message: str, hint: str) -> Problem:
    origin, unit = inspection.origin, inspection.unit
    where = f"工作表“{origin.sheet}” {unit.name}" if origin.sheet else unit.name
    return Problem(origin.path, origin.row, 0, f"{where} {inspection.date}", message, hint, unit.id)
