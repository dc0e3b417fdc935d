"""Spark is given the same trees and comes to the same; where PySpark or Java is not installed, its tests are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.inspection import Unit
from scoring.load.rules import shipped
from scoring.rule.standard import Standard
from tests.bulk_support import Engine, disagreements, sheets
from tests.sparks import missing, spark
from tests.strategies import standards, units
from tests.support import DAY, scorer, visit
from tests.test_sql import LATE
from tests.test_sql_computed import computed, misreckoned

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
# Spark takes a second or two to plan a query, however few its rows: few standards with many rows each.
EXAMPLES, ROWS = (1000 if SOAK else 6), 200
LAWS = [one for one in shipped() if SOAK or one.id in ("BM", "LX", "WH", "WL")]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with spark() as session:

        def run(answers: str, query: str) -> list[tuple[Any, ...]]:
            session.sql(answers.replace('"', "`")).createOrReplaceTempView("answers")
            return [tuple(row) for row in session.sql(query).collect()]

        yield run


@given(law=standards(), unit=units, seed=st.integers(0, 2**32))
@settings(max_examples=EXAMPLES)
def test_every_shape_comes_to_the_same_on_spark(engine: Engine, law: Standard, unit: Unit, seed: int) -> None:
    visits = [visit(one, unit) for one in sheets(law.form, seed, ROWS)]
    assert not list(disagreements(scorer(law), [compile(law, DAY)], visits, "spark", engine))


@pytest.mark.parametrize("law", LAWS, ids=lambda one: one.name)
def test_the_shipped_standards_come_to_the_same_on_spark(engine: Engine, law: Standard) -> None:
    kind = law.kinds[0]
    visits = [visit(one, Unit("1", "东岭村", kind), LATE) for one in sheets(law.form, 5, ROWS)]
    assert not list(disagreements(scorer(law), [compile(law, LATE)], visits, "spark", engine))


# Its quotients take more than 64 bits; what DIV would make of them is small again.
LARGE = "计算:\n  子: {算: 丁 × 丁 × 丁 × 147573, 保留: 6}\n"


@given(written=computed(), seed=st.integers(0, 2**32))
@example(written=LARGE, seed=1)
@settings(max_examples=EXAMPLES)
def test_any_formula_comes_to_the_exact_number_on_spark(engine: Engine, written: str, seed: int) -> None:
    assert not list(misreckoned(written, seed, ROWS, "spark", engine))
