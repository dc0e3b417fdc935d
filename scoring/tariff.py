"""Every price (扣分) in one shape: what a clause costs, as an interval, given the answers.

A new price shape is a dataclass here with the same three members, and its words in ``price.py``. ``field`` is the 检查项
the price rests on, empty where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.grammar.bands import Band
from scoring.grammar.condition import Value
from scoring.inspection import NO, NotApplicable
from scoring.points import ZERO, publish, ratio
from scoring.rule.price import PERCENT_POINT

Values = Mapping[str, Value | NotApplicable]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one clause costs by itself: the interval [low, high], the sum before 最高扣, the occurrences counted."""

    low: Decimal
    high: Decimal
    uncapped: Decimal | None = None
    count: Decimal | None = None


FREE = Cost(ZERO, ZERO)
WHOLE_ONLY, STARTED, IN_PROPORTION = "不计", "进一", "照算"


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
    """扣分: {每处: 2, 最高扣: 10} and its kin: so much for each ``step`` of what is counted in ``field``.

    With a ``limit`` (a number, or the name of a number) only what is over it counts, or with ``short`` what is missing
    to it. ``odd`` says what becomes of a part of a step. The count of a rate is in percentage points.
    """

    field: str
    unit: str
    points: Decimal
    cap: Decimal | None = None
    verb: str = ""
    step: Decimal = Decimal(1)
    odd: str = IN_PROPORTION
    limit: Decimal | str | None = None

    @property
    def short(self) -> bool:
        """Return whether what is missing counts."""
        return self.verb in ("少", "低")

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return full if self.cap is None else min(self.cap, full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; an interval where the count or the limit is blank."""
        answer = values.get(self.field)
        limit = values.get(self.limit) if isinstance(self.limit, str) else self.limit or ZERO
        if not isinstance(answer, Decimal) or not isinstance(limit, Decimal):
            blank = answer is None or limit is None
            return Cost(ZERO, self.highest(full)) if blank else FREE
        count = max(limit - answer if self.short else answer - limit, ZERO)
        if self.unit == PERCENT_POINT:
            count *= 100
        uncapped = self.due(count)
        points = uncapped if self.cap is None else min(uncapped, self.cap)
        return Cost(points, points, uncapped, count)

    def due(self, count: Decimal) -> Decimal:
        """Return the points for a count, before 最高扣."""
        if self.odd == WHOLE_ONLY:
            return publish(self.points * (count // self.step))
        if self.odd == STARTED:
            return publish(self.points * (count // self.step + bool(count % self.step)))
        return publish(self.points * count) if self.step == 1 else ratio(self.points * count, self.step)


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
            return Cost(ZERO, self.highest(full)) if option is None else FREE
        points = self.points.get(option, ZERO)
        return Cost(points, points)


@dataclass(frozen=True, slots=True)
class PerMissing:
    """扣分: {每缺1项: 0.5, 各项: […]}: so much for each of ``fields`` that is answered 否."""

    fields: tuple[str, ...]
    points: Decimal
    cap: Decimal | None = None

    @property
    def field(self) -> str:
        """Return the first of the fields: what an order about them is filed under."""
        return self.fields[0]

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(self._capped(self.points * len(self.fields)), full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; each blank may be missing too."""
        answers = [values.get(name) for name in self.fields]
        missing, blank = answers.count(NO), answers.count(None)
        low, high = self.points * missing, self.points * (missing + blank)
        return Cost(self._capped(low), self._capped(high), low if low == high else None, Decimal(missing))

    def _capped(self, points: Decimal) -> Decimal:
        return points if self.cap is None else min(points, self.cap)


@dataclass(frozen=True, slots=True)
class PerBand:
    """扣分: {按: 满意度, 分段: {≥90%: 0, <90%: 5}}; every value lies in just one band, ``words`` name them."""

    field: str
    bands: tuple[tuple[str, Band, Decimal], ...]

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(max(points for _, _, points in self.bands), full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; an interval where the value is blank."""
        value = values.get(self.field)
        if not isinstance(value, Decimal):
            return Cost(ZERO, self.highest(full)) if value is None else FREE
        points = next(points for _, band, points in self.bands if value in band)
        return Cost(points, points)


@dataclass(frozen=True, slots=True)
class Remainder:
    """扣分: {满分: 20, 得分: 村容得分}: the mark less the points the inspector gave."""

    field: str
    full: Decimal

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(self.full, full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; an interval where no points were given."""
        given = values.get(self.field)
        if not isinstance(given, Decimal):
            return Cost(ZERO, self.highest(full)) if given is None else FREE
        return Cost(self.full - given, self.full - given)


@dataclass(frozen=True, slots=True)
class Judged:
    """扣分: {裁量: 偷倒扣分}: what the inspector entered, between ``least`` and ``most``."""

    field: str
    least: Decimal
    most: Decimal

    def highest(self, full: Decimal) -> Decimal:
        """Return the most it can cost in an item of that full mark."""
        return min(self.most, full)

    def cost(self, values: Values, full: Decimal) -> Cost:
        """Return what a failed clause costs; the whole range where nothing was entered."""
        entered = values.get(self.field)
        if not isinstance(entered, Decimal):
            return Cost(self.least, self.most) if entered is None else FREE
        return Cost(entered, entered)


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


Tariff = Fixed | PerUnit | PerOption | PerMissing | PerBand | Remainder | Judged | WholeItem


def reads(tariff: Tariff) -> tuple[str, ...]:
    """Return the names a price looks at, the one it rests on first."""
    if isinstance(tariff, PerMissing):
        return tariff.fields
    limit = tariff.limit if isinstance(tariff, PerUnit) and isinstance(tariff.limit, str) else ""
    return tuple(name for name in (tariff.field, limit) if name)
