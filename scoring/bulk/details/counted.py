"""What the 问题明细 comes to for the visits of a range: a row of sums and places beside each visit that has some."""

from __future__ import annotations

import duckdb

from scoring.bulk.beside import SPOTS, SUMMED
from scoring.bulk.cells import literal, quoted
from scoring.bulk.details.attach import Attached
from scoring.bulk.front import ROW

TABLE = "detailed"


def beside(
    source: str, file: int, first: int, last: int, details: Attached, connection: duckdb.DuckDBPyConnection
) -> str:
    """Return a source query of some rows (by their numbers in the file) with the columns of their 问题明细.

    Makes their table in the engine. ``file`` is the place of the rows' file among those of the run, from 0.
    """
    if not details.fields:
        return source
    rows = f"{_rows(details, file)} AND at_row BETWEEN {first} AND {last}"
    wide = ", ".join(_columns(sorted(details.fields)))
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE {TABLE} AS
        SELECT at_row AS {quoted(ROW)}, {wide} FROM (
          SELECT at_row, field, sum(n)::BIGINT AS n,
            array_to_string([p || chr(10) for p in list_sort(list(place) FILTER (place <> ''))], '') AS places
          FROM (SELECT at_row, field, CASE WHEN count IS NULL THEN '' ELSE place END AS place, sum(COALESCE(count, 0)) AS n
            FROM {rows} GROUP BY ALL) GROUP BY ALL) GROUP BY at_row""")
    return f"SELECT * FROM ({source}) LEFT JOIN {TABLE} USING ({quoted(ROW)})"


def _columns(names: list[str]) -> list[str]:
    return [
        f"max({own}) FILTER (field = {literal(name)}) AS {quoted(name + suffix)}"
        for name in names
        for own, suffix in (("n", SUMMED), ("places", SPOTS))
    ]


def total(
    file: int, row: int, field: str, details: Attached, connection: duckdb.DuckDBPyConnection
) -> tuple[int, int]:
    """Return how many rows a 检查项 of a visit has, and what they come to."""
    rows = f"{_rows(details, file)} AND at_row = {row} AND field = {literal(field)}"
    found = connection.execute(f"SELECT count(*), COALESCE(sum(count), 0) FROM {rows}").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def _rows(details: Attached, file: int) -> str:
    return f"read_parquet({literal(str(details.path))}) WHERE at_file = {file}"
