"""The benchmark standard in DuckDB's SQL, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.by_hand import ASKED, CLAUSES, FULL, ITEM, ITEMS, KEYS, PASSES

HELD = "单位编号, 类别, 检查日期, coalesce(来源, '日常') AS 来源, '' AS 检查人员, 第几次"
LOW = {
    "数": "least(coalesce({0}, 0), 5)",
    "否": "CASE {0} WHEN '是' THEN 3 ELSE 0 END",
    "选": "CASE {0} WHEN '中' THEN 1 WHEN '差' THEN 2 ELSE 0 END",
}
HIGH = {
    "数": "least(coalesce({0}, 5), 5)",
    "否": "CASE {0} WHEN '否' THEN 0 ELSE 3 END",
    "选": "CASE {0} WHEN '好' THEN 0 WHEN '中' THEN 1 ELSE 2 END",
}


def score(inputs: Path, out: Path) -> None:
    """Write the results of the Parquet in a folder."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(_visits(inputs))
        queries = {
            "cards": _cards(),
            "findings": " UNION ALL ".join(_findings()),
            "orders": " UNION ALL ".join(_orders()),
        }
        for name, query in queries.items():
            connection.execute(f"COPY ({query}) TO '{out / name}.parquet'")
        connection.execute(f"COPY ({_units(out / 'cards.parquet')}) TO '{out / 'units.parquet'}'")


def _visits(inputs: Path) -> str:
    """Return what makes the table of visits: what each clause and item loses for certain, and at most."""
    clauses = ", ".join(
        f'{LOW[name[0]].format(name)}::TINYINT AS "{id} low", {HIGH[name[0]].format(name)}::TINYINT AS "{id} high"'
        for id, name in CLAUSES.items()
    )
    items = {
        end: " - ".join(f"least({ITEM}, {_sum(item, end)})" for item in ITEMS) for end in ("low", "high")
    }
    blank = " + ".join(f"({name} IS NULL)::TINYINT" for name in ASKED)
    numbers = ", ".join(name for name in ASKED if name[0] == "数")
    return f"""CREATE TEMP TABLE visits AS
        SELECT *, ({FULL} - {items["high"]})::SMALLINT AS worst, ({FULL} - {items["low"]})::SMALLINT AS best
        FROM (SELECT {HELD}, {numbers}, ({blank}) AS blank, {clauses} FROM '{inputs}/*.parquet')"""


def _sum(ids: list[str], end: str) -> str:
    return " + ".join(f'"{id} {end}"::SMALLINT' for id in ids)


def _cards() -> str:
    return f"""SELECT {", ".join(KEYS)}, 'T' AS 标准, 1 AS 版本, {_points("CASE WHEN worst = best THEN worst END")} AS 得分,
        {_points("worst")} AS 最低, {_points("best")} AS 最高, {_grade("worst", "best")} AS 等次, {_points(str(FULL))} AS 应得分,
        {_points("0")} AS 加分, {_points("0")} AS 最多加分, (((40 - blank) * 200 + 40) // 80 * 0.01)::DECIMAL(18, 2) AS 查到,
        NULL::VARCHAR AS 一票否决, NULL::VARCHAR AS 结论 FROM visits"""


def _points(number: str) -> str:
    return f"({number})::DECIMAL(18, 2)"


def _grade(low: str, high: str) -> str:
    return f"CASE WHEN {low} >= {PASSES} THEN '合格' WHEN {high} < {PASSES} THEN '不合格' END"


def _findings() -> Iterator[str]:
    """Yield each clause's fails; what its item no longer holds is not taken from it."""
    for item in ITEMS:
        for place, id in enumerate(item):
            own, counted = f'"{id} low"', CLAUSES[id][0] == "数"
            before = _sum(item[:place], "low")
            lost = f"least({own}, greatest({ITEM} - ({before}), 0))" if before else own
            number = CLAUSES[id] if counted else "NULL"
            yield f"""SELECT {", ".join(KEYS)}, 'T' AS 标准, '{id}' AS 条款, {_points(lost)} AS 扣分, {_points(own)} AS 应扣,
                {_points(own)} AS 最多扣, {_points(number)} AS 封顶前, {number}::DECIMAL(26, 8) AS 数量, NULL::VARCHAR AS 归条款
                FROM visits WHERE {own} > 0"""


def _orders() -> Iterator[str]:
    for id, name in CLAUSES.items():
        yield f"""SELECT {", ".join(KEYS)}, '{name}' AS 检查项, NULL::VARCHAR AS 点位, '{id}' AS 条款, '改' AS 要求, 单位编号 AS 责任单位,
            '村主任' AS 责任人,
            '3天' AS 期限, '一般' AS 严重程度, 检查日期 + INTERVAL '3 days 17:30' AS 截止 FROM visits WHERE "{id} low" > 0"""


def _units(cards: Path) -> str:
    mean = "(2 * sum({0} * 100)::BIGINT + count(*)) // (2 * count(*))"
    cents = "({0} * 0.01)::DECIMAL(18, 2)"
    return f"""SELECT 单位编号, 类别, 'T' AS 标准, n AS 次数, n AS 计入, {cents.format("score")} AS 得分, {cents.format("low")} AS 最低,
          {cents.format("high")} AS 最高, {_grade("low / 100", "high / 100")} AS 等次,
          CASE WHEN score IS NOT NULL THEN rank() OVER (PARTITION BY 类别 ORDER BY score DESC NULLS LAST) END AS 名次
        FROM (SELECT *, CASE WHEN low = high THEN low END AS score FROM (
          SELECT 单位编号, 类别, count(*) AS n, {mean.format("最低")} AS low, {mean.format("最高")} AS high
          FROM '{cards}' WHERE 查到 > 0 GROUP BY ALL))"""
