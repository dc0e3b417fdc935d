"""``chuangwei rectify``: which orders there are, how far they have come, which are due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import day_of, emit, say
from .database import DEFAULT, Database, opened
from .values import wrong

if TYPE_CHECKING:
    from ..rectify.issued import IssuedOrder
    from ..store import Store

AsOf = Annotated[str, typer.Option("--on", metavar="日期", help="截至哪天，如 2026-06-30；不写是今天")]
OfRound = Annotated[str, typer.Option("--round", metavar="轮次", help="只看这一轮的")]
Format = Annotated[str, typer.Option("--format", metavar="格式", help="table 或 json")]


def list_(
    round: OfRound = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位的")] = "",
    state: Annotated[
        str, typer.Option("--state", metavar="状态", help="已交办、已签收、已整改、已销号 或 已撤销")
    ] = "",
    responsible: Annotated[
        str, typer.Option("--responsible", metavar="责任单位", help="只看这个责任单位的")
    ] = "",
    leader: Annotated[str, typer.Option("--leader", metavar="包村领导", help="只看这位领导包的村的")] = "",
    late: Annotated[bool, typer.Option("--late", help="只看逾期没改的")] = False,
    open: Annotated[bool, typer.Option("--open", help="只看没销号的")] = False,
    on: AsOf = "",
    format: Format = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="写成整改台账（.xlsx 或 .csv），填好可再导入"),
    ] = None,
    db: Database = DEFAULT,
) -> None:
    """列出整改单，或写成整改台账"""
    from ..rectify.issued import Filter
    from ..rectify.lifecycle import State

    kind, states = _kind(format, output), [one.value for one in State]
    if state and state not in states:
        raise wrong("--state", state, states)
    as_of = day_of(on) or date.today()
    with opened(db) as store:
        found = store.orders.find(as_of, Filter(round, unit, state, responsible, leader, late, open))
    if output is not None:
        _write(output, found, as_of, kind)
    elif kind == "json":
        from ..report.orders import document

        emit(_json(document(one, as_of) for one in found))
    else:
        emit(_table(found, as_of))


def _kind(format: str, output: Path | None) -> str:
    """Settle the format: of a file by its ending, else as it is asked for."""
    ending = output.suffix.lstrip(".").lower() if output else ""
    known = ("xlsx", "csv", "json") if output else ("table", "json")
    kind = format or ending or known[0]
    if kind not in known:
        raise wrong("-o 的文件" if output and not format else "--format", kind, known)
    return kind


def _write(output: Path, found: Sequence[IssuedOrder], as_of: date, kind: str) -> None:
    from ..report.files import write_file, write_new
    from ..report.ledger import ledger
    from ..report.orders import document

    if kind == "json":
        write_file(output, (_json(document(one, as_of) for one in found) + "\n").encode())
    else:
        write_new(output, ledger(found, as_of, kind))
    say([f"已写到 {output}（{len(found)}张）"])


def _table(found: Iterable[IssuedOrder], as_of: date) -> str:
    from ..report.drawn import drawn
    from ..report.orders import LIST_COLUMNS, list_rows

    rows = list(list_rows(found, as_of))
    return drawn(LIST_COLUMNS, rows, ("问题描述",), width=120) if rows else "没有这样的整改单"


def _json(documents: Iterable[object]) -> str:
    return json.dumps(list(documents), ensure_ascii=False, indent=1)


def progress(
    by: Annotated[
        str, typer.Option("--by", metavar="按", help="按 单位、包村领导、责任单位 或 片区；不写合计")
    ] = "",
    round: OfRound = "",
    on: AsOf = "",
    format: Format = "",
    db: Database = DEFAULT,
) -> None:
    """应改、已改、逾期、按期率和催办次数"""
    from ..rectify.counted import GROUPS
    from ..rectify.issued import Filter
    from ..report.drawn import drawn
    from ..report.orders import PROGRESS_COLUMNS, progress_document, progress_rows

    kind = _kind(format, None)
    if by and by not in GROUPS:
        raise wrong("--by", by, list(GROUPS))
    as_of = day_of(on) or date.today()
    with opened(db) as store:
        groups = store.orders.progress(as_of, by, Filter(round=round))
    if kind == "json":
        emit(_json(map(progress_document, groups)))
    else:
        rows = list(progress_rows(groups))
        emit(drawn((by or "合计", *PROGRESS_COLUMNS), rows) if rows else "还没有整改单")


def due(
    days: Annotated[int, typer.Option("--days", metavar="天数", min=0, help="几天内到期的也列出")] = 3,
    round: OfRound = "",
    on: AsOf = "",
    db: Database = DEFAULT,
) -> None:
    """逾期的和快到期的，该提级督办的写明到谁"""
    from ..rectify.issued import Filter
    from ..report.drawn import drawn

    as_of = day_of(on) or date.today()
    with opened(db) as store:
        found = store.orders.find(as_of, Filter(round=round))
        soon = sorted(_soon(found, as_of + timedelta(days)), key=lambda pair: (pair[0], pair[1].number))
        above = _above(store, {one.round for _, one in soon}, as_of)
    rows = [
        [one.number, one.unit.name, one.problem, str(day), _left(day, as_of), one.life.person, above.get(one.number, "")]
        for day, one in soon
    ]  # fmt: skip
    columns = ("问题编号", "被检单位", "问题描述", "整改时限", "还有", "责任人", "提级督办")
    emit(
        drawn(columns, rows, ("问题描述",), width=120)
        if rows
        else f"{as_of} 没有逾期的，{days}天内也没有到期的"
    )


def _soon(found: Iterable[IssuedOrder], last: date) -> Iterator[tuple[date, IssuedOrder]]:
    """Yield the orders nobody has replied to that are due by a day, with their days."""
    for one in found:
        if (
            one.life.open
            and one.life.replied_on is None
            and one.life.due_at
            and one.life.due_at.date() <= last
        ):
            yield one.life.due_at.date(), one


def _above(store: Store, rounds: Iterable[str], as_of: date) -> dict[str, str]:
    """Return to whom the 考核办法 of their rounds sends orders, by number."""
    found = (each for round in sorted(rounds) for each in store.orders.supervise(round, as_of))
    return {each.order.number: f"到{each.to}" for each in found}


def _left(day: date, as_of: date) -> str:
    left = (day - as_of).days
    return f"逾期{-left}天" if left < 0 else f"{left}天" if left else "今天到期"
