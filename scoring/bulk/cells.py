"""How a column of a large table is read: for each type of column the number or word it holds, as DuckDB's SQL.

Only DuckDB runs this; what it yields is the typed table that ``scoring.sql`` speaks of. Nothing is guessed: a cell that does
not fit comes to NULL and is said to be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.columns import REASON_SUFFIX
from scoring.grammar.bands import read_band
from scoring.inspection import YES
from scoring.rule.form_field import FieldKind, FormField
from scoring.sql.conditions import inside
from scoring.sql.stack import column
from scoring.sql.values import NA_SUFFIX, UNCHECKED_SUFFIX, Value, limits, places
from scoring.sql.whole import Whole

TEXT, TRUTH = "VARCHAR", "BOOLEAN"
INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "HUGEINT", "UBIGINT", "UHUGEINT"})  # fmt: skip
FLOATS = frozenset({"FLOAT", "DOUBLE"})
NOT_CHECKED, SKIPPED = "未查", "不适用"
GIVEN, REASONED = " 填了", " 有理由"
MOST = 10**10
# 未查, with its reason in brackets where there is one.
_WRITTEN = r"未查(（.{1,100}）|\(.{1,100}\))?"


@dataclass(frozen=True, slots=True)
class Cell:
    """A column as it is read: the ``number`` × 10^places or the option's place, NULL where there is none.

    ``given`` says that something is filled in, ``na`` and ``unchecked`` that it is 不适用 or 未查, ``reasoned`` that a reason
    stands beside it; none of these is ever NULL.
    """

    number: str
    given: str
    na: str
    unchecked: str
    reasoned: str


def quoted(name: str) -> str:
    """Return a column's name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(word: str) -> str:
    """Return a word for SQL."""
    return "'" + word.replace("'", "''") + "'"


def readable(field: FormField, kind: str) -> bool:
    """Return whether a column of such a type can hold the answers of a 检查项."""
    if kind == TEXT:
        return True
    if field.choices:
        return kind == TRUTH and field.kind is FieldKind.YES_NO
    return kind in INTEGERS or kind in FLOATS or kind.startswith("DECIMAL")


def cell(name: str, field: FormField, types: Mapping[str, str]) -> Cell:
    """Return how a 检查项 is read from a table whose columns have such types."""
    own, kind = quoted(name), types[name]
    given = f"{own} IS NOT NULL"
    na, unchecked = _flag(name + NA_SUFFIX, types), _flag(name + UNCHECKED_SUFFIX, types)
    if kind == TEXT:
        given = f"COALESCE({own} <> '', FALSE)"
        na = f"COALESCE({own} = {literal(SKIPPED)}, FALSE)"
        written = f"regexp_full_match({own}, {literal(_WRITTEN)})"
        unchecked = f"CASE WHEN starts_with({own}, {literal(NOT_CHECKED)}) THEN {written} ELSE FALSE END"
    number = _option(own, field, kind) if field.choices else _number(own, field, kind)
    return Cell(number, given, na if field.may_skip else "FALSE", unchecked, _reasoned(name, types))


def misfit(name: str, field: FormField, kind: str) -> str:
    """Return that what was read does not fit its 检查项: NULL or FALSE where it does, or the cell is blank."""
    own, na = quoted(name), quoted(name + NA_SUFFIX)
    beyond = _beyond(name, field)
    if kind not in INTEGERS:
        unread = f"{quoted(name + GIVEN)} AND NOT ({na} OR {quoted(name + UNCHECKED_SUFFIX)})"
        beyond = f"CASE WHEN {own} IS NULL THEN {unread} ELSE {beyond} END"
    if field.may_skip and kind != TEXT:
        beyond = f"{beyond} OR ({own} IS NOT NULL AND {na})"
    if field.kind is FieldKind.POINTS:
        beyond = f"{beyond} OR ({own} IS NOT NULL AND NOT {quoted(name + REASONED)})"
    return f"({beyond})"


def _beyond(name: str, field: FormField) -> str:
    """Return that a number read lies outside the limits of its field, or in none of its 分档."""
    if field.choices:
        return "FALSE"
    low, high = limits(field)
    beyond = f"{quoted(name)} NOT BETWEEN {low} AND {high}"
    if field.kind is FieldKind.POINTS and field.bands:
        given = Value(Whole(column(name), low, high, 64), places(field))
        bands = [inside(given, read_band(words)).sql("duckdb") for words in field.bands.values()]
        beyond = f"({beyond} OR NOT ({' OR '.join(bands)}))"
    return beyond


def _flag(name: str, types: Mapping[str, str]) -> str:
    return f"COALESCE({quoted(name)}, FALSE)" if types.get(name) == TRUTH else "FALSE"


def _reasoned(name: str, types: Mapping[str, str]) -> str:
    """Return that the inspector wrote why points were given."""
    reason = name + REASON_SUFFIX
    return f"COALESCE(trim({quoted(reason)}) <> '', FALSE)" if types.get(reason) == TEXT else "FALSE"


def _option(own: str, field: FormField, kind: str) -> str:
    if kind == TRUTH:
        yes = field.choices.index(YES) + 1
        return f"CASE WHEN {own} THEN {yes} WHEN NOT {own} THEN {3 - yes} END"
    words = " ".join(f"WHEN {literal(word)} THEN {n}" for n, word in enumerate(field.choices, start=1))
    return f"CASE {own} {words} END"


def _number(own: str, field: FormField, kind: str) -> str:
    """Return a number × 10^places, NULL where the cell holds none or a finer one."""
    fine = places(field)
    if kind in INTEGERS:
        # Cut down to what still is beyond any limit, before it can grow too large for the engine.
        cut = f"GREATEST(LEAST({own}, {MOST}), -1)::BIGINT * {10**fine}"
        # LEAST passes over NULL: a blank would become the most.
        return f"CASE WHEN {own} IS NOT NULL THEN {cut} END" if fine else own
    if kind == TEXT:
        return _percent(own) if field.kind is FieldKind.PERCENT else _written(own, fine)
    exact = f"TRY_CAST({own} AS DECIMAL(18, {fine}))"
    back = kind if kind in FLOATS else f"DECIMAL(38, {max(fine, _fineness(kind))})"
    return f"CASE WHEN {exact}::{back} = {own}::{back} THEN {_scaled(exact, fine)} END"


def _fineness(kind: str) -> int:
    """Return the decimal places of DECIMAL(width, places)."""
    return int(kind.rpartition(",")[2].rstrip(") ") or 0) if "," in kind else 0


def _written(own: str, fine: int) -> str:
    """Return a number in figures; a plain whole number is told without taking the text apart."""
    figures = rf"-?[0-9]{{1,12}}(\.[0-9]{{1,{fine}}}0*|\.0+)?" if fine else r"-?[0-9]{1,12}(\.0+)?"
    whole = f"TRY_CAST({own} AS BIGINT)"
    exact = f"TRY_CAST({own} AS DECIMAL(18, {fine}))"
    return (
        f"CASE WHEN {whole}::VARCHAR = {own} AND abs({whole}) < 1000000000000 THEN {whole} * {10**fine}"
        f" WHEN regexp_full_match({own}, {literal(figures)}) THEN {_scaled(exact, fine)} END"
    )


def _percent(own: str) -> str:
    figures = r"-?[0-9]{1,6}(\.[0-9]{1,4})? ?%"
    exact = f"TRY_CAST(rtrim({own}, ' %') AS DECIMAL(18, 4))"
    return f"CASE WHEN regexp_full_match({own}, {literal(figures)}) THEN {_scaled(exact, 4)} END"


def _scaled(exact: str, fine: int) -> str:
    return f"({exact} * {10**fine})::BIGINT"
