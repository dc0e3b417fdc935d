"""The register of units (名册): every 对象 with its names, 类别, 片区 and the people answerable for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from scoring import columns
from scoring.columns import folded
from scoring.errors import Problem, ScoringError, in_order, shortened
from scoring.inspection import Unit
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.near import Near
from scoring.sheets.table import Table
from scoring.sheets.tables import read_tables
from scoring.sheets.titles import HEADER_ROWS, columns_under

_TITLES = {folded(title): title for title in columns.REGISTER}


class Register:
    """Units in the order of their 编号, and which word means which of them."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(sorted(units, key=lambda unit: unit.id))
        self._codes = {folded(unit.id): (unit,) for unit in self.units}
        names: dict[str, dict[str, Unit]] = defaultdict(dict)
        for unit in self.units:
            for name in (unit.id, unit.name, *unit.aliases):
                names[folded(name)][unit.id] = unit
        self._names = {name: tuple(found.values()) for name, found in names.items()}

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Register:
        """Build a register; a name may mean several units, which is only a problem where it is used."""
        return cls(units)

    def coded(self, code: str) -> tuple[Unit, ...]:
        """Return the unit with an 编号, if any."""
        return self._codes.get(folded(code), ())

    def named(self, name: str) -> tuple[Unit, ...]:
        """Return the units that a name, alias or 编号 means; full-width letters and blanks make no difference."""
        return self._names.get(folded(name), ())

    def unknown(self, name: str) -> tuple[str, str]:
        """Return the complaint about a name that means no unit; a near one is proposed, never taken."""
        close = self._near.best(name)
        meant = self.named(close)
        close = meant[0].name if len(meant) == 1 else close
        asked = f"是不是“{close}”？" if close else ""
        return f"名册里没有“{shortened(name)}”", f"{asked}请改为名册中的名称，或在名册的别名栏加上"

    def near(self, name: str) -> tuple[Unit, ...]:
        """Return the units with a name or alias most like a word, several where as many are equally like it."""
        found = {unit.id: unit for word in self._near.alike(name) for unit in self.named(word)}
        return tuple(found.values())

    @cached_property
    def _near(self) -> Near:
        return Near(name for unit in self.units for name in (unit.name, *unit.aliases))


def read_register(path: Path | str) -> Register:
    """Read a register from the sheet 名册 of a workbook (else its first sheet) or from a CSV or JSON file.

    Raises ScoringError with every problem found.
    """
    tables = read_tables(Path(path))
    named = [table for table in tables if table.sheet == columns.REGISTER_SHEET]
    shown = [table for table in tables if not table.hidden]
    if not named and not shown:
        raise ScoringError([Problem(Path(path).name, message="名册里没有单位")])
    return register_of(named or (shown[:1] if shown[0].sheet else shown))


def register_of(tables: Iterable[Table]) -> Register:
    """Read a register from one or several tables; see ``read_register``.

    A unit that stands in several must stand there alike.
    """
    problems: list[Problem] = []
    units: dict[str, Unit] = {}
    for table in sorted(tables, key=lambda one: (one.path, one.sheet)):
        own: set[str] = set()
        for row, unit in _units(table, problems):
            if unit.id in own or units.get(unit.id, unit) != unit:
                message = f"编号“{unit.id}”重复" if unit.id in own else f"“{unit.id}”与另一份名册不一致"
                problems.append(table.problem(row, None, message, "每个单位只写一行，各有各的编号"))
            own.add(unit.id)
            units[unit.id] = unit
        if not own and not problems:
            problems.append(table.problem(0, None, "名册里没有单位"))
    if problems:
        raise ScoringError(in_order(problems))
    return Register(units.values())


def _units(table: Table, problems: list[Problem]) -> Iterator[tuple[int, Unit]]:
    """Yield each row's number from 0 and its unit; rows that hold none are problems."""
    top, header = _header(table, problems)
    for row in range(top + 1, len(table.rows)):
        if next(table.filled(row), None) is None:
            continue
        line, bad = table.rows[row], len(problems)
        word: dict[str, str] = {}
        for title, column in header.items():
            try:
                if complaint := table.refused.get((row, column)):
                    raise CellError(*complaint)
                word[title] = cells.text(line[column] if column < len(line) else "")
            except CellError as error:
                problems.append(table.problem(row, column, error.message, error.hint))
        if len(problems) == bad:
            if (missing := _complaint(word)) is None:
                yield row, _unit(word)
            else:
                title, message, hint = missing
                problems.append(table.problem(row, header[title], message, hint))


def _header(table: Table, problems: list[Problem]) -> tuple[int, dict[str, int]]:
    """Return the header's row and each title's column; unknown and repeated titles are problems."""
    for row, line in enumerate(table.rows[:HEADER_ROWS]):
        if {columns.NAME, columns.KIND} <= {folded(str(cell)) for cell in line}:
            return row, columns_under(table, row, _TITLES, problems)
    hint = f"前{HEADER_ROWS}行里要有一行写着 {columns.NAME}、{columns.KIND}，可加 {columns.CODE} 等"
    raise ScoringError([table.problem(0, None, "找不到名册的表头", hint)])


def _complaint(word: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the title, what is wrong under it and the way out; None where nothing is."""
    for title, text in word.items():
        if not text and title in (columns.NAME, columns.KIND):
            return title, f"{title}没有填", "名称和类别都要填"
        if len(text) > 200:
            return title, f"{title}太长", "最多200字"
    return None


def _unit(word: Mapping[str, str]) -> Unit:
    name = " ".join(word[columns.NAME].split())
    details = {title: word[title] for title in columns.DETAILS if word.get(title)}
    aliases = cells.several(word.get(columns.ALIASES, ""))
    area = word.get(columns.AREA, "")
    return Unit(
        word.get(columns.CODE) or name, name, word[columns.KIND], area, aliases, MappingProxyType(details)
    )


def register_rows(units: Iterable[Unit]) -> Iterator[tuple[str, ...]]:
    """Yield a register's rows as they are written, the header first."""
    yield columns.REGISTER
    for unit in units:
        details = (unit.details.get(title, "") for title in columns.DETAILS)
        yield unit.id, unit.name, "、".join(unit.aliases), unit.kind, unit.area, *details
