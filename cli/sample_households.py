"""``chuangwei sample households``: which groups and households of the villages to visit."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import Output
from .sample import Before, Format, Kinds, RegisterFile, Seed, given, hand_over, kind_of_file
from .values import whole_of, words_of


def households(
    register: RegisterFile,
    seed: Seed = "",
    groups: Annotated[str, typer.Option("--groups", metavar="组数", help="每个单位抽几个组")] = "1",
    each: Annotated[str, typer.Option("--each", metavar="户数", help="每组抽几户")] = "5",
    spare: Annotated[
        str, typer.Option("--spare", metavar="户数", help="每组另备几户，没有这个户号时替补")
    ] = "3",
    kind: Kinds = "",
    before: Before = [],  # noqa: B006 - typer's way of a repeatable option
    format: Format = "",
    output: Output = None,
) -> None:
    """抽入户走访的组和户；名册可以直接用抽单位的结果文件"""
    from ..analysis.draw import households as drawing
    from ..analysis.draw.lot import seed_of
    from ..columns import HOUSEHOLD_DRAW
    from ..report.household_draw import render_households

    to, chosen = kind_of_file(format, output, [register, *before]), seed_of(seed)
    numbers = whole_of(groups, "--groups"), whole_of(each, "--each")
    spares = whole_of(spare, "--spare")
    units, earlier = given(register, words_of(kind), before, HOUSEHOLD_DRAW)
    seen = [
        frozenset[str]().union(*(drawing.keys_of(row.id, row.group, row.households) for row in one.drawn))
        for one in earlier
    ]
    found = drawing.draw_households(units, chosen, *numbers, seen, spares)
    hand_over(render_households(found, to), output, found.seed, found.fingerprint)
