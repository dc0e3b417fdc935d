"""Every price (扣分) in one shape: what a clause costs, as an interval, given the answers.

A new price shape is a dataclass here with the same three methods, and its words in ``standard.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.condition import Value
from scoring.inspection import NotApplicable
from scoring.points import ZERO, publish

Values = Mapping[str, Value | NotApplicable]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one clause costs by itself: the interval [low, high], the sum before 最高扣, the occurrences counted."""

    low: Decimal
    high: Decimal
    uncapped: Decimal | None = None
    count: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """扣分: 10."""

    points: Decimal
    field: str = ""

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(self.points, full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs."""
        return Cost(self.points, self.points)


@dataclass(frozen=True, slots=True)
class PerUnit:
    """扣分: {每处: 2, 最高扣: 10}; ``field`` holds the count, ``unit`` its 量词."""

    field: str
    unit: str
    points: Decimal
    cap: Decimal | None = None

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return full if self.cap is None else min(self.cap, full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; an interval where the count is blank."""
        count = values.get(self.field)
        if not isinstance(count, Decimal):
            return Cost(ZERO, ZERO if count is not None else self.highest(full))
        uncapped = publish(self.points * count)
        points = uncapped if self.cap is None else min(uncapped, self.cap)
        return Cost(points, points, uncapped, count)


@dataclass(frozen=True, slots=True)
class PerOption:
    """扣分: {过期未换: 5, 未签: 10}; ``field`` holds the chosen option. An option not named costs nothing."""

    field: str
    points: Mapping[str, Decimal]

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(max(self.points.values()), full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; an interval where the option is blank."""
        option = values.get(self.field)
        if not isinstance(option, str):
            return Cost(ZERO, ZERO if option is not None else self.highest(full))
        points = self.points.get(option, ZERO)
        return Cost(points, points)


@dataclass(frozen=True, slots=True)
class WholeItem:
    """扣分: 本项不得分; that it takes the whole item is said by the inference."""

    field: str = ""

    def highest(self, full: Decimal) -> Decimal:
        """Return the item's full mark."""
        return full

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return the item's full mark."""
        return Cost(full, full)


Tariff = Fixed | PerUnit | PerOption | WholeItem
