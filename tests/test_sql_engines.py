"""PostgreSQL is given the same trees and comes to the same; where it is not installed, its tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.inspection import Unit
from scoring.load.rules import shipped
from scoring.rule.standard import Standard
from tests.bulk_support import Engine, disagreements, sheets
from tests.databases import missing, postgres
from tests.strategies import standards, units
from tests.support import DAY, scorer, visit
from tests.test_sql import LATE
from tests.test_sql_computed import computed, misreckoned

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with postgres() as url, psycopg.connect(url, autocommit=True) as connection:

        def run(answers: str, query: str) -> list[tuple[Any, ...]]:
            connection.execute("DROP TABLE IF EXISTS answers")
            connection.execute(f"CREATE TEMP TABLE answers AS {answers}".encode())
            return connection.execute(query.encode()).fetchall()

        yield run


@given(law=standards(), unit=units, seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_every_shape_comes_to_the_same_on_postgres(
    engine: Engine, law: Standard, unit: Unit, seed: int
) -> None:
    visits = [visit(one, unit) for one in sheets(law.form, seed, 60)]
    assert not list(disagreements(scorer(law), [compile(law, DAY)], visits, "postgres", engine))


@pytest.mark.parametrize("law", shipped(), ids=lambda one: one.name)
def test_the_shipped_standards_come_to_the_same_on_postgres(engine: Engine, law: Standard) -> None:
    for kind in law.kinds:
        visits = [visit(one, Unit("1", "东岭村", kind), LATE) for one in sheets(law.form, 5, 100)]
        assert not list(disagreements(scorer(law), [compile(law, LATE)], visits, "postgres", engine))


@given(written=computed(), seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_any_formula_comes_to_the_exact_number_on_postgres(engine: Engine, written: str, seed: int) -> None:
    assert not list(misreckoned(written, seed, 60, "postgres", engine))
