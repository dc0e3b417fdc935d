"""A typed table judged in PostgreSQL or Spark comes to the cards, findings and units of the visits one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import psycopg
import pytest

from scoring import columns
from scoring.bulk.database import Stored
from scoring.bulk.front import answers, front
from scoring.bulk.rank.run import rank
from scoring.bulk.remote.engine import Engine
from scoring.bulk.remote.postgres import postgres
from scoring.bulk.remote.run import score
from scoring.bulk.remote.spark import Spark
from scoring.bulk.source import files
from scoring.compile.vocabulary import vocabulary
from scoring.errors import ScoringError
from scoring.rule.standard import Standard
from scoring.sql.script import typed_names
from tests import databases, sparks
from tests.round_support import scheme
from tests.support import scorer
from tests.test_bulk import (
    CALENDAR,
    FORM,
    INFER,
    LAWS,
    as_csv,
    cards_in,
    cards_of,
    fails_in,
    fails_of,
    made_up,
    orders_in,
    orders_of,
    row,
    units_in,
    units_of,
)

VISITS = made_up(150)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up visits as the typed table that the SQL speaks of."""
    folder = tmp_path_factory.mktemp("typed")
    target = folder / "typed.parquet"
    with duckdb.connect() as connection:
        (file,) = files([as_csv(folder / "表.csv", [row(one) for one in VISITS])], connection, folder)
        found = front(file.types, vocabulary(LAWS), file.name)
        skips = {name for name, field in FORM.items() if field.may_skip}
        names = [*typed_names(list(found.fields), columns.BLANK_IS_NONE), *found.words]
        kept = [
            name for name in names if not name.endswith(" 不适用") or name.removesuffix(" 不适用") in skips
        ]
        listed = ", ".join(f'"{name}"' for name in kept)
        connection.execute(
            f"COPY (SELECT {listed} FROM ({answers(found, file.query(0, file.rows))})) TO '{target}' (FORMAT parquet)"
        )
    return target


def agrees(engine: Engine, out: Path, laws: Sequence[Standard] = LAWS) -> None:
    with duckdb.connect() as own:
        done = score(engine, laws, INFER, CALENDAR, out, own)
    kinds = {kind for one in laws for kind in one.kinds}
    found = scorer(*laws).score(one for one in VISITS if one.unit.kind in kinds)
    assert done.rows == len(VISITS) and done.summary
    assert cards_in(out) == cards_of(found)
    assert fails_in(out) == fails_of(found)
    assert orders_in(out) == orders_of(found)
    assert units_in(out) == units_of(found)


@pytest.fixture(scope="module")
def url(typed: Path, server: str) -> str:
    with duckdb.connect() as connection, psycopg.connect(server, autocommit=True) as database:
        rows = connection.execute(f"SELECT * FROM '{typed}'")
        held = ", ".join(f'"{name}" {_type(str(kind))}' for name, kind, *_ in rows.description)
        database.execute(f"DROP TABLE IF EXISTS typed; CREATE TABLE typed ({held})".encode())
        places = ", ".join(["%s"] * len(rows.description))
        database.cursor().executemany(f"INSERT INTO typed VALUES ({places})".encode(), rows.fetchall())
    return server


def _type(kind: str) -> str:
    return {"STRING": "TEXT", "VARCHAR": "TEXT", "NUMBER": "BIGINT"}.get(kind, kind)


@pytest.mark.skipif(bool(databases.missing()), reason=databases.missing() or "-")
def test_a_table_is_judged_in_postgresql(url: str, tmp_path: Path) -> None:
    with duckdb.connect() as own, postgres(Stored(url, "typed"), own) as engine:
        agrees(engine, tmp_path / "out")
    law = scheme(标准="[{标准: WL}, {标准: CZ}, {标准: LW}]", 分组="[类别]")
    assert rank(tmp_path / "out", law, tmp_path / "排名.csv").units


@pytest.mark.skipif(bool(databases.missing()), reason=databases.missing() or "-")
def test_a_table_that_lacks_what_the_sql_asks_for_is_refused(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("DROP TABLE IF EXISTS few")
        database.execute('CREATE TABLE few AS SELECT "单位编号", "垃圾乱倒处数" FROM typed'.encode())
    with (
        duckdb.connect() as own,
        postgres(Stored(url, "few"), own) as engine,
        pytest.raises(ScoringError, match="表里没有这些栏: 类别、检查日期"),
    ):
        score(engine, LAWS, INFER, CALENDAR, tmp_path / "out", own)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(bool(sparks.missing()), reason=sparks.missing() or "-")
def test_parquet_is_judged_in_spark(typed: Path, tmp_path: Path) -> None:
    with sparks.spark() as session:
        agrees(Spark(session, str(typed)), tmp_path / "out", LAWS[:1])
        with pytest.raises(ScoringError, match="Spark 读不了"):
            Spark(session, str(tmp_path / "无"))
