"""Does every grade keep to its own floor: where floors are not declared, those are taken that leave the fewest grades wrong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from statistics import median

from scoring.analysis.ranking.fault import Checked, Fault, fault
from scoring.points import plain
from scoring.sheets.ranking_rows import RankingRow

MAX_GRADES = 12
# Grades whose order everybody knows; others are put in the order of their scores.
_KNOWN = ("优秀", "优", "A", "良好", "良", "B", "中", "合格", "达标", "C", "基本合格", "基本达标", "一般", "D", "差", "较差",
          "不合格", "不达标", "不予评定等级")  # fmt: skip
Graded = Sequence[tuple[RankingRow, Decimal]]
_UNLESS = "（一票否决的除外）"


def grades(
    rows: Sequence[RankingRow], scores: Sequence[Decimal | None], floors: Mapping[str, Decimal] | None
) -> Checked:
    """Return the grades that do not fit their scores; a unit said to be vetoed keeps whatever it has."""
    graded = [
        (row, score)
        for row, score in zip(rows, scores, strict=True)
        if row.grade and score is not None and not row.vetoed
    ]
    names = {row.grade for row, _ in graded}
    if not graded:
        return Checked()
    if floors is not None:
        return _by_floors(graded, floors)
    if len(names) > MAX_GRADES:
        return Checked(note=f"等次有 {len(names)} 种，太多，没有核等次")
    falling = _best_first(graded)
    right = _fewest_wrong(graded, falling)
    lows: dict[str, Decimal] = {}
    for score, name in right.items():
        lows[name] = min(score, lows.get(name, score))
    rule = "、".join(f"{name} ≥{plain(low)}" for name, low in sorted(lows.items(), key=lambda pair: -pair[1]))
    return Checked("等次", tuple(_against(graded, falling, right)), f"等次按表推出: {rule}")


def _by_floors(graded: Graded, floors: Mapping[str, Decimal]) -> Checked:
    falling = sorted(floors.items(), key=lambda pair: -pair[1])
    faults = []
    for row, score in graded:
        right = next((name for name, floor in falling if score >= floor), "")
        if row.grade != right:
            should = f"应是{right}{_UNLESS}" if right else "够不上任何等次"
            faults.append(fault(row, "等次", f"{plain(score)} 分评为{row.grade}", should))
    return Checked(
        "等次", tuple(faults), "等次按 " + "、".join(f"{name} ≥{plain(floor)}" for name, floor in falling)
    )


def _best_first(graded: Graded) -> list[str]:
    """Return the grades, the best first: in the order everybody knows, else in that of their median scores."""
    own: dict[str, list[Decimal]] = {}
    for row, score in graded:
        own.setdefault(row.grade, []).append(score)
    if all(name in _KNOWN for name in own):
        return sorted(own, key=_KNOWN.index)
    return sorted(own, key=lambda name: (-median(own[name]), -max(own[name]), name))


def _fewest_wrong(graded: Graded, names: Sequence[str]) -> dict[Decimal, str]:
    """Return the grade of each score when the grades' floors are set so that the fewest rows are wrong.

    Each of the ``names`` takes a run of the scores, the best first.
    """
    falling = sorted({score for _, score in graded}, reverse=True)
    at = {score: place for place, score in enumerate(falling)}
    # cost[p]: the fewest rows wrong when the grades so far cover the first p scores.
    cost = [0] + [len(graded) + 1] * len(falling)
    steps: list[list[int]] = []
    for name in names:
        wrong = [0] * len(falling)
        for row, score in graded:
            wrong[at[score]] += row.grade != name
        cost, step = _covered(cost, [0, *accumulate(wrong)])
        steps.append(step)
    found: dict[Decimal, str] = {}
    end = len(falling)
    for name, step in zip(reversed(names), reversed(steps), strict=True):
        found |= dict.fromkeys(falling[step[end] : end], name)
        end = step[end]
    return found


def _covered(cost: Sequence[int], wrong: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the cost when one more grade takes a run of scores, and where its run begins, for every end of it.

    ``wrong`` counts the rows among the first scores that are not of that grade.
    """
    start, best = 0, cost[0]
    after, step = [cost[0]], [0]
    for end in range(1, len(cost)):
        if cost[end] - wrong[end] <= best - wrong[start]:
            start, best = end, cost[end]
        step.append(start)
        after.append(best + wrong[end] - wrong[start])
    return after, step


def _against(graded: Graded, falling: Sequence[str], right: Mapping[Decimal, str]) -> Iterator[Fault]:
    """Yield every wrong grade with the nearest row that contradicts it: of the right grade, and no better (no worse)."""
    of: dict[str, list[tuple[Decimal, int]]] = {}
    for at, (row, score) in enumerate(graded):
        of.setdefault(row.grade, []).append((score, at))
    for own in of.values():
        own.sort()
    for row, score in graded:
        name = right[score]
        if row.grade == name:
            continue
        better = falling.index(name) < falling.index(row.grade)
        other = _nearest(of.get(name, ()), score, below=better)
        why = "与表上其他单位不一致"
        if other is not None:
            why = f"{graded[other][0].unit} {plain(graded[other][1])} 分评为{name}"
        yield fault(row, "等次", f"{plain(score)} 分评为{row.grade}，{why}", f"应是{name}{_UNLESS}")


def _nearest(own: Sequence[tuple[Decimal, int]], score: Decimal, *, below: bool) -> int | None:
    """Return the row of the score nearest to one, itself or ``below`` (else above) it, the first of equals."""
    if below:
        end = bisect_right(own, score, key=lambda pair: pair[0])
        return own[bisect_left(own, own[end - 1][0], key=lambda pair: pair[0])][1] if end else None
    start = bisect_left(own, score, key=lambda pair: pair[0])
    return own[start][1] if start < len(own) else None
