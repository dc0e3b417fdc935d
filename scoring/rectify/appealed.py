"""What a 更正 makes of the orders of the visit that it puts right.

An order is of a finding: a 检查项 of a visit, at its places. Where the visit as it is right has the finding no longer,
nothing was ever to be put right: an open order is 撤销 whoever has worked on it, one that is 销号 stays. Where some of it
is still found the order stays too; what it says is settled when orders are next issued (see ``reconcile``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import State
from scoring.rectify.orders import Order


class Fate(StrEnum):
    """What becomes of an order; one that reads as it would be made now has none."""

    CANCELLED = "撤销"
    CLOSED = "已销号"
    OTHERWISE = "仍要整改"


def fates(known: Iterable[IssuedOrder], found: Collection[Order]) -> Iterator[tuple[IssuedOrder, Fate]]:
    """Yield each order of a visit of which something becomes, by all that the visit as it is right still finds."""
    for one in known:
        own = [each for each in found if _concerns(one, each)]
        if one.life.open:
            if not own:
                yield one, Fate.CANCELLED
            elif not any(one.places == each.places and one.says(each) for each in own):
                yield one, Fate.OTHERWISE
        elif one.life.state is State.CLOSED and not own:
            yield one, Fate.CLOSED


def _concerns(one: IssuedOrder, found: Order) -> bool:
    """Return whether a finding is of an order's 检查项 at one of its places, or either names none."""
    apart = one.places and found.places and set(one.places).isdisjoint(found.places)
    return one.subject == found.subject and not apart
