"""Files to plain tables of cells: CSV, workbooks, JSON and JSON Lines; the only door to calamine, openpyxl and csv.

Cells keep their own type (a number stays a number, a date a date); an empty cell is "". Sizes are bounded before
anything is unpacked. What cannot be read at all raises; what is doubtful in a cell becomes a problem of the table.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.errors import Problem, ScoringError

Cell = str | Decimal | dt.datetime | dt.date | dt.time | bool
MAX_BYTES = 100 << 20
MAX_UNPACKED = 400 << 20
MAX_PARTS = 5000
MAX_ROWS = 200_000
MAX_COLUMNS = 1000
MAX_TEXT = 10_000
PLACES_KEY = "点位"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet's cells; ``first`` is the file's number of the first row, ``lettered`` whether columns have letters.

    ``unread`` holds, by row and column from 0, the complaint about each cell whose content cannot be used;
    ``merged`` the last row and the column (from 0) of each cell merged over several rows.
    """

    path: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    first: int = 1
    lettered: bool = False
    unread: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merged: tuple[tuple[int, int], ...] = ()

    def problem(self, row: int, column: int | None, message: str, hint: str = "", unit: str = "") -> Problem:
        """Return a problem at a cell (row and column from 0) or, without a column, at a row."""
        number = self.first + row
        if self.lettered:
            place = f"第{number}行" if column is None else f"单元格 {letters(column)}{number}"
            return Problem(self.path, 0, 0, f"工作表“{self.sheet}” {place}", message, hint, unit)
        return Problem(self.path, number, 0 if column is None else column + 1, "", message, hint, unit)


def letters(column: int) -> str:
    """Return a column's letters, as a spreadsheet shows them.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return a file's tables.

    Raises ScoringError where the file is missing, too large, damaged or of an unknown kind.
    """
    readers = {".csv": _csv, ".txt": _csv, ".json": _json, ".jsonl": _json_lines}
    readers |= dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), _workbook)
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            raise _refusal(path, "这是文件夹，不是文件")
        if suffix not in readers:
            raise _refusal(path, f"不认识的文件类型“{suffix or '没有扩展名'}”", f"可用: {'、'.join(readers)}")
        if path.stat().st_size > MAX_BYTES:
            raise _refusal(
                path, f"文件太大（{path.stat().st_size >> 20} MB）", f"最多{MAX_BYTES >> 20} MB，可拆成几个"
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refusal(path, "没有这个文件", "检查文件名和所在的文件夹") from None
    except OSError as error:
        raise _refusal(
            path, f"文件打不开（{error.strerror}）", "如在 Excel 或 WPS 里开着，请先关闭"
        ) from None
    if not content.strip():
        raise _refusal(path, "文件是空的")
    tables = readers[suffix](path, content)
    for table in tables:
        _bounded(path, table)
    return tables


def _refusal(path: Path, message: str, hint: str = "") -> ScoringError:
    return ScoringError([Problem(path.name, message=message, hint=hint)])


def _bounded(path: Path, table: Table) -> None:
    if len(table.rows) > MAX_ROWS:
        raise _refusal(
            path, f"{table.sheet} 有{len(table.rows)}行，太多", f"最多{MAX_ROWS}行，可拆成几个文件"
        )
    if max(map(len, table.rows), default=0) > MAX_COLUMNS:
        raise _refusal(path, f"{table.sheet} 的列太多", f"最多{MAX_COLUMNS}列；删去右边多余的列")


def _csv(path: Path, content: bytes) -> tuple[Table, ...]:
    text = decode(path, content)
    if "\0" in text:
        raise _refusal(path, "不是文本表格（含空字符）", "请另存为 CSV")
    first = text.partition("\n")[0]
    csv.field_size_limit(MAX_TEXT * 10)
    try:
        rows = list(
            csv.reader(
                io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ","
            )
        )
    except csv.Error as error:
        raise _refusal(
            path, f"CSV 读不下去（{error}）", "引号要成对；请用 Excel 或 WPS 重新另存为 CSV"
        ) from None
    return (Table(path.name, "", rows),)


def decode(path: Path, content: bytes) -> str:
    """Return a text file's text: by its byte order mark, else UTF-8, else GB18030; each strictly."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            codecs: tuple[str, ...] = (codec,)
            break
    else:
        codecs = ("utf-8", "gb18030")
    for codec in codecs:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise _refusal(path, "文字编码认不出来", "请另存为 UTF-8 或 GB18030（GBK）编码")


def _json(path: Path, content: bytes) -> tuple[Table, ...]:
    data = _parsed(path, decode(path, content), "")
    return (_records(path, data if isinstance(data, list) else [data], 1),)


def _json_lines(path: Path, content: bytes) -> tuple[Table, ...]:
    lines = [
        (number, line)
        for number, line in enumerate(decode(path, content).splitlines(), start=1)
        if line.strip()
    ]
    return (_records(path, [_parsed(path, line, f"第{number}行") for number, line in lines], 1),)


def _parsed(path: Path, text: str, where: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        place = where or f"第{error.lineno}行第{error.colno}列"
        raise ScoringError(
            [Problem(path.name, where=place, message="JSON 写法有误", hint="检查引号、逗号和括号")]
        ) from None
    except (_Duplicate, RecursionError) as error:
        said = str(error) if isinstance(error, _Duplicate) else "括号套得太深"
        raise ScoringError(
            [Problem(path.name, where=where, message=said, hint="同一条记录里每个键只写一次")]
        ) from None


class _Duplicate(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Duplicate(f"键“{key}”重复")
        found[key] = value
    return found


def _records(path: Path, records: Sequence[Any], first: int) -> Table:
    """Turn JSON records into a table whose header is the union of their keys; row n is record n."""
    if not all(isinstance(one, dict) for one in records):
        raise _refusal(path, "每条记录应是 {键: 值}", "写成 [{“被检单位”: …}, …]")
    flat = [dict(_flat(one)) for one in records]
    header = sorted({key for one in flat for key in one})
    rows = [[one.get(key, "") for key in header] for one in flat]
    unread = {
        (row, column): (f"“{key}”的值不能是{json.dumps(value)[:20]}", "写数字或文字；是否写“是”“否”")
        for row, line in enumerate(rows, start=1)
        for column, (key, value) in enumerate(zip(header, line, strict=True))
        if not isinstance(value, str | Decimal)
    }
    return Table(path.name, "", [header, *rows], first - 1, unread=unread)


def _flat(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if key == PLACES_KEY and isinstance(value, dict):
            for name, places in value.items():
                listed = places if isinstance(places, list) else [places]
                yield f"{name}{PLACES_KEY}", "；".join(map(str, listed))
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield key, "、".join(value)
        else:
            yield key, "" if value is None else value


def _workbook(path: Path, content: bytes) -> tuple[Table, ...]:
    import python_calamine as calamine

    doubtful = zipfile.is_zipfile(io.BytesIO(content)) and _inspected(path, content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
        hidden = [one.name for one in book.sheets_metadata if one.name == "名册" and one.name not in names]
        sheets = [(name, book.get_sheet_by_name(name)) for name in (*names, *hidden)]
        grids = {
            name: [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
            for name, sheet in sheets
        }
        merged = {name: sheet.merged_cell_ranges or [] for name, sheet in sheets}
    except (calamine.CalamineError, OSError, ValueError) as error:
        hint = "可能加了密码" if content[:4] == b"\xd0\xcf\x11\xe0" else "请在 Excel 或 WPS 里打开后另存一份"
        raise _refusal(path, f"工作簿打不开（{error}）", hint) from None
    unread = _unread(content, grids) if doubtful else {}
    tall = {
        name: tuple((bottom, left) for (top, left), (bottom, _) in merged[name] if bottom > top)
        for name in grids
    }
    return tuple(
        Table(path.name, name, rows, 1, True, unread.get(name, {}), tall[name])
        for name, rows in grids.items()
    )


def _inspected(path: Path, content: bytes) -> bool:
    """Refuse a zip bomb; return whether any sheet holds formulas or error cells, which need a second look."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _refusal(path, "工作簿解开后太大", "请删去多余的工作表和空行后另存一份")
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            return any(re.search(rb'<f[ >/]| t="e"', archive.read(part)) for part in sheets)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise _refusal(path, f"工作簿损坏（{error}）", "请在 Excel 或 WPS 里打开后另存一份") from None


def _cell(value: object) -> Cell:
    """Return a cell's value; a number is read from the shortest text that is that number."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else str(value)
    return value if isinstance(value, dt.date | dt.time) else str(value)


def _unread(
    content: bytes, grids: Mapping[str, list[list[Cell]]]
) -> dict[str, dict[tuple[int, int], tuple[str, str]]]:
    """Find cells that read as empty but are not: error values and formulas never calculated."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    found = {
        name: {
            (cell.row - 1, cell.column - 1): (f"“{str(cell.value)[:30]}”没有算出结果", "改成直接填写的值")
            for line in book[name].iter_rows()
            for cell in line
            if cell.value is not None
            and str(cell.value).strip()
            and _at(rows, cell.row - 1, cell.column - 1) == ""
        }
        for name, rows in grids.items()
    }
    book.close()
    return found


def _at(rows: list[list[Cell]], row: int, column: int) -> Cell:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
