"""The lowest and highest score that the blanks still allow, 折算 included, as SQL; the reference is ``tally``.

An item that may still leave the denominator has lost nothing for certain, so the best end keeps all of them. For the worst
end the best choice is known to be those with the smallest share up to some item: each item is tried as that last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from scoring.compile.program import Program
from scoring.sql.items import ItemLedger, left
from scoring.sql.logic import NULL, TRUE, Sql, both, case, either, is_false, is_true, negated
from scoring.sql.prices import FREE, cents
from scoring.sql.ratio import half_up
from scoring.sql.stack import Stack
from scoring.sql.whole import Whole, chosen, compared, fixed, times, total

NOWHERE = Whole(exp.Cast(this=NULL, to=exp.DataType.build("INT")), 0, 0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The score's ends in hundredths, NULL where nothing applies."""

    low: Whole
    high: Whole


@dataclass(frozen=True, slots=True)
class Sums:
    """What is sure to stay in the denominator: its full marks, and what is awarded at best and at worst.

    ``applicable`` are the full marks of all that has not left.
    """

    staying: Whole
    best: Whole
    worst: Whole
    applicable: Whole


def sums(program: Program, ledgers: Sequence[ItemLedger], stack: Stack) -> Sums:
    """Sum up the items."""
    stays = [both((negated(one.leaves), negated(one.maybe))) for one in ledgers]

    def summed(label: str, points: Iterable[Whole], counts: Iterable[Sql]) -> Whole:
        parts = (
            number if is_true(each) else chosen((each, number), default=FREE)
            for each, number in zip(counts, points, strict=True)
        )
        return stack.keep(f"{program.standard.id} {label}", total(parts))

    return Sums(
        summed("staying", (one.full for one in ledgers), stays),
        summed("best", (left(one, one.lost) for one in ledgers), stays),
        summed("worst", (left(one, one.most) for one in ledgers), stays),
        summed("applicable", (one.full for one in ledgers), (negated(one.leaves) for one in ledgers)),
    )


def bounds(program: Program, ledgers: Sequence[ItemLedger], sums: Sums, stack: Stack) -> Bounds:
    """Return the ends of a card's score before 加分, in the layer above the sums."""
    if not program.full:
        return Bounds(NOWHERE, NOWHERE)
    id, scale = program.standard.id, fixed(cents(program.scale))
    maybe = [one for one in ledgers if not is_false(one.maybe)]
    kept = [chosen((one.maybe, one.full), default=FREE) for one in maybe]
    high = _share(total((sums.best, *kept)), total((sums.staying, *kept)), scale)
    low = _share(sums.worst, sums.staying, scale)
    if maybe:
        low = _lowest(low, sums, maybe, scale)
    return Bounds(stack.keep(f"{id} low", low), stack.keep(f"{id} high", high))


def _share(points: Whole, applicable: Whole, scale: Whole) -> Whole:
    """Return points × scale ÷ applicable, rounded; NULL where nothing is applicable."""
    if applicable.low > 0:
        return half_up(times(points, scale), applicable)
    divisor: Sql = exp.Nullif(this=applicable.sql, expression=FREE.sql)
    known = Whole(divisor, 1, max(applicable.high, 1), applicable.bits)
    found = half_up(times(points, scale), known)
    # No share is more than the whole.
    return Whole(found.sql, 0, min(found.high, scale.high), found.bits)


def _lowest(base: Whole, sums: Sums, maybe: Sequence[ItemLedger], scale: Whole) -> Whole:
    """Return the smallest of the average without any of the items, and with those up to each of them."""
    ends = [base.sql]
    for last in maybe:
        taken = [both((one.maybe, _no_larger(one, last))) for one in maybe]
        points = [
            chosen((take, left(one, one.most)), default=FREE) for take, one in zip(taken, maybe, strict=True)
        ]
        marks = [chosen((take, one.full), default=FREE) for take, one in zip(taken, maybe, strict=True)]
        share = _share(total((sums.worst, *points)), total((sums.staying, *marks)), scale)
        ends.append(case((last.maybe, share.sql)))
    some = either(one.maybe for one in maybe)
    smallest = exp.Least(this=ends[0], expressions=ends[1:], ignore_nulls=True)
    return Whole(case((some, smallest), default=base.sql), 0, base.high, max(base.bits, 64))


def _no_larger(one: ItemLedger, other: ItemLedger) -> Sql:
    """Return that an item's worst share of its mark is no larger than another's."""
    if one is other:
        return TRUE
    here, there = times(left(one, one.most), other.full), times(left(other, other.most), one.full)
    return compared(exp.LTE, here, there)
