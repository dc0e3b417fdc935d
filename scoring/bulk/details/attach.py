"""Rows of a 问题明细 to visits, for a whole run at once: the rules are those of ``sheets.attach``.

Unlike there, a row for which the table has no visit is a mistake: it makes none of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.details.large import big_enough, unsized
from scoring.bulk.details.rows import ITEMS, SAID, WORDS, WRONG, about, items, refuse, typed
from scoring.bulk.front import FILE, ROW, Front, answers
from scoring.bulk.source import File
from scoring.bulk.texts import people
from scoring.rule.form_field import FormField
from scoring.sheets.attach import MAX_VISITS

NO_VISIT, WHICH, CROWDED, TWICE, UNSIZED = (
    "问题明细没有对应的检查", "问题明细不知是哪一次检查", "问题明细那天的检查太多", "问题明细有几行一模一样", "问题明细没写大小",
)  # fmt: skip
ROWS, VISITS, SAYINGS, PLACED = "detail_rows", "detail_visits", "detail_sayings", "detail_placed"
_VISIT = "unit, day, source, people, number"
# A row that says no more of the visit than the table does comes before the others.
_PLAIN = "s.people = '' OR v.people <> ''"


@dataclass(frozen=True, slots=True)
class Attached:
    """The rows of a 问题明细 that have their visit (``path``), those that are wrong (``problems``), how many of each.

    ``files`` are where they were read, ``fields`` the 检查项 they speak of.
    """

    files: tuple[File, ...] = ()
    path: Path = Path()
    problems: Path = Path()
    fields: frozenset[str] = frozenset()
    rows: int = 0
    refused: int = 0


NONE = Attached()


def attached(
    details: Sequence[File],
    visits: Sequence[tuple[File, Front]],
    forms: Mapping[str, FormField],
    connection: duckdb.DuckDBPyConnection,
    work: Path,
) -> Attached:
    """Find the visit of each row once, into the work folder; what was found already stays.

    Raises ScoringError where a file is no 问题明细.
    """
    if not details:
        return NONE
    refuse(details[0])
    mark = _mark(details, visits, forms)
    path, wrong = work / f"{mark}.attached.parquet", work / f"{mark}.problems.parquet"
    if not path.exists():
        _read(details, visits[0][1], connection, work / f"{mark}.rows.parquet")
        _look_up(visits, connection)
        _write(" UNION ALL ".join(_wrong()), wrong, connection)
        _write(_right(forms), path, connection)
    fields = connection.execute(f"SELECT DISTINCT field FROM {_scan(path)}").fetchall()
    refused = _count(f"(SELECT DISTINCT {quoted(FILE)}, {quoted(ROW)} FROM {_scan(wrong)})", connection)
    rows = sum(one.rows for one in details)
    return Attached(tuple(details), path, wrong, frozenset(name for (name,) in fields), rows, refused)


def _mark(
    details: Sequence[File], visits: Sequence[tuple[File, Front]], forms: Mapping[str, FormField]
) -> str:
    """Return what tells the work of one set of files from that of others."""
    prints = [[one.print for one in details], [one.print for one, _ in visits]]
    law = [(name, field.unit, field.counts_if) for name, field in forms.items()]
    return hashlib.sha256(json.dumps([prints, law], ensure_ascii=False).encode()).hexdigest()[:32]


def _read(details: Sequence[File], one: Front, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write the typed rows, each with its 检查项: one that the table of visits has a column for."""
    rows = " UNION ALL ".join(typed(file) for file in details)
    asks = {name: one.fields[name] for name in one.asks}
    items(rows, asks, connection)
    sizeless = f"CASE WHEN {unsized(asks)} THEN {literal(UNSIZED)} END"
    unknown = f"CASE WHEN i.field IS NULL THEN {literal(about(columns.ITEM))} END"
    _write(
        f"SELECT r.* EXCLUDE (item, {WRONG}), i.field,"
        f" concat_ws('、', NULLIF(r.{WRONG}, ''), {unknown}, {sizeless}) AS {WRONG}"
        f" FROM ({rows}) r LEFT JOIN {ITEMS} i USING (item)",
        target,
        connection,
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {ROWS} AS SELECT * FROM {_scan(target)}")


def _look_up(visits: Sequence[tuple[File, Front]], connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the visits on the rows' days, of what the rows say of theirs, and of which visit that is."""
    every = " UNION ALL ".join(_visits(number, *each) for number, each in enumerate(visits))
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE {VISITS} AS
        SELECT *, count(*) OVER (PARTITION BY unit, day) AS there FROM ({every})
        QUALIFY row_number() OVER (PARTITION BY unit, day ORDER BY file, row) <= {MAX_VISITS + 1}""")
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE {SAYINGS} AS
        SELECT * EXCLUDE (fits, plain, there, nearest, lone), CASE WHEN plain = 1 THEN nearest WHEN plain = 0 AND fits = 1 THEN lone END AS visit,
          CASE WHEN there > {MAX_VISITS} THEN {literal(CROWDED)} WHEN fits = 0 THEN {literal(NO_VISIT)}
            WHEN plain > 1 OR (plain = 0 AND fits > 1) THEN {literal(WHICH)} ELSE '' END AS {WRONG}
        FROM (SELECT s.*, count(v.row) AS fits, max(k.there) AS there, min(v.at) AS lone,
            count(v.row) FILTER ({_PLAIN}) AS plain, min(v.at) FILTER ({_PLAIN}) AS nearest
          FROM (SELECT DISTINCT {_VISIT} FROM {ROWS} WHERE {WRONG} = '') s
          LEFT JOIN (SELECT DISTINCT unit, day, there FROM {VISITS}) k ON s.unit = k.unit AND s.day = k.day
          LEFT JOIN (SELECT *, {{'file': file, 'row': row}} AS at FROM {VISITS}) v ON s.unit = v.unit AND s.day = v.day
            AND s.source IN ('', v.source) AND s.number IN (0, v.number) AND (s.people IN ('', v.people) OR v.people = '')
          GROUP BY ALL)""")
    connection.execute(f"""CREATE OR REPLACE TEMP VIEW {PLACED} AS
        SELECT r.*, s.visit.file AS at_file, s.visit.row AS at_row FROM {ROWS} r JOIN {SAYINGS} s USING ({_VISIT})
        WHERE r.{WRONG} = '' AND s.{WRONG} = ''""")


def _visits(number: int, file: File, one: Front) -> str:
    """Return the query of the visits of a file on a unit and day that some row speaks of."""
    own = {columns.KIND: quoted(columns.KIND)}
    own |= {name: f"NULLIF({quoted(name)}, {literal(name)})" for name in WORDS if name in one.words}
    words = ", ".join(f"COALESCE({own.get(name, 'NULL')}, '') AS {quoted(name)}" for name in WORDS)
    typed_ = answers(one, file.query(0, file.rows))
    return f"""SELECT {number} AS file, {quoted(ROW)} AS row, {quoted(columns.CODE)} AS unit, {quoted(columns.DATE)} AS day,
        {quoted(columns.SOURCE)} AS source, {people(quoted(columns.INSPECTORS))} AS people, {quoted(columns.NUMBER)} AS number, {words}
        FROM ({typed_}) WHERE ({quoted(columns.CODE)}, {quoted(columns.DATE)}) IN
          (SELECT DISTINCT (unit, day) FROM {ROWS} WHERE {WRONG} = '')"""


def _right(forms: Mapping[str, FormField]) -> str:
    """Return what of the placed rows is summed up, in the order of the visits."""
    return f"""SELECT at_file, at_row, field, place, CASE WHEN {big_enough(forms)} THEN count END AS count
        FROM {PLACED} ORDER BY at_file, at_row"""


def _wrong() -> Iterator[str]:
    """Yield the queries of the rows that cannot be used, with what is wrong, as the results tell it."""
    code, kind, day = (quoted(name) for name in (columns.CODE, columns.KIND, columns.DATE))
    kept = f"{quoted(FILE)}, {quoted(ROW)}, NULLIF(unit, '') AS {code}, NULL::VARCHAR AS {kind}, day AS {day}"
    yield f"SELECT {kept}, {WRONG} AS 栏目 FROM {ROWS} WHERE {WRONG} <> ''"
    yield f"""SELECT {kept}, s.{WRONG} FROM {ROWS} r JOIN {SAYINGS} s USING ({_VISIT})
        WHERE r.{WRONG} = '' AND s.{WRONG} <> ''"""
    first = "min({'file': r.文件, 'row': r.行})"
    yield f"""SELECT first.file, first.row, unit, NULL, day, {literal(TWICE)}
        FROM (SELECT {first} AS first, unit, day FROM {PLACED} r
          GROUP BY at_file, at_row, unit, day, {", ".join(SAID)} HAVING count(*) > 1)"""
    for name in WORDS:
        mine, theirs = f"r.{quoted(name)}", f"v.{quoted(name)}"
        yield f"""SELECT r.文件, r.行, r.unit, NULL, r.day, {literal(about(name))}
            FROM {PLACED} r JOIN {VISITS} v ON r.at_file = v.file AND r.at_row = v.row
            WHERE {mine} <> '' AND {theirs} <> '' AND {mine} <> {theirs}"""


def _scan(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"


def _write(query: str, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    part = target.with_suffix(".part")
    connection.execute(f"COPY ({query}) TO {literal(str(part))} (FORMAT parquet)")
    part.replace(target)


def _count(source: str, connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    assert found is not None
    return int(found[0])
