"""Roll-ups by the 12-digit place codes: how the units of each village, township, county, city and province stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.compile.program import Program

# How many digits of a place code name the place at each level.
LEVELS = {"村": 12, "乡镇": 9, "县": 6, "市": 4, "省": 2}
UNIT = quoted(columns.CODE)
CODED = f"regexp_matches({UNIT}, '^[0-9]{{12}}')"


def rollups(
    units: Path, programs: Iterable[Program], connection: duckdb.DuckDBPyConnection, target: Path
) -> int:
    """Write the plain mean of the settled scores at each level, and how many units have each grade.

    Each level is summed up from the one below. Returns how many rows have no 12-digit code and so are in none.
    """
    source = f"read_parquet({literal(str(units))})"
    grades = list(dict.fromkeys(name for program in programs for name in _grades(program)))
    below = _places(source, grades)
    levels = []
    for name, digits in LEVELS.items():
        counts = "".join(f", sum({quoted(one)})::BIGINT AS {quoted(one)}" for one in grades)
        connection.execute(f"""CREATE OR REPLACE TEMP TABLE level_{digits} AS
            SELECT "标准", substring("代码", 1, {digits}) AS "代码", sum(n)::BIGINT AS n, sum(scored)::BIGINT AS scored,
              sum(points)::BIGINT AS points, min(least) AS least, max(most) AS most{counts}
            FROM ({below}) GROUP BY "标准", substring("代码", 1, {digits})""")
        below = f"SELECT * FROM level_{digits}"
        levels.append(_level(name, digits, grades))
    connection.execute(f"COPY ({' UNION ALL '.join(levels)}) TO {literal(str(target))} (FORMAT parquet)")
    found = connection.execute(f"SELECT count(*) FROM {source} WHERE NOT {CODED}").fetchone()
    assert found is not None
    return int(found[0])


def _grades(program: Program) -> Iterable[str]:
    yield from (name for name, _ in program.grades)
    if program.standard.veto_grade is not None:
        yield program.standard.veto_grade


def _places(source: str, grades: Iterable[str]) -> str:
    counts = "".join(f', coalesce("等次" = {literal(one)}, FALSE)::BIGINT AS {quoted(one)}' for one in grades)
    points = '("得分" * 100)::BIGINT'
    return f"""SELECT "标准", {UNIT} AS "代码", 1 AS n, ("得分" IS NOT NULL)::BIGINT AS scored, {points} AS points,
        {points} AS least, {points} AS most{counts} FROM {source} WHERE {CODED}"""


def _level(name: str, digits: int, grades: Iterable[str]) -> str:
    counts = "".join(f", {quoted(one)}" for one in grades)
    return f"""(SELECT "标准", {literal(name)} AS "级", "代码", n AS "单位数", scored AS "已评",
        ((2 * points + scored) // NULLIF(2 * scored, 0) * 0.01)::DECIMAL(18, 2) AS "平均分",
        (least * 0.01)::DECIMAL(18, 2) AS "最低分", (most * 0.01)::DECIMAL(18, 2) AS "最高分"{counts}
        FROM level_{digits} ORDER BY "标准", "代码")"""
