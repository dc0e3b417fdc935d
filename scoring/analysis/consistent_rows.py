"""What else a published table can have wrong: units twice, scores beyond the full mark, order, awards."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.analysis.consistent_table import Checked, Fault, TableRow, fault
from scoring.columns import folded
from scoring.points import plain

Scores = Sequence[Decimal | None]
Groups = Sequence[tuple[str, ...]]


def doubled(rows: Sequence[TableRow]) -> Iterator[Fault]:
    """Yield every row whose unit stands above it already, in the same groups."""
    first: dict[tuple[str, tuple[str, ...]], TableRow] = {}
    for row in rows:
        key = folded(row.unit), row.groups
        if not row.unit:
            yield fault(row, "单位", "没写单位", "补上单位名称")
        elif key in first:
            yield fault(row, "单位", f"和{first[key].place}是同一单位", "只留一行")
        else:
            first[key] = row


def beyond(rows: Sequence[TableRow], scores: Scores, full: Decimal | None) -> Iterator[Fault]:
    """Yield every score below 0 or above the full mark."""
    for row, score in zip(rows, scores, strict=True):
        if score is not None and score < 0:
            yield fault(row, "满分", f"得分 {plain(score)} 低于 0", "应不小于 0")
        elif score is not None and full is not None and score > full:
            yield fault(row, "满分", f"得分 {plain(score)} 超过满分", f"应不大于 {plain(full)}")


def unsorted(rows: Sequence[TableRow], scores: Scores, groups: Groups) -> Checked:
    """Return the fewest rows that would have to move for each group to fall; a table in another order is only noted."""
    found: dict[tuple[str, ...], list[tuple[TableRow, Decimal]]] = defaultdict(list)
    for row, score, group in zip(rows, scores, groups, strict=True):
        if score is not None:
            found[group].append((row, score))
    moved: list[Fault] = []
    for own in found.values():
        kept = _longest([-score for _, score in own])
        for at, (row, score) in enumerate(own):
            if at not in kept:
                moved.append(
                    fault(row, "次序", f"得分 {plain(score)}，没有从高到低排", _where(own, kept, at))
                )
    if len(moved) > max(1, len(rows) // 3):
        return Checked(note="表没有按得分从高到低排")
    return Checked(tuple(moved))


def _where(own: Sequence[tuple[TableRow, Decimal]], kept: set[int], at: int) -> str:
    """Say where a row belongs: before the first that is lower, else after the last that is not."""
    score = own[at][1]
    lower = next((one for one in sorted(kept) if own[one][1] < score), None)
    if lower is not None and lower < at:
        return f"应排在{own[lower][0].unit}（{plain(own[lower][1])}）前面"
    last = max(one for one in kept if own[one][1] >= score)
    return f"应排在{own[last][0].unit}（{plain(own[last][1])}）后面"


def awards(rows: Sequence[TableRow], scores: Scores, groups: Groups) -> Iterator[Fault]:
    """Yield the fewest awards that would have to change for none to be above that of a better score."""
    found: dict[tuple[str, ...], list[tuple[Decimal, Decimal, TableRow]]] = defaultdict(list)
    for row, score, group in zip(rows, scores, groups, strict=True):
        if score is not None and row.award is not None:
            found[group].append((score, row.award, row))
    for own in found.values():
        yield from _alike(own)
        usual = _usual(own)
        falling = sorted(usual, reverse=True)
        kept = _longest([-usual[score] for score in falling])
        for at, score in enumerate(falling):
            if at in kept:
                continue
            above = [usual[falling[one]] for one in sorted(kept) if one < at]
            below = [usual[falling[one]] for one in sorted(kept) if one > at]
            ends = [
                *(f"不多于 {plain(above[-1])}" for _ in above[-1:]),
                *(f"不少于 {plain(below[0])}" for _ in below[:1]),
            ]
            row = next(row for points, award, row in own if points == score and award == usual[score])
            message = f"得分 {plain(score)}，奖励 {plain(usual[score])}，与得分高低不一致"
            yield fault(row, "奖励", message, f"应{'、'.join(ends)}")


def _usual(own: Sequence[tuple[Decimal, Decimal, TableRow]]) -> dict[Decimal, Decimal]:
    """Return the award that most units of each score have, the larger of two."""
    found: dict[Decimal, list[Decimal]] = defaultdict(list)
    for score, award, _ in own:
        found[score].append(award)
    return {score: max(given, key=lambda one: (given.count(one), one)) for score, given in found.items()}


def _alike(own: Sequence[tuple[Decimal, Decimal, TableRow]]) -> Iterator[Fault]:
    usual = _usual(own)
    for score, award, row in own:
        if award != usual[score]:
            message = f"与同为 {plain(score)} 分的单位奖励不同（{plain(award)}）"
            yield fault(row, "奖励", message, f"应是 {plain(usual[score])}")


def _longest(values: Sequence[Decimal]) -> set[int]:
    """Return the places of a longest run of values, not all neighbours, that never falls."""
    tops: list[Decimal] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_right(tops, value)
        before.append(ends[length - 1] if length else None)
        tops[length:] = [value] if length == len(tops) else [value, *tops[length + 1 :]]
        ends[length:] = [at] if length == len(ends) else [at, *ends[length + 1 :]]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
