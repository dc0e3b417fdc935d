"""Files to plain tables of cells: CSV here, JSON by ``records``, workbooks by ``workbooks``, what phones submitted by ``submissions``.

Sizes are bounded before anything is unpacked. What cannot be read at all raises; what is doubtful in a cell becomes a
complaint of the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from scoring.errors import Problem, ScoringError, in_order
from scoring.sheets.records import read_json, read_json_lines
from scoring.sheets.submissions.recognise import submitted_archive, submitted_book
from scoring.sheets.table import Table, bound, refusal
from scoring.sheets.workbooks import read_workbook

MAX_BYTES = 100 << 20


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return a file's tables.

    Raises ScoringError where the file is missing, too large, damaged or of an unknown kind.
    """
    content = content_of(path, _READERS)
    return _READERS[path.suffix.lower()](path, content)


def content_of(path: Path, kinds: Collection[str]) -> bytes:
    """Return a file's bytes; raise ScoringError where it is missing, empty, too large or of none of the ``kinds``."""
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            raise refusal(path, "这是文件夹，不是文件")
        size = path.stat().st_size
        if suffix not in kinds:
            kind = f"“{suffix}”文件读不了" if suffix else "文件名没有扩展名"
            raise refusal(path, kind, f"可用: {'、'.join(kinds)}；其他表格请先另存为 xlsx")
        if size > MAX_BYTES:
            raise refusal(path, f"文件太大（{size >> 20} MB）", f"最多{MAX_BYTES >> 20} MB，可拆成几个")
        content = path.read_bytes()
    except FileNotFoundError:
        raise refusal(path, "没有这个文件", "检查文件名和所在的文件夹") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "文件名不对"
        raise refusal(path, f"文件打不开（{reason}）", "如在 Excel 或 WPS 里开着，请先关闭") from None
    if not content.strip():
        raise refusal(path, "文件是空的")
    return content


def read_all(paths: Iterable[Path]) -> list[Table]:
    """Return the tables of several files; raise one ScoringError for every file that cannot be read."""
    tables: list[Table] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in paths:
        try:
            if (whole := path.absolute()) in seen:
                raise refusal(path, "这个文件给了两次", "每个文件只给一次")
            seen.add(whole)
            tables += read_tables(path)
        except ScoringError as error:
            problems += error.problems
    if problems:
        raise ScoringError(in_order(problems))
    return tables


def _csv(path: Path, content: bytes) -> tuple[Table, ...]:
    text = decoded(path, content)
    if "\0" in text:
        raise refusal(path, "不是文本表格（含空字符）", "请另存为 CSV")
    head = text[:4000]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in lines:
            rows.append(row)
            cells += len(row)
            bound(path, len(rows), len(row), cells)
    except csv.Error:
        hint = "双引号要成对；请用 Excel 或 WPS 打开后重新另存为 CSV"
        raise refusal(path, "从这一行起读不下去", hint, len(rows) + 1) from None
    return (Table(path.name, "", rows),)


def decoded(path: Path, content: bytes) -> str:
    """Return a text file's text: by its byte order mark, else UTF-8, else GB18030; each strictly."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [codec for mark, codec in marks.items() if content.startswith(mark)]
    for codec in marked or ("utf-8", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise refusal(path, "文字编码认不出来", "请另存为 UTF-8 或 GB18030（GBK）编码")


def _book(path: Path, content: bytes) -> tuple[Table, ...]:
    return submitted_book(path, read_workbook(path, content))


def _json(path: Path, content: bytes) -> tuple[Table, ...]:
    return read_json(path, decoded(path, content))


def _json_lines(path: Path, content: bytes) -> tuple[Table, ...]:
    return read_json_lines(path, decoded(path, content))


_READERS: Mapping[str, Callable[[Path, bytes], tuple[Table, ...]]] = {
    ".xlsx": _book, ".xlsm": _book, ".xls": read_workbook, ".ods": read_workbook, ".csv": _csv, ".txt": _csv,
    ".json": _json, ".jsonl": _json_lines, ".zip": submitted_archive,
}  # fmt: skip
KINDS = tuple(_READERS)
