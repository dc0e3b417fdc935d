"""``chuangwei sample draw``: which units to inspect, drawn in public and so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, shortened
from .common import Output, day_of, say
from .database import DEFAULT, Database, now, opened
from .sample import Before, Format, Kinds, MaybeRegister, Seed, given, hand_over, kind_of_file
from .values import share_of, whole_of, words_of

if TYPE_CHECKING:
    from ..analysis.draw.units import Drawn, Quota
    from ..analysis.draw.wanted import Wanted
    from ..inspection import Unit
    from ..sheets.draws import EarlierDraw

_MOST_NAMED = 10


def draw(
    register: MaybeRegister = None,
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
    before: Before = [],  # noqa: B006
    round: Annotated[
        str, typer.Option("--round", metavar="轮次", help="从数据库里这一轮的名册抽，记下抽中的，不给名册")
    ] = "",
    who: Annotated[
        str, typer.Option("--who", metavar="姓名", help="谁抽的，记入日志，和 --round 一起写")
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="哪天抽的，不写是今天，和 --round 一起写")
    ] = "",
    format: Format = "",
    output: Output = None,
    db: Database = DEFAULT,
) -> None:
    """抽被检单位: 分层随机抽，种子公开，谁都能照样再抽一遍；可以记在一轮里，以后接着抽"""
    from ..analysis.draw.lot import seed_of
    from ..analysis.draw.units import ALL
    from ..analysis.draw.wanted import Wanted
    from ..report.draw import render_draw

    _one_of_two(register, before, round, who, on)
    to = kind_of_file(format, output, [*filter(None, [register]), *before])
    floor = whole_of(least, "--least")
    strata = tuple(word for word in words_of(by) if word != ALL)
    own = dict(_own(one, floor) for one in quota)
    wanted = Wanted(seed_of(seed), _asked(share, number, floor), strata, words_of(kind), own)
    day = day_of(on) or date.today()
    found = _of_file(register, before, wanted) if register else _of_round(round, wanted, day, who, db)
    hand_over(render_draw(found, to), output, found.seed, found.fingerprint)


def _one_of_two(register: Path | None, before: Sequence[Path], round: str, who: str, on: str) -> None:
    """Raise ScoringError unless a register is given or a round is named, and what belongs to the one alone with it."""
    if wrong := list(_mixed(register, before, round, who, on)):
        raise ScoringError([Problem(message=message, hint=hint) for message, hint in wrong])


def _mixed(
    register: Path | None, before: Sequence[Path], round: str, who: str, on: str
) -> Iterator[tuple[str, str]]:
    if register is None and not round:
        yield "没给名册，也没写轮次", "给名册文件，或写 --round 2026-06"
    if register is not None and round:
        yield "名册和 --round 只给一样", "从文件抽的不写 --round，从一轮的名册抽的不给名册"
    if round and before:
        yield "--round 不用 --before", "去掉 --before，数据库记得以前抽过的"
    if round and not who.strip():
        yield "没写是谁抽的", "加 --who 姓名"
    if not round and (who or on):
        yield "--who、--on 是和 --round 一起写的", "去掉，或从一轮的名册抽"


def _of_file(register: Path, before: Sequence[Path], wanted: Wanted) -> Drawn:
    from ..columns import DRAW

    units, earlier = given(register, wanted.kinds, before, DRAW)
    _say_gone(units, earlier)
    return wanted.drawn(units, [[each.id for each in one.drawn] for one in earlier])


def _of_round(round: str, wanted: Wanted, on: date, who: str, db: str) -> Drawn:
    with opened(db) as store:
        found = store.draws.draw(round, wanted, on=on, who=who, at=now())
    say([f"第{found.number}次抽签已记入“{round}”，抽中{len(found.units)}个"])
    return found


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
