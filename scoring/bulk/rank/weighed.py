"""Values put together by their shares, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

ENDS = ("low", "high")
_SHARES = 10**6


def weighed(names: Sequence[str]) -> str:
    """Return the mean of columns by ``weight``, rounded half-up."""
    return ", ".join(
        f"(2 * sum({name} * weight) + sum(weight)) // NULLIF(2 * sum(weight), 0) AS {name}" for name in names
    )


def weight(share: Decimal) -> int:
    """Return a share, which has at most six decimal places, as a whole number."""
    return int(share * _SHARES)
