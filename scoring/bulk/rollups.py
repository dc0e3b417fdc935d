"""Roll-ups by the 12-digit place codes: how the units of each village, township, county, city and province stand."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted

# How many digits of a place code name the place at each level.
LEVELS = {"村": 12, "乡镇": 9, "县": 6, "市": 4, "省": 2}
UNIT = quoted(columns.CODE)
CODED = f"regexp_full_match({UNIT}, '[0-9]{{12}}')"


def rollups(units: Path, connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Write the plain mean of the settled scores at each level, and how many units have each grade.

    Each level is summed up from the one below. Returns how many units have no 12-digit code and so are in none.
    """
    source = f"read_parquet({literal(str(units))})"
    below = f"""SELECT "标准", {UNIT} AS "代码", "等次", 1 AS n, ("得分" IS NOT NULL)::BIGINT AS scored,
        ("得分" * 100)::BIGINT AS points, ("得分" * 100)::BIGINT AS least, ("得分" * 100)::BIGINT AS most
        FROM {source} WHERE {CODED}"""
    levels = []
    for name, digits in LEVELS.items():
        connection.execute(f"""CREATE OR REPLACE TEMP TABLE level_{digits} AS
            SELECT "标准", substring("代码", 1, {digits}) AS "代码", "等次", sum(n)::BIGINT AS n, sum(scored)::BIGINT AS scored,
              sum(points)::BIGINT AS points, min(least) AS least, max(most) AS most
            FROM ({below}) GROUP BY ALL""")
        below = f"SELECT * FROM level_{digits}"
        levels.append(f"SELECT {literal(name)} AS \"级\", {digits} AS digits, * FROM level_{digits}")
    united = " UNION ALL ".join(levels)
    _means(united, connection, target / "rollups.parquet")
    _grades(united, connection, target / "grades.parquet")
    found = connection.execute(f"SELECT count(DISTINCT {UNIT}) FROM {source} WHERE NOT {CODED}").fetchone()
    assert found is not None
    return int(found[0])


def _means(levels: str, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    connection.execute(f"""COPY (
        SELECT "标准", "级", "代码", sum(n)::BIGINT AS "单位数", sum(scored)::BIGINT AS "已评",
          ((2 * sum(points) + sum(scored)) // NULLIF(2 * sum(scored), 0) * 0.01)::DECIMAL(18, 2) AS "平均分",
          (min(least) * 0.01)::DECIMAL(18, 2) AS "最低分", (max(most) * 0.01)::DECIMAL(18, 2) AS "最高分"
        FROM ({levels}) GROUP BY "标准", "级", digits, "代码" ORDER BY "标准", digits, "代码"
    ) TO {literal(str(target))} (FORMAT parquet)""")


def _grades(levels: str, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    connection.execute(f"""COPY (
        SELECT "标准", "级", "代码", "等次", sum(n)::BIGINT AS "单位数"
        FROM ({levels}) GROUP BY "标准", "级", digits, "代码", "等次" ORDER BY "标准", digits, "代码", "等次" NULLS LAST
    ) TO {literal(str(target))} (FORMAT parquet)""")
