"""What a row of a published table can have wrong by itself: its unit, the size of its score, how its score is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.analysis.ranking.declared import Declared
from scoring.analysis.ranking.fault import Checked, Fault, fault, rounded
from scoring.columns import folded
from scoring.points import plain
from scoring.sheets.ranking_rows import RankingRow


def units(rows: Sequence[RankingRow]) -> Checked:
    """Return the rows without a unit, and those whose unit stands above them already, in the same groups."""
    first: dict[tuple[str, tuple[str, ...]], RankingRow] = {}
    faults = []
    for row in rows:
        key = folded(row.unit), row.groups
        if not row.unit:
            faults.append(fault(row, "单位", "没写单位", "补上单位名称"))
        elif key in first:
            faults.append(fault(row, "单位", f"和{first[key].place}是同一单位", "只留一行"))
        else:
            first[key] = row
    return Checked("单位", tuple(faults))


def limits(rows: Sequence[RankingRow], declared: Declared) -> Checked:
    """Return the scores below 0, above the full mark, or with more decimals than declared."""
    return Checked(
        "得分",
        tuple(one for row in rows if row.score is not None for one in _limits(row, row.score, declared)),
    )


def _limits(row: RankingRow, score: Decimal, declared: Declared) -> Iterator[Fault]:
    full, places = declared.full, declared.places
    if score < 0:
        yield fault(row, "得分", f"得分 {plain(score)} 低于 0", "应不小于 0")
    if full is not None and score > full:
        yield fault(row, "得分", f"得分 {plain(score)} 超过满分", f"应不大于 {plain(full)}")
    if places is not None and decimals(score) > places:
        message = f"得分 {plain(score)} 有 {decimals(score)} 位小数"
        yield fault(row, "得分", message, f"应是 {plain(rounded(score, places))}")


def decimals(score: Decimal) -> int:
    """Return how many decimals a score is written with, ending zeros apart."""
    return len(plain(score).partition(".")[2])
