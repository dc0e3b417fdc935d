"""``chuangwei appeal``: file an appeal against a recorded visit, decide it, tell what was put right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import Problem, ScoringError, visible
from .common import day_of, emit, number_of, say
from .database import DEFAULT, By, Database, RoundName, now, opened
from .values import wrong

Number = Annotated[str, typer.Argument(metavar="申诉号", help="第几号申诉，如 1")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么，写进日志和更正说明")]


def file(
    round: RoundName,
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    date: Annotated[str, typer.Option("--date", metavar="日期", help="哪天的检查，如 2026-06-03")],
    reason: Reason,
    by: By,
    about: Annotated[
        list[str], typer.Option("--about", metavar="条款", help="条款编号或检查项，可写几次")
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    source: Annotated[str, typer.Option("--source", metavar="来源", help="那天查了几次时写明，如 暗访")] = "",
    inspectors: Annotated[
        str, typer.Option("--inspectors", metavar="检查人员", help="那天查了几次时写明，如 李建国、王秀英")
    ] = "",
    nth: Annotated[str, typer.Option("--nth", metavar="第几次", help="那天查了几次时写明，如 2")] = "",
    db: Database = DEFAULT,
) -> None:
    """提出申诉: 哪个单位、哪天的检查、哪一条不对"""
    from ..judge.appeal import Which
    from ..sheets.cells import people

    day = day_of(date, "--date")
    if day is None:
        raise ScoringError([Problem(message="没写哪天的检查", hint="加 --date 2026-06-03")])
    which = Which(day, source, people(visible(inspectors)), number_of(nth, "--nth") if nth else 0)
    with opened(db) as store:
        found = store.appeals.file(round, unit, which, reason, about=about, who=by, at=now())
    say([f"已记为第{found.number}号申诉: {found.unit.name} {found.visit.words}，待复核"])


def decide(
    number: Number,
    ruling: Annotated[str, typer.Argument(metavar="裁定", help="维持 或 更正")],
    reason: Reason,
    by: By,
    changes: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="检查项=答案",
            help="更正为什么，可写几次；问题明细的一行写 检查项@点位=数量（或 @行号），0 是去掉",
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    db: Database = DEFAULT,
) -> None:
    """复核裁定: 维持，或更正（原记录留着，重新评分存为新的一版）；检查人员和提申诉的人不能裁定"""
    from ..judge.appeal import COMPOSED, Ruling

    if ruling not in list(Ruling):
        raise wrong("裁定", ruling, list(Ruling))
    wanted, which = _wanted(changes), number_of(number, "申诉号")
    with opened(db) as store:
        found = store.appeals.decide(which, Ruling(ruling), reason, wanted, who=by, at=now())
        lines = store.appeals.notice(which) if found.state == Ruling.AMENDED else ()
    say([f"第{which}号申诉: {found.state}"])
    if lines:
        emit("\n".join(map(visible, lines)))
    later = found.decision.later if found.decision else ()
    say(
        f"“{name}”要照更正后的改，运行 chuangwei round recompose {name}"
        for name, how in later
        if how == COMPOSED
    )


def _wanted(changes: list[str]) -> dict[str, str]:
    """Return what is to be changed, by 检查项; raise ScoringError for what is no change or is written twice."""
    found: dict[str, str] = {}
    problems = []
    for text in changes:
        name, equals, answer = text.replace("＝", "=").partition("=")
        if not equals or not name.strip():
            problems.append(Problem(message=f"“{text}”读不懂", hint="写成 垃圾乱倒处数=2 的样子"))
        elif name.strip() in found:
            problems.append(Problem(message=f"“{name.strip()}”写了两次", hint="只写一次"))
        found[name.strip()] = answer.strip()
    if problems:
        raise ScoringError(problems)
    return found


def list_(
    round: Annotated[str, typer.Argument(metavar="轮次", help="只列这一轮的")] = "", db: Database = DEFAULT
) -> None:
    """列出申诉和裁定"""
    from ..report.drawn import drawn

    with opened(db) as store:
        found = store.appeals.all(round)
    rows = [
        [str(one.number), one.round, one.unit.name, one.visit.words, "、".join(one.about), one.who, one.state]
        for one in found
    ]
    header = ("号", "轮次", "被检单位", "检查", "条款", "提出", "裁定")
    emit(drawn(header, rows, ("检查", "条款")) if rows else "没有申诉")


def show(number: Number, db: Database = DEFAULT) -> None:
    """看一件申诉: 待复核的列出那次检查怎么记的，更正的附更正说明"""
    from ..explain.amendment import appeal_lines
    from ..explain.recorded import recorded_lines

    which = number_of(number, "申诉号")
    with opened(db) as store:
        found = store.appeals.one(which)
        lines = list(appeal_lines(found))
        if found.state == "更正":
            lines = list(store.appeals.notice(which))
        elif found.decision is None:
            lines += recorded_lines(*store.appeals.visit(which))
    emit("\n".join(map(visible, lines)))


def notice(
    number: Number,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写到文件")] = None,
    db: Database = DEFAULT,
) -> None:
    """写更正说明，可贴在通报后面"""
    from ..report.files import write_file

    with opened(db) as store:
        lines = store.appeals.notice(number_of(number, "申诉号"))
    text = "".join(f"{visible(line)}\n" for line in lines)
    if output is None:
        emit(text)
        return
    write_file(output, text.encode())
    say([f"已写到 {output}"])
