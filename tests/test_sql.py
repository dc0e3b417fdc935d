"""One truth: the SQL says of every visit just what the visit-by-visit reading says."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.compile.program import compile
from scoring.finding import MarkKind, Result
from scoring.history.ladder import LadderStep, Policy
from scoring.history.past import Earlier, History, PastFinding
from scoring.inspection import Unit
from scoring.load.rules import read_standard, shipped
from scoring.rule.standard import Standard
from scoring.sql.climb import Rung
from tests.bulk_support import Climb, disagreements, sheets
from tests.histories import points
from tests.strategies import standards, units
from tests.support import DAY, scorer, visit

ROWS = 40
LATE = dt.date(2026, 6, 10)


@given(standards(), units, st.integers(0, 2**32))
def test_every_shape_comes_to_the_same(law: Standard, unit: Unit, seed: int) -> None:
    visits = [visit(one, unit) for one in sheets(law.form, seed, ROWS)]
    assert not list(disagreements(scorer(law), [compile(law, DAY)], visits))


@given(standards(), standards(), units, st.integers(0, 2**32))
def test_standards_judged_together_charge_a_heap_once(
    law: Standard, other: Standard, unit: Unit, seed: int
) -> None:
    renamed = (
        other.text.replace("T-", "U-").replace("编号: T\n", "编号: U\n").replace("标准: 试验", "标准: 试二")
    )
    both = law, read_standard(renamed)
    visits = [visit(one, unit) for one in sheets(law.form, seed, ROWS)]
    assert not list(disagreements(scorer(*both), [compile(one, DAY) for one in both], visits))


@given(standards(), units, st.integers(0, 2**32), st.data())
def test_signed_blanks_and_columns_that_are_missing(
    law: Standard, unit: Unit, seed: int, data: st.DataObject
) -> None:
    columns = frozenset(data.draw(st.sets(st.sampled_from(sorted(law.form)), min_size=1)))
    visits = [
        visit(
            {name: answer for name, answer in one.items() if name in columns},
            unit,
            columns=columns,
            blank_is_none=number % 3 == 0,
        )
        for number, one in enumerate(sheets(law.form, seed, ROWS))
    ]
    assert not list(disagreements(scorer(law), [compile(law, DAY)], visits))


def climb(seed: int, ids: Sequence[str], steps: Sequence[tuple[Decimal, Decimal]]) -> Climb:
    """Clauses that failed in up to two rounds before; from the second and from the third time running a step each."""
    draw, rungs = random.Random(seed), [Rung(*one) for one in dict.fromkeys(steps)]
    policy = Policy(tuple(LadderStep(MarkKind.REPEATED, n, 0, *one) for n, one in enumerate(steps, start=2)))
    bits = [sum(1 << rungs.index(Rung(*one)) for one in dict.fromkeys(steps[:n])) for n in range(3)]
    runs = [{id: draw.randrange(3) for id in ids} for _ in range(ROWS)]
    histories = [
        History(Earlier(DAY, [_failed(id, back) for id, run in each.items() for back in range(run)]), policy)
        for each in runs
    ]
    return Climb(rungs, [{id: bits[run] for id, run in each.items()} for each in runs], histories)


def _failed(id: str, back: int) -> PastFinding:
    return PastFinding(dt.date(2022, 5 - back, 1), f"2022-0{5 - back}", id, Result.FAIL)


@settings(max_examples=40)
@given(
    standards(),
    standards(),
    units,
    st.integers(0, 2**32),
    st.lists(st.tuples(points, points), min_size=2, max_size=2),
)
def test_a_ladder_makes_prices_dearer_after_the_heap_and_before_the_floor(
    law: Standard, other: Standard, unit: Unit, seed: int, steps: list[tuple[Decimal, Decimal]]
) -> None:
    renamed = (
        other.text.replace("T-", "U-").replace("编号: T\n", "编号: U\n").replace("标准: 试验", "标准: 试二")
    )
    both = law, read_standard(renamed)
    programs = [compile(one, DAY) for one in both]
    visits = [visit(one, unit) for one in sheets(law.form, seed, ROWS)]
    ids = [clause.card.id for one in programs for clause in one.clauses]
    assert not list(disagreements(scorer(*both), programs, visits, climb=climb(seed, ids, steps)))


@pytest.mark.parametrize("law", shipped(), ids=lambda one: one.name)
def test_the_shipped_standards_come_to_the_same(law: Standard) -> None:
    for kind in law.kinds:
        unit = Unit("1", "东岭村", kind, "东片")
        visits = [visit(one, unit, LATE) for one in sheets(law.form, 7, 200)]
        assert not list(disagreements(scorer(law), [compile(law, LATE)], visits))


def test_the_shipped_standards_come_to_the_same_together() -> None:
    laws = [one for one in shipped() if "行政村" in one.kinds]
    form = {name: field for one in laws for name, field in one.form.items()}
    visits = [visit(one, Unit("1", "东岭村", "行政村"), LATE) for one in sheets(form, 7, 100)]
    assert not list(disagreements(scorer(*laws), [compile(one, LATE) for one in laws], visits))
