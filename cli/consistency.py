"""``chuangwei consistency``: do inspectors judge alike, who is lenient, are announced visits kinder."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import Problem, ScoringError
from .asked import NO_SHEETS, Asked, Sheets
from .common import Format, Output, format_of, put, say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, Database
from .score import Calendar, Infer, Standards, Units
from .values import words_of

FORMATS = ("table", "json")


def consistency(
    files: Sheets = NO_SHEETS,
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    round: Annotated[
        list[str],
        typer.Option(
            "--round", metavar="轮次", help="看数据库里这一轮的检查，不给检查表；可写几个，几轮一起看"
        ),
    ] = [],  # noqa: B006
    announced: Annotated[
        str, typer.Option("--announced", metavar="来源", help="哪些来源算打了招呼的，可写几个")
    ] = "明察",
    unannounced: Annotated[
        str, typer.Option("--unannounced", metavar="来源", help="哪些来源算没打招呼的，可写几个")
    ] = "暗访",
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    format: Format = "",
    output: Output = None,
    db: Database = DEFAULT,
) -> None:
    """看检查人员判得一不一致：双查的分歧、各人的松紧、明察和暗访的差"""
    from ..analysis.chosen import together
    from ..analysis.consistency.consistency import consistency as compared
    from ..report.consistency import consistency_json, consistency_text

    kind = format_of(format, output, FORMATS)
    told, untold = words_of(announced), words_of(unannounced)
    if both := sorted({*told} & {*untold}):
        message = f"“{'、'.join(both)}”不能又算打了招呼又算没打招呼"
        raise ScoringError([Problem(message=message, hint="--announced 和 --unannounced 写不同的来源")])
    asked = Asked(files, round, standard, units, calendar, infer, db, mapping, accept_repairs, output)
    assessments = asked.of_rounds() if round else [asked.of_sheets()]
    found = compared(together(assessments), told, untold)
    put(consistency_json(found) if kind == "json" else consistency_text(found), output)
    for one in assessments:
        say(f"提示: {notice}" for notice in one.notices)
        say(one.problems)
    if any(one.problems for one in assessments):
        raise typer.Exit(2)
