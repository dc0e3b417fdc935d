"""``chuangwei target``: the cheapest set of open problems whose rectification lifts a unit to a grade."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import (
    Format,
    Output,
    calendar_of,
    day_of,
    format_of,
    infer_of,
    put,
    register_of,
    say,
)
from .score import Calendar, Files, Infer, Standards, Units

FORMATS = ("table", "json")


def target(
    files: Files,
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    grade: Annotated[str, typer.Argument(metavar="等次", help="想到的等次，如 优秀")],
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    day: Annotated[
        str, typer.Option("--date", metavar="日期", help="按哪天的检查算，如 2026-06-30；不写用最近一次")
    ] = "",
    infer: Infer = "",
    calendar: Calendar = None,
    format: Format = "",
    output: Output = None,
) -> None:
    """算一个单位最少整改哪几件就能到某个等次；到不了的说明为什么，退出码为 1"""
    from ..api import assess_files, targets, unit_named
    from ..find import find_standards
    from ..report.target import target_json, target_text

    kind, on, engine = format_of(format, output, FORMATS), day_of(day, "--date"), infer_of(infer)
    assessment = assess_files(
        files, find_standards(standard), register_of(units), calendar=calendar_of(calendar), infer=engine
    )
    meant = unit_named(assessment, unit)
    found = targets(assessment, meant, grade, day=on, infer=engine)
    put(target_json(found) if kind == "json" else target_text(found, assessment), output)
    say(one for one in assessment.problems if one.unit == meant.id)
    if not all(one.reached for one in found):
        raise typer.Exit(1)
