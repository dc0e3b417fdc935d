"""Computed fields in SQL: any formula, rounding and sample comes to the very number that the exact reading comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.compile.program import Program, compile
from scoring.inspection import NOT_APPLICABLE, Inspection
from scoring.match.derive import Deriver
from scoring.sql.derive import Table, derived
from scoring.sql.dialects import text
from scoring.sql.stack import Stack, aliased
from scoring.sql.values import Value
from scoring.sql.whole import TooWideError
from tests.bulk_support import Engine, on_duckdb, rows_of, sheets, table_text
from tests.support import DAY, clause, standard, visit

FORM = """  甲: {填: 数量, 单位: 处, 最大: 12}
  乙: {填: 数量, 单位: 处, 可缺项: 是}
  丙: {填: 百分比}
  丁: {填: 数值, 最大: 500}
  戊: {填: 分数, 最小: 0, 最大: 10}
  己: {填: 选项, 选项: [好, 中, 差], 可缺项: 是}
"""
_atoms = st.sampled_from(["甲", "乙", "丙", "丁", "戊", "0", "3", "0.07", "12.5", "300", "5%"])
_trees = st.recursive(
    _atoms,
    lambda inner: st.tuples(inner, st.sampled_from("+−×÷"), inner).map(lambda one: f"({' '.join(one)})"),
    max_leaves=4,
)
_roundings = st.sampled_from(["取整: 进一", "取整: 舍去", "取整: 四舍五入", "保留: 0", "保留: 2", "保留: 6"])
_ends = st.sampled_from(["", ", 不低于: 2", ", 不高于: 7.25", ", 不低于: 0, 不高于: 40"])
_samples = st.sampled_from(["", "", ", 样本: 甲 ≥ 3", ", 样本: 乙 > 1 或 己 = 好"])


@st.composite
def computed(draw: st.DrawFn) -> str:
    """Two formulas, the second on the first, a number by an option and a level by a number."""
    first, second = draw(_trees), draw(_trees)
    lines = [
        f'  子: {{算: "{first}", {draw(_roundings)}{draw(_ends)}{draw(_samples)}}}',
        f'  丑: {{算: "子 {draw(st.sampled_from("+−×÷"))} {second}", {draw(_roundings)}{draw(_ends)}}}',
        f"  寅: {{按: 己, 取: {{好: 0, 中: 1.25, 差: 3}}{draw(_samples)}}}",
        "  卯: {算: 寅 × 甲 − 丁}",
        "  辰: {按: 卯, 分级: {低: 低于0, 中: 0～2.5（不含2.5）, 高: 达到2.5}}",
    ]
    return "计算:\n" + "\n".join(lines) + "\n"


def worked_out(
    program: Program, visits: Sequence[Inspection], dialect: str = "duckdb", engine: Engine = on_duckdb
) -> list[dict[str, object]]:
    """Return the computed values of visits as an engine works them out."""
    rows = rows_of(visits, [program])
    stack = Stack("answers", rows[0])
    (values,) = derived([program], Table(visits[0].columns), stack)
    stack.layer("told")
    names = [one.name for one in program.terms.computed]
    columns = [
        aliased(sql, f"x{n}") for n, sql in enumerate(part for name in names for part in _parts(values[name]))
    ]
    query = text(stack.select(*columns).order_by('"row"'), dialect)
    return [
        dict(zip(names, (_said(values[name], *row[n * 2 : n * 2 + 2]) for n, name in enumerate(names)), strict=True))
        for row in engine(table_text(rows), query)
    ]  # fmt: skip


def _parts(value: Value) -> tuple[object, object]:
    return value.whole.sql, value.na


def _said(value: Value, whole: int | None, na: bool) -> object:
    if whole is None:
        return NOT_APPLICABLE if na else None
    return value.options[whole - 1] if value.options else Decimal(whole).scaleb(-value.places)


def misreckoned(
    written: str, seed: int, rows: int, dialect: str = "duckdb", engine: Engine = on_duckdb
) -> Iterator[tuple[object, ...]]:
    """Yield every visit of which an engine makes other numbers than the exact reading does."""
    law = standard(FORM + written, [(100, [clause(1, "子 > 1", "1")])])
    program = compile(law, DAY)
    visits = [visit(one) for one in sheets(law.form, seed, rows)]
    derive = Deriver(program.terms)
    for one, found in zip(visits, worked_out(program, visits, dialect, engine), strict=True):
        values = derive(one).values
        if found != {name: values.get(name) for name in found}:
            yield written, one.answers, found


@given(computed(), st.integers(0, 2**32))
def test_any_formula_comes_to_the_exact_number(written: str, seed: int) -> None:
    assert not list(misreckoned(written, seed, 40))


def test_a_formula_too_large_for_whole_numbers_is_refused_before_anything_runs() -> None:
    law = standard(
        FORM.replace(", 最大: 500", "") + "计算:\n  子: {算: 丁 × 丁 × 丁 × 丁 × 丁}\n",
        [(100, [clause(1, "子 > 1", "1")])],
    )
    with pytest.raises(TooWideError):
        derived([compile(law, DAY)], Table(frozenset(law.form)), Stack("answers", law.form))
