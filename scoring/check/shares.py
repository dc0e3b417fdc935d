"""Shares that must add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from scoring.points import ZERO, percent

Shares = Iterable[tuple[str, Decimal | None]]


def total(shares: Shares) -> Decimal:
    """Return what shares add up to; one that is not given counts 0."""
    return sum((share or ZERO for _, share in shares), ZERO)


def not_whole(what: str, shares: Shares) -> str:
    """Say that shares do not add up to 100%."""
    listed = "、".join(f"{name} {percent(share or ZERO)}" for name, share in shares)
    return f"{what}的占合计 {percent(total(shares))}，应是 100%（{listed}）"
