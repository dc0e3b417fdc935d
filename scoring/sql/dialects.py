"""The same trees as text for three engines: what they spell differently, and nothing else."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from scoring.sql.logic import Sql

DIALECTS = ("duckdb", "spark", "postgres")
# What holds a whole number of up to 38 digits.
_WIDEST = {"spark": "DECIMAL(38, 0)", "postgres": "NUMERIC(39)"}


def text(tree: Sql, dialect: str = "duckdb", *, pretty: bool = False) -> str:
    """Return a tree as SQL of a dialect."""
    own = tree.copy()
    if dialect == "spark":
        for division in list(own.find_all(exp.IntDiv)):
            _divided_in_decimals(division)
    if dialect in _WIDEST:
        for one in own.find_all(exp.DataType):
            if one.this is exp.DataType.Type.INT128:
                one.replace(exp.DataType.build(_WIDEST[dialect], dialect=dialect))
    if dialect == "postgres":
        for layer in own.find_all(exp.CTE):
            # Otherwise it copies a column's whole expression into every mention of it, layer upon layer.
            layer.set("materialized", True)
    return own.sql(dialect, pretty=pretty, copy=False)


def respelt(query: str, dialect: str) -> str:
    """Return a query that is written for DuckDB as a dialect spells it."""
    return sqlglot.parse_one(query, dialect="duckdb").sql(dialect)


def _divided_in_decimals(one: exp.IntDiv) -> None:
    """Divide the widest numbers without DIV, which answers in 64 bits; one beyond 32 digits comes to NULL."""
    if not (isinstance(one.parent, exp.Cast) and one.parent.to.this is exp.DataType.Type.INT128):
        return
    upper, lower = one.this, one.expression
    even = exp.Sub(this=upper.copy(), expression=exp.Mod(this=upper.copy(), expression=lower.copy()))
    one.replace(exp.Anonymous(this="TRY_DIVIDE", expressions=[even, lower]))
