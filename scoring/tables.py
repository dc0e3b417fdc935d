"""Files to plain tables of cells: CSV, JSON, JSON Lines, and workbooks by ``workbooks``.

Cells keep their own type (a number stays a number, a date a date); an empty cell is "". Sizes are bounded before
anything is unpacked. What cannot be read at all raises; what is doubtful in a cell becomes a problem of the table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.errors import Problem, ScoringError
from scoring.table import Table, refusal
from scoring.workbooks import read_workbook

MAX_BYTES = 100 << 20
MAX_ROWS = 200_000
MAX_COLUMNS = 1000
MAX_TEXT = 10_000
PLACES_KEY = "点位"


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return a file's tables.

    Raises ScoringError where the file is missing, too large, damaged or of an unknown kind.
    """
    readers = {".csv": _csv, ".txt": _csv, ".json": _json, ".jsonl": _json_lines}
    readers |= dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), read_workbook)
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            raise refusal(path, "这是文件夹，不是文件")
        if suffix not in readers:
            raise refusal(path, f"不认识的文件类型“{suffix or '没有扩展名'}”", f"可用: {'、'.join(readers)}")
        if path.stat().st_size > MAX_BYTES:
            raise refusal(
                path, f"文件太大（{path.stat().st_size >> 20} MB）", f"最多{MAX_BYTES >> 20} MB，可拆成几个"
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise refusal(path, "没有这个文件", "检查文件名和所在的文件夹") from None
    except OSError as error:
        raise refusal(path, f"文件打不开（{error.strerror}）", "如在 Excel 或 WPS 里开着，请先关闭") from None
    if not content.strip():
        raise refusal(path, "文件是空的")
    tables = readers[suffix](path, content)
    for table in tables:
        _bounded(path, table)
    return tables


def _bounded(path: Path, table: Table) -> None:
    if len(table.rows) > MAX_ROWS:
        raise refusal(path, f"{table.sheet} 有{len(table.rows)}行，太多", f"最多{MAX_ROWS}行，可拆成几个文件")
    if max(map(len, table.rows), default=0) > MAX_COLUMNS:
        raise refusal(path, f"{table.sheet} 的列太多", f"最多{MAX_COLUMNS}列；删去右边多余的列")


def _csv(path: Path, content: bytes) -> tuple[Table, ...]:
    text = decode(path, content)
    if "\0" in text:
        raise refusal(path, "不是文本表格（含空字符）", "请另存为 CSV")
    first = text.partition("\n")[0]
    csv.field_size_limit(MAX_TEXT * 10)
    try:
        rows = list(
            csv.reader(
                io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ","
            )
        )
    except csv.Error as error:
        raise refusal(
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
    raise refusal(path, "文字编码认不出来", "请另存为 UTF-8 或 GB18030（GBK）编码")


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
        raise refusal(path, "每条记录应是 {键: 值}", "写成 [{“被检单位”: …}, …]")
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
