"""The readings of history once more, as simply as possible and apart from the code: dates and lists, no facts, no rules.

A timeline is a list of rounds, the earliest first; a round is the list of what each visit said of the clause. An order is
a dict of its dates and numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

Timeline = Sequence[Sequence[str]]
Order = Mapping[str, Any]


def times_running(timeline: Timeline) -> int:
    """Return how many rounds running a clause failed that fails now, this one counted."""
    times = 1
    for visits in reversed(timeline):
        if "fail" in visits:
            times += 1
        elif "pass" in visits:
            break
    return times


def is_open(order: Order, on: date) -> bool:
    return order["closed"] is None or order["closed"] > on


def days_late(order: Order, on: date) -> int:
    """Return the days between the deadline and the day on which it was reported done, or else today."""
    if order["due"] is None:
        return 0
    last = on if order["replied"] is None or order["replied"] > on else order["replied"]
    return max(0, last.toordinal() - order["due"].toordinal())


def consequences(
    fails: bool, timeline: Timeline, orders: Sequence[Order], policy: Mapping[str, Any], seen: date, on: date
) -> set[tuple[str, int, int]]:
    """Return what follows for one clause: (kind, level of the order, how far)."""
    found: set[tuple[str, int, int]] = set()
    if fails and times_running(timeline) > 1:
        found.add(("重复", 0, min(times_running(timeline), policy["longest"])))
    for order in orders:
        if order["found"] >= seen:
            continue
        level = order["level"]
        if not is_open(order, on):
            if fails and policy["relapse"] and 0 <= (seen - order["closed"]).days <= policy["relapse"]:
                found.add(("反弹", level, 1))
            continue
        late, redo = days_late(order, on), order["redo"]
        for kind, amount, steps in (("逾期", late, policy["late"]), ("复查不合格", redo, policy["redo"])):
            reached = [step for step in steps if amount >= step]
            if reached:
                found.add((kind, level, max(reached)))
        higher = [
            number
            for number, (days, times) in enumerate(policy["levels"], start=1)
            if number > level and ((days and late >= days) or (times and redo >= times))
        ]
        if higher:
            found.add(("提级督办", level, max(higher)))
    return {one for one in found if not any(other[:2] == one[:2] and other[2] > one[2] for other in found)}


def cost(price: Fraction, found: set[tuple[str, int, int]], ladder: Sequence[tuple[Any, ...]]) -> Fraction:
    """Return what a failed clause costs on the dearest step (kind, times, level, multiply, add) that fits."""
    costs = [price]
    for kind, times, level, multiply, add in ladder:
        if kind is None or any(kind == one[0] and one[2] >= times and one[1] >= level for one in found):
            exact = price * Fraction(multiply) + Fraction(add)
            costs.append(Fraction(floor(exact * 100 + Fraction(1, 2)), 100))
    return max(costs)
