"""``chuangwei round import``: sheets into a round; what differs from what is kept is told before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import visible
from .common import emit, say, watched_rows
from .consent import AcceptRepairs, MappingFile, consent_of
from .database import DEFAULT, By, Database, RoundName, now, opened
from .files import sheets_in
from .score import Files

if TYPE_CHECKING:
    from ..inspection import Unit
    from ..rule.standard import Standard
    from ..sheets.read import Reading
    from ..store import Store
    from ..store.intake import Intake

Replace = Annotated[bool, typer.Option("--replace", help="与已导入的不同时，用这次的代替")]


def import_(
    name: RoundName,
    files: Files,
    by: By,
    replace: Replace = False,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    db: Database = DEFAULT,
) -> None:
    """导入检查表；同样的表再导一次什么也不变，改过的先列出不同"""
    with opened(db) as store:
        standards, units = store.rounds.law(name)
        one = store.rounds.status(name).round
        found = Brought.of(
            files, standards, units, (one.starts, one.ends), accept=accept_repairs, mapping=mapping
        )
        written = found.carry_out(store, name, by, replace=replace)
    if not written or found.reading.problems:
        raise typer.Exit(2)


@dataclass(frozen=True, slots=True)
class Brought:
    """Some files as a round takes them: what they say, and their contents, by which they are known again."""

    reading: Reading
    contents: Sequence[tuple[str, bytes]]

    @classmethod
    def of(
        cls,
        files: Sequence[Path],
        standards: Sequence[Standard],
        units: Sequence[Unit],
        days: tuple[date, date],
        *,
        accept: bool,
        mapping: Path | None,
        besides: Sequence[Path | None] = (),
    ) -> Brought:
        """Read sheets, or the folders they lie in, and say what was mended and what is wrong with them."""
        from ..api import columns_for, repaired
        from ..sheets.period import within
        from ..sheets.read import read_sheets
        from ..sheets.register import Register

        sheets, register = sheets_in(files, besides=[mapping, *besides]), Register.of(units)
        consent = consent_of(standards, register, mapping, accept=accept, period=days)
        read = read_sheets(sheets, columns_for(standards), register, consent=consent, watch=watched_rows)
        reading = within(read, *days)
        say(f"提示: {notice}" for notice in (*reading.notices, *repaired(reading.repairs)))
        say(reading.problems)
        return cls(reading, [(file.name, file.read_bytes()) for file in sheets])

    def carry_out(self, store: Store, name: str, who: str, *, replace: bool) -> bool:
        """Import what was read and say what came of it; return false where it differs from what is kept, so that nothing was written."""
        told = store.rounds.take_in(
            name, self.reading.inspections, self.contents, who=who, at=now(), replace=replace
        )
        _tell(told, replace=replace)
        return replace or not told.differences


def _tell(told: Intake, *, replace: bool) -> None:
    for one in told.differences:
        emit(visible(f"{one.unit.name} {one.date} {one.source}检查与已导入的不同:"))
        emit(
            "\n".join(visible(f"  {field}: {old} → {new}") for field, old, new in one.changes)
            or "  点位、理由或备注不同"
        )
    if told.differences and not replace:
        say([f"有{len(told.differences)}次检查与已导入的不同，什么也没有写入。要用这次的，加 --replace"])
    else:
        say([f"新导入{told.new}次，已有{told.known}次，改了{len(told.differences)}次"])
