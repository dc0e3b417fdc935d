"""``chuangwei import``: messy sheets in, one clean workbook and the list of every repair out."""

from __future__ import annotations

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
    from collections.abc import Sequence

    from ..sheets.mend.repair import Repair


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
    from ..api import columns_for
    from ..find import find_standards
    from ..report import write_file, write_new
    from ..report.clean import clean_workbook
    from ..sheets.mend.mapping import mapping_text
    from ..sheets.read import open_sheets, read_opened

    standards, register = find_standards(standard), register_of(units)
    if text or not files:
        _every_input(text, files)
        propose(text, standards, register, day_of(on), None if dry_run else output or Path("待定.xlsx"))
        return
    path = output or Path("规整.xlsx")
    sheets = sheets_in(files, besides=[units, mapping, save_mapping])
    spare(path, *sheets, units, mapping, save_mapping)
    fields = columns_for(standards)
    consent = consent_of(standards, register, mapping, accept=accept_repairs)
    opened = open_sheets(sheets, fields, register, consent=consent)
    reading = read_opened(opened, fields, watched_rows)
    _tell(reading.repairs, every=dry_run)
    say(f"提示: {notice}" for notice in reading.notices)
    say(reading.problems)
    if save_mapping is not None and not dry_run:
        keep = write_file if save_mapping == mapping else write_new
        keep(save_mapping, mapping_text(consent.mapping, reading.repairs, opened.mended.opens))
        say([f"对照表已写到 {save_mapping}"])
    say(
        [
            f"读到{len(reading.inspections)}次检查，修正{len(reading.repairs)}处，读不懂{len(reading.problems)}处"
        ]
    )
    if reading.problems:
        say([] if dry_run else ["有读不懂的，没有写规整表。改好、写进对照表，或加 --accept-repairs"])
        raise typer.Exit(2)
    if not dry_run:
        write_file(path, clean_workbook(opened, fields))
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
