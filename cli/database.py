"""What the verbs that keep a database share: which one, who acts, and what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..finding import Infer
    from ..store import Store
    from ..workdays import WorkCalendar

Database = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="文件或地址",
        help="考核数据库: 文件名，或 postgresql://用户@主机/库名",
        envvar="CHUANGWEI_DB",
    ),
]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁做的，记入日志")]
RoundName = Annotated[str, typer.Argument(metavar="轮次", help="轮次的名称，如 2026-06")]
DEFAULT = "考核.db"


@contextmanager
def opened(
    database: str, calendar: WorkCalendar | None = None, infer: Infer | None = None, *, create: bool = False
) -> Iterator[Store]:
    """Yield the store, on a calendar or the official one, and let go of it at the end.

    Only the verbs that begin something ``create`` a file that is not there.
    """
    from ..api import open_store

    with open_store(database, calendar=calendar, infer=infer, create=create) as store:
        yield store


def now() -> str:
    """Return the time as the trail writes it: to the second, with the zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
