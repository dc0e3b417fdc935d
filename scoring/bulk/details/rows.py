"""The rows of a 问题明细, typed: what was found and what each says of its visit, with what is wrong with its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import duckdb

from scoring import columns
from scoring.bulk.cells import cell, literal, quoted, readable
from scoring.bulk.front import FILE, ROW
from scoring.bulk.source import File
from scoring.bulk.texts import day, is_day, people
from scoring.bulk.wording import make_table
from scoring.columns import OCCURRENCES
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets.cells import CellError
from scoring.sheets.details import item_reader
from scoring.sql.values import limits

REQUIRED = (columns.CODE, columns.DATE, columns.ITEM)
# What a row has to say beyond whom it is about; one that says none of it is empty.
TELLING = tuple(name for name in columns.OCCURRENCE if name not in (columns.UNIT, columns.CODE, columns.KIND, columns.AREA))  # fmt: skip
NUMBERS: Mapping[str, FormField] = {
    columns.COUNT: FormField(kind=FieldKind.COUNT, minimum=Decimal(1)),
    columns.SIZE: FormField(kind=FieldKind.MEASURE),
}
WORDS = (columns.UNIT, columns.KIND, columns.AREA)
# What two rows that say the very same agree in, beside their visit.
SAID = ("field", "place", "size", "count", "photo", "note", "position")
WRONG, ITEMS = "错", "items"
BATCH = 10_000
_LINE_ENDS = r"'\s*[\r\n]+\s*'"


def about(title: str) -> str:
    """Return how a wrong cell is told in the results: 问题明细的数量."""
    return f"{OCCURRENCES}的{title}"


def refuse(file: File) -> None:
    """Raise ScoringError where a file is no 问题明细, has a column that is unknown, or one of a type that cannot be read."""
    known = (*columns.OCCURRENCE, *columns.FROM_PHONES)
    problems = [
        Problem(file.name, message=f"{OCCURRENCES}没有“{name}”一栏", hint=did_you_mean(name, file.types, label="有"))
        for name in REQUIRED if name not in file.types
    ]  # fmt: skip
    if not problems:
        problems += [
            Problem(file.name, message=f"不认识的栏目“{name}”", hint=did_you_mean(name, known))
            for name in file.types
            if name not in known
        ]
        problems += [
            Problem(file.name, where=f"“{name}”栏", message=f"不能是 {kind} 类型", hint="用文字、数字；日期用日期类型或 2026-06-10")
            for name, kind in file.types.items() if not _fits(name, kind)
        ]  # fmt: skip
    if problems:
        raise ScoringError(problems)


def _fits(name: str, kind: str) -> bool:
    if name == columns.DATE:
        return is_day(kind)
    return readable(NUMBERS[name], kind) if name in NUMBERS else True


def typed(file: File) -> str:
    """Return the query of a file's rows, the empty ones left out; ``WRONG`` names the columns that are wrong, with 、 between.

    What a row leaves unsaid of its visit is an empty word or 0.
    """
    columns_ = [*_cells(file.types), f"concat_ws('、', {', '.join(_wrong(file.types))}) AS {WRONG}"]
    telling = " OR ".join(f"{_word(name, file.types)} <> ''" for name in TELLING if name in file.types)
    return (
        f"SELECT {', '.join(columns_)} FROM (SELECT *, {', '.join(_numbers(file.types))}"
        f" FROM ({file.query(0, file.rows)}) WHERE {telling})"
    )


def _numbers(types: Mapping[str, str]) -> Iterator[str]:
    for name, field in NUMBERS.items():
        number = cell(name, field, types).number if name in types else "NULL::BIGINT"
        yield f"{number} AS {quoted(f'{name} 数')}"


def _cells(types: Mapping[str, str]) -> Iterator[str]:
    yield from (quoted(FILE), quoted(ROW))
    yield f"{_word(columns.CODE, types)} AS unit"
    yield f"{day(types)} AS day"
    yield f"{_word(columns.SOURCE, types)} AS source"
    yield f"{people(_word(columns.INSPECTORS, types))} AS people"
    yield f"COALESCE(TRY_CAST({_word(columns.NUMBER, types)} AS SMALLINT), 0) AS number"
    yield f"{_word(columns.ITEM, types)} AS item"
    yield f"COALESCE({quoted(f'{columns.COUNT} 数')}, 1)::BIGINT AS count"
    yield f"{quoted(f'{columns.SIZE} 数')}::BIGINT AS size"
    for name, own in ((columns.PLACE_SUFFIX, "place"), (columns.PHOTO, "photo")):
        line = f"regexp_replace({_word(name, types)}, {_LINE_ENDS}, '、', 'g')"
        yield f"{line if name in types else literal('')} AS {own}"
    yield f"{_word(columns.NOTE, types)} AS note"
    yield f"replace({_word(columns.POSITION, types)}, ' ', '') AS position"
    yield from (f"{_word(name, types)} AS {quoted(name)}" for name in WORDS)


def _wrong(types: Mapping[str, str]) -> Iterator[str]:
    """Yield, for each column that may be wrong, its name where it is."""
    tests = {
        columns.CODE: f"{_word(columns.CODE, types)} = ''",
        columns.DATE: f"{day(types)} IS NULL OR year({day(types)}) NOT BETWEEN 2000 AND 2099",
        columns.NUMBER: f"NOT regexp_full_match({_word(columns.NUMBER, types)}, '([1-9][0-9]{{0,2}})?')",
    }
    for name, field in NUMBERS.items():
        low, high = limits(field)
        number = quoted(f"{name} 数")
        tests[name] = f"{_word(name, types)} <> '' AND COALESCE({number} NOT BETWEEN {low} AND {high}, TRUE)"
    for name, test in tests.items():
        if name in types:
            yield f"CASE WHEN {test} THEN {literal(about(name))} END"


def _word(name: str, types: Mapping[str, str]) -> str:
    """Return a column's trimmed text, empty where there is none."""
    return rf"trim(COALESCE({quoted(name)}::VARCHAR, ''), E' \t\r\n　')" if name in types else "''"


def items(source: str, fields: Mapping[str, FormField], connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of which 检查项 each word of some rows means; a word that means none is not in it."""
    reader, known = item_reader(fields), []
    words = connection.cursor().execute(f"SELECT DISTINCT item FROM ({source})")
    while batch := words.fetchmany(BATCH):
        for (word,) in batch:
            try:
                known.append((word, reader(word)))
            except CellError:
                continue
    make_table(ITEMS, {"item": "VARCHAR", "field": "VARCHAR"}, known, connection)
