"""``chuangwei bulk score``: tables of millions of visits scored, here or where they lie."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ..errors import Problem, ScoringError
from .bulk import DIALECTS, Memory, Threads, installed
from .bulk_shown import told, watched
from .common import calendar_of, emit, infer_of, register_of, say
from .score import Calendar, Infer, Standards, Units
from .values import one_of

if TYPE_CHECKING:
    from ..bulk.past.join import Sources
    from ..bulk.source import Input
    from ..rule.scheme import Scheme


def score(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="结果写到哪个新文件夹")],
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="表",
            help="检查记录的大表: Parquet 或 CSV，一行一次检查，可以给几个或一个文件夹；或数据库（用 --table 写明哪个表）",
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable argument
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    table: Annotated[
        str, typer.Option("--table", metavar="表名", help="数据库（SQLite 文件或 PostgreSQL 地址）里的哪个表")
    ] = "",
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="引擎", help="在哪里算: duckdb（本机）、postgres 或 spark（在数据所在的地方）"
        ),
    ] = "duckdb",
    details: Annotated[
        list[str],
        typer.Option(
            "--details", metavar="明细", help="问题明细: Parquet 或 CSV，一行一处问题，可以写几次；或数据库"
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    details_table: Annotated[
        str,
        typer.Option(
            "--details-table",
            metavar="表名",
            help="问题明细是数据库里的哪个表；没写 --details 的，和检查记录同一个库",
        ),
    ] = "",
    units: Units = None,
    scheme: Annotated[
        str,
        typer.Option(
            "--scheme", metavar="考核办法", help="按哪个考核办法的阶梯加扣，编号或文件；只评它用的标准"
        ),
    ] = "",
    history: Annotated[
        list[Path],
        typer.Option(
            "--history",
            metavar="以前的结果",
            help="以前一轮成批评分写出的文件夹，或各条合格不合格的表；可以给几轮",
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    orders: Annotated[
        list[Path],
        typer.Option(
            "--orders",
            metavar="整改单",
            help="以前的整改单办到哪里了: Parquet 或 CSV，可以给几个或一个文件夹",
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    memory: Memory = 600,
    threads: Threads = 0,
    rows: Annotated[int, typer.Option("--rows", metavar="行", min=0, help="一个行段多少行，0 是自动")] = 0,
    infer: Infer = "",
    calendar: Calendar = None,
) -> None:
    """给成百万行的大表评分；中断了再运行一次接着做"""
    installed()
    one_of("--engine", engine, DIALECTS)
    law, before = _past(scheme, history, orders, standard, engine)
    if engine != "duckdb":
        _only_here({"--units": units is not None, "--details": bool(details or details_table)})
        _elsewhere(engine, files, table, output, standard, infer, calendar, memory)
    if not files:
        raise ScoringError([Problem(message="没给大表", hint="写上 Parquet、CSV 文件，或数据库和 --table")])
    from ..bulk.engine import Limits
    from ..bulk.run import run
    from ..bulk.task import Task
    from ..find import find_standards
    from ..infer import choose

    register = register_of(units)
    task = Task(
        _inputs(files, table),
        find_standards(standard),
        infer_of(infer) or choose(None)[0],
        calendar_of(calendar),
        register.units if register else (),
        _inputs(details or (files if details_table else []), details_table),
        law,
        before,
    )
    with watched() as progress:
        outcome = run(task, output, Limits(memory, threads, rows), progress)
    told(outcome, output)
    raise typer.Exit(2 if outcome.problems else 0)


def _inputs(names: list[str], table: str) -> list[Input]:
    """Return files, or the table of databases."""
    from ..bulk.database import Stored

    return [Stored(one, table) if table else Path(one) for one in names]


def _only_here(options: dict[str, bool]) -> None:
    """Refuse options that another engine knows nothing of."""
    for name, given in options.items():
        if given:
            hint = "类别、问题的处数写在表里；排名时 chuangwei bulk rank … --units 名册"
            raise ScoringError([Problem(message=f"{name} 只用于本机评分", hint=hint)])


def _past(
    name: str, history: list[Path], orders: list[Path], standard: list[str], engine: str
) -> tuple[Scheme | None, Sources]:
    """Return the scheme whose ladder is climbed, and the past it looks at; refuse what would be looked at for nothing."""
    from ..bulk.past.join import NO_PAST, Sources
    from ..find import find_scheme

    asked = "--scheme" if name else "--history" if history else "--orders" if orders else ""
    if asked and engine != "duckdb":
        raise ScoringError([Problem(message=f"{asked} 只用于本机评分", hint="不写 --engine，就在本机评")])
    if not name:
        if asked:
            raise ScoringError(
                [Problem(message=f"{asked} 要和 --scheme 一起写", hint="加扣几分写在考核办法的“阶梯”里")]
            )
        return None, NO_PAST
    return find_scheme(name, standard), Sources(history, orders)


def _elsewhere(
    engine: str,
    inputs: list[str],
    table: str,
    output: Path,
    standard: list[str],
    infer: str,
    calendar: Path | None,
    memory: int,
) -> NoReturn:
    """Score a typed table where it lies, and leave."""
    from ..bulk.engine import Limits, connected, fresh
    from ..bulk.remote.choose import chosen
    from ..bulk.remote.run import score as judged
    from ..find import find_standards
    from ..infer import choose

    fresh(output)
    inference, days = infer_of(infer) or choose(None)[0], calendar_of(calendar)
    with (
        TemporaryDirectory() as work,
        connected(Path(work), Limits(memory)) as own,
        chosen(engine, inputs, table, own) as there,
    ):
        done = judged(there, find_standards(standard), inference, days, output, own)
    say(done.problems)
    emit("\n".join(done.summary))
    say([f"读了{done.rows}行。结果在 {output}"])
    raise typer.Exit(2 if done.problems else 0)
