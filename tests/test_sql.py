"""One truth: the SQL says of every visit just what the visit-by-visit reading says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.inspection import Unit
from scoring.rule.standard import Standard
from tests.bulk_support import differences, judged, planned, said, sheets
from tests.strategies import standards, units
from tests.support import DAY, scorer, visit

ROWS = 40


@given(standards(), units, st.integers(0, 2**32))
def test_duckdb_says_the_same_as_the_reading_visit_by_visit(standard: Standard, unit: Unit, seed: int) -> None:
    visits = [visit(one, unit) for one in sheets(standard, seed, ROWS)]
    program = compile(standard, DAY)
    engine, plan = scorer(standard), planned([program], visits)
    for one, (row,) in zip(visits, judged([program], visits), strict=True):
        assert not differences(said(engine.card(program, one), plan, 0), row), one.answers
