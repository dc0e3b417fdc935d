"""Do ranks follow scores: which tie rule and which grouping a table follows, and every rank that does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations

from scoring.analysis.ranking.declared import Declared
from scoring.analysis.ranking.fault import Checked, Fault, fault
from scoring.points import plain
from scoring.sheets.ranking import RankingTable
from scoring.sheets.ranking_rows import RankingRow

JUMPING, DENSE = "占位", "连续"
EXAMPLE = {JUMPING: "1、2、2、4", DENSE: "1、2、2、3"}
Groups = Sequence[tuple[str, ...]]
Scores = Sequence[Decimal | None]
# Of more columns not every set is tried: all of them, each alone, none.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Ranks:
    """What fits best: the tie rule (都合 where there are no ties, empty where none fits) and each row's group."""

    ties: str
    groups: Groups
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to rank the table: by some columns, under a tie rule."""

    ties: str
    by: tuple[str, ...]
    groups: Groups
    right: tuple[int | None, ...]
    wrong: int


def ranks(table: RankingTable, scores: Scores, declared: Declared) -> Ranks:
    """Return the rule that fits best, within what is declared, and the ranks that do not follow it."""
    rows = table.rows
    taking_part = [score if row.ranked else None for row, score in zip(rows, scores, strict=True)]
    readings = [
        _reading(table, taking_part, ties, chosen)
        for chosen in _groupings(table.groups, declared.groups)
        for ties in (JUMPING, DENSE)
    ]
    allowed = [one for one in readings if declared.ties in (None, one.ties)]
    best = min(allowed, key=lambda one: one.wrong)
    other = next(one for one in readings if one.by == best.by and one.ties != best.ties)
    ties, said = best.ties, f"并列用{best.ties}（{EXAMPLE[best.ties]}）"
    if declared.ties is None:
        both = not best.wrong and not other.wrong
        ties = "" if best.wrong else "都合" if both else best.ties
        said = _found(best, rows, taking_part, both=both)
    where = f"按{'、'.join(best.by)}分组排名" if best.by else "全表一起排名"
    faults = tuple(_faults(rows, taking_part, best))
    return Ranks(ties, best.groups, Checked("名次", faults, f"{where}，{said}"))


def _groupings(columns: Sequence[str], declared: Sequence[str] | None) -> list[tuple[str, ...]]:
    """Return the sets of columns that may make the groups, the largest first; what is declared leaves one."""
    if declared is not None:
        return [tuple(title for title in declared if title in columns)]
    if len(columns) > _FEW:
        return [tuple(columns), *((one,) for one in columns), ()]
    sizes = range(len(columns), -1, -1)
    return list(chain.from_iterable(combinations(columns, size) for size in sizes))


def _reading(table: RankingTable, scores: Scores, ties: str, chosen: tuple[str, ...]) -> _Reading:
    at = [table.groups.index(title) for title in chosen]
    groups = [tuple(row.groups[one] for one in at) for row in table.rows]
    right = right_ranks(groups, scores, ties)
    wrong = sum(row.rank != rank for row, rank in zip(table.rows, right, strict=True))
    return _Reading(ties, chosen, groups, right, wrong)


def right_ranks(groups: Groups, scores: Scores, ties: str) -> tuple[int | None, ...]:
    """Return the rank each row should have; None without a score."""
    rank: dict[tuple[tuple[str, ...], Decimal], int] = {}
    for group, own in _by_group(groups, scores).items():
        before = 0
        for place, score in enumerate(sorted(own, reverse=True), start=1):
            rank[group, score] = before + 1 if ties == JUMPING else place
            before += own[score]
    return tuple(
        None if score is None else rank[group, score] for group, score in zip(groups, scores, strict=True)
    )


def _by_group(groups: Groups, scores: Scores) -> Mapping[tuple[str, ...], Counter[Decimal]]:
    """Return how often each score stands in each group."""
    found: dict[tuple[str, ...], Counter[Decimal]] = defaultdict(Counter)
    for group, score in zip(groups, scores, strict=True):
        if score is not None:
            found[group][score] += 1
    return found


def _found(best: _Reading, rows: Sequence[RankingRow], scores: Scores, *, both: bool) -> str:
    """Say which tie rule the table follows."""
    tied = any(len(own) < own.total() for own in _by_group(best.groups, scores).values())
    if both:
        return f"{'同分的都在最后' if tied else '没有同分的'}，两种并列算法一样"
    if not best.wrong:
        return f"并列用{best.ties}（{EXAMPLE[best.ties]}）"
    if tied and _in_sequence(rows, scores, best.groups):
        return "两种并列算法都不合: 同分的也分了先后"
    near = f"最接近{best.ties}（{EXAMPLE[best.ties]}），{best.wrong} 个名次不符"
    return f"两种并列算法都不合: {near}"


def _in_sequence(rows: Sequence[RankingRow], scores: Scores, groups: Groups) -> bool:
    """Return whether ranks follow scores but for ties, which are ranked one after another."""
    found: dict[tuple[str, ...], list[tuple[int, Decimal]]] = defaultdict(list)
    for row, score, group in zip(rows, scores, groups, strict=True):
        if row.rank is None or score is None:
            return False
        found[group].append((row.rank, score))
    return all(
        sorted(rank for rank, _ in own) == list(range(1, len(own) + 1))
        and (by_rank := [score for _, score in sorted(own)]) == sorted(by_rank, reverse=True)
        for own in found.values()
    )


def _faults(rows: Sequence[RankingRow], scores: Scores, best: _Reading) -> Iterator[Fault]:
    """Yield a fault for every rank that is not the right one."""
    alike: dict[tuple[tuple[str, ...], Decimal], dict[int | None, RankingRow]] = defaultdict(dict)
    taken: dict[tuple[tuple[str, ...], int], dict[Decimal | None, RankingRow]] = defaultdict(dict)
    for row, score, group in zip(rows, scores, best.groups, strict=True):
        if score is not None:
            alike[group, score].setdefault(row.rank, row)
        if row.rank is not None:
            taken[group, row.rank].setdefault(score, row)
    for row, score, group, right in zip(rows, scores, best.groups, best.right, strict=True):
        if row.rank == right:
            continue
        if score is None or right is None:
            yield fault(row, "名次", f"没有得分，却写了名次 {row.rank}", "应不写名次，或补上得分")
            continue
        should = f"名次应是 {right}" + ("" if taken.get((group, right)) else f"（名次 {right} 现在空着）")
        if row.rank is None:
            yield fault(row, "名次", "没写名次", should)
            continue
        equal = next((one for rank, one in alike[group, score].items() if rank != row.rank), None)
        other = next((one for points, one in taken[group, row.rank].items() if points != score), None)
        if equal is not None:
            message = f"与{equal.unit}同为 {plain(score)} 分，名次却不同（{row.rank}、{equal.rank or '空'}）"
        elif other is not None:
            message = (
                f"与{other.unit}同是名次 {row.rank}，得分却不同（{plain(score)}、{_score(other.score)}）"
            )
        else:
            message = f"得分 {plain(score)}，名次写的是 {row.rank}"
        yield fault(row, "名次", message, should)


def _score(score: Decimal | None) -> str:
    return "空" if score is None else plain(score)
