"""How far some orders have come: what should be done, what is, what is late and what was put off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoring.rectify.lifecycle import OrderState, State


@dataclass(frozen=True, slots=True)
class Progress:
    """How far some orders have come: 应改、已改、逾期未改、按期 and 缓办 (延期批准的), as of a day."""

    due: int
    done: int
    overdue: int
    in_time: int
    extended: int

    @property
    def rate(self) -> tuple[int, int]:
        """Return 按期率 as numerator and denominator: 按期结案数 ÷ (应结案数 − 缓办数)."""
        return self.in_time, self.due - self.extended


def progress(orders: Iterable[OrderState], on: date) -> Progress:
    """Return how far some orders have come as of a day; cancelled ones do not count.

    Source: 数字城管's 按期结案率, with 缓办 left out of what should be closed.
    """
    counted = [one for one in orders if one.state is not State.CANCELLED]
    done = [one for one in counted if one.state is State.CLOSED]
    waiting = sum(one.extended_until is not None and one.open and not one.late(on) for one in counted)
    return Progress(
        due=len(counted),
        done=len(done),
        overdue=sum(one.open and one.late(on) > 0 for one in counted),
        in_time=sum(not one.late(on) for one in done),
        extended=waiting,
    )
