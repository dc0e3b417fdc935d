"""Rows put together: what they say of one unit must agree, and any problem with a unit leaves it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from scoring.errors import Problem, shortened
from scoring.inspection import Inspection, Origin, Unit
from scoring.sheets.attach import attached
from scoring.sheets.details import Detail
from scoring.sheets.joint import joined
from scoring.sheets.row import BadRow
from scoring.sheets.table import Complaint


def settled(
    rows: Sequence[Inspection | Detail | BadRow], counts: frozenset[str], problems: list[Problem]
) -> tuple[tuple[Inspection, ...], tuple[Unit, ...]]:
    """Return the inspections that can be scored and the units that cannot, both in a fixed order; add the problems.

    ``counts`` are the 检查项 that a 问题明细 can hold.
    """
    good = sorted((row for row in rows if isinstance(row, Inspection)), key=lambda one: one.origin)
    details = sorted((row for row in rows if isinstance(row, Detail)), key=lambda one: one.occurrence.origin)
    bad = [row for row in rows if isinstance(row, BadRow)]
    named = [one.unit for one in good] + [one.unit for one in details]
    said = _said([*named, *(unit for row in bad for unit in row.units)])
    first = {one.unit.id: one.occurrence.origin for one in reversed(details)}
    first |= {one.unit.id: one.origin for one in reversed(good)}
    found = [*(problem for row in bad for problem in row.problems), *_unlike(said, first)]
    out = {unit.id for row in bad for unit in row.units} | {one.unit for one in found}
    whole = {id: _whole(ways) for id, ways in said.items()}
    visits = joined([_known(one, whole) for one in good if one.unit.id not in out], found)
    rest = [_known(one, whole) for one in details if one.unit.id not in out]
    found += _kindless(rest)
    visits = attached(visits, rest, counts, found)
    out |= {one.unit for one in found}
    problems += found
    kept = [one for one in visits if one.unit.id not in out]
    return tuple(sorted(kept, key=lambda one: (one.visit, one.origin))), tuple(
        whole[id] for id in sorted(out & whole.keys())
    )


Known = TypeVar("Known", Inspection, Detail)


def _known(one: Known, whole: Mapping[str, Unit]) -> Known:
    """Return a row with all that is known of its unit."""
    unit = whole[one.unit.id]
    return one if one.unit == unit else replace(one, unit=unit)


def _said(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Return, by id, every way in which a unit was described, in a fixed order."""
    said: dict[str, set[Unit]] = defaultdict(set)
    for unit in units:
        said[unit.id].add(unit)
    return {
        id: tuple(sorted(ways, key=lambda one: (one.name, one.kind, one.area))) for id, ways in said.items()
    }


def _words(ways: Iterable[Unit]) -> dict[str, list[str]]:
    """Return what rows say of one unit under 名称, 类别, 片区; what they leave blank disagrees with nothing."""
    found = [(one.name if one.name != one.id else "", one.kind, one.area) for one in ways]
    columns = zip(("名称", "类别", "片区"), zip(*found, strict=True), strict=True)
    return {title: sorted(set(words) - {""}) for title, words in columns}


def _whole(ways: Sequence[Unit]) -> Unit:
    """Return a unit with all that its rows say of it."""
    if len(ways) == 1:
        return ways[0]
    words = _words(ways)
    name, kind, area = (next(iter(words[title]), "") for title in words)
    return replace(ways[0], name=name or ways[0].id, kind=kind, area=area)


def _unlike(said: Mapping[str, Sequence[Unit]], first: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield a problem, where it first stands, about each unit whose rows disagree.

    Where only some rows of a name carry an 编号, it cannot be told whether they mean one unit.
    """
    found: dict[str, Complaint] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for id, ways in said.items():
        for title, words in _words(ways).items():
            if len(words) > 1:
                listed = shortened("、".join(words))
                found[id] = (f"同一单位的{title}前后不一（{listed}）", "改成一致，或用 --units 给出名册")
        for unit in ways:
            names[unit.name].add(id)
    for name, ids in names.items():
        if name in ids and len(ids) > 1:
            found |= dict.fromkeys(ids, (f"“{shortened(name)}”有的行写了编号，有的没写", "每一行都写上编号"))
    for id, complaint in found.items():
        if id in first:
            yield first[id].problem(said[id][0], *complaint)


def _kindless(details: Iterable[Detail]) -> Iterator[Problem]:
    """Yield a problem for each unit that only a 问题明细 knows, and not its 类别."""
    unknown = {one.unit.id: one for one in details if not one.unit.kind}
    for one in unknown.values():
        hint = "改成登记表上的名称；登记表上没有的，用 --units 给出名册，或加“类别”一栏"
        yield one.occurrence.origin.problem(one.unit, "登记表上没有这个单位", hint)
