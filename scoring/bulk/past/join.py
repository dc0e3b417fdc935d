"""The past put beside the typed table: of every clause of every visit of a range, which steps of the ladder it takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.front import ROW
from scoring.bulk.past.earlier import RUNS, EarlierRound, earlier_rounds, runs
from scoring.bulk.past.facts import PATTERN
from scoring.bulk.past.ladders import Ladders
from scoring.bulk.past.owed import OWED, owed
from scoring.bulk.wording import make_table
from scoring.errors import Problem, ScoringError
from scoring.sql.climb import STEPS_SUFFIX, WHY_SUFFIX

NOW, PATTERNS, WIDE = "past_now", "past_patterns", "past_wide"
STEPS, WHY, RAISED_FOLDER = "steps", "why", "raised"
_ROW, _PATTERN = quoted(ROW), ", ".join(PATTERN)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a user gives of the past: the rounds before this one, and tables of orders."""

    rounds: Sequence[Path] = ()
    orders: Sequence[Path] = ()


NO_PAST = Sources()


@dataclass(frozen=True, slots=True)
class Past:
    """The past made ready: the ladders, the rounds it was read from, and what tells it from another."""

    ladders: Ladders
    rounds: tuple[EarlierRound, ...]
    mark: str

    def look_up(self, typed: str, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the table of what each clause of each visit of a typed table has behind it, with the steps it takes.

        The rows are those of one file, so that their numbers tell them apart.
        """
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {NOW} AS {self._now(typed)}")
        patterns = connection.execute(f"SELECT DISTINCT {_PATTERN} FROM {NOW}").fetchall()
        kinds = {**PATTERN, STEPS: "INTEGER", WHY: "VARCHAR"}
        make_table(PATTERNS, kinds, [(*one, *self.ladders.taken(one)) for one in patterns], connection)

    def _now(self, typed: str) -> str:
        """Return the query of (row, policy, clause) with what some rule reads of its past."""
        code, day, told = quoted(columns.CODE), quoted(columns.DATE), self.ladders.thresholds
        visits = f"SELECT {_ROW}, {code} AS unit, {day} AS seen, {self.ladders.number} AS policy FROM {typed}"
        return f"""WITH visits AS ({visits})
            SELECT {_ROW}, policy, clause, {told.worst()} FROM (
              SELECT {_ROW}, policy, clause, run, 0 AS late, 0 AS redo, FALSE AS lately
              FROM visits JOIN {RUNS} USING (unit)
              UNION ALL
              SELECT {_ROW}, policy, clause, 0, {told.of_orders()} FROM visits JOIN {OWED} USING (unit)
              WHERE found < seen AND since <= seen AND seen < until AND NOT gone)
            GROUP BY {_ROW}, policy, clause"""

    def joined(self, rows: str, clauses: Sequence[str], connection: duckdb.DuckDBPyConnection) -> str:
        """Return typed rows with the steps of some clauses, and why, beside them."""
        parts = [
            (id, value, id + suffix)
            for id in clauses
            for value, suffix in ((STEPS, STEPS_SUFFIX), (WHY, WHY_SUFFIX))
        ]
        wide = ", ".join(
            f"max({value}) FILTER (clause = {literal(id)}) AS {quoted(name)}" for id, value, name in parts
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {WIDE} AS SELECT {_ROW}, {wide} FROM {NOW} JOIN {PATTERNS} USING ({_PATTERN})"
            f" WHERE clause IN ({', '.join(map(literal, clauses))}) GROUP BY {_ROW}"
        )
        without = dict(zip((STEPS, WHY), self.ladders.without, strict=True))
        told = ", ".join(
            f"coalesce({quoted(name)}, {without[value]}) AS {quoted(name)}" for _, value, name in parts
        )
        return f"SELECT a.*, {told} FROM ({rows}) a LEFT JOIN {WIDE} w USING ({_ROW})"


def past(given: Sources, ladders: Ladders, connection: duckdb.DuckDBPyConnection, work: Path) -> Past:
    """Return the past made ready, its tables in the engine; raises ScoringError where something cannot be read."""
    if (given.rounds or given.orders) and not ladders.rungs:
        message, hint = "这个办法没有“阶梯”，用不到以前的结果", "不写 --history 和 --orders"
        raise ScoringError([Problem(where=ladders.scheme.name, message=message, hint=hint)])
    rounds = earlier_rounds(given.rounds, ladders.scheme, connection, work)
    orders = owed(given.orders, connection, work)
    runs(rounds, ladders.thresholds.run, connection)
    said = [ladders.scheme.sha256, *(one.table.print for one in rounds), *(one.print for one in orders)]
    return Past(ladders, rounds, hashlib.sha256(json.dumps(said).encode()).hexdigest())
