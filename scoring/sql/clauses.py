"""One clause's answer as SQL: its result, and the interval it may cost; the reference is ``match.records``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlglot import exp

from scoring.compile.compiled import Check
from scoring.finding import Result
from scoring.sql.conditions import outcome
from scoring.sql.logic import FALSE, TRUE, Outcome, Sql, both, either, is_false, plain
from scoring.sql.prices import FREE, Cost, cents, cost
from scoring.sql.stack import Stack
from scoring.sql.values import Values
from scoring.sql.whole import Whole, chosen, fixed, least

# How a result stands in its column.
CODES = {Result.PASS: 0, Result.FAIL: 1, Result.NOT_CHECKED: 2, Result.NOT_APPLICABLE: 3}
NEVER = Outcome(FALSE, TRUE, FALSE, FALSE)


@dataclass(frozen=True, slots=True)
class Found:
    """One clause as columns: which result it has (each part never NULL), and its cost in hundredths.

    ``code`` is the result's column, None where the clause never applies to the kind of unit.
    """

    check: Check[Any]
    fail: Sql
    open: Sql
    na: Sql
    may_fail: Sql
    optional: Sql
    low: Whole = FREE
    high: Whole = FREE
    code: Sql | None = None
    cost: Cost | None = None

    @property
    def passed(self) -> Sql:
        """Return that it passes."""
        return FALSE if self.code is None else _has(self.code, Result.PASS)


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
    return Found(check, FALSE, FALSE, TRUE, FALSE, FALSE)


def answered(asked: Asked, stack: Stack) -> Found:
    """Return the answer of a clause that was asked, without its cost, in the layer above."""
    when, exempt, id = asked.when, asked.exempt, asked.check.card.id
    numbers = {result: fixed(code) for result, code in CODES.items()}
    open_ = numbers[Result.NOT_CHECKED]
    result = chosen(
        (exempt.only_true, numbers[Result.NOT_APPLICABLE]),
        (exempt.true, open_),
        (when.only_true, numbers[Result.FAIL]),
        (when.only_false, numbers[Result.PASS]),
        (when.only_na, numbers[Result.NOT_APPLICABLE]),
        default=open_,
    )
    code = stack.keep(id, result).sql
    leaves = not is_false(either((exempt.true, when.na)))
    return Found(
        asked.check,
        fail=_has(code, Result.FAIL),
        open=_has(code, Result.NOT_CHECKED),
        na=_has(code, Result.NOT_APPLICABLE) if leaves else FALSE,
        may_fail=both((_has(code, Result.NOT_CHECKED), when.true if leaves else TRUE)),
        optional=both((_has(code, Result.NOT_CHECKED), either((exempt.true, when.na)))),
        code=code,
        cost=asked.cost,
    )


def priced(one: Found, stack: Stack) -> Found:
    """Return an answer with its cost, in the layer above."""
    id, price, check = one.check.card.id, one.cost, one.check
    if price is None:
        return one
    most = least(price.high, fixed(cents(check.tariff.highest(check.full))))
    low = chosen((one.fail, price.low), default=FREE)
    high = chosen((one.fail, price.high), (one.may_fail, most), default=FREE)
    return replace(
        one,
        may_fail=one.may_fail if is_false(one.optional) else stack.keep_truth(f"{id} may fail", one.may_fail),
        optional=stack.keep_truth(f"{id} optional", one.optional),
        low=stack.keep(f"{id} low", low),
        high=stack.keep(f"{id} high", high),
    )


def _has(code: Sql, result: Result) -> Sql:
    return exp.EQ(this=code, expression=fixed(CODES[result]).sql)
