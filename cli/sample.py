"""``chuangwei sample``: draw whom to inspect, in public and so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, did_you_mean, shortened
from .common import Output, format_of, put, say
from .values import share_of, whole_of, words_of

if TYPE_CHECKING:
    from ..analysis.draw.units import Quota
    from ..inspection import Unit
    from ..sheets.draws import EarlierDraw

FORMATS = ("table", "csv", "xlsx", "json")
_MOST_NAMED = 10

RegisterFile = Annotated[Path, typer.Argument(metavar="名册", help="被检单位名册（XLSX 或 CSV）")]
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


def draw(
    register: RegisterFile,
    seed: Seed = "",
    share: Annotated[
        str, typer.Option("--share", metavar="比例", help="每层抽多少，如 20%，有零头的进一")
    ] = "",
    number: Annotated[str, typer.Option("--number", metavar="个数", help="每层抽几个")] = "",
    least: Annotated[
        str, typer.Option("--least", metavar="个数", help="按比例抽的，每层至少几个；不写是 1")
    ] = "1",
    by: Annotated[
        str, typer.Option("--by", metavar="栏", help="按名册的哪几栏分层，如 类别,片区；不分层写 全部")
    ] = "类别",
    quota: Annotated[
        list[str],
        typer.Option("--quota", metavar="层=数", help="某一层另定，如 学校=50%、行政村、东片=3；可写几个"),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    kind: Kinds = "",
    before: Before = [],  # noqa: B006 - typer's way of a repeatable option
    format: Format = "",
    output: Output = None,
) -> None:
    """抽被检单位: 分层随机抽，种子公开，谁都能照样再抽一遍"""
    from ..analysis.draw import units as drawing
    from ..analysis.draw.lot import seed_of
    from ..columns import DRAW
    from ..report.draw import render_draw

    to = format_of(format, output, FORMATS)
    chosen, floor = seed_of(seed), whole_of(least, "--least")
    asked, own = _asked(share, number, floor), dict(_own(one, floor) for one in quota)
    strata = tuple(word for word in words_of(by) if word != drawing.ALL)
    units, earlier = _given(register, kind, before, DRAW)
    _say_gone(units, earlier)
    seen = [[each.id for each in one.drawn] for one in earlier]
    found = drawing.draw(units, chosen, asked, strata, seen, own)
    _hand_over(render_draw(found, to), output, found.seed, found.fingerprint)


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

    to, chosen = format_of(format, output, FORMATS), seed_of(seed)
    numbers = whole_of(groups, "--groups"), whole_of(each, "--each")
    spares = whole_of(spare, "--spare")
    units, earlier = _given(register, kind, before, HOUSEHOLD_DRAW)
    seen = [
        frozenset[str]().union(*(drawing.keys_of(row.id, row.group, row.households) for row in one.drawn))
        for one in earlier
    ]
    found = drawing.draw_households(units, chosen, *numbers, seen, spares)
    _hand_over(render_households(found, to), output, found.seed, found.fingerprint)


def _hand_over(content: str | bytes, output: Path | None, seed: str, fingerprint: str) -> None:
    """Write the result; where it goes to a file, what a notice must print is said beside."""
    put(content, output)
    if output is not None:
        say([f"抽签种子: {seed}；名册指纹: {fingerprint}"])


def _given(
    register: Path, kind: str, before: Sequence[Path], title: str
) -> tuple[list[Unit], Sequence[EarlierDraw]]:
    """Return the units of the kinds asked for, and the earlier draws."""
    from ..sheets.draws import read_draws
    from ..sheets.register import read_register

    listed, earlier = read_register(register).units, read_draws(before, title)
    known, kinds = dict.fromkeys(unit.kind for unit in listed), words_of(kind)
    strange = [one for one in kinds if one not in known]
    if strange:
        raise ScoringError(
            [
                Problem(message=f"名册里没有“{shortened(one)}”这一类", hint=did_you_mean(one, known))
                for one in strange
            ]
        )
    return [unit for unit in listed if not kinds or unit.kind in kinds], earlier


def _say_gone(units: Sequence[Unit], earlier: Sequence[EarlierDraw]) -> None:
    """Say who was drawn before and is not there to be drawn now."""
    known = {unit.id for unit in units}
    names = {each.id: each.name or each.id for one in earlier for each in one.drawn if each.id not in known}
    if names:
        shown = "、".join(list(names.values())[:_MOST_NAMED]) + ("……" if len(names) > _MOST_NAMED else "")
        say([f"提示: 以前抽过的有{len(names)}个这次不在抽取范围里: {shown}"])


def _asked(share: str, number: str, least: int) -> Quota:
    """Return what is drawn of every stratum: a share or a number, and one of them only."""
    if bool(share) == bool(number):
        message = "--share 和 --number 只写一个" if share else "没有写抽多少"
        raise ScoringError([Problem(message=message, hint="按比例写 --share 20%，按个数写 --number 5")])
    return _quota(share, "--share", least) if share else _quota(number, "--number", least)


def _own(text: str, least: int) -> tuple[str, Quota]:
    """Read --quota 学校=50% or 学校=3."""
    name, _, amount = (word.strip() for word in text.replace("＝", "=").rpartition("="))
    if not name or not amount:
        hint = "写成 学校=50% 或 学校=3 的样子，一层写一个 --quota"
        raise ScoringError([Problem(message=f"--quota 的“{shortened(text)}”读不懂", hint=hint)])
    return name, _quota(amount, "--quota", least)


def _quota(amount: str, option: str, least: int) -> Quota:
    from ..analysis.draw.units import Quota

    if amount.endswith(("%", "％")) or option == "--share":
        return Quota(share=share_of(amount, option), least=least)
    return Quota(number=whole_of(amount, option), least=0)
