"""What the verbs of ``chuangwei sample`` share: a seed made in public, the units asked for, earlier results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError
from .common import format_of, put, say

if TYPE_CHECKING:
    from ..inspection import Unit
    from ..sheets.draws import EarlierDraw

FORMATS = ("table", "csv", "xlsx", "json")

RegisterFile = Annotated[Path, typer.Argument(metavar="名册", help="被检单位名册（XLSX 或 CSV）")]
MaybeRegister = Annotated[
    Path | None, typer.Argument(metavar="名册", help="被检单位名册（XLSX 或 CSV）；不给的写 --round")
]
Seed = Annotated[
    str,
    typer.Option(
        "--seed",
        metavar="种子",
        help="必写。当众定的一行文字，如抽签日期加当天公开的开奖号码: '2026-06-30 福彩3D 506'",
    ),
]
Kinds = Annotated[
    str, typer.Option("--kind", metavar="类别", help="只抽这几类单位，如 行政村,自然村；不写全抽")
]
Before = Annotated[
    list[Path],
    typer.Option("--before", metavar="文件", help="以前一次的结果文件，每次写一个；都抽过一遍才重复"),
]
Format = Annotated[
    str, typer.Option("--format", metavar="格式", help="table、csv、xlsx、json；不写看文件的扩展名")
]


def kind_of_file(name: str, output: Path | None, given: Sequence[Path]) -> str:
    """Settle the format; neither the register nor an earlier result is ever written over."""
    if output is not None and output.resolve() in [one.resolve() for one in given]:
        message, hint = "-o 会盖掉名册或以前的结果", "换一个文件名，各次的结果都要留着"
        raise ScoringError([Problem(str(output), message=message, hint=hint)])
    return format_of(name, output, FORMATS)


def hand_over(content: str | bytes, output: Path | None, seed: str, fingerprint: str) -> None:
    """Write the result; where it goes to a file, what a notice must print is said beside."""
    put(content, output)
    if output is not None:
        say([f"抽签种子: {seed}；名册指纹: {fingerprint}"])


def given(
    register: Path, kinds: Sequence[str], before: Sequence[Path], title: str
) -> tuple[list[Unit], Sequence[EarlierDraw]]:
    """Return the units of the kinds asked for, and the earlier draws."""
    from ..analysis.draw.units import of_kinds
    from ..sheets.draws import read_draws
    from ..sheets.register import read_register

    listed, earlier = read_register(register).units, read_draws(before, title)
    return of_kinds(listed, kinds), earlier
