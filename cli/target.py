"""``chuangwei target``: the cheapest set of open problems whose rectification lifts a unit to a grade."""

from __future__ import annotations

from typing import Annotated

import typer

from .asked import NO_SHEETS, Asked, Sheets
from .common import Format, Output, day_of, format_of, infer_of, put, say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, Database
from .score import Calendar, Infer, Standards, Units

FORMATS = ("table", "json")


def target(
    files: Sheets = NO_SHEETS,
    *,
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    grade: Annotated[str, typer.Argument(metavar="等次", help="想到的等次，如 优秀")],
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    round: Annotated[
        str, typer.Option("--round", metavar="轮次", help="用数据库里这一轮的评分，如 2026-06，不给检查表")
    ] = "",
    day: Annotated[
        str, typer.Option("--date", metavar="日期", help="按哪天的检查算，如 2026-06-30；不写用最近一次")
    ] = "",
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    format: Format = "",
    output: Output = None,
    db: Database = DEFAULT,
) -> None:
    """算一个单位最少整改哪几件就能到某个等次；到不了的说明为什么，退出码为 1"""
    from ..api import targets, unit_named
    from ..report.target import MEAN, ROUND, target_json, target_text

    kind, on = format_of(format, output, FORMATS), day_of(day, "--date")
    asked = Asked(
        files, [round] if round else [], standard, units, calendar, infer, db, mapping, accept_repairs, output
    )
    (assessment,) = asked.of_rounds(unit) if round else [asked.of_sheets()]
    meant = unit_named(assessment, unit)
    found = targets(assessment, meant, grade, day=on, infer=infer_of(infer))
    text = target_text(found, assessment, ROUND if round else MEAN)
    put(target_json(found) if kind == "json" else text, output)
    say(one for one in assessment.problems if one.unit == meant.id)
    if not all(one.reached for one in found):
        raise typer.Exit(1)
