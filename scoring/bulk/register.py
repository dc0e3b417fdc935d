"""The register (名册) beside a large table: it says of each unit what the table itself has no column for, and answers blanks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import duckdb

from scoring import columns
from scoring.bulk.beside import REGISTERED, UNFIT
from scoring.bulk.source import REGISTER, File
from scoring.bulk.wording import make_table
from scoring.compile.vocabulary import vocabulary
from scoring.inspection import Unit
from scoring.match.derive import misfit
from scoring.match.derive import registered as read
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard
from scoring.sql.values import places

OWN = (columns.UNIT, columns.KIND, columns.AREA, *columns.DETAILS)


def joined(
    files: Sequence[File],
    units: Sequence[Unit],
    standards: Sequence[Standard],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[File, ...]:
    """Return files whose rows also have the register's columns that they lack; a unit it does not know loses its 编号.

    What a 检查项 of the ``standards`` has there (名册) is a column of its own. Makes the register's table in the engine.
    """
    if not units:
        return tuple(files)
    print_ = registered(units, connection, standards)
    forms = vocabulary(standards)
    return tuple(_joined(one, forms, print_) for one in files)


def registered(
    units: Sequence[Unit], connection: duckdb.DuckDBPyConnection, standards: Sequence[Standard] = ()
) -> str:
    """Make the register's table, a row for each unit, and return what tells it from other registers."""
    answers = {name: field for name, field in vocabulary(standards).items() if field.register_column}
    kinds_ = {name: {kind for one in standards if name in one.form for kind in one.kinds} for name in answers}
    rows = [[one.id, *(said(one, name) or None for name in OWN)] for one in units]
    more = [[part for name in answers for part in _answer(one, answers[name], kinds_[name])] for one in units]
    kinds = dict.fromkeys((columns.CODE, *OWN), "VARCHAR") | _kinds(answers)
    make_table(REGISTER, kinds, [[*row, *own] for row, own in zip(rows, more, strict=True)], connection)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def said(unit: Unit, name: str) -> str:
    """Return what a unit has in one of the register's columns, empty where nothing."""
    own = {columns.UNIT: unit.name, columns.KIND: unit.kind, columns.AREA: unit.area}
    return own[name] if name in own else unit.details.get(name, "")


def _kinds(answers: Mapping[str, FormField]) -> dict[str, str]:
    return {name + suffix: kind for name in answers for suffix, kind in ((REGISTERED, "BIGINT"), (UNFIT, "BOOLEAN"))}  # fmt: skip


def _answer(unit: Unit, field: FormField, kinds: Collection[str]) -> tuple[int | None, bool]:
    """Return what a unit's register answers, as the typed table holds it, and whether it is of no use.

    Nobody asks it of a unit of other ``kinds``.
    """
    if unit.kind not in kinds:
        return None, False
    word = unit.details.get(str(field.register_column), "")
    value = read(word, field) if word else None
    if value is None or misfit(field, value) is not None:
        return None, bool(word)
    if isinstance(value, str):
        return field.choices.index(value) + 1, False
    whole = value.scaleb(places(field))
    return (int(whole), False) if whole == whole.to_integral_value() else (None, True)


def _joined(file: File, forms: Mapping[str, FormField], print_: str) -> File:
    words = [name for name in OWN if name not in file.types and name not in forms]
    answers = _kinds({name: field for name, field in forms.items() if field.register_column})
    types = {**file.types, **dict.fromkeys(words, "VARCHAR"), **answers}
    both = hashlib.sha256(f"{file.print} {print_}".encode()).hexdigest()
    return replace(file, types=types, print=both, added=(*words, *answers))
