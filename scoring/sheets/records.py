"""JSON and JSON Lines to tables: one record a visit, its keys the column titles of a sheet.

Numbers stay the text they are written as, so that a record means what the same cells would mean in a CSV. A record
asks only what it has keys for; records with the same keys make one table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring.columns import ALIASES, INSPECTORS, PHOTO, PLACE_SUFFIX
from scoring.sheets.submissions.recognise import submitted
from scoring.sheets.table import MAX_CELLS, Cell, Complaint, Layout, Table, bound, refusal

_FORM = "写成 [{“被检单位”: …, “检查日期”: …}, …]"
_VALUE = "写数字或文字；是否写“是”“否”，没查写 null 或不写"


def read_json(path: Path, text: str) -> tuple[Table, ...]:
    """Return the tables of a JSON file: one record, a list of them, or an export of submissions from phones.

    Raises ScoringError for anything else.
    """
    data = parsed(path, text)
    if (tables := submitted(path, data)) is not None:
        return tables
    records = data if isinstance(data, list) else [data]
    return _tables(path, dict(enumerate(records, start=1)), Layout.RECORDS)


def read_json_lines(path: Path, text: str) -> tuple[Table, ...]:
    """Return the tables of a file with one JSON record a line; raise ScoringError naming the first line that is none."""
    lines = enumerate(text.split("\n"), start=1)
    return _tables(
        path, {number: parsed(path, line, number) for number, line in lines if line.strip()}, Layout.LINES
    )


class _Refused(ValueError):
    """Say what JSON allows and a record does not."""


def parsed(path: Path, text: str, line: int = 0) -> Any:
    """Return the data of a JSON text, every number as the text it is written as; raise ScoringError where it is none."""
    try:
        return json.loads(
            text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        place = f"第{line or error.lineno}行第{error.colno}列"
        raise refusal(path, "JSON 写法有误", "检查引号、逗号和括号，都用英文的", where=place) from None
    except _Refused as error:
        raise refusal(path, str(error), "改好后再读", line) from None
    except RecursionError:
        raise refusal(path, "JSON 括号套得太深", _FORM, line) from None


def _no_number(word: str) -> str:
    raise _Refused(f"{word} 不是数字")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(f"同一条记录里键“{key[:40]}”重复")
        found[key] = value
    return found


def _tables(path: Path, records: Mapping[int, Any], layout: Layout) -> tuple[Table, ...]:
    """Put the records with the same keys together; ``records`` are by their number in the file."""
    groups: dict[tuple[str, ...], dict[int, dict[str, Any]]] = {}
    cells = 0
    for number, record in records.items():
        if not isinstance(record, dict):
            raise refusal(path, "每条记录应是 {键: 值}", _FORM, where=_place(number, layout))
        flat = _flat(path, record, number, layout)
        cells += len(flat)
        bound(path, len(records), len(flat), min(cells, MAX_CELLS + 1))
        groups.setdefault(tuple(sorted(flat)), {})[number] = flat
    return tuple(_table(path, keys, group, layout) for keys, group in groups.items())


def _table(
    path: Path, keys: tuple[str, ...], records: Mapping[int, Mapping[str, Any]], layout: Layout
) -> Table:
    rows: list[list[Cell]] = [list(keys)]
    refused: dict[tuple[int, int], Complaint] = {}
    for row, record in enumerate(records.values(), start=1):
        rows.append([value if isinstance(value := record[key], str) else "" for key in keys])
        for column, key in enumerate(keys):
            if not isinstance(record[key], str):
                refused[row, column] = ("这里不能写 true、false、列表或 { }", _VALUE)
    return Table(path.name, "", rows, layout, (min(records, default=1), *records), refused)


def _flat(path: Path, record: Mapping[str, Any], number: int, layout: Layout) -> dict[str, Any]:
    """Return a record as cells by column title: 点位 {检查项: [..]} as its columns, a list of words as one, null as blank."""
    places = record.get(PLACE_SUFFIX)
    flat = {key: _cell(key, value) for key, value in record.items()}
    if isinstance(places, dict):
        del flat[PLACE_SUFFIX]
        for name, listed in places.items():
            key = f"{name}{PLACE_SUFFIX}"
            if key in flat:
                raise refusal(path, f"“{key}”写了两处", "只写一处", where=_place(number, layout))
            flat[key] = _cell(key, listed)
    return flat


def _place(number: int, layout: Layout) -> str:
    return f"第{number}{layout}"


def _cell(key: str, value: Any) -> Any:
    """Return what would stand in the cell: null is blank, a list of names or places one text."""
    lists = key in (INSPECTORS, ALIASES, PHOTO) or key.endswith(PLACE_SUFFIX)
    if lists and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return "" if value is None else value
