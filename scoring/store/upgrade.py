"""Bring a database to the present form of its tables; Alembic is only imported where there is something to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError
from scoring.store.engine import writing

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"


def upgrade(engine: sa.Engine, to: str = HEAD, *, create: bool = True) -> None:
    """Bring the tables to a revision, in one transaction.

    Raises ScoringError where a newer program has been at the database and, unless ``create``, where it has no such tables.
    """
    with writing(engine) as connection:
        present = _revision(connection)
        if present == to:
            return
        if not present and not create:
            raise ScoringError([Problem(message="这不是考核数据库", hint="检查 --db 的文件名或地址")])
        if present > HEAD:
            raise ScoringError(
                [Problem(message="这个数据库是更新版本的程序建的", hint="升级 chuangwei 后再用")]
            )
        from alembic import command

        act = command.upgrade if present < to else command.downgrade
        act(configuration(connection), to if to else "base")


def configuration(connection: sa.Connection) -> Config:
    """Return Alembic's settings for a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "scoring:store/migrations")
    config.attributes["connection"] = connection
    return config


def _revision(connection: sa.Connection) -> str:
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""
