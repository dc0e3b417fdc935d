"""``chuangwei sample draw``: which units to inspect, drawn in public and so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, shortened
from .common import Output, say
from .sample import Before, Format, Kinds, RegisterFile, Seed, given, hand_over, kind_of_file
from .values import share_of, whole_of, words_of

if TYPE_CHECKING:
    from ..analysis.draw.units import Quota
    from ..inspection import Unit
    from ..sheets.draws import EarlierDraw

_MOST_NAMED = 10


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

    to = kind_of_file(format, output, [register, *before])
    chosen, floor = seed_of(seed), whole_of(least, "--least")
    asked, own = _asked(share, number, floor), dict(_own(one, floor) for one in quota)
    strata = tuple(word for word in words_of(by) if word != drawing.ALL)
    units, earlier = given(register, kind, before, DRAW)
    _say_gone(units, earlier)
    seen = [[each.id for each in one.drawn] for one in earlier]
    found = drawing.draw(units, chosen, asked, strata, seen, own)
    hand_over(render_draw(found, to), output, found.seed, found.fingerprint)


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
