"""The problems of a run in words: for each column how many rows, what is wrong with the first of them, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.details.counted import total
from scoring.bulk.details.said import of_row, of_sum
from scoring.bulk.front import FILE, ROW
from scoring.bulk.job import Job
from scoring.bulk.source import REGISTER
from scoring.errors import Problem, shortened
from scoring.rule.form_field import FormField
from scoring.sheets.answers import answer
from scoring.sheets.cells import CellError

PLACES = 3
COLUMNS = "栏目"
_HINTS = {
    columns.CODE: "每行写上单位编号，最多64个字；给了名册的，要是名册里的编号",
    columns.KIND: "每行写上类别",
    columns.DATE: "写成 2026-06-10 的样子",
    columns.NUMBER: "写 1、2、3",
    columns.BLANK_IS_NONE: "填 是 或 否",
}
MORE_THAN_WHOLE = "比它所属的总数多（不多于）"


def problems(job: Job, connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Problem]:
    """Yield one problem for each column that has some, and one for what no standard judges; all rows are in problems/."""
    found = sorted((out / "problems").glob("*.parquet"))
    if found:
        listed = ", ".join(literal(str(one)) for one in found)
        yield from _by_column(job, f"read_parquet([{listed}])", connection)
    yield from unjudged(job.unjudged)


def unjudged(pairs: Sequence[tuple[str, dt.date]]) -> Iterator[Problem]:
    """Yield one problem for each 类别 that no standard judges on some days."""
    for kind in sorted({kind for kind, _ in pairs}):
        days = [day for other, day in pairs if other == kind]
        message = f"没有标准评“{kind}”（检查日期 {min(days)} 至 {max(days)}），这些行没有评分"
        yield Problem(
            where=columns.KIND, message=message, hint="看类别和检查日期，或用 --standard 指定别的标准"
        )


def _by_column(job: Job, source: str, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    rows = connection.execute(f"""
        SELECT name, count(*), list({{'file': {quoted(FILE)}, 'row': {quoted(ROW)}, 'unit': {quoted(columns.CODE)}}}
          ORDER BY {quoted(FILE)}, {quoted(ROW)}, {quoted(columns.CODE)})[:{PLACES}]
        FROM (SELECT *, unnest(CASE WHEN {COLUMNS} = '' THEN [''] ELSE string_split({COLUMNS}, '、') END) AS name FROM {source})
        GROUP BY name ORDER BY name""").fetchall()
    for name, count, places in rows:
        where = "、".join(_place(one) for one in places) + (" 等" if count > PLACES else "")
        message, hint = _said(job, name, places[0], connection)
        yield Problem(
            where=f"“{name}”" if name else "", message=f"{count}行: {message}（{where}）", hint=hint
        )


def _place(one: dict[str, Any]) -> str:
    return f"{one['file']} 第{one['row']}行" if one["row"] is not None else str(one["unit"])


def _said(
    job: Job, name: str, first: dict[str, Any], connection: duckdb.DuckDBPyConnection
) -> tuple[str, str]:
    """Return what is wrong with the first cell of a column, as a sheet's reader says it, and the way out."""
    if first["row"] is None:
        return name, "只留一行，或改成不同的检查"
    if not name:
        return MORE_THAN_WHOLE, "看看哪个数填错了"
    one = job.ranges[0].front
    if name.startswith(columns.OCCURRENCES):
        return of_row(name, first, job.details, one.asks, job.forms, connection)
    field = one.fields.get(name)
    if field is None:
        return "没填或读不懂", _HINTS.get(name, "")
    cell = _cell(job, name, first, connection) if name in one.types else None
    return _beside(job, name, field, cell, first, connection) or _of_cell(cell, field)


def _beside(
    job: Job,
    name: str,
    field: FormField,
    cell: Any,
    first: dict[str, Any],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[str, str] | None:
    """Return what is wrong with a cell beside its 问题明细, or with what the register says where it is blank."""
    if name in job.details.fields:
        place = next(n for n, one in enumerate(job.files) if one.name == first["file"])
        rows, sum_ = total(place, first["row"], name, job.details, connection)
        if rows:
            return of_sum(field, cell, rows, sum_)
    if field.register_column is None or cell not in (None, ""):
        return None
    query = f"SELECT {quoted(field.register_column)} FROM {REGISTER} WHERE {quoted(columns.CODE)} = ?"
    found = connection.execute(query, [first["unit"]]).fetchone()
    word = "" if found is None else str(found[0])
    return f"名册的{field.register_column}“{shortened(word)}”用不上", "改名册里的这一栏，或填在检查表上"


def _cell(job: Job, name: str, first: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> Any:
    file = next(one for one in job.files if one.name == first["file"])
    place = first["row"] - 1 - file.head
    found = connection.execute(f"SELECT {quoted(name)} FROM ({file.query(place, place)})").fetchone()
    return None if found is None else found[0]


def _of_cell(cell: Any, field: FormField) -> tuple[str, str]:
    word = "" if cell is None else str(cell)
    try:
        answer(word, field)
    except CellError as error:
        return error.message, error.hint
    if field.kind == "分数":
        return f"“{shortened(word)}”没写理由，或位数太多", "在“…理由”栏写上为什么；分数最多两位小数"
    return f"“{shortened(word)}”的写法不收", "数字只写 3 或 3.5，最多六位小数；选项照登记表的字写"
