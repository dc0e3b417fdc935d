"""``chuangwei report page``: a round, or the sheets of one file, as one HTML file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from .common import calendar_of, day_of, put, register_of, say, watched, watched_rows
from .consent import AcceptRepairs, MappingFile, consent_of
from .database import DEFAULT, Database, opened
from .score import Calendar, Standards, Units


def page(
    name: Annotated[
        str, typer.Argument(metavar="轮次", help="轮次的名称，如 2026-06；用 --sheet 时是页面的标题")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件，如 2026-06.html")
    ],
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="整改看到哪天，如 2026-06-30；不写是今天")
    ] = "",
    sheet: Annotated[
        list[Path], typer.Option("--sheet", metavar="检查表", help="不用数据库，用这些检查表；可以写几次")
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    db: Database = DEFAULT,
) -> None:
    """写成一个网页文件：概况、名次、失分、走势、整改进度，点开看每个单位的账；断网能看，能打印"""
    from ..page import content_of, page_html

    as_of, days = day_of(on, "--on") or date.today(), calendar_of(calendar)
    problems: tuple[object, ...] = ()
    if sheet:
        from ..api import assess_files
        from ..find import find_standards
        from ..report.dossier import dossier_of

        standards, register = find_standards(standard), register_of(units)
        consent = consent_of(standards, register, mapping, accept=accept_repairs)
        assessment = assess_files(
            sheet, standards, register, calendar=days, consent=consent, progress=watched, watch=watched_rows
        )
        dossier, problems = dossier_of(assessment, name, as_of, days), assessment.problems
    else:
        with opened(db, days) as store:
            dossier = store.analyses.dossier(name, as_of)
    put(page_html(content_of(dossier)), output)
    say(problems)
    if problems:
        raise typer.Exit(2)
