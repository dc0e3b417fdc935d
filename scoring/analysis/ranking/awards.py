"""Does the money follow the scores: nobody gets more than a better one, and equals get alike."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from scoring.analysis.ranking.fault import Checked, Fault, fault
from scoring.analysis.ranking.order import Groups, Scores, longest_run
from scoring.points import plain
from scoring.sheets.ranking_rows import RankingRow

_Own = Sequence[tuple[Decimal, Decimal, RankingRow]]


def awards(rows: Sequence[RankingRow], scores: Scores, groups: Groups) -> Checked:
    """Return the fewest awards that would have to change for none to be above that of a better score."""
    found: dict[tuple[str, ...], list[tuple[Decimal, Decimal, RankingRow]]] = defaultdict(list)
    for row, score, group in zip(rows, scores, groups, strict=True):
        if score is not None and row.award is not None:
            found[group].append((score, row.award, row))
    usual = [(own, _usual(own)) for own in found.values()]
    faults = [one for both in usual for kind in (_alike, _falling) for one in kind(*both)]
    return Checked("奖励" if found else "", tuple(faults))


def _usual(own: _Own) -> Mapping[Decimal, Decimal]:
    """Return the award that most units of each score have, the larger of two."""
    found: dict[Decimal, Counter[Decimal]] = defaultdict(Counter)
    for score, award, _ in own:
        found[score][award] += 1
    return {
        score: max(given.items(), key=lambda pair: (pair[1], pair[0]))[0] for score, given in found.items()
    }


def _alike(own: _Own, usual: Mapping[Decimal, Decimal]) -> Iterator[Fault]:
    for score, award, row in own:
        if award != usual[score]:
            message = f"与同为 {plain(score)} 分的单位奖励不同（{plain(award)}）"
            yield fault(row, "奖励", message, f"应是 {plain(usual[score])}")


def _falling(own: _Own, usual: Mapping[Decimal, Decimal]) -> Iterator[Fault]:
    falling = sorted(usual, reverse=True)
    kept = longest_run([-usual[score] for score in falling])
    first = {score: row for score, award, row in reversed(own) if award == usual[score]}
    for at, score in enumerate(falling):
        place = bisect_left(kept, at)
        if place < len(kept) and kept[place] == at:
            continue
        above, below = kept[:place][-1:], kept[place:][:1]
        ends = [
            *(f"不多于 {plain(usual[falling[one]])}" for one in above),
            *(f"不少于 {plain(usual[falling[one]])}" for one in below),
        ]
        message = f"得分 {plain(score)}，奖励 {plain(usual[score])}，与得分高低不一致"
        yield fault(first[score], "奖励", message, f"应{'、'.join(ends)}")
