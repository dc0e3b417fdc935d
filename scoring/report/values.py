"""How a score stands in a document: a decimal string with two places, null where it is not settled."""

from __future__ import annotations

from decimal import Decimal


def score(value: Decimal | None) -> str | None:
    """Return a score as text."""
    return None if value is None else f"{value:.2f}"


def bounds(low: Decimal | None, high: Decimal | None) -> dict[str, str] | None:
    """Return the two ends of a score as texts."""
    return None if low is None or high is None else {"low": f"{low:.2f}", "high": f"{high:.2f}"}
