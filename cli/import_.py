"""``chuangwei import``: messy sheets in, one clean workbook and the list of every repair out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import visible
from .common import emit, register_of, say, watched_rows
from .consent import AcceptRepairs, MappingFile, consent_of
from .score import Files, Standards, Units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..sheets.mend.repair import Repair


def import_(
    files: Files,
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
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看要修正什么，逐处列出，什么也不写")] = False,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件", help="规整后写到哪个文件（XLSX）")
    ] = Path("规整.xlsx"),
) -> None:
    """把不规整的检查表（几行表头、一村一页、打勾打叉……）整理成一份规整的，逐处写明修正了什么"""
    from ..api import columns_for
    from ..find import find_standards
    from ..report import write_file
    from ..report.clean import clean_workbook
    from ..sheets.mend.mapping import mapping_text
    from ..sheets.read import open_sheets, read_opened

    standards, register = find_standards(standard), register_of(units)
    fields = columns_for(standards)
    consent = consent_of(standards, register, mapping, accept=accept_repairs)
    opened = open_sheets(files, fields, register, consent=consent)
    reading = read_opened(opened, fields, watched_rows)
    _tell(reading.repairs, every=dry_run)
    say(f"提示: {notice}" for notice in reading.notices)
    say(reading.problems)
    if save_mapping is not None and not dry_run:
        write_file(save_mapping, mapping_text(consent.mapping, reading.repairs, opened.mended.opens))
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
        write_file(output, clean_workbook(opened, fields))
        say([f"已写到 {output}"])


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
