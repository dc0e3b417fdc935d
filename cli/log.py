"""``chuangwei log``: keep the 登记簿, look into them and add them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, visible
from ..registers.kinds import KINDS, kind_named, names
from .common import calendar_of, day_of, emit, say
from .database import DEFAULT, By, Database, now, opened
from .score import Calendar
from .values import wrong

if TYPE_CHECKING:
    from ..store.entries import Filing, Kept

FORMATS = ("table", "json")
_KINDS = "、".join(names(KINDS))
Format = Annotated[str, typer.Option("--format", metavar="格式", help="table 或 json")]
First = Annotated[str, typer.Option("--from", metavar="日期", help="从哪天，如 2026-01-01")]
Last = Annotated[str, typer.Option("--to", metavar="日期", help="到哪天，如 2026-12-31；不写到今天")]
KindName = Annotated[str, typer.Argument(metavar="种类", help=_KINDS)]


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="登记簿", help="登记簿文件（XLSX、CSV 等）；工作表的名称说明是哪一种"),
    ],
    by: By,
    kind: Annotated[
        str, typer.Option("--kind", metavar="种类", help=f"只导入这一种；看不出种类的都当作这一种: {_KINDS}")
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="与已登记的不同时，用这次的代替")] = False,
    db: Database = DEFAULT,
) -> None:
    """导入登记簿；同样的表再导一次什么也不变，改过的先列出不同"""
    from ..registers.read import read_entries

    reading = read_entries(files, kind_named(kind) if kind else None)
    say(f"提示: {notice}" for notice in reading.notices)
    with opened(db, create=True) as store:
        contents = [(file.name, file.read_bytes()) for file in files]
        told = store.registers.take_in(reading.entries, contents, who=by, at=now(), replace=replace)
    _tell(told, replace=replace)
    if told.changed and not replace:
        raise typer.Exit(2)


def _tell(told: Filing, *, replace: bool) -> None:
    for one in told.changed:
        emit(visible(f"第{one.kept.number}号 {_named(one.kept)} 与已登记的不同:"))
        emit(
            "\n".join(
                visible(f"  {title}: {was or '没写'} → {now or '没写'}") for title, was, now in one.changes
            )
        )
    say(f"第{one.number}号 {_named(one)} 已作废（{one.struck}），没有再登记" for one in told.struck)
    if told.changed and not replace:
        say([f"有{len(told.changed)}条与已登记的不同，什么也没有写入。要用这次的，加 --replace"])
    else:
        say([f"新登记{len(told.new)}条，已有{len(told.known)}条，改了{len(told.changed)}条"])


def _named(one: Kept) -> str:
    return f"{one.entry.kind.name} {' '.join(one.entry.key)}"


def add(
    kind: KindName,
    said: Annotated[
        list[str], typer.Argument(metavar="栏=内容", help="如 日期=2026-06-10 培训=除四害培训 参加人数=45")
    ],
    by: By,
    db: Database = DEFAULT,
) -> None:
    """添加一条登记"""
    from ..registers.read import written

    found = written(kind_named(kind), _pairs(said))
    with opened(db, create=True) as store:
        number = store.registers.add(found, who=by, at=now())
    say([f"已登记，第{number}号"])


def _pairs(said: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    problems = []
    for one in said:
        title, sign, text = one.replace("＝", "=").partition("=")
        if not sign:
            problems.append(Problem(message=f"“{one}”读不懂", hint="写成 栏=内容，如 日期=2026-06-10"))
        elif title in found:
            problems.append(Problem(message=f"“{title}”写了两次", hint="只写一次"))
        found[title] = text
    if problems:
        raise ScoringError(problems)
    return found


def list_(
    kind: Annotated[str, typer.Argument(metavar="种类", help=f"{_KINDS}；不写看全部")] = "",
    first: First = "",
    last: Last = "",
    every: Annotated[bool, typer.Option("--all", help="作废的、改过的也列出")] = False,
    format: Format = "table",
    db: Database = DEFAULT,
) -> None:
    """列出登记"""
    from ..report.registers import dumped, entry_document

    _known(format)
    wanted = kind_named(kind) if kind else None
    days = day_of(first, "--from"), day_of(last, "--to")
    with opened(db) as store:
        found = store.registers.list(wanted, *days, struck=every)
    if format == "json":
        emit(
            dumped(
                [{"number": one.number, **entry_document(one.entry), "struck": one.struck} for one in found]
            )
        )
    else:
        emit(_table(found) if found else "还没有登记")


def _table(found: Sequence[Kept]) -> str:
    from ..report.drawn import drawn
    from ..report.registers import entry_line

    rows = [
        [str(one.number), str(one.entry.date), one.entry.kind.name, entry_line(one.entry) + _end(one)]
        for one in found
    ]
    return drawn(("号", "日期", "种类", "内容"), rows, ("内容",))


def _end(one: Kept) -> str:
    return f"（不算数: {one.struck}）" if one.struck else ""


def totals(
    first: First,
    last: Last = "",
    weekday: Annotated[str, typer.Option("--weekday", metavar="星期", help="大扫除日，周一至周五")] = "周五",
    calendar: Calendar = None,
    format: Format = "table",
    db: Database = DEFAULT,
) -> None:
    """合计一段时间的登记，供写总结用；列出缺了哪几天日志、大扫除开展了几周"""
    from ..registers.days import WEEKDAYS
    from ..report.registers import totals_json, totals_text

    _known(format)
    if weekday not in WEEKDAYS:
        raise wrong("--weekday", weekday, WEEKDAYS)
    start, end = day_of(first, "--from"), day_of(last, "--to") or date.today()
    if start is None:
        raise ScoringError([Problem(message="没写从哪天", hint="加 --from 2026-01-01 的样子")])
    worked = calendar_of(calendar)
    with opened(db, worked) as store:
        found = store.registers.totals(start, end, weekday=WEEKDAYS.index(weekday) + 1)
    emit(totals_json(found) if format == "json" else totals_text(found))
    say(f"提示: {notice}" for notice in (*found.doubts, *worked.notices, *_ahead(end)))


def _ahead(last: date) -> list[str]:
    return [f"{last} 还没到，往后的日子也算没记、没扫"] if last > date.today() else []


def strike(
    number: Annotated[int, typer.Argument(metavar="号", help="登记的号，用 chuangwei log list 看")],
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么作废")],
    by: By,
    db: Database = DEFAULT,
) -> None:
    """作废一条登记；不删，注明理由，不再计入合计"""
    with opened(db) as store:
        gone = store.registers.strike(number, reason, who=by, at=now())
    say([f"第{number}号 {_named(gone)} 已作废"])


def form(
    kind: Annotated[
        list[str] | None, typer.Argument(metavar="种类", help=f"{_KINDS}；不写全部印在一本里")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件")] = Path(
        "登记簿.xlsx"
    ),
) -> None:
    """印空白登记簿（XLSX），填好可直接导入"""
    from ..form.registers import registers_form
    from ..report import write_new

    write_new(output, registers_form([kind_named(one) for one in kind] if kind else KINDS))
    say([f"已写到 {output}"])


def _known(format: str) -> None:
    if format not in FORMATS:
        raise wrong("--format", format, FORMATS)
