"""Open a database and run transactions on it; the only door to SQLAlchemy's engine, and to what its errors mean.

SQLite's own default transactions lose updates silently, so a writing transaction begins with ``BEGIN IMMEDIATE``; on
PostgreSQL it takes one advisory lock. Either way writers queue, and the chain of events has one head.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from scoring.errors import Problem, ScoringError

WAIT_MS = 20_000
_LOCK = 0x6368756E  # one number per application, as PostgreSQL's advisory locks want it
_MEANINGS = (
    ("database or disk is full", "磁盘满了，这一步没有写进去", "腾出空间后重做这一步"),
    ("readonly database", "数据库文件是只读的", "改文件权限，或复制一份再用"),
    ("database is locked", "别人正在写，等了太久", "过一会儿再试"),
    ("file is not a database", "这不是考核数据库", "检查 --db 的文件名"),
    ("malformed", "数据库文件损坏", "用备份恢复"),
    ("unable to open database file", "数据库文件打不开", "检查文件夹是否存在、有没有权限"),
    ("disk I/O error", "磁盘读写出错", "检查磁盘"),
)


def open_engine(url: str, *, create: bool = True) -> sa.Engine:
    """Return an engine for a database URL, or for the path of an SQLite file.

    Raises ScoringError where the URL cannot be read or its driver is not installed and, unless ``create``, where the
    SQLite file is not there: a wrong name must not look like an empty database.
    """
    full = url if "://" in url else f"sqlite:///{Path(url)}"
    try:
        made = sa.make_url(full)
        if made.drivername == "postgresql":
            made = made.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(made)
    except ModuleNotFoundError:
        raise ScoringError(
            [Problem(message="没有装 PostgreSQL 的驱动", hint="运行 pip install 'chuangwei[pg]'")]
        ) from None
    except SQLAlchemyError:
        raise ScoringError(
            [
                Problem(
                    message=f"数据库地址“{url[:60]}”读不懂", hint="写文件名，或 postgresql://用户@主机/库名"
                )
            ]
        ) from None
    if made.get_backend_name() == "sqlite":
        if not create and made.database and not Path(made.database).exists():
            hint = "检查 --db 的文件名和所在的文件夹；还没有的，先用 chuangwei round open 开一轮"
            raise ScoringError([Problem(made.database, message="没有这个数据库", hint=hint)])
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver thinks
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={WAIT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection in one writing transaction: all of it is kept, or nothing.

    Raises ScoringError where the database cannot be written.
    """
    with _understood(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection that sees one state of the database throughout."""
    with _understood(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what a database says into a problem with the way out; what is not known is a bug and stays one."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        for words, message, hint in _MEANINGS:
            if words in said:
                raise ScoringError([Problem(message=message, hint=hint)]) from error
        if error.connection_invalidated or ("connection" in said and "failed" in said):
            raise ScoringError([Problem(message="连不上数据库", hint="检查 --db 的地址和网络")]) from error
        raise
