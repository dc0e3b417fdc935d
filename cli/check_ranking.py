"""``chuangwei check-ranking``: is a published ranking consistent with its own rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Format, Output, format_of, points_of, put
from .values import floors_of, one_of, shares_of, whole_of, words_of

if TYPE_CHECKING:
    from ..analysis.ranking.declared import Declared

FORMATS = ("table", "json")


def check_ranking(
    file: Annotated[
        Path, typer.Argument(metavar="排名表", help="公布的排名表: XLSX、XLS、CSV；要有 名次、单位、得分")
    ],
    ties: Annotated[
        str,
        typer.Option("--ties", metavar="算法", help="并列怎么排: 占位（1、2、2、4）或 连续（1、2、2、3）"),
    ] = "",
    parts: Annotated[
        str, typer.Option("--parts", metavar="比例", help="得分由哪几栏合成，如 平时=70%,月末=30%")
    ] = "",
    grades: Annotated[
        str, typer.Option("--grades", metavar="起点分", help="各等次的起点分，如 优秀=90,合格=60,不合格=0")
    ] = "",
    places: Annotated[str, typer.Option("--places", metavar="位数", help="得分保留几位小数，0 到 4")] = "",
    groups: Annotated[
        str, typer.Option("--groups", metavar="栏", help="按哪几栏分组排名，如 类别；不分组写 全部")
    ] = "",
    full: Annotated[str, typer.Option("--full", metavar="分数", help="满分；不写是 100")] = "",
    scheme: Annotated[
        str,
        typer.Option("--scheme", metavar="考核办法", help="以上各项按这个考核办法（编号、名称或文件）"),
    ] = "",
    format: Format = "",
    output: Output = None,
) -> None:
    """核公布的排名表: 名次、合计、等次、奖励和它自己的规则合不合，不合的退出码为 1"""
    from ..analysis.ranking.check import check_ranking as checked
    from ..analysis.ranking.declared import Declared, declared_by
    from ..find import find_scheme
    from ..report.check_ranking import check_json, check_text
    from ..sheets.ranking import Wanted, read_ranking

    kind = format_of(format, output, FORMATS)
    rule = _declared(
        declared_by(find_scheme(scheme)) if scheme else Declared(), ties, parts, grades, places, groups, full
    )
    needed = (*(rule.weights if parts else ()), *(rule.groups or () if groups else ()))
    read = read_ranking(file, Wanted(tuple(rule.weights), rule.groups or (), needed))
    found = [checked(table, rule) for table in read.tables]
    put((check_json if kind == "json" else check_text)(found, read.notes), output)
    if not all(one.consistent for one in found):
        raise typer.Exit(1)


def _declared(
    base: Declared, ties: str, parts: str, grades: str, places: str, groups: str, full: str
) -> Declared:
    """Return what is declared: what the options say, else what the 考核办法 does."""
    from ..analysis.ranking.ranks import EXAMPLE

    return replace(
        base,
        ties=one_of("--ties", ties, tuple(EXAMPLE)) if ties else base.ties,
        weights=shares_of(parts, "--parts") if parts else base.weights,
        extra=base.extra and not parts,
        floors=floors_of(grades, "--grades") if grades else base.floors,
        places=whole_of(places, "--places", most=4) if places else base.places,
        groups=tuple(word for word in words_of(groups) if word != "全部") if groups else base.groups,
        full=points_of(full, "--full") or base.full,
    )
