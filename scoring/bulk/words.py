"""Words that stand in many rows of a result, held as those of an enumeration: DuckDB writes them without looking up each."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from sqlglot import exp

from scoring.bulk.cells import literal
from scoring.compile.program import Program
from scoring.sql.orders import thing

TYPE = "words"


def known(programs: Iterable[Program]) -> tuple[str, ...]:
    """Return the words that results say of some programs: standards, clauses, and the 检查项 that orders are about."""
    found: dict[str, None] = {}
    for program in programs:
        found[program.standard.id] = None
        for clause in program.clauses:
            found |= {clause.card.id: None, thing(program, clause): None}
    return tuple(found)


def declare(words: Iterable[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Make the enumeration."""
    connection.execute(f"CREATE OR REPLACE TYPE {TYPE} AS ENUM ({', '.join(map(literal, words))})")


def listed(query: exp.Select, words: frozenset[str]) -> exp.Select:
    """Return a query whose columns of one word are of the enumeration, where it has the word; a file tells no difference."""
    held = query.copy()
    for one in held.expressions:
        value = one.this if isinstance(one, exp.Alias) else None
        if isinstance(value, exp.Literal) and value.is_string and value.this in words:
            one.set("this", exp.Cast(this=value, to=exp.DataType.build(TYPE, udt=True)))
    return held
