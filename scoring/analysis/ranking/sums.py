"""Is every total the weighted sum of its parts, by any of the ways in which offices round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from scoring.analysis.ranking.declared import ROUNDED_LAST, Declared
from scoring.analysis.ranking.fault import Checked, fault
from scoring.points import ZERO, percent, plain
from scoring.sheets.ranking import RankingTable
from scoring.sheets.ranking_rows import RankingRow

Way = Callable[[Sequence[Decimal], int], Decimal]


def _at_the_end(rounding: str) -> Way:
    def way(shares: Sequence[Decimal], places: int) -> Decimal:
        return sum(shares, ZERO).quantize(Decimal(1).scaleb(-places), rounding)

    return way


def _each_part(shares: Sequence[Decimal], places: int) -> Decimal:
    last = Decimal(1).scaleb(-places)
    return sum((share.quantize(last, ROUND_HALF_UP) for share in shares), ZERO)


WAYS: Mapping[str, Way] = {
    ROUNDED_LAST: _at_the_end(ROUND_HALF_UP),
    "各部分先四舍五入再相加": _each_part,
    "合计后四舍六入五成双": _at_the_end(ROUND_HALF_EVEN),
    "合计后舍去零头": _at_the_end(ROUND_DOWN),
}


@dataclass(frozen=True, slots=True)
class _Sum:
    """One row's total as printed, and what it is the sum of; points added (附加分) come last."""

    row: RankingRow
    score: Decimal
    shares: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to add a table up: how it is said, and the total of each row."""

    said: str
    rounding: str
    sums: Sequence[_Sum]
    totals: Sequence[Decimal]

    @property
    def wrong(self) -> int:
        """Return how many rows it leaves wrong."""
        return sum(total != one.score for total, one in zip(self.totals, self.sums, strict=True))


def sums(table: RankingTable, scores: Sequence[Decimal | None], declared: Declared, places: int) -> Checked:
    """Return the totals that are not what their parts come to, by the rounding that fits most rows."""
    missing = [name for name in declared.weights if name not in table.parts]
    if not declared.weights:
        return Checked()
    if missing:
        return Checked(note=f"表上没有{'、'.join(missing)}一栏，没有核合计")
    if declared.extra and not table.has_extra:
        return Checked(note="办法里有附加分，表上没有附加分一栏，没有核合计")
    readings = list(_readings(table, scores, declared, places))
    best = min(readings, key=lambda one: one.wrong)
    faults = tuple(
        fault(
            one.row,
            "合计",
            f"{best.said} = {plain(sum(one.shares, ZERO))}，表上写 {plain(one.score)}",
            f"应是 {plain(total)}",
        )
        for total, one in zip(best.totals, best.sums, strict=True)
        if total != one.score
    )
    known, whole = len(best.sums), sum(declared.weights.values(), ZERO)
    notes = [f"{len(table.rows) - known} 行缺部分得分，没有核合计"] if known < len(table.rows) else []
    notes += [f"各部分的比例合计 {percent(whole)}，不是 100%"] if whole != 1 else []
    rule = f"得分按 {best.said}，{best.rounding}" if known else ""
    return Checked("合计" if known else "", faults, rule, "；".join(notes))


def _readings(
    table: RankingTable, scores: Sequence[Decimal | None], declared: Declared, places: int
) -> Iterator[_Reading]:
    """Yield every way to add the table up that what is declared leaves, with 附加分 and, unless declared, without."""
    how = " + ".join(f"{name}×{percent(share)}" for name, share in declared.weights.items())
    plus = [True] if declared.extra else [False, True] if table.has_extra else [False]
    for extra in plus:
        known = list(_known(table, scores, declared.weights, extra=extra))
        for name in [declared.rounding] if declared.rounding else WAYS:
            totals = [WAYS[name](one.shares, places) for one in known]
            yield _Reading(f"{how} + 附加分" if extra else how, name, known, totals)


def _known(
    table: RankingTable, scores: Sequence[Decimal | None], weights: Mapping[str, Decimal], *, extra: bool
) -> Iterator[_Sum]:
    """Yield the rows whose total and parts are all there; where no extra points stand, there are none."""
    for row, score in zip(table.rows, scores, strict=True):
        shares = [points * weights[name] for name in weights if (points := row.parts.get(name)) is not None]
        if score is not None and len(shares) == len(weights):
            yield _Sum(row, score, (*shares, row.extra or ZERO) if extra else tuple(shares))
