"""The input of a run: Parquet as it is, CSV rewritten as Parquet once, so that any range of rows can be read again alone."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.beside import OWN
from scoring.bulk.cells import literal, quoted
from scoring.bulk.database import Stored, staged
from scoring.bulk.front import FILE, ROW
from scoring.errors import Problem, ScoringError

CHUNK = 1 << 20
KINDS = (".parquet", ".csv")
REGISTER = "register"
Input = Path | Stored


@dataclass(frozen=True, slots=True)
class File:
    """One file: ``path`` is what is read, ``name`` what the user gave; ``head`` counts the lines above the first row.

    ``added`` are the columns that the register adds (``register``); the others' names are in ``types`` too.
    """

    name: str
    path: Path
    rows: int
    types: Mapping[str, str]
    print: str
    head: int = 0
    added: tuple[str, ...] = ()

    def query(self, first: int, last: int) -> str:
        """Return the query of some rows, counted from 0, with the file's name and each row's number."""
        rows = self._rows(first, last)
        if not self.added:
            return rows
        code, more = quoted(columns.CODE), ", ".join(f"u.{quoted(name)}" for name in self.added)
        return (
            f"SELECT v.* EXCLUDE ({code}), u.{code}, {more} FROM ({rows}) v"
            f" LEFT JOIN {REGISTER} u ON v.{code}::VARCHAR = u.{code}"
        )

    def _rows(self, first: int, last: int) -> str:
        scan = f"read_parquet({literal(str(self.path))}, file_row_number = true)"
        hidden = ", ".join(["file_row_number", *(quoted(name) for name in (FILE, ROW) if name in self.types)])
        return (
            f"SELECT * EXCLUDE ({hidden}), {literal(self.name)} AS {quoted(FILE)},"
            f" file_row_number + {1 + self.head} AS {quoted(ROW)}"
            f" FROM {scan} WHERE file_row_number BETWEEN {first} AND {last}"
        )


def files(inputs: Sequence[Input], connection: duckdb.DuckDBPyConnection, work: Path) -> tuple[File, ...]:
    """Return the files of a run in the order of their names, CSV rewritten in the ``work`` folder.

    Raises ScoringError for every file that is missing, of another kind, damaged, or has other columns than the first.
    """
    found: list[File] = []
    problems: list[Problem] = []
    for one in _in_order(inputs):
        try:
            found.append(
                _file(one, connection, work) if isinstance(one, Path) else _table(one, connection, work)
            )
        except ScoringError as error:
            problems += error.problems
    problems += [_unlike(one, found[0]) for one in found[1:] if set(one.types) != set(found[0].types)]
    if problems:
        raise ScoringError(problems)
    return tuple(found)


def _in_order(inputs: Sequence[Input]) -> list[Input]:
    paths = sorted(_each_once(one for one in inputs if isinstance(one, Path)))
    return [*paths, *dict.fromkeys(one for one in inputs if isinstance(one, Stored))]


def _each_once(paths: Iterable[Path]) -> list[Path]:
    inside = [
        each for path in paths for each in (sorted(path.glob("**/*.parquet")) if path.is_dir() else [path])
    ]
    return list(dict.fromkeys(one.absolute() for one in inside))


def _unlike(one: File, first: File) -> Problem:
    other = sorted(set(one.types) ^ set(first.types))
    return Problem(
        one.name, message=f"栏目与 {first.name} 不同: {'、'.join(other[:5])}", hint="栏目相同的文件才能一起评"
    )


def _file(path: Path, connection: duckdb.DuckDBPyConnection, work: Path) -> File:
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        raise _refused(path, f"“{suffix}”文件读不了", f"可用: {'、'.join(KINDS)}")
    if not path.is_file():
        raise _refused(path, "没有这个文件", "检查文件名和所在的文件夹")
    mark = _print(path)
    parquet = _staged(path, connection, work, mark) if suffix == ".csv" else path
    return _described(path.name, parquet, mark, connection, 1 if suffix == ".csv" else 0)


def _table(one: Stored, connection: duckdb.DuckDBPyConnection, work: Path) -> File:
    return _described(one.table, staged(one, connection, work), one.print, connection)


def _described(
    name: str, parquet: Path, mark: str, connection: duckdb.DuckDBPyConnection, head: int = 0
) -> File:
    scan = f"read_parquet({literal(str(parquet))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM {scan}").fetchone()
    except duckdb.Error:
        raise ScoringError([Problem(name, message="文件损坏，读不了", hint="重新导出一次")]) from None
    assert counted is not None
    types = {str(column): str(kind) for column, kind, *_ in described}
    if taken := [one for one in types if one.endswith(OWN)]:
        raise ScoringError([Problem(name, message=f"栏目“{taken[0]}”的名称程序自己要用", hint="改个名称")])
    return File(name, parquet, int(counted[0]), types, mark, head)


def _print(path: Path) -> str:
    """Return a file's fingerprint: its size, its beginning and its end."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(CHUNK))
        file.seek(max(size - CHUNK, 0))
        digest.update(file.read(CHUNK))
    return digest.hexdigest()


def _staged(path: Path, connection: duckdb.DuckDBPyConnection, work: Path, mark: str) -> Path:
    """Rewrite a CSV as Parquet, every cell as text; what was rewritten already stays."""
    target = work / f"{mark[:32]}.parquet"
    if target.exists():
        return target
    text = _utf8(path, work)
    names = _header(path, text)
    held = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    part = target.with_suffix(".part")
    try:
        connection.execute(
            f"COPY (SELECT * FROM read_csv({literal(str(text))}, header = true, auto_detect = false, delim = ',', quote = '\"',"
            f" escape = '\"', nullstr = '', columns = {{{held}}}, strict_mode = true, null_padding = false))"
            f" TO {literal(str(part))} (FORMAT parquet)"
        )
    except duckdb.Error as error:
        line = re.search(r"Line: (\d+)", str(error))
        raise _refused(
            path,
            "从这一行起读不下去",
            "看看引号是不是成对、栏数是不是和表头一样",
            int(line[1]) if line else 0,
        ) from None
    part.replace(target)
    if text != path:
        text.unlink()
    return target


def _utf8(path: Path, work: Path) -> Path:
    """Return a file with the same text in UTF-8: the file itself where it is, else a copy made from GB18030."""
    for codec in ("utf-8", "gb18030"):
        try:
            return path if _decodes(path, codec) and codec == "utf-8" else _copied(path, work, codec)
        except UnicodeDecodeError:
            continue
    raise _refused(path, "文字编码认不出来", "请另存为 UTF-8 或 GB18030（GBK）编码")


def _decodes(path: Path, codec: str) -> bool:
    reader = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            reader.decode(block)
    reader.decode(b"", final=True)
    return True


def _copied(path: Path, work: Path, codec: str) -> Path:
    target = work / f"{path.stem}.utf8.csv"
    with (
        path.open(encoding=codec, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        while block := source.read(CHUNK):
            copy.write(block)
    return target


def _header(path: Path, text: Path) -> list[str]:
    with text.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names or "" in names or twice:
        message = f"“{twice[0]}”有两栏" if twice else "表头有空格子" if names else "文件是空的"
        raise _refused(path, message, "第一行写栏目的名称，每个只写一次", 1)
    return names


def _refused(path: Path, message: str, hint: str, line: int = 0) -> ScoringError:
    return ScoringError([Problem(path.name, line, 0, "", message, hint)])
