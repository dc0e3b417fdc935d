"""Read the result files of earlier draws, as ``report.draw`` writes them, into the order in which they were made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from scoring import columns
from scoring.columns import DRAW, HOUSEHOLD_DRAW, unguarded
from scoring.errors import Problem, ScoringError, in_order
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.records import parsed
from scoring.sheets.table import Table, refusal
from scoring.sheets.tables import content_of, decoded, read_tables

SCHEMAS = {DRAW: "chuangwei/draw/1", HOUSEHOLD_DRAW: "chuangwei/household-draw/1"}
_NUMBER = re.compile(r"第([1-9][0-9]{0,3})次")
_WHOLE = re.compile(r"[1-9][0-9]{0,6}")
# What a spreadsheet makes of a code of twelve digits when it saves a CSV.
_SPOILT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+")
_NEEDED = {DRAW: (columns.CODE,), HOUSEHOLD_DRAW: (columns.CODE, columns.GROUP, columns.HOUSEHOLDS)}
_HEADER_ROWS = 20


@dataclass(frozen=True, slots=True)
class DrawnBefore:
    """One unit drawn (``id`` is its 编号), or one ``group`` of it with the numbers of its ``households``."""

    id: str
    name: str
    group: int = 0
    households: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierDraw:
    """An earlier draw: the file it stands in, its number (第几次), and what was drawn."""

    path: str
    number: int
    drawn: tuple[DrawnBefore, ...]


def read_draws(paths: Iterable[Path], title: str) -> tuple[EarlierDraw, ...]:
    """Return earlier draws of a kind (``columns.DRAW`` or ``HOUSEHOLD_DRAW``), the oldest first whatever the order of the files.

    Raises ScoringError where a file is no result of such a draw, or one of the draws is missing or given twice.
    """
    found: list[EarlierDraw] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(_json(path, title) if path.suffix.lower() == ".json" else _table(path, title))
        except ScoringError as error:
            problems += error.problems
    found.sort(key=lambda one: (one.number, one.path))
    for one, other in pairwise(found):
        if one.number == other.number:
            message = f"和 {one.path} 都是第{one.number}次的结果"
            problems.append(Problem(other.path, message=message, hint="只给一个"))
    numbers = {one.number for one in found}
    missing = [str(number) for number in range(1, max(numbers, default=0)) if number not in numbers]
    if missing and not problems:
        hint = "以前各次的结果文件都要给，没抽到过的才能先抽"
        problems.append(Problem(message=f"缺第{'、'.join(missing)}次的结果", hint=hint))
    if problems:
        raise ScoringError(in_order(problems))
    return tuple(found)


def _no_result(path: Path, title: str, other: str = "") -> ScoringError:
    message = f"这是{other}，不是{title}" if other else f"这不是{title}"
    return refusal(path, message, f"给出以前用 -o 写出的{title}文件")


def _table(path: Path, title: str) -> EarlierDraw:
    """Read a CSV or workbook: the title and number in the first row, then the header, then the drawn."""
    for table in read_tables(path):
        head = [str(cell).strip() for cell in table.rows[0][:2]] if table.rows else []
        number = _NUMBER.fullmatch(head[1]) if len(head) == 2 else None
        if number and head[0] != title and head[0] in SCHEMAS:
            raise _no_result(path, title, head[0])
        if number and head[0] == title:
            return EarlierDraw(path.name, int(number[1]), tuple(_rows(path, table, title)))
    raise _no_result(path, title)


def _rows(path: Path, table: Table, title: str) -> Iterator[DrawnBefore]:
    headers = ({str(cell).strip(): at for at, cell in enumerate(line)} for line in table.rows[:_HEADER_ROWS])
    found = ((top, at) for top, at in enumerate(headers) if all(name in at for name in _NEEDED[title]))
    top, at = next(found, (0, None))
    if at is None:
        raise _no_result(path, title)
    for row in range(top + 1, len(table.rows)):
        words = {name: _word(table, row, column) for name, column in at.items()}
        if words[columns.CODE]:
            yield _drawn(path, words, title, table.origin(row).spot)


def _word(table: Table, row: int, column: int) -> str:
    line = table.rows[row]
    try:
        if complaint := table.refused.get((row, column)):
            raise CellError(*complaint)
        return unguarded(cells.text(line[column] if column < len(line) else ""))
    except CellError as error:
        raise ScoringError([table.problem(row, column, error.message, error.hint)]) from None


def _json(path: Path, title: str) -> EarlierDraw:
    """Read the JSON document of a draw."""
    document: Any = parsed(path, decoded(path, content_of(path, (".json",))))
    schema = document.get("schema") if isinstance(document, dict) else None
    other = next((one for one, known in SCHEMAS.items() if known == schema), "")
    if other != title:
        raise _no_result(path, title, other)
    try:
        number = _NUMBER.fullmatch(f"第{document['number']}次")
        records = [(_record(one, title), f"第{at}个") for at, one in enumerate(document["drawn"], start=1)]
    except (KeyError, TypeError):
        raise _no_result(path, title) from None
    if number is None:
        raise _no_result(path, title)
    return EarlierDraw(
        path.name, int(number[1]), tuple(_drawn(path, words, title, where) for words, where in records)
    )


def _record(one: Mapping[str, Any], title: str) -> Mapping[str, str]:
    """Return one of the drawn as a row would say it."""
    words = {columns.CODE: one["unit"]["id"], columns.NAME: one["unit"]["name"]}
    if title == HOUSEHOLD_DRAW:
        words |= {columns.GROUP: one["group"], columns.HOUSEHOLDS: "、".join(one["households"])}
    if not all(isinstance(word, str) for word in words.values()):
        raise TypeError
    return words


def _drawn(path: Path, words: Mapping[str, str], title: str, where: str) -> DrawnBefore:
    id, name = words[columns.CODE], words.get(columns.NAME, "")
    if _SPOILT.fullmatch(id):
        hint = "用没有在表格软件里另存过的结果文件，或写成 xlsx"
        raise refusal(path, f"编号“{id}”被表格软件改过", hint, where=where)
    if title == DRAW:
        return DrawnBefore(id, name)
    group, *houses = [words[columns.GROUP], *cells.several(words[columns.HOUSEHOLDS])]
    if not all(_WHOLE.fullmatch(one) for one in (group, *houses)):
        raise refusal(path, "组或户号读不懂", "不要改结果文件；改过的请重新抽取后写出", where=where)
    return DrawnBefore(id, name, int(group), tuple(map(int, houses)))
