"""KoboToolbox: its JSON (flat ``group/question`` keys, repeats as lists) and its workbook (a sheet per repeat)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.columns import ITEM
from scoring.errors import ScoringError
from scoring.questions import PROBLEMS
from scoring.sheets.submissions.submission import Answers, Review, Submission, plain_id
from scoring.sheets.table import Cell, Table, refusal

_OWN = {
    "formhub/uuid", "start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid", "audit",
}  # fmt: skip
_IDS = ("meta/rootUuid", "_uuid", "meta/instanceID")
_REVIEW, _INDEX, _PARENT = "_validation_status", "_index", "_parent_index"
_AGAIN = "在 KoboToolbox 里重新导出"


def read_records(path: Path, records: Sequence[Any]) -> Iterator[Submission]:
    """Yield the submissions of a JSON export."""
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise refusal(path, "每份提交应是 {键: 值}", _AGAIN, where=f"第{number}份")
        problems: list[Answers] = []
        for name, value in record.items():
            if _last(name) == PROBLEMS and isinstance(value, list):
                problems += [_flat(one) if isinstance(one, dict) else {"item": _cell(one)} for one in value]
        flat = {name: value for name, value in record.items() if _last(name) != PROBLEMS}
        yield Submission(_id(record), number, _flat(flat), tuple(problems), _review(record.get(_REVIEW)))


def read_page(path: Path, data: Mapping[str, Any]) -> Iterator[Submission]:
    """Yield the submissions of what the API answers; raise ScoringError where it is only one page of several."""
    if data.get("next") or data.get("previous"):
        raise refusal(path, "只是其中一页", "网址末尾加 ?limit=30000，或用“下载数据”导出全部")
    yield from read_records(path, data["results"])


def is_kobo(table: Table) -> bool:
    """Return whether a sheet is the one of a Kobo workbook that has a row per submission."""
    titles = {str(cell) for cell in table.rows[0]} if table.rows else set()
    return {"_uuid", _INDEX} <= titles and _PARENT not in titles


def read_sheets(path: Path, tables: Sequence[Table]) -> Iterator[Submission]:
    """Yield the submissions of a workbook; raise ScoringError where problems belong to no submission."""
    (own,) = (table for table in tables if is_kobo(table)) if sum(map(is_kobo, tables)) == 1 else (None,)
    if own is None:
        raise refusal(path, "有几张表的提交混在一起", _AGAIN)
    found: dict[str, list[Answers]] = defaultdict(list)
    for table in tables:
        titles = [str(cell) for cell in table.rows[0]] if table.rows else []
        if _PARENT in titles and {_last(one) for one in titles} & {"item", ITEM}:
            for row in _rows(table):
                found[str(row[_PARENT])].append(_flat(row))
    for number, row in enumerate(_rows(own), start=2):
        problems = tuple(found.pop(str(row[_INDEX]), ()))
        yield Submission(_id(row), number, _flat(row), problems, _review(row.get(_REVIEW)))
    if found:
        raise _orphans(path, sum(map(len, found.values())))


def _orphans(path: Path, many: int) -> ScoringError:
    return refusal(path, f"{many}处问题不知是哪份提交的", f"{_AGAIN}，里面的行不要删")


def _rows(table: Table) -> Iterator[dict[str, Cell]]:
    titles = [str(cell) for cell in table.rows[0]]
    for at, line in enumerate(table.rows[1:], start=1):
        if next(table.filled(at), None) is not None:
            yield dict(zip(titles, [*line, *[""] * (len(titles) - len(line))], strict=False))


def _flat(record: Mapping[str, Any]) -> Answers:
    """Return a record's answers by the last part of their names."""
    found: dict[str, Cell] = {}
    for name, value in record.items():
        if not name or name.startswith(("_", "meta/")) or name in _OWN or name.endswith("_URL"):
            continue
        last = _last(name)
        found[last] = found.get(last) or _cell(value)
    return found


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    return str(value) if isinstance(value, bool | list | dict) else value


def _id(record: Mapping[str, Any]) -> str:
    return next((plain_id(record[name]) for name in _IDS if record.get(name)), "")


def _review(state: object) -> Review:
    """Return what a reviewer decided: the API says it in an entry of its own, a workbook by its label."""
    word = str(state.get("uid") if isinstance(state, dict) else state or "")
    rejected = word.lower().replace("_", "").replace(" ", "").endswith("notapproved")
    return Review.REJECTED if rejected else Review.TAKEN
