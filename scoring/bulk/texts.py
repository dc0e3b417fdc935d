"""Cells of a large table that are words or days: how DuckDB reads them as ``sheets.cells`` does."""

from __future__ import annotations

from collections.abc import Mapping

from scoring import columns
from scoring.bulk.cells import TEXT, literal, quoted

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_BLANKS = r"[\s\p{Z}]"
_PEOPLE = "[、，,；;/／\n]"
_SEPARATORS = "[、，,；;\n]"


def is_day(kind: str) -> bool:
    """Return whether a column of such a type can hold days."""
    return kind in (TEXT, "DATE") or kind.startswith("TIMESTAMP")


def day(types: Mapping[str, str]) -> str:
    """Return 检查日期 as a date, NULL where the cell holds none."""
    own = quoted(columns.DATE)
    if types[columns.DATE] == TEXT:
        own = f"CASE WHEN regexp_full_match({own}, {literal(_DAY)}) THEN {own} END"
    return f"TRY_CAST({own} AS DATE)"


def people(sql: str) -> str:
    """Return names as one word, the same in whatever order and with whatever signs between them (``cells.people``)."""
    parts = f"string_split_regex({sql}, {literal(_PEOPLE)})"
    names = f"[w for w in string_split_regex(p, {literal(_BLANKS + '+')}) if w <> '']"
    one = "CASE WHEN len([w for w in n if length(w) = 1]) > 0 THEN [array_to_string(n, '')] ELSE n END"
    every = f"flatten([{one} for n in [{names} for p in {parts}]])"
    return f"array_to_string(list_sort(list_distinct({every})), '、')"


def places(sql: str) -> str:
    """Return the places that a cell lists (``cells.several``), each followed by a line end; empty where there is none."""
    parts = f"string_split_regex({sql}, {literal(_SEPARATORS)})"
    bare = f"[regexp_replace(p, {literal(f'^{_BLANKS}+|{_BLANKS}+$')}, '', 'g') for p in {parts}]"
    return f"COALESCE(array_to_string([b || chr(10) for b in {bare} if b <> ''], ''), '')"
