"""Which visit a row of a large table is, and whom it is about: its columns as they are read, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scoring import columns
from scoring.bulk.cells import TRUTH, literal, quoted
from scoring.bulk.texts import day
from scoring.inspection import NO, YES
from scoring.sql.script import VISIT

VILLAGE = "所属行政村"
WRONG_SUFFIX = " 错"


def read(types: Mapping[str, str], words: Sequence[str]) -> Iterator[str]:
    """Yield the columns that say which visit a row is, as far as the input has them, and those of ``words``."""
    yield f"{day(types)} AS {quoted(columns.DATE)}"
    for name in (columns.CODE, columns.KIND):
        yield f"NULLIF({quoted(name)}::VARCHAR, '') AS {quoted(name)}"
    yield f"{_text(types, columns.SOURCE, '日常')} AS {quoted(columns.SOURCE)}"
    yield f"{_text(types, columns.INSPECTORS, '')} AS {quoted(columns.INSPECTORS)}"
    number = f"NULLIF({quoted(columns.NUMBER)}::VARCHAR, '')"
    yield f"{number if columns.NUMBER in types else 'NULL'} AS {quoted(columns.NUMBER)}"
    for name in words:
        yield f"{word(types, name)} AS {quoted(name)}"
    if columns.BLANK_IS_NONE in types:
        own = quoted(columns.BLANK_IS_NONE)
        truth = types[columns.BLANK_IS_NONE] == TRUTH
        said = f"CASE WHEN {own} THEN {literal(YES)} END" if truth else f"NULLIF({own}::VARCHAR, '')"
        yield f"{said} AS {own}"


def word(types: Mapping[str, str], name: str) -> str:
    """Return what a row has in one of the columns of words; one without a village has its own name, a blank its column's."""
    given = [
        f"NULLIF({quoted(each)}::VARCHAR, '')"
        for each in ([name, columns.UNIT] if name == VILLAGE else [name])
        if each in types
    ]
    return f"COALESCE({', '.join([*given, literal(name)])})"


def _text(types: Mapping[str, str], name: str, otherwise: str) -> str:
    if name not in types:
        return literal(otherwise)
    return f"COALESCE(NULLIF({quoted(name)}::VARCHAR, ''), {literal(otherwise)})"


def checked(types: Mapping[str, str], words: Sequence[str]) -> Iterator[str]:
    """Yield the same columns with what may be wrong with them."""
    tests = {
        columns.CODE: f"{quoted(columns.CODE)} IS NULL OR length({quoted(columns.CODE)}) > 64",
        columns.KIND: f"{quoted(columns.KIND)} IS NULL",
        columns.DATE: f"{quoted(columns.DATE)} IS NULL OR year({quoted(columns.DATE)}) NOT BETWEEN 2000 AND 2099",
        columns.NUMBER: f"NOT regexp_full_match({quoted(columns.NUMBER)}, '[1-9][0-9]{{0,2}}')",
    }
    for name in VISIT:
        own = quoted(name)
        if name == columns.NUMBER:
            yield f"COALESCE(TRY_CAST({own} AS SMALLINT), 1)::SMALLINT AS {own}"
        else:
            yield own
        if name in types:
            yield f"({tests.get(name, 'FALSE')}) AS {quoted(name + WRONG_SUFFIX)}"
    yield from map(quoted, words)
    if columns.BLANK_IS_NONE in types:
        own = quoted(columns.BLANK_IS_NONE)
        yield f"COALESCE({own} = {literal(YES)}, FALSE) AS {own}"
        yield f"({own} NOT IN ({literal(YES)}, {literal(NO)})) AS {quoted(columns.BLANK_IS_NONE + WRONG_SUFFIX)}"
