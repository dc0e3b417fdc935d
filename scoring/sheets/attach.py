"""Details to visits: each row of a 问题明细 belongs to just one visit, or makes one where no sheet has any.

What a row leaves unsaid of its visit (来源, 检查人员, 第几次) is no contradiction: it belongs to the only visit of its
unit on its day that agrees with what it does say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from scoring.errors import Problem
from scoring.inspection import Inspection, Occurrence
from scoring.sheets.details import Detail

_SHOWN = 5
MAX_VISITS = 50
Said = tuple[str, tuple[str, ...], int]
Rows = list[Detail]


def attached(
    visits: Iterable[Inspection], details: Iterable[Detail], counts: frozenset[str], problems: list[Problem]
) -> list[Inspection]:
    """Return the visits with their occurrences; add a problem for each row of which the visit is in doubt.

    ``counts`` are the 检查项 that a 问题明细 can hold: what a signed one has looked for.
    """
    known: dict[tuple[str, date], list[Inspection]] = defaultdict(list)
    for visit in visits:
        known[visit.unit.id, visit.date].append(visit)
    rows: dict[tuple[str, date], Rows] = defaultdict(list)
    for detail in details:
        rows[detail.unit.id, detail.date].append(detail)
    found = [one for key, own in known.items() if key not in rows for one in own]
    for key, own in rows.items():
        there = known.get(key) or [_visit(said, own[0]) for said in _distinct(own)]
        if len(there) > MAX_VISITS:
            message = f"{own[0].date} 有{len(there)}次检查，太多"
            problems.append(_about(own[0], message, f"同一天最多{MAX_VISITS}次；核对来源、检查人员和第几次"))
            continue
        for visit, belonging in zip(there, _parted(own, there, problems), strict=True):
            problems += _doubles(belonging)
            if belonging:
                joined = _joined(visit, belonging)
                found.append(joined if key in known else _whole(joined, belonging, counts))
            elif key in known:
                found.append(visit)
    return found


def _parted(rows: Rows, visits: Sequence[Inspection], problems: list[Problem]) -> list[Rows]:
    """Give each row to the one visit it fits."""
    parts: list[Rows] = [[] for _ in visits]
    fits: dict[Said, list[int]] = {}
    for row in rows:
        said = _said(row)
        if said not in fits:
            fits[said] = _fitting(said, visits)
        if len(fits[said]) == 1:
            parts[fits[said][0]].append(row)
        else:
            problems.append(_unplaced(row, visits, fits[said]))
    return parts


def _said(row: Detail) -> Said:
    return row.source, row.inspectors, row.number


def _of(visit: Inspection) -> Said:
    return visit.source, visit.inspectors, visit.number


def _fitting(said: Said, visits: Sequence[Inspection]) -> list[int]:
    """Return which visits a row may belong to; one of a sheet that says as much comes before one that says less."""
    fits = [at for at, visit in enumerate(visits) if _agree(said, _of(visit))]
    plain = [at for at in fits if visits[at].origin.row and not _silent(said, _of(visits[at]))]
    return plain or fits


def _agree(one: Said, other: Said) -> bool:
    (a, b, c), (x, y, z) = one, other
    return (not a or not x or a == x) and (not b or not y or b == y) and (not c or not z or c == z)


def _silent(said: Said, other: Said) -> bool:
    """Return whether a row says something of the visit that the sheet leaves blank."""
    return any(mine and not theirs for mine, theirs in zip(said, other, strict=True))


def _distinct(rows: Rows) -> list[Said]:
    """Return the visits that rows speak of: what no other row says more fully."""
    every = {_said(row) for row in rows}
    return sorted(every - {vague for said in every for vague in _vaguer(said)})


def _vaguer(said: Said) -> Iterator[Said]:
    """Yield every way of saying less."""
    source, people, number = said
    for less in product((source, ""), (people, ()), (number, 0)):
        if less != said:
            yield less


def _visit(said: Said, row: Detail) -> Inspection:
    """Return a visit that stands in no sheet of its own."""
    source, inspectors, number = said
    return Inspection(row.unit, row.date, {}, source=source, inspectors=inspectors, number=number)


def _joined(visit: Inspection, rows: Rows) -> Inspection:
    found = sorted((row.occurrence for row in rows), key=lambda one: (one.said, one.origin))
    columns = visit.columns | {one.field for one in found}
    times = [row.time for row in rows if row.time is not None]
    time = visit.time or min(times, default=None)
    return replace(visit, occurrences=tuple(found), columns=columns, time=time)


def _whole(visit: Inspection, rows: Rows, counts: frozenset[str]) -> Inspection:
    """Return a visit that stands in no sheet of its own as the sheet would have given it."""
    signed = all(row.signed for row in rows)
    return replace(
        visit,
        columns=visit.columns | counts if signed else visit.columns,
        source=visit.source or "日常",
        number=visit.number or 1,
        blank_is_none=signed,
        origin=min(row.occurrence.origin for row in rows),
    )


def _doubles(rows: Rows) -> Iterator[Problem]:
    """Yield rows that say the very same: one of them may be a copy, and a copy would be charged again."""
    alike: dict[object, Rows] = defaultdict(list)
    for row in rows:
        alike[row.occurrence.said].append(row)
    for group in alike.values():
        if len(group) > 1:
            group.sort(key=lambda row: row.occurrence.origin)
            spots = "、".join(_spot(row.occurrence) for row in group[:_SHOWN])
            message = f"“{group[0].occurrence.field}”有{len(group)}行一模一样（{spots}）"
            yield _about(group[0], message, "删去多出的；确实有几处的，写成一行，数量写几")


def _unplaced(row: Detail, visits: Sequence[Inspection], fits: Sequence[int]) -> Problem:
    near = [visits[at] for at in fits] or visits
    listed = "；".join(_words(_of(visit)) for visit in near[:_SHOWN])
    if fits:
        message = f"{row.date} 查了{len(fits)}次，不知是哪一次"
        return _about(row, message, f"写明来源、检查人员或第几次: {listed}")
    message = f"登记表上 {row.date} 没有“{_words(_said(row))}”这次检查"
    return _about(row, message, f"登记表上有: {listed}。改成一致，或在登记表上加一行")


def _words(said: Said) -> str:
    source, inspectors, number = said
    return " ".join(filter(None, (source, "、".join(inspectors), f"第{number}次" if number else "")))


def _spot(one: Occurrence) -> str:
    return f"{one.origin.path} {one.origin.spot}"


def _about(row: Detail, message: str, hint: str) -> Problem:
    return row.occurrence.origin.problem(row.unit, message, hint)
