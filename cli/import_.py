"""``chuangwei import``: messy sheets in, one clean workbook and the list of every repair out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, visible
from .common import day_of, emit, register_of, say, watched_rows
from .consent import AcceptRepairs, MappingFile, consent_of
from .files import sheets_in, spare
from .import_text import propose
from .score import Standards, Units

if TYPE_CHECKING:
    from ..rule.standard import Standard
    from ..sheets.header import Fields
    from ..sheets.mend.consent import Consent
    from ..sheets.mend.repair import Repair
    from ..sheets.read import Opened, Reading
    from ..sheets.register import Register


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="检查表",
            help="检查表文件，可以给几个，或它们的文件夹；ODK Central、KoboToolbox 的导出也行",
        ),
    ] = None,
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(
            "--save-mapping", metavar="对照表", help="把照准的和还没定的写成对照表，填好再用 --mapping 给"
        ),
    ] = None,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="文字", help="微信里复制的消息（TXT；- 是标准输入），写成待定的问题明细"
        ),
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="--text 里没写日期的是哪一天，如 2026-05-03")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看要修正什么，逐处列出，什么也不写")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件",
            help="写到哪个文件（XLSX）；不写是 规整.xlsx，--text 是 待定.xlsx",
        ),
    ] = None,
) -> None:
    """把不规整的检查表（几行表头、一村一页、打勾打叉……）整理成一份规整的，逐处写明修正了什么"""
    from ..find import find_standards

    standards, register = find_standards(standard), register_of(units)
    if text or not files:
        _every_input(text, files)
        propose(text, standards, register, day_of(on), None if dry_run else output or Path("待定.xlsx"))
        return
    path = output or Path("规整.xlsx")
    sheets = sheets_in(files, besides=[units, mapping, save_mapping])
    spare(path, *sheets, units, mapping, save_mapping)
    mended = _Mended.of(sheets, standards, register, mapping, accept=accept_repairs)
    mended.tell(every=dry_run)
    if not dry_run:
        if save_mapping is not None:
            mended.save_mapping(save_mapping, over=save_mapping == mapping)
        mended.write(path)
    if mended.reading.problems:
        raise typer.Exit(2)


@dataclass(frozen=True, slots=True)
class _Mended:
    """Sheets as they were mended and read."""

    opened: Opened
    reading: Reading
    fields: Fields
    consent: Consent

    @classmethod
    def of(
        cls,
        sheets: Sequence[Path],
        standards: Sequence[Standard],
        register: Register | None,
        mapping: Path | None,
        *,
        accept: bool,
    ) -> _Mended:
        """Read sheets, mended as far as was agreed to."""
        from ..api import columns_for
        from ..sheets.read import open_sheets, read_opened

        fields = columns_for(standards)
        consent = consent_of(standards, register, mapping, accept=accept)
        opened = open_sheets(sheets, fields, register, consent=consent)
        return cls(opened, read_opened(opened, fields, watched_rows), fields, consent)

    def tell(self, *, every: bool) -> None:
        """Say what was repaired, what is to be known, what could not be read."""
        found = self.reading
        _tell(found.repairs, every=every)
        say(f"提示: {notice}" for notice in found.notices)
        say(found.problems)
        say(
            [f"读到{len(found.inspections)}次检查，修正{len(found.repairs)}处，读不懂{len(found.problems)}处"]
        )

    def save_mapping(self, path: Path, *, over: bool) -> None:
        """Write what was agreed to and what is still open; ``over`` the one that was given."""
        from ..report import write_file, write_new
        from ..sheets.mend.mapping import mapping_text

        keep = write_file if over else write_new
        keep(path, mapping_text(self.consent.mapping, self.reading.repairs, self.opened.mended.opens))
        say([f"对照表已写到 {path}"])

    def write(self, path: Path) -> None:
        """Write the clean workbook, unless something could not be read."""
        from ..report import write_file
        from ..report.clean import clean_workbook

        if self.reading.problems:
            say(["有读不懂的，没有写规整表。改好、写进对照表，或加 --accept-repairs"])
            return
        write_file(path, clean_workbook(self.opened, self.fields))
        say([f"已写到 {path}"])


def _every_input(text: str, files: Sequence[Path] | None) -> None:
    """Raise ScoringError unless there is a text and no sheet."""
    if not text:
        raise ScoringError([Problem(message="没给检查表", hint="写上文件名；微信里复制的消息用 --text")])
    if files:
        raise ScoringError([Problem(message="检查表和 --text 不能一起给", hint="分两次做")])


def _tell(repairs: Sequence[Repair], *, every: bool) -> None:
    """List the repairs: each, or the same ones of a column together."""
    if every:
        emit("".join(f"{visible(str(one))}\n" for one in repairs) or "没有要修正的\n")
        return
    groups: dict[tuple[str, str, str, str], list[Repair]] = {}
    for one in repairs:
        groups.setdefault((one.title, one.read, one.taken, one.why), []).append(one)
    for same in groups.values():
        more = f"；这样的共{len(same)}处" if len(same) > 1 else ""
        emit(visible(f"{same[0]}{more}"))
