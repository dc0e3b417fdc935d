"""Submissions to tables: one of the visits, one of the 问题明细, with the id of the submission in the first column of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scoring import columns
from scoring.sheets.submissions.submission import Review, Submission
from scoring.sheets.submissions.titles import Row, asked_titles, problem_row, visit_row
from scoring.sheets.table import Cell, Complaint, Layout, Table, bound, refusal

# What a row of the 问题明细 repeats of its visit, so that it is known whose it is.
_OF_VISIT = (
    columns.CODE,
    columns.UNIT,
    columns.KIND,
    columns.DATE,
    columns.SOURCE,
    columns.INSPECTORS,
    columns.NUMBER,
)
Numbered = tuple[int, str, Row]


def tables_of(path: Path, submissions: Iterable[Submission]) -> tuple[Table, ...]:
    """Return the tables of a file's submissions; rejected ones are left out and counted.

    Raises ScoringError for submissions without an id, for an id that stands there twice, and for more than is read.
    """
    every = list(submissions)
    _each_has_its_own(path, every)
    bound(path, sum(1 + len(one.problems) for one in every), 1, 0)
    taken = [one for one in every if one.review is not Review.REJECTED]
    rejected = len(every) - len(taken)
    notices = [f"{path.name}: 跳过{rejected}份审核没通过的提交"] if rejected else []
    visits: dict[frozenset[str], list[Numbered]] = {}
    problems: list[Numbered] = []
    for one in taken:
        row = visit_row(one.answers)
        visits.setdefault(asked_titles(one.answers), []).append((one.number, one.id, _locked(one, row)))
        own = {title: row[title] for title in _OF_VISIT if title in row}
        problems += [
            (one.number, one.id, own | problem_row(found)) for found in one.problems if any(found.values())
        ]
    tables = [_table(path, sorted(asked), rows) for asked, rows in sorted(visits.items(), key=_first)]
    if problems:
        tables.append(_table(path, [columns.ITEM], problems))
    first = tables[0] if tables else Table(path.name, "", (), Layout.SUBMISSIONS)
    return (replace(first, notices=notices), *tables[1:])


def _each_has_its_own(path: Path, every: Sequence[Submission]) -> None:
    seen: set[str] = set()
    for one in every:
        if not one.id:
            raise refusal(path, "有提交没有编号", "重新导出，不要删去编号一栏", where=f"第{one.number}份")
        if one.id in seen:
            raise refusal(path, f"提交 {one.id} 有两份", "重新导出，不要自己合并", where=f"第{one.number}份")
        seen.add(one.id)


def _first(group: tuple[frozenset[str], list[Numbered]]) -> int:
    return group[1][0][0]


def _locked(one: Submission, row: Row) -> Row:
    """Return a submission's row; of one that is still encrypted, with what to do about it."""
    if one.review is not Review.LOCKED:
        return row
    return {columns.CODE: ("这份提交是加密的，没有解开", "在 ODK Central 导出时输入口令")}


def _table(path: Path, asked: Sequence[str], rows: Sequence[Numbered]) -> Table:
    titles = list(dict.fromkeys((columns.SUBMISSION, *_ordered(rows), *asked)))
    bound(path, len(rows), len(titles), len(rows) * len(titles))
    refused: dict[tuple[int, int], Complaint] = {}
    lines: list[Sequence[Cell]] = [titles]
    for at, (_, id, row) in enumerate(rows, start=1):
        lines.append([id, *(_cell(row, title) for title in titles[1:])])
        for column, title in enumerate(titles):
            found = row.get(title)
            if isinstance(found, tuple):
                refused[at, column] = found
    numbers = (rows[0][0], *(number for number, _, _ in rows))
    return Table(path.name, "", lines, Layout.SUBMISSIONS, numbers, refused)


def _ordered(rows: Iterable[Numbered]) -> Iterator[str]:
    """Yield every title that a row has, the visit's own first."""
    found = dict.fromkeys(title for _, _, row in rows for title in row)
    yield from (title for title in columns.OCCURRENCE if title in found)
    yield from (title for title in columns.VISIT if title in found)
    yield from sorted(found)


def _cell(row: Mapping[str, Cell | Complaint], title: str) -> Cell:
    found = row.get(title, "")
    return "" if isinstance(found, tuple) else found
