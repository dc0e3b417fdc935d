"""Words that stand in many rows of a result, held as those of an enumeration: DuckDB writes them without looking up each."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from scoring.bulk.cells import literal
from scoring.compile.program import Program
from scoring.sql.subjects import thing

TYPE = "words"


def repeated(programs: Iterable[Program]) -> tuple[str, ...]:
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
