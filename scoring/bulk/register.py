"""The register (名册) beside a large table: it says of each unit what the table itself has no column for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from scoring import columns
from scoring.bulk.source import REGISTER, File
from scoring.bulk.wording import make_table
from scoring.inspection import Unit

OWN = (columns.UNIT, columns.KIND, columns.AREA, *columns.DETAILS)


def joined(
    files: Sequence[File], units: Sequence[Unit], connection: duckdb.DuckDBPyConnection
) -> tuple[File, ...]:
    """Return files whose rows also have the register's columns that they lack; a unit it does not know loses its 编号.

    Makes the register's table in the engine.
    """
    if not units:
        return tuple(files)
    print_ = registered(units, connection)
    return tuple(_joined(one, print_) for one in files)


def registered(units: Sequence[Unit], connection: duckdb.DuckDBPyConnection) -> str:
    """Make the register's table, a row for each unit, and return what tells it from other registers."""
    rows = [[one.id, *(said(one, name) or None for name in OWN)] for one in units]
    make_table(REGISTER, dict.fromkeys((columns.CODE, *OWN), "VARCHAR"), rows, connection)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def said(unit: Unit, name: str) -> str:
    """Return what a unit has in one of the register's columns, empty where nothing."""
    own = {columns.UNIT: unit.name, columns.KIND: unit.kind, columns.AREA: unit.area}
    return own[name] if name in own else unit.details.get(name, "")


def _joined(file: File, print_: str) -> File:
    added = tuple(name for name in OWN if name not in file.types)
    types = {**file.types, **dict.fromkeys(added, "VARCHAR")}
    both = hashlib.sha256(f"{file.print} {print_}".encode()).hexdigest()
    return replace(file, types=types, print=both, added=added)
