"""``chuangwei bulk``: results of large tables ranked, and the SQL they are scored with; ``bulk_score`` scores them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, shortened
from .common import day_of, emit, register_of, say
from .score import Standards, Units
from .values import one_of

if TYPE_CHECKING:
    from ..bulk.rank.below import Below

Memory = Annotated[int, typer.Option("--memory", metavar="MB", min=100, help="最多用多少内存，不够的用磁盘")]
Threads = Annotated[int, typer.Option("--threads", metavar="个", min=0, help="用几个核，0 是全部")]
DIALECTS = ("duckdb", "spark", "postgres")


def rank(
    scheme: Annotated[str, typer.Option("--scheme", metavar="考核办法", help="按哪个考核办法排，编号或文件")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件", help="排名写到哪个新文件，.parquet 或 .csv")
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="结果", help="成批评分写出的文件夹；只由各轮组成的办法（季考核）不给"),
    ] = None,
    below: Annotated[
        list[str],
        typer.Option(
            "--below",
            metavar="轮次=文件",
            help="有组成的办法: 下级各轮的排名，如 月=四月排名.csv，一轮写一次，早的在前",
        ),
    ] = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    last: Annotated[
        Path | None, typer.Option("--last", metavar="文件", help="上次排名写出的文件，用来看升降")
    ] = None,
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    memory: Memory = 600,
    threads: Threads = 0,
) -> None:
    """按考核办法给成批评分的结果排名次"""
    installed()
    from ..bulk.engine import Limits
    from ..bulk.rank.run import rank as ranked
    from ..find import find_scheme

    register = register_of(units)
    known = register.units if register else ()
    law = find_scheme(scheme, standard)
    found = ranked(folder, law, output, known, last, Limits(memory, threads), _rounds(below))
    emit(f"{law.name}: {found.groups}个组，{found.units}个单位有名次，{found.unranked}个没有（各写明了原因）")
    say([f"排名在 {output}"])


def _rounds(given: list[str]) -> list[Below]:
    """Return the rounds below; raises ScoringError for what does not say which part it is, or is no file."""
    from ..bulk.rank.below import Below

    found, problems = [], []
    for text in given:
        part, _, name = text.partition("=")
        if not part or not name:
            problems.append(
                Problem(message=f"--below “{shortened(text)}”读不懂", hint="写成 月=四月排名.csv")
            )
        elif not Path(name).is_file():
            problems.append(
                Problem(shortened(name), message="没有这个文件", hint="给 chuangwei bulk rank 写出的文件")
            )
        else:
            found.append(Below(part, Path(name)))
    if problems:
        raise ScoringError(problems)
    return found


def sql(
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    kind: Annotated[
        str, typer.Option("--kind", metavar="类别", help="评哪一类单位，如 行政村；不写用标准的第一类")
    ] = "",
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="数据库", help="duckdb、spark 或 postgres")
    ] = "duckdb",
    on: Annotated[str, typer.Option("--on", metavar="日期", help="按哪天施行的条款；不写用最新的")] = "",
) -> None:
    """把标准写成 SQL，给自己的数据库用"""
    installed()
    from ..find import find_standards
    from ..infer import choose
    from ..sql.script import script
    from ..sql.select import judging

    one_of("--dialect", dialect, DIALECTS)
    programs, chosen = judging(find_standards(standard), kind, day_of(on))
    emit(script(programs, chosen, choose("reference")[0], dialect))


def installed() -> None:
    """Refuse where the extra is not installed, with the way to it."""
    if find_spec("duckdb") is None or find_spec("sqlglot") is None:
        raise ScoringError(
            [Problem(message="成批评分要先装 DuckDB 和 sqlglot", hint="pip install 'chuangwei[bulk]'")]
        )
