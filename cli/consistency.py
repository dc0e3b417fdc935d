"""``chuangwei consistency``: do inspectors judge alike, who is lenient, are announced visits kinder."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import Problem, ScoringError
from .common import Format, Output, calendar_of, format_of, infer_of, put, register_of, say, watched
from .score import Calendar, Files, Infer, Standards, Units
from .values import words_of

FORMATS = ("table", "json")


def consistency(
    files: Files,
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    announced: Annotated[
        str, typer.Option("--announced", metavar="来源", help="哪些来源算打了招呼的，可写几个")
    ] = "明察",
    unannounced: Annotated[
        str, typer.Option("--unannounced", metavar="来源", help="哪些来源算没打招呼的，可写几个")
    ] = "暗访",
    infer: Infer = "",
    calendar: Calendar = None,
    format: Format = "",
    output: Output = None,
) -> None:
    """看检查人员判得一不一致：双查的分歧、各人的松紧、明察和暗访的差"""
    from ..analysis.consistency.consistency import consistency as compared
    from ..api import assess_files
    from ..find import find_standards
    from ..report.consistency import consistency_json, consistency_text

    kind = format_of(format, output, FORMATS)
    told, untold = words_of(announced), words_of(unannounced)
    if both := sorted({*told} & {*untold}):
        message = f"“{'、'.join(both)}”不能又算打了招呼又算没打招呼"
        raise ScoringError([Problem(message=message, hint="--announced 和 --unannounced 写不同的来源")])
    assessment = assess_files(
        files,
        find_standards(standard),
        register_of(units),
        calendar=calendar_of(calendar),
        infer=infer_of(infer),
        progress=watched,
    )
    found = compared(assessment.cards, told, untold)
    put(consistency_json(found) if kind == "json" else consistency_text(found), output)
    say(f"提示: {notice}" for notice in assessment.notices)
    say(assessment.problems)
    if assessment.problems:
        raise typer.Exit(2)
