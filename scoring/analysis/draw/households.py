"""抽户: which groups of a village and which households of each group are visited, by the same lot as the villages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scoring.analysis.draw.lot import fingerprint, picked, seed_of
from scoring.errors import Problem, ScoringError, shortened
from scoring.inspection import Unit

MAX_HOUSEHOLDS = 100_000
MAX_TOTAL = 2_000_000
_COUNT = re.compile(r"([0-9]{1,6})(?:\.0+)? *[户个组]?")


@dataclass(frozen=True, slots=True)
class GroupDraw:
    """One group of a village: the numbers of its ``households`` to visit in order drawn, then the ``spare`` ones."""

    unit: Unit
    group: int
    households: tuple[int, ...]
    spare: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HouseholdDraw:
    """A draw of households: its number among those that make a turn, its seed, how many of what, and the groups drawn.

    It was drawn in all units of some ``kinds``; ``fingerprint`` changes with their 编号, 户数 and 组数.
    """

    number: int
    seed: str
    kinds: tuple[str, ...]
    per_unit: int
    per_group: int
    spare: int
    size: int
    groups: tuple[GroupDraw, ...]
    fingerprint: str


def keys_of(unit: str, group: int, households: Iterable[int]) -> frozenset[str]:
    """Return what a later draw is handed so that nobody comes up again: a group of a unit (编号), and its households."""
    return frozenset([_group(unit, group), *(_household(unit, group, one) for one in households)])


def draw_households(
    units: Iterable[Unit],
    seed: str,
    groups: int,
    each: int,
    earlier: Sequence[Collection[str]] = (),
    spare: int = 3,
) -> HouseholdDraw:
    """Draw ``groups`` groups of every unit and ``each`` households of every group.

    The register knows only how many groups (组数) and households (户数) a unit has; a group is taken to number its
    households from 1 to their mean, rounded up, and ``spare`` stand in for numbers that a group does not reach.
    ``earlier`` are the ``keys_of`` earlier draws, the oldest first. Raises ScoringError naming every unit without 户数.
    """
    chosen = seed_of(seed)
    if min(groups, each) < 1 or spare < 0:
        raise ScoringError([Problem(message="组数和户数至少是 1", hint="写每村抽几个组、每组抽几户")])
    listed = sorted(units, key=lambda unit: unit.id)
    problems = [problem for unit in listed for problem in _complaints(unit)]
    if not problems and sum(_count(unit, "户数") or 0 for unit in listed) > MAX_TOTAL:
        problems = [Problem(message=f"名册里合计超过 {MAX_TOTAL} 户，太多", hint="分几次抽，或只抽几个类别")]
    if not listed:
        problems = [Problem(message="没有可抽的单位", hint="给出名册，或放宽类别")]
    if problems:
        raise ScoringError(problems)
    return HouseholdDraw(
        len(earlier) + 1,
        chosen,
        tuple(sorted({unit.kind for unit in listed})),
        groups,
        each,
        spare,
        len(listed),
        tuple(one for unit in listed for one in _of_unit(unit, chosen, groups, each, earlier, spare)),
        fingerprint(
            f"{unit.id}\t{unit.details.get('户数', '')}\t{unit.details.get('组数', '')}" for unit in listed
        ),
    )


def _of_unit(
    unit: Unit, seed: str, groups: int, each: int, earlier: Sequence[Collection[str]], spare: int
) -> Iterator[GroupDraw]:
    have = _count(unit, "组数") or 1
    size = -(-(_count(unit, "户数") or 0) // have)
    numbers = {_group(unit.id, number): number for number in range(1, have + 1)}
    for key in picked(numbers, groups, seed, earlier):
        houses = {_household(unit.id, numbers[key], number): number for number in range(1, size + 1)}
        drawn = [houses[house] for house in picked(houses, each + spare, seed, earlier)]
        yield GroupDraw(unit, numbers[key], tuple(drawn[:each]), tuple(drawn[each:]))


def _complaints(unit: Unit) -> Iterator[Problem]:
    for column in ("户数", "组数"):
        written, count = unit.details.get(column, ""), _count(unit, column)
        if written and (count is None or not 0 < count <= MAX_HOUSEHOLDS):
            yield Problem(
                where=unit.name, message=f"{column}“{shortened(written)}”不对", hint="写整数，如 186"
            )
        elif not written and column == "户数":
            hint = "在名册的户数一栏填上，或用 --kind 只抽有户数的类别"
            yield Problem(where=unit.name, message="名册里没有户数，抽不了户", hint=hint)


def _count(unit: Unit, column: str) -> int | None:
    found = _COUNT.fullmatch(unit.details.get(column, "").strip())
    return int(found[1]) if found else None


def _group(unit: str, group: int) -> str:
    return f"{unit}\n{group}组"


def _household(unit: str, group: int, number: int) -> str:
    return f"{unit}\n{group}组\n{number}户"
