"""The register of units (名册): every 对象 with its names, 类别, 片区 and the people answerable for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from scoring import cells, columns
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.inspection import Unit
from scoring.table import Cell, Table
from scoring.tables import read_tables


@dataclass(frozen=True, slots=True)
class Register:
    """Units in the order of their 编号, and which name or alias means which of them."""

    units: tuple[Unit, ...]
    _names: Mapping[str, tuple[Unit, ...]] = field(repr=False)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Register:
        """Build a register; the same name may mean several units, which is only a problem where it is used."""
        ordered = tuple(sorted(units, key=lambda unit: unit.id))
        names: dict[str, tuple[Unit, ...]] = {}
        for unit in ordered:
            for name in {unit.id, unit.name, *unit.aliases}:
                names[name] = (*names.get(name, ()), unit)
        return cls(ordered, MappingProxyType(names))

    def find(self, name: str) -> Unit:
        """Return the unit that an 编号, name or alias means.

        Raises CellError where none or several do; a near name is proposed, never taken.
        """
        found = self._names.get(name, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise cells.CellError(
                f"“{name}”在名册里有{len(found)}个", f"改写编号: {'、'.join(unit.id for unit in found)}"
            )
        way = did_you_mean(name, self._names, label="名册里有").partition("；")[2]
        raise cells.CellError(f"名册里没有“{name}”", f"{way}请改成名册中的名称，或在名册的别名栏加上它")


def read_register(path: Path | str) -> Register:
    """Read a register from the sheet 名册 of a workbook (else its first sheet) or from a CSV or JSON file.

    Raises ScoringError with every problem found.
    """
    tables = read_tables(Path(path))
    named = [table for table in tables if table.sheet == columns.REGISTER_SHEET]
    return register_of((named or list(tables))[0])


def register_of(table: Table) -> Register:
    """Read a register from one table; see ``read_register``."""
    problems = [table.problem(row, column, *complaint) for (row, column), complaint in table.unread.items()]
    top, header = _header(table, problems)
    units: dict[str, Unit] = {}
    for row, line in enumerate(table.rows[top + 1 :], start=top + 1):
        if not any(cell != "" for cell in line):
            continue
        try:
            unit = _unit({title: line[column] for title, column in header.items() if column < len(line)})
        except cells.CellError as error:
            problems.append(table.problem(row, None, error.message, error.hint))
            continue
        if unit.id in units:
            problems.append(
                table.problem(
                    row,
                    header.get(columns.CODE),
                    f"编号“{unit.id}”重复",
                    "每个单位一个编号",
                )
            )
        units[unit.id] = unit
    if not units and not problems:
        problems.append(table.problem(top, None, "名册里没有单位"))
    if problems:
        raise ScoringError(sorted(problems))
    return Register.of(units.values())


def _header(table: Table, problems: list[Problem]) -> tuple[int, dict[str, int]]:
    """Return the header's row and each title's column; unknown and repeated titles are problems."""
    for row, line in enumerate(table.rows[:15]):
        titles = [str(cell).strip() for cell in line]
        if columns.NAME in titles and columns.KIND in titles:
            found: dict[str, int] = {}
            for column, title in enumerate(titles):
                if title and title not in columns.REGISTER:
                    problems.append(
                        table.problem(
                            row, column, f"名册没有“{title}”这一栏", did_you_mean(title, columns.REGISTER)
                        )
                    )
                elif title in found:
                    problems.append(table.problem(row, column, f"“{title}”这一栏有两个", "删去一个"))
                elif title:
                    found[title] = column
            return row, found
    raise ScoringError(
        [
            table.problem(
                0,
                None,
                "找不到名册的表头",
                f"表头要有 {columns.NAME}、{columns.KIND}，可加 {columns.CODE} 等",
            )
        ]
    )


def _unit(row: Mapping[str, Cell]) -> Unit:
    word = {title: cells.text(cell) for title, cell in row.items()}
    name, kind = word.get(columns.NAME, ""), word.get(columns.KIND, "")
    if not name or not kind:
        raise cells.CellError("名称和类别都要填")
    if len(name) > 60:
        raise cells.CellError("名称太长", "最多60字")
    details = {title: word[title] for title in columns.DETAILS if word.get(title)}
    aliases = cells.several(row.get(columns.ALIASES, ""))
    return Unit(
        word.get(columns.CODE) or name,
        name,
        kind,
        word.get(columns.AREA, ""),
        aliases,
        MappingProxyType(details),
    )


def register_rows(units: Iterable[Unit]) -> Iterator[tuple[str, ...]]:
    """Yield a register's rows as they are written, the header first."""
    yield columns.REGISTER
    for unit in units:
        details = (unit.details.get(title, "") for title in columns.DETAILS)
        yield unit.id, unit.name, "、".join(unit.aliases), unit.kind, unit.area, *details
