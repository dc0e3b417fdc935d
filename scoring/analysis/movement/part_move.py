"""The change of a score that is made of parts (rounds below, standards): what each part brought, adding up exactly."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from scoring.analysis.movement.movement import Movement
from scoring.judge.standing import PartScore, Standing
from scoring.points import ZERO, ratio

EXTRA, ROUNDING = "附加", "四舍五入"


def part_movement(before: Standing, after: Standing, rounds: tuple[str, str]) -> Movement:
    """Return what each part of a total brought to its change between two rounds of some names.

    A part weighs what it weighs among those that have a score, as the total does; one that came or went brings or takes
    all it is worth.
    """
    if before.score is None or after.score is None:
        missing = rounds[0] if before.score is None else rounds[1]
        return Movement(after.unit, before.score, after.score, why=f"{missing}没有确定的得分，不能比")
    old, new = _worth(before.parts), _worth(after.parts)
    parts = {
        name: _publish(new.get(name, Fraction(0)) - old.get(name, Fraction(0))) for name in {**old, **new}
    }
    if EXTRA not in parts:
        parts[EXTRA] = after.extra - before.extra
    parts[ROUNDING] = after.score - before.score - sum(parts.values(), ZERO)
    told = tuple((name, points) for name, points in parts.items() if points)
    return Movement(after.unit, before.score, after.score, told)


def _worth(parts: Iterable[PartScore]) -> dict[str, Fraction]:
    """Return what each part with a score contributes to the total."""
    present = [(one, Fraction(one.share)) for one in parts if one.low is not None]
    whole = sum((share for _, share in present), Fraction(0))
    return {one.name: share / whole * Fraction(one.low or ZERO) for one, share in present} if whole else {}


def _publish(share: Fraction) -> Decimal:
    return ratio(Decimal(share.numerator), Decimal(share.denominator))
