"""Rows put together: one visit in two rows and one unit of two kinds are problems, and a problem leaves its unit out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scoring.errors import Problem, shortened
from scoring.inspection import Inspection, Origin, Unit
from scoring.rows import BadRow
from scoring.table import Complaint

_NEARBY = 10


def settled(
    rows: Sequence[Inspection | BadRow], problems: list[Problem]
) -> tuple[tuple[Inspection, ...], tuple[Unit, ...]]:
    """Return the inspections that can be scored and the units that cannot, both in a fixed order; add the problems."""
    good = sorted((row for row in rows if isinstance(row, Inspection)), key=lambda one: one.origin)
    bad = [row for row in rows if isinstance(row, BadRow)]
    problems += (problem for row in bad for problem in row.problems)
    said = _said([*(one.unit for one in good), *(unit for row in bad for unit in row.units)])
    unlike = _unlike(said)
    first = {one.unit.id: one for one in reversed(good)}
    problems += (_about(first[id], *complaint) for id, complaint in unlike.items() if id in first)
    out = {unit.id for row in bad for unit in row.units} | unlike.keys()
    for visits in _twice(good):
        places = "、".join(f"{one.origin.path} {_spot(one.origin)}" for one in visits[:_NEARBY])
        message = f"{visits[0].date} 的同一次检查有{len(visits)}行（{places}）"
        hint = "删去多出的；同一天确实查了两次的，在“第几次”填 1、2"
        problems.append(_about(visits[0], message, hint))
        out.add(visits[0].unit.id)
    whole = {id: _whole(ways) for id, ways in said.items()}
    kept = [one for one in good if one.unit.id not in out]
    kept = [one if one.unit == whole[one.unit.id] else replace(one, unit=whole[one.unit.id]) for one in kept]
    return tuple(sorted(kept, key=lambda one: (one.visit, one.origin))), tuple(
        whole[id] for id in sorted(out)
    )


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


def _unlike(said: Mapping[str, Sequence[Unit]]) -> dict[str, Complaint]:
    """Return the complaint about each unit whose rows disagree.

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
    return found


def _twice(good: Iterable[Inspection]) -> list[list[Inspection]]:
    """Return the visits that stand in several rows; two sheets that ask different things may share one visit."""
    groups: dict[object, list[Inspection]] = defaultdict(list)
    for one in good:
        groups[one.visit].append(one)
    return [group for group in groups.values() if len(group) > 1 and not _disjoint(group)]


def _disjoint(group: Sequence[Inspection]) -> bool:
    asked = [one.columns for one in group]
    return all(asked) and len(frozenset().union(*asked)) == sum(map(len, asked))


def _spot(origin: Origin) -> str:
    kind = "条" if origin.path.lower().endswith(".json") else "行"
    return f"工作表“{origin.sheet}” 第{origin.row}{kind}" if origin.sheet else f"第{origin.row}{kind}"


def _about(inspection: Inspection, message: str, hint: str) -> Problem:
    origin, unit = inspection.origin, inspection.unit
    return Problem(origin.path, 0, 0, f"{_spot(origin)} {unit.name}", message, hint, unit.id)
