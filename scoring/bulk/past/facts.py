"""An order as the inference reads it, in SQL: reduced to what some rule tells apart (``history.past.OrderFacts``, ``infer.memo``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# 销号 not long ago; an order that is open is written days:times, each the highest threshold reached.
CLOSED = "x"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The longest ``run`` told apart, how long a fail after 销号 is 反弹, and the days ``late`` and times ``redo`` told apart."""

    run: int
    relapse: int
    late: Sequence[int]
    redo: Sequence[int]

    def fact(self) -> str:
        """Return an order (``due``, ``replied``, ``closed``, ``redo``) seen on the day ``seen``; NULL where no rule reads it."""
        done = "least(coalesce(replied, seen), seen)"
        late = _reached(f"date_diff('day', due, {done})", self.late)
        redo = _reached("redo", self.redo)
        open_ = f"CASE WHEN {late} > 0 OR {redo} > 0 THEN concat({late}, ':', {redo}) END"
        lately = f"{self.relapse} > 0 AND date_diff('day', closed, seen) <= {self.relapse}"
        return f"CASE WHEN closed IS NULL OR closed > seen THEN {open_} WHEN {lately} THEN '{CLOSED}' END"


def _reached(number: str, thresholds: Sequence[int]) -> str:
    """Return the highest threshold that a number reaches, 0 for none or where it is unknown."""
    ways = " ".join(f"WHEN {number} >= {one} THEN {one}" for one in sorted(thresholds, reverse=True))
    return f"(CASE {ways} ELSE 0 END)" if ways else "0"
