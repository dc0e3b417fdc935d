"""An order as later rounds see it: from where it stands to what history knows of it."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.history.past import PastOrder
from scoring.rectify.lifecycle import OrderState, State


def past_order(state: OrderState, clauses: Iterable[str], number: str = "") -> PastOrder | None:
    """Return what history knows of an order on some clauses, called by its number; None for a cancelled one."""
    if state.state is State.CANCELLED:
        return None
    return PastOrder(
        clauses=tuple(sorted(clauses)),
        found_on=state.found_on,
        due_on=None if state.due_at is None else state.due_at.date(),
        replied_on=state.replied_on,
        closed_on=state.closed_on,
        level=state.level,
        redo=state.redo,
        number=number,
    )
