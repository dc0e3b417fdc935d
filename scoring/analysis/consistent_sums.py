"""Is every total the weighted sum of its parts, by any of the ways in which offices round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from scoring.analysis.consistent_table import Checked, TableRow, fault
from scoring.points import ZERO, plain

Way = Callable[[Sequence[Decimal], int], Decimal]


def _at_the_end(rounding: str) -> Way:
    def way(shares: Sequence[Decimal], places: int) -> Decimal:
        return sum(shares, ZERO).quantize(Decimal(1).scaleb(-places), rounding)

    return way


def _each_part(shares: Sequence[Decimal], places: int) -> Decimal:
    last = Decimal(1).scaleb(-places)
    return sum((share.quantize(last, ROUND_HALF_UP) for share in shares), ZERO)


WAYS: Mapping[str, Way] = {
    "合计后四舍五入": _at_the_end(ROUND_HALF_UP),
    "各部分先四舍五入再相加": _each_part,
    "合计后四舍六入五成双": _at_the_end(ROUND_HALF_EVEN),
    "合计后舍去零头": _at_the_end(ROUND_DOWN),
}


def sums(
    rows: Sequence[TableRow], scores: Sequence[Decimal | None], weights: Mapping[str, Decimal], places: int
) -> Checked:
    """Return the totals that are not what their parts come to, by the rounding that fits most rows."""
    if not weights:
        return Checked()
    known, gaps = [], 0
    for row, score in zip(rows, scores, strict=True):
        shares = [points * weights[name] for name in weights if (points := row.parts.get(name)) is not None]
        if score is not None and len(shares) == len(weights):
            known.append((row, score, shares))
        else:
            gaps += 1
    ways = {name: [way(shares, places) for _, _, shares in known] for name, way in WAYS.items()}
    wrong = {
        name: sum(total != score for total, (_, score, _) in zip(totals, known, strict=True))
        for name, totals in ways.items()
    }
    best = min(wrong, key=wrong.__getitem__)
    how = " + ".join(f"{name}×{plain(share * 100)}%" for name, share in weights.items())
    faults = tuple(
        fault(
            row, "合计", f"{how} = {plain(sum(shares, ZERO))}，表上写 {plain(score)}", f"应是 {plain(total)}"
        )
        for total, (row, score, shares) in zip(ways[best], known, strict=True)
        if total != score
    )
    whole = sum(weights.values(), ZERO)
    notes = [f"{gaps} 行缺部分得分，没有核合计"] if gaps else []
    notes += [f"各部分的比例合计 {plain(whole * 100)}%，不是 100%"] if whole != 1 else []
    return Checked(faults, f"得分按 {how}，{best}" if known else "", "；".join(notes))
