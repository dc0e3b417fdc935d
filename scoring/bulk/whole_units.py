"""A bad row leaves its whole unit 未评: its other rows are taken out of the results, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.past.earlier import FOLDER
from scoring.bulk.past.join import RAISED_FOLDER

UNIT, KIND = quoted(columns.CODE), quoted(columns.KIND)
TWICE, TWO_KINDS = "同一次检查有两行", "一个单位有两个类别"
OF_UNITS = ("cards", "findings", "orders", FOLDER, RAISED_FOLDER)


def doubtful(cards: str, means: Path, connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Write the units of which two rows tell the same visit, or that are of two kinds; return how many there are."""
    several = f'SELECT {UNIT}, "标准" FROM read_parquet({literal(str(means))}) WHERE "次数" > 1'
    keys = ", ".join(quoted(name) for name in (columns.CODE, columns.DATE, columns.SOURCE, columns.INSPECTORS, columns.NUMBER))  # fmt: skip
    connection.execute(f"""COPY (
        SELECT '' AS "文件", NULL::BIGINT AS "行", {UNIT}, min({KIND}) AS {KIND}, min("检查日期") AS "检查日期", {literal(TWICE)} AS "栏目"
        FROM (SELECT {keys}, min({KIND}) AS {KIND} FROM ({cards}) SEMI JOIN ({several}) USING ({UNIT}, "标准")
          GROUP BY {keys}, "标准" HAVING count(*) > 1) GROUP BY {UNIT}
        UNION ALL
        SELECT '', NULL, {UNIT}, min({KIND}), NULL, {literal(TWO_KINDS)}
        FROM read_parquet({literal(str(means))}) WHERE "两类" GROUP BY {UNIT}
        ORDER BY {UNIT}
    ) TO {literal(str(target))} (FORMAT parquet)""")
    found = connection.execute(f"SELECT count(*) FROM read_parquet({literal(str(target))})").fetchone()
    assert found is not None
    if not found[0]:
        target.unlink()
    return int(found[0])


def left_out(out: Path, problems: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> int:
    """Take the units with problems out of every result; return how many units stay 未评. Doing it again changes nothing."""
    if not problems:
        return 0
    listed = ", ".join(literal(str(one)) for one in problems)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE unscored AS SELECT DISTINCT {UNIT} FROM read_parquet([{listed}]) WHERE {UNIT} IS NOT NULL"
    )
    for name in [one for one in OF_UNITS if (out / one).is_dir()]:
        pattern = literal(str(out / name / "*.parquet"))
        concerned = connection.execute(
            f"SELECT DISTINCT filename FROM read_parquet({pattern}, filename = true) SEMI JOIN unscored USING ({UNIT})"
        ).fetchall()
        for (file,) in concerned:
            _without(Path(file), connection)
    found = connection.execute("SELECT count(*) FROM unscored").fetchone()
    assert found is not None
    return int(found[0])


def _without(file: Path, connection: duckdb.DuckDBPyConnection) -> None:
    part = file.with_suffix(".part")
    kept = f"SELECT * FROM read_parquet({literal(str(file))}) ANTI JOIN unscored USING ({UNIT})"
    connection.execute(f"COPY ({kept}) TO {literal(str(part))} (FORMAT parquet)")
    part.replace(file)
