"""The ladder (阶梯) as SQL: what a clause costs after its unit's past; the reference is ``history.climb``.

Which steps a clause takes at a visit is asked of ``infer`` outside and stands in a column of the table beside the answers: a
whole number whose bits say which ``Rung`` fits, 0 for none. Why, in words, stands in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlglot import exp

from scoring.compile.program import Program
from scoring.history.ladder import LadderStep
from scoring.sql.clauses import Found
from scoring.sql.heaps import NOBODY, Taker
from scoring.sql.logic import Sql, both, either, negated
from scoring.sql.prices import CENTS, FREE
from scoring.sql.ratio import half_up
from scoring.sql.stack import Stack, column
from scoring.sql.values import scaled
from scoring.sql.whole import Whole, chosen, compared, fixed, plus, times

STEPS_SUFFIX, WHY_SUFFIX = " 阶梯", " 加扣原因"


@dataclass(frozen=True, slots=True)
class Rung:
    """What a step makes of a price: price × ``multiply`` + ``add``, whatever leads to it."""

    multiply: Decimal
    add: Decimal


def rungs(ladder: Iterable[LadderStep]) -> tuple[Rung, ...]:
    """Return the rungs of a ladder, each once."""
    return tuple(dict.fromkeys(Rung(one.multiply, one.add) for one in ladder))


def climbing(programs: Sequence[Program], kind: str) -> Iterator[str]:
    """Yield the 编号 of the clauses that a past can make dearer, at units of a kind."""
    for program in programs:
        yield from (one.card.id for one in program.clauses if kind in one.kinds and not one.zeroes)


def climbed(
    findings: Iterable[Found], takers: Mapping[str, Taker], ladder: Sequence[Rung], stack: Stack
) -> tuple[Found, ...]:
    """Return findings with the costs that the ladder makes of them."""
    return tuple(_climbed(one, takers.get(one.check.card.id, NOBODY), ladder, stack) for one in findings)


def _climbed(one: Found, taker: Taker, ladder: Sequence[Rung], stack: Stack) -> Found:
    """Raise both ends of what a clause costs; one whose heap another takes nothing, or the upper end alone."""
    if not one.asked or one.check.zeroes or not ladder:
        return one
    id = one.check.card.id
    steps = column(id + STEPS_SUFFIX)
    settled = both((one.fail, negated(taker.spared)))
    spared = both((taker.spared, compared(exp.EQ, one.high, FREE)))
    open_ = both((either((one.fail, one.may_fail)), negated(spared)))
    return replace(
        one,
        low=stack.keep(f"{id} low climbed", _raised(one.low, settled, steps, ladder)),
        high=stack.keep(f"{id} high climbed", _raised(one.high, open_, steps, ladder)),
    )


def _raised(price: Whole, when: Sql, steps: Sql, ladder: Sequence[Rung]) -> Whole:
    """Return the dearest of a price and what the rungs that fit make of it."""
    costs = [_cost(price, one) for one in ladder]
    fitting = [chosen((_fits(steps, place), cost), default=FREE) for place, cost in enumerate(costs)]
    dearest = Whole(
        exp.Greatest(this=price.sql, expressions=[one.sql for one in fitting], ignore_nulls=True),
        price.low,
        max(one.high for one in (price, *costs)),
        max(one.bits for one in (price, *costs)),
    )
    some = exp.NEQ(this=steps, expression=FREE.sql)
    return chosen((both((some, when)), dearest), default=price)


def _fits(steps: Sql, place: int) -> Sql:
    bit = exp.BitwiseAnd(this=steps, expression=fixed(1 << place).sql)
    return exp.NEQ(this=exp.Paren(this=bit), expression=FREE.sql)


def _cost(price: Whole, rung: Rung) -> Whole:
    """Return price × 乘 + 加 in hundredths, published (rounded half-up)."""
    fine = max(_places(rung.multiply), _places(rung.add) - CENTS, 0)
    upper = plus(times(price, fixed(scaled(rung.multiply, fine))), fixed(scaled(rung.add, fine + CENTS)))
    return half_up(upper, fixed(10**fine))


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)
