"""What some rule reads of a clause's past, in SQL: how often it failed running, and the worst of its orders.

Rules tell the days late and the times 复查不合格 of open orders apart by thresholds, each by itself, and whether one was 销号 not
long before; levels of 督办 cost nothing. So the worst of several orders stands for all (``history.past.OrderFacts``, ``infer.memo``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The policy by which a visit is judged, earlier fails in a row, days late, times 复查不合格, whether one was closed lately.
Pattern = tuple[int, int, int, int, bool]
PATTERN = {"policy": "INTEGER", "run": "SMALLINT", "late": "INTEGER", "redo": "INTEGER", "lately": "BOOLEAN"}
_OPEN = "(closed IS NULL OR closed > seen)"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The longest ``run`` told apart, how long a fail after 销号 is 反弹, and the days ``late`` and times ``redo`` told apart."""

    run: int
    relapse: int
    late: Sequence[int]
    redo: Sequence[int]

    def of_orders(self) -> str:
        """Return late, redo and lately of an order (``due``, ``replied``, ``closed``, ``redo``) seen on the day ``seen``."""
        late = "date_diff('day', due, least(coalesce(replied, seen), seen))"
        lately = f"{self.relapse} > 0 AND NOT {_OPEN} AND date_diff('day', closed, seen) <= {self.relapse}"
        return (
            f"CASE WHEN {_OPEN} THEN coalesce({late}, 0) ELSE 0 END AS late,"
            f" CASE WHEN {_OPEN} THEN redo ELSE 0 END AS redo, {lately} AS lately"
        )

    def worst(self) -> str:
        """Return run, late, redo and lately of all that a clause has behind it, no finer than rules tell apart."""
        return (
            f"max(run)::SMALLINT AS run, {_reached('max(late)', self.late)} AS late,"
            f" {_reached('max(redo)', self.redo)} AS redo, bool_or(lately) AS lately"
        )


def _reached(number: str, thresholds: Sequence[int]) -> str:
    """Return the highest threshold that a number reaches, 0 for none."""
    ways = " ".join(f"WHEN {number} >= {one} THEN {one}" for one in sorted(thresholds, reverse=True))
    return f"(CASE {ways} ELSE 0 END)" if ways else "0"
