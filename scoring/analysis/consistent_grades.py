"""Does every grade keep to its own floor: where floors are not given, those are taken that leave the fewest grades wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from statistics import median

from scoring.analysis.consistent_table import Checked, TableRow, fault
from scoring.points import plain

MAX_GRADES = 12
Graded = Sequence[tuple[TableRow, Decimal]]


def grades(
    rows: Sequence[TableRow], scores: Sequence[Decimal | None], floors: Mapping[str, Decimal] | None
) -> Checked:
    """Return the grades that do not fit their scores."""
    graded = [
        (row, score) for row, score in zip(rows, scores, strict=True) if row.grade and score is not None
    ]
    names = {row.grade for row, _ in graded}
    if not graded:
        return Checked()
    if len(names) > MAX_GRADES:
        return Checked(note=f"等次有 {len(names)} 种，太多，没有核")
    if floors is not None:
        return _by_floors(graded, floors)
    falling = _best_first(graded)
    right = _fewest_wrong(graded, falling)
    lows = {name: min((score for score in right if right[score] == name), default=None) for name in names}
    order = sorted((name for name in names if lows[name] is not None), key=lambda name: -(lows[name] or 0))
    rule = "、".join(f"{name} {_from(lows[name])}" for name in order)
    faults = []
    for row, score in graded:
        if row.grade != right[score]:
            better = falling.index(right[score]) < falling.index(row.grade)
            against = _against(graded, score, right[score], better=better)
            faults.append(
                fault(
                    row,
                    "等次",
                    f"{plain(score)} 分评为{row.grade}，{against}",
                    f"应是{right[score]}（一票否决的除外）",
                )
            )
    return Checked(tuple(faults), f"等次按表推出: {rule}")


def _by_floors(graded: Graded, floors: Mapping[str, Decimal]) -> Checked:
    falling = sorted(floors.items(), key=lambda pair: -pair[1])
    faults = []
    for row, score in graded:
        right = next((name for name, floor in falling if score >= floor), "")
        if row.grade != right:
            should = f"应是{right}（一票否决的除外）" if right else "够不上任何等次"
            faults.append(fault(row, "等次", f"{plain(score)} 分评为{row.grade}", should))
    return Checked(tuple(faults), "等次按 " + "、".join(f"{name} ≥{plain(floor)}" for name, floor in falling))


def _best_first(graded: Graded) -> list[str]:
    """Return the grades in the order of their median scores."""
    own: dict[str, list[Decimal]] = {}
    for row, score in graded:
        own.setdefault(row.grade, []).append(score)
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
        right = [0] * len(falling)
        every = [0] * len(falling)
        for row, score in graded:
            every[at[score]] += 1
            right[at[score]] += row.grade == name
        wrong = [0, *accumulate(total - fits for total, fits in zip(every, right, strict=True))]
        start, best, step = 0, cost[0], [0]
        after = [cost[0]]
        for end in range(1, len(falling) + 1):
            if cost[end] - wrong[end] <= best - wrong[start]:
                start, best = end, cost[end]
            step.append(start)
            after.append(best + wrong[end] - wrong[start])
        cost, steps = after, [*steps, step]
    found: dict[Decimal, str] = {}
    end = len(falling)
    for name, step in zip(reversed(names), reversed(steps), strict=True):
        found |= dict.fromkeys(falling[step[end] : end], name)
        end = step[end]
    return found


def _against(graded: Graded, score: Decimal, right: str, *, better: bool) -> str:
    """Name the nearest row that contradicts a wrong grade: of the right grade, and no better (no worse) than it."""
    others = [
        (other, points)
        for other, points in graded
        if other.grade == right and (points <= score if better else points >= score)
    ]
    if not others:
        return "与表上其他单位不一致"
    other, points = min(others, key=lambda pair: (abs(pair[1] - score), pair[0].place))
    return f"{other.unit} {plain(points)} 分评为{other.grade}"


def _from(low: Decimal | None) -> str:
    return "" if low is None else f"≥{plain(low)}"
