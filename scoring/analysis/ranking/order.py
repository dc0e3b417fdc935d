"""Does each group of a published table fall from the best score to the worst."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.analysis.ranking.fault import Checked, Fault, fault
from scoring.points import plain
from scoring.sheets.ranking_rows import RankingRow

Scores = Sequence[Decimal | None]
Groups = Sequence[tuple[str, ...]]
_Own = Sequence[tuple[RankingRow, Decimal]]


def unsorted(rows: Sequence[RankingRow], scores: Scores, groups: Groups) -> Checked:
    """Return the fewest rows that would have to move for each group to fall; a table in another order is only noted."""
    found: dict[tuple[str, ...], list[tuple[RankingRow, Decimal]]] = defaultdict(list)
    for row, score, group in zip(rows, scores, groups, strict=True):
        if score is not None:
            found[group].append((row, score))
    runs = [(own, longest_run([-score for _, score in own])) for own in found.values()]
    if sum(len(own) - len(kept) for own, kept in runs) > max(1, len(rows) // 3):
        return Checked(note="表没有按得分从高到低排，没有核次序")
    return Checked("次序", tuple(one for own, kept in runs for one in _moved(own, kept)))


def _moved(own: _Own, kept: Sequence[int]) -> Iterator[Fault]:
    """Yield a fault for every row that does not stand in the run, with the neighbour it belongs to."""
    stays = set(kept)
    for at, (row, score) in enumerate(own):
        if at in stays:
            continue
        below = bisect_right(kept, -score, key=lambda one: -own[one][1])
        ahead = below < len(kept) and kept[below] < at
        other, points = own[kept[below if ahead else below - 1]]
        right = f"应排在{other.unit}（{plain(points)}）{'前面' if ahead else '后面'}"
        yield fault(row, "次序", f"得分 {plain(score)}，没有从高到低排", right)


def longest_run(values: Sequence[Decimal]) -> list[int]:
    """Return the places of a longest run of values, not all neighbours, that never falls.

    >>> longest_run([Decimal(1), Decimal(9), Decimal(2), Decimal(2)])
    [0, 2, 3]
    """
    tops: list[Decimal] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_right(tops, value)
        before.append(ends[length - 1] if length else None)
        tops[length : length + 1] = [value]
        ends[length : length + 1] = [at]
    kept: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        kept.append(last)
        last = before[last]
    return kept[::-1]
