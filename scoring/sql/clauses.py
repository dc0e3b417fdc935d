"""One clause's answer as SQL: its result, and the interval it may cost; the reference is ``match.records``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlglot import exp

from scoring.compile.compiled import Check
from scoring.finding import Result
from scoring.sql.conditions import outcome
from scoring.sql.logic import FALSE, TRUE, Outcome, Sql, both, either, is_false, is_null, plain
from scoring.sql.prices import FREE, Cost, cents, cost, counts_what_it_asks
from scoring.sql.stack import Stack
from scoring.sql.values import Values
from scoring.sql.whole import Whole, chosen, fixed, least

# How a result stands in its column.
CODES = {Result.FAIL: 1, Result.PASS: 0, Result.NOT_CHECKED: 2, Result.NOT_APPLICABLE: 3}
NEVER = Outcome(FALSE, TRUE, FALSE, FALSE)


@dataclass(frozen=True, slots=True)
class Found:
    """One clause as columns: which result it has (each part never NULL), and its cost in hundredths.

    ``asked`` is False where the clause never applies to the kind of unit.
    """

    check: Check[Any]
    fail: Sql
    passed: Sql
    open: Sql
    na: Sql
    may_fail: Sql
    optional: Sql
    low: Whole = FREE
    high: Whole = FREE
    cost: Cost | None = None

    @property
    def asked(self) -> bool:
        """Return whether the clause is asked of this kind of unit."""
        return self.cost is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """One clause's question as columns: whether it holds, whether it is exempt, and what it would cost."""

    check: Check[Any]
    when: Outcome
    exempt: Outcome
    cost: Cost


def asked(check: Check[Any], values: Values, stack: Stack) -> Asked:
    """Ask one clause."""
    id = check.card.id
    when = _kept(f"{id} holds", outcome(check.when, values), stack)
    exempt = NEVER
    if check.exempt is not None:
        exempt = _kept(f"{id} exempt", outcome(check.exempt, values), stack)
    price = cost(check.tariff, check.full, values, lambda label, one: stack.keep(f"{id} {label}", one))
    return Asked(check, when, exempt, price)


def _kept(label: str, one: Outcome, stack: Stack) -> Outcome:
    if one.holds is not None:
        return plain(stack.keep_truth(label, one.holds))
    return Outcome(
        stack.keep_truth(f"{label} true", one.true),
        stack.keep_truth(f"{label} false", one.false),
        stack.keep_truth(f"{label} na", one.na),
    )


def excused(check: Check[Any]) -> Found:
    """Return the answer of a clause that is not for this kind of unit."""
    return Found(check, FALSE, FALSE, FALSE, TRUE, FALSE, FALSE)


def answered(asked: Asked, stack: Stack) -> Found:
    """Return the answer of a clause that was asked, without its cost, in the layer above."""
    if asked.when.holds is not None and is_false(asked.exempt.true):
        open_ = is_null(asked.when.holds)
        when = asked.when
        return Found(
            asked.check, when.only_true, when.only_false, open_, FALSE, open_, FALSE, cost=asked.cost
        )
    return _coded(asked, stack)


def _coded(asked: Asked, stack: Stack) -> Found:
    """Return the answer of a clause that may not apply: its result is a column of its own."""
    when, exempt = asked.when, asked.exempt
    fail, passed, open_, na = (fixed(CODES[result]) for result in CODES)
    branches = (
        (exempt.only_true, na),
        (exempt.true, open_),
        (when.only_true, fail),
        (when.only_false, passed),
        (when.only_na, na),
    )
    code = stack.keep(asked.check.card.id, chosen(*branches, default=open_)).sql
    told = {result: exp.EQ(this=code, expression=fixed(number).sql) for result, number in CODES.items()}
    return Found(
        asked.check,
        told[Result.FAIL],
        told[Result.PASS],
        told[Result.NOT_CHECKED],
        told[Result.NOT_APPLICABLE],
        may_fail=both((told[Result.NOT_CHECKED], when.true)),
        optional=both((told[Result.NOT_CHECKED], either((exempt.true, when.na)))),
        cost=asked.cost,
    )


def priced(one: Found, stack: Stack) -> Found:
    """Return an answer with its cost, in the layer above."""
    id, price, check = one.check.card.id, one.cost, one.check
    if price is None:
        return one
    most = least(price.high, fixed(cents(check.tariff.highest(check.full))))
    if counts_what_it_asks(check.when, check.tariff) and is_false(one.na):
        low, high = price.low, price.high
    else:
        low = chosen((one.fail, price.low), default=FREE)
        high = chosen((one.fail, price.high), (one.may_fail, most), default=FREE)
    return replace(
        one,
        may_fail=one.may_fail if is_false(one.optional) else stack.keep_truth(f"{id} may fail", one.may_fail),
        optional=stack.keep_truth(f"{id} optional", one.optional),
        low=stack.keep(f"{id} low", low),
        high=stack.keep(f"{id} high", high),
    )
