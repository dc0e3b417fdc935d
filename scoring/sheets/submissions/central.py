"""ODK Central: its archive of CSV files (groups joined by ``-``, a file per repeat) and its OData JSON (groups nested)."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.questions import PROBLEMS
from scoring.sheets.parts import weigh
from scoring.sheets.submissions.submission import Answers, Review, Submission, plain_id
from scoring.sheets.table import Cell, bound, refusal

_KEY, _PARENT = "KEY", "PARENT_KEY"
_AGAIN = "在 ODK Central 里重新导出"
# What Central writes beside the answers.
_OWN = {
    "SubmissionDate", "start", "end", "today", "deviceid", "username", "phonenumber", "KEY", "PARENT_KEY", "SubmitterID",
    "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
}  # fmt: skip
_COORDINATES = ("Latitude", "Longitude", "Altitude", "Accuracy")
_MAX_DEPTH = 12


def read_archive(path: Path, content: bytes) -> Iterator[Submission]:
    """Yield the submissions of an archive; raise ScoringError where it is damaged, too large or no export of Central's."""
    files = {name: _lines(path, name, text) for name, text in _texts(path, content)}
    own = [name for name, lines in files.items() if lines and _KEY in lines[0] and _PARENT not in lines[0]]
    if len(own) != 1:
        raise refusal(
            path, "压缩包里没有检查记录，或不止一张表的", f"{_AGAIN}，整个压缩包给，里面的文件不要改"
        )
    found: dict[str, list[Answers]] = defaultdict(list)
    for name, lines in files.items():
        if name.endswith(f"-{PROBLEMS}.csv") and lines and _PARENT in lines[0]:
            for row in _records(lines):
                found[row[_PARENT]].append(_flat(row))
    for number, row in enumerate(_records(files[own[0]]), start=1):
        problems = tuple(found.pop(row[_KEY], ()))
        review = _review(row.get("ReviewState"), row.get("Status"))
        yield Submission(plain_id(row[_KEY]), number, _flat(row), problems, review)
    if found:
        raise refusal(
            path, f"{sum(map(len, found.values()))}处问题不知是哪份提交的", f"{_AGAIN}，里面的文件不要改"
        )


def _texts(path: Path, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each CSV file of an archive; photos are weighed by their size and never unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(_strays(one.filename) for one in parts):
                raise refusal(path, "压缩包里的文件名不对", f"这不是 ODK Central 导出的；{_AGAIN}")
            tables = [
                one for one in parts if "/" not in one.filename and one.filename.lower().endswith(".csv")
            ]
            weigh(path, tables)
            for one in tables:
                yield one.filename, archive.read(one).decode("utf-8-sig")
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        locked = isinstance(error, RuntimeError) and "encrypted" in str(error)
        raise refusal(path, "压缩包加了密码" if locked else "压缩包损坏，打不开", _AGAIN) from None


def _strays(name: str) -> bool:
    """Return whether a file's name would leave the folder that it is unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _lines(path: Path, name: str, text: str) -> list[list[str]]:
    lines: list[list[str]] = []
    cells = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(line)
            cells += len(line)
            bound(path, len(lines), len(line), cells, name)
    except csv.Error:
        raise refusal(path, f"“{name}”读不下去", _AGAIN, len(lines) + 1) from None
    return lines


def _records(lines: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    for line in lines[1:]:
        if any(line):
            yield dict(zip(lines[0], [*line, *[""] * (len(lines[0]) - len(line))], strict=False))


def _flat(row: Mapping[str, str]) -> Answers:
    """Return a row's answers by the last part of their names; the four columns of a geopoint as one."""
    found: dict[str, Cell] = {}
    points: dict[str, dict[str, str]] = defaultdict(dict)
    for name, word in row.items():
        *groups, last = name.split("-")
        if last in _COORDINATES and groups:
            points[groups[-1]][last] = word
        elif name not in _OWN and groups[:1] != ["meta"]:
            found[last] = found.get(last) or word
    for name, point in points.items():
        found[name] = " ".join(filter(None, (point.get(one, "") for one in _COORDINATES[:2])))
    return found


def _review(state: object, status: object) -> Review:
    if str(status or "").lower() == "notdecrypted":
        return Review.LOCKED
    return Review.REJECTED if state == "rejected" else Review.TAKEN


def read_odata(path: Path, data: Mapping[str, Any]) -> Iterator[Submission]:
    """Yield the submissions of an OData document; raise ScoringError for one without its repeats, and for a page of several."""
    if data.get("@odata.nextLink"):
        raise refusal(path, "只是一部分，后面还有", "导出时不要分页（不写 $top）")
    for number, record in enumerate(data["value"], start=1):
        if not isinstance(record, dict):
            raise refusal(path, "每份提交应是 {键: 值}", _AGAIN, where=f"第{number}份")
        answers: dict[str, Cell] = {}
        problems: list[Answers] = []
        _walk(path, record, answers, problems, 0)
        if f"{PROBLEMS}@odata.navigationLink" in record and PROBLEMS not in record:
            raise refusal(path, "问题明细没有一起导出", "网址末尾加 ?$expand=*，再导一次")
        system = record.get("__system")
        system = system if isinstance(system, dict) else {}
        review = _review(system.get("reviewState"), system.get("status"))
        yield Submission(plain_id(record.get("__id") or ""), number, answers, tuple(problems), review)


def _walk(
    path: Path, record: Mapping[str, Any], answers: dict[str, Cell], problems: list[Answers], depth: int
) -> None:
    """Gather what a record and the groups in it answer."""
    if depth > _MAX_DEPTH:
        raise refusal(path, "一组套一组，太深", _AGAIN)
    for name, value in record.items():
        if name.startswith("__") or "@odata" in name or name == "meta":
            continue
        if name == PROBLEMS and isinstance(value, list):
            for one in value:
                own: dict[str, Cell] = {}
                _walk(path, one if isinstance(one, dict) else {"item": one}, own, [], depth + 1)
                problems.append(own)
        elif isinstance(value, dict) and value.get("type") == "Point":
            answers[name] = _point(value)
        elif isinstance(value, dict):
            _walk(path, value, answers, problems, depth + 1)
        elif name not in _OWN:
            answers[name] = "" if value is None else value if isinstance(value, str) else str(value)


def _point(value: Mapping[str, Any]) -> str:
    """Return a GeoJSON point, which gives the longitude first, as a geopoint."""
    pair = value.get("coordinates")
    return f"{pair[1]} {pair[0]}" if isinstance(pair, list) and len(pair) >= 2 else str(pair)
