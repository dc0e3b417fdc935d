"""What the cards of all ranges come to for each unit: the mean of its visits, its grade and its rank (``round``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.compile.program import Program

UNIT, KIND = quoted(columns.CODE), quoted(columns.KIND)
VISIT = ", ".join(quoted(name) for name in (columns.DATE, columns.SOURCE, columns.INSPECTORS, columns.NUMBER))
# A visit at which nothing could be checked is not averaged, nor one to which nothing applied.
COUNTED = '"查到" > 0 AND "最低" IS NOT NULL'


def means(
    cards: str, programs: Mapping[int, Program], connection: duckdb.DuckDBPyConnection, target: Path
) -> None:
    """Write what the visits of each unit come to under each standard, points in hundredths; ``programs`` by 版本."""
    connection.execute(f"""COPY (
        SELECT {UNIT}, "标准", min({KIND}) AS {KIND}, count(*) AS "次数", min({KIND}) <> max({KIND}) AS "两类",
          count(*) FILTER ({COUNTED}) AS "计入",
          sum(("最低" * 100)::BIGINT) FILTER ({COUNTED})::BIGINT AS low,
          sum(("最高" * 100)::BIGINT) FILTER ({COUNTED})::BIGINT AS high,
          coalesce(bool_or("一票否决" = '是') FILTER ({COUNTED}), FALSE) AS vetoed,
          coalesce(bool_or("一票否决" IS NOT NULL) FILTER ({COUNTED}), FALSE) AS may_be,
          {_last_version(programs)} AS "版本"
        FROM ({cards}) GROUP BY {UNIT}, "标准"
    ) TO {literal(str(target))} (FORMAT parquet)""")


def _last_version(programs: Mapping[int, Program]) -> str:
    """Return the law of the last visit that counts; where each standard has but one, that one."""
    if len({one.standard.id for one in programs.values()}) == len(programs):
        return 'min("版本")'
    last = f'arg_max("版本", ROW({VISIT})) FILTER ({COUNTED})'
    return f'CASE WHEN min("版本") = max("版本") THEN min("版本") ELSE {last} END'


def units(
    means: Path, programs: Mapping[int, Program], connection: duckdb.DuckDBPyConnection, target: Path
) -> None:
    """Write each unit's score, grade and rank among the units of its standard and 类别; ``programs`` by 版本."""
    source = f"read_parquet({literal(str(means))})"
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE ranks AS
        SELECT *, 1 + coalesce(sum(n) OVER (PARTITION BY "标准", {KIND} ORDER BY score DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::BIGINT AS rank
        FROM (SELECT "标准", {KIND}, {_mean("low")} AS score, count(*) AS n FROM {source}
          WHERE {_mean("low")} = {_mean("high")} GROUP BY ALL)""")
    connection.execute(f"""COPY (
        SELECT {UNIT}, {KIND}, "标准", "次数", "计入", {_points("score")} AS "得分", {_points("low")} AS "最低",
          {_points("high")} AS "最高", {_grade(programs)} AS "等次", rank AS "名次"
        FROM (SELECT * EXCLUDE (low, high), {_mean("low")} AS low, {_mean("high")} AS high,
            CASE WHEN {_mean("low")} = {_mean("high")} THEN {_mean("low")} END AS score FROM {source})
          LEFT JOIN ranks USING ("标准", {KIND}, score)
        ORDER BY "标准", {UNIT}
    ) TO {literal(str(target))} (FORMAT parquet)""")


def _mean(total: str) -> str:
    """Return the mean of the visits that count, rounded half-up; NULL where none does."""
    return f'(2 * {total} + "计入") // NULLIF(2 * "计入", 0)'


def _points(cents: str) -> str:
    return f"({cents} * 0.01)::DECIMAL(18, 2)"


def _grade(programs: Mapping[int, Program]) -> str:
    """Return the grade that both ends of the mean have by the last visit's law; a veto at any visit vetoes the unit."""
    laws = " ".join(f'WHEN "版本" = {number} THEN {_by(program)}' for number, program in programs.items())
    return f'CASE WHEN "计入" = 0 THEN NULL {laws} END'


def _by(program: Program) -> str:
    low, high = _band(program, "low"), _band(program, "high")
    vetoed = "NULL" if program.standard.veto_grade is None else literal(program.standard.veto_grade)
    return f"CASE WHEN vetoed THEN {vetoed} WHEN {low} = {high} AND (NOT may_be OR {high} = {vetoed}) THEN {high} END"


def _band(program: Program, score: str) -> str:
    def reached(floors: Iterable[tuple[str, int]]) -> str:
        return " ".join(f"WHEN {score} >= {floor} THEN {literal(name)}" for name, floor in floors)

    floors = [(name, int((floor * 100).to_integral_value(ROUND_CEILING))) for name, floor in program.grades]
    return f"CASE {reached(floors)} END" if floors else "NULL"
