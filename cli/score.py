"""``chuangwei score``: sheets in, scores and the rectification list out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .assessed import assess_sheets
from .common import Output, day_of, format_of, points_of, put, say, width_of
from .consent import AcceptRepairs, MappingFile

if TYPE_CHECKING:
    from decimal import Decimal

    from ..score import Assessment

FORMATS = ("table", "json", "jsonl", "csv", "xlsx")

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="检查表",
        help="检查表文件: XLSX、XLS、ODS、CSV、JSON、JSONL，手机表的导出（ZIP、JSON、XLSX）；可以给几个，或它们的文件夹",
    ),
]
Standards = Annotated[
    list[str],
    typer.Option("--standard", metavar="标准", help="标准的名称、编号或规则文件；不写用全部内置标准"),
]
Units = Annotated[Path | None, typer.Option("--units", metavar="名册", help="被检单位名册（XLSX 或 CSV）")]
Calendar = Annotated[
    Path | None,
    typer.Option("--calendar", metavar="文件", help="工作日历补充文件（YAML: 节假日、上班、工作时间）"),
]
Infer = Annotated[
    str, typer.Option("--infer", metavar="方式", help="推理方式: durable 或 reference，结果相同；不写自动选")
]


def score(
    files: Files,
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    on: Annotated[str, typer.Option("--on", metavar="日期", help="截至哪天看期限，如 2026-06-30")] = "",
    format: Annotated[
        str, typer.Option("--format", metavar="格式", help="table、json、jsonl、csv、xlsx")
    ] = "",
    output: Output = None,
    fail_under: Annotated[
        str, typer.Option("--fail-under", metavar="分数", help="有单位低于这个分数时退出码为 1")
    ] = "",
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    ambiguous_width: Annotated[
        int, typer.Option("--ambiguous-width", metavar="1或2", help="表格对不齐时试 2")
    ] = 1,
) -> None:
    """给检查表评分：名次、得分、等次、扣分理由和整改清单"""
    kind = format_of(format, output, FORMATS)
    floor, as_of = points_of(fail_under, "--fail-under"), day_of(on)
    assessment = assess_sheets(
        files,
        standard,
        units,
        calendar=calendar,
        infer=infer,
        on=as_of,
        accept=accept_repairs,
        mapping=mapping,
        output=output,
    )
    _write(assessment, kind, output, ambiguous_width)
    say(f"提示: {notice}" for notice in assessment.notices)
    say(assessment.problems)
    raise typer.Exit(_code(assessment, floor))


def _write(assessment: Assessment, kind: str, output: Path | None, ambiguous_width: int) -> None:
    from ..report import render

    put(render(assessment, kind, width=width_of(output), ambiguous_width=ambiguous_width), output)


def _code(assessment: Assessment, floor: Decimal | None) -> int:
    if assessment.problems:
        return 2
    below = floor is not None and any(one.low is None or one.low < floor for one in assessment.units)
    return 1 if below else 0
