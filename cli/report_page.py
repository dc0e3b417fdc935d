"""``chuangwei report page``: a round, or the sheets of one file, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import put, say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, Database
from .dossier import Asked, AsOf, RoundOf, Sheets, Title, dossier_for
from .score import Calendar, Infer, Standards, Units


def page(
    sheets: Sheets = None,
    round: RoundOf = "",
    db: Database = DEFAULT,
    as_of: AsOf = "",
    title: Title = "检查",
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件；不写是 网页.html")
    ] = Path("网页.html"),
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
) -> None:
    """写成一个网页文件：概况、名次、失分、走势、整改进度，点开看每个单位的账；断网能看，能打印"""
    from ..page import content_of, page_html

    asked = Asked(
        sheets or (), round, db, title, as_of, standard, units, calendar, infer, mapping, accept_repairs
    )
    dossier, problems = dossier_for(asked)
    put(page_html(content_of(dossier)), output)
    say(problems)
    if problems:
        raise typer.Exit(2)
