"""督办: which orders go to somebody higher, to whom, and at which level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scoring.finding import Infer, MarkKind
from scoring.history.consequence import supervise
from scoring.history.ladder import Policy
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.orders import filled
from scoring.rectify.past import past_order


@dataclass(frozen=True, slots=True)
class Supervised:
    """An order that should go to somebody higher: ``to`` whom, at which ``level`` of 督办, and why."""

    order: IssuedOrder
    level: int
    to: str
    why: str


def supervised(orders: Iterable[IssuedOrder], policy: Policy, on: date, infer: Infer) -> Iterator[Supervised]:
    """Yield the orders that a policy sends to a level above their own as of a day, each to the highest."""
    for one in orders:
        past = past_order(one.life, one.clauses, one.number)
        # One by one, so that orders that stand alike are inferred once.
        told = () if past is None else supervise([past], policy, on, infer)
        above = {each.mark.n: each for _, each in told if each.mark.kind is MarkKind.ESCALATED}
        if above:
            level = max(above)
            yield Supervised(one, level, filled(policy.levels[level - 1].to, one.unit), above[level].text)


def level_of(one: IssuedOrder, policy: Policy, to: str) -> int:
    """Return the level at which an order goes to somebody: the policy's where it names them, else the next."""
    named = (n for n, each in enumerate(policy.levels, start=1) if filled(each.to, one.unit) == to)
    return next((n for n in named if n > one.life.level), one.life.level + 1)
