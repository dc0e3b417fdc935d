"""``chuangwei report all``: what an office sends out after a round, in one go and of one dossier."""

from __future__ import annotations

from pathlib import Path

import typer

from ..document import KINDS
from .common import put, say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, Database
from .dossier import Asked, AsOf, RoundOf, Sheets, Title, dossier_for
from .report import Folder, OfficeFile, Photos, make_folder, written
from .score import Calendar, Infer, Standards, Units

# The ledger comes last: one that was filled in stops there, with everything else written.
_SET = ("notice", "bulletin", "brief", "ledger")


def all_(
    sheets: Sheets = None,
    round: RoundOf = "",
    db: Database = DEFAULT,
    as_of: AsOf = "",
    title: Title = "检查",
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    office: OfficeFile = None,
    photos: Photos = None,
    output: Folder = Path("文书"),
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
) -> None:
    """一次写齐：通知书、通报、一页纸、网页、整改台账"""
    from ..page import content_of, page_html

    asked = Asked(
        sheets or (), round, db, title, as_of, standard, units, calendar, infer, mapping, accept_repairs
    )
    dossier, problems = dossier_for(asked)
    make_folder(output)
    put(page_html(content_of(dossier)), output / "网页.html")
    told: set[str] = set()
    for kind in sorted((one for one in KINDS if one.name in _SET), key=lambda one: _SET.index(one.name)):
        if not written(kind, dossier, office, photos, kind.formats, output, told=told):
            say([f"{kind.chinese}: 没有要写的"])
    say(problems)
    if problems:
        raise typer.Exit(2)
