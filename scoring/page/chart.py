"""Where the lines and bars of the pictures lie, in the units of their own drawing; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from scoring.page.trend import Point
from scoring.points import ONE, ZERO, plain, publish

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 20, 34
# Room beside the first and the last round for what is written above and below them.
INSET = 32
BAR = 100
_STEPS = tuple(Decimal(step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500))
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One round on the drawing: ``x`` from the left; the heights of the mean, best and worst from above; ``label`` the mean.

    ``named`` says whether there is room for the round's name.
    """

    x: str
    mean: str
    best: str
    worst: str
    label: str
    round: str
    named: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """A trend's drawing: ``lines`` are (height, label) across it, ``band`` the outline between best and worst."""

    marks: tuple[Mark, ...]
    lines: tuple[tuple[str, str], ...]
    path: str
    band: str


def line_chart(points: Sequence[Point]) -> LineChart:
    """Return the drawing of at least two rounds."""
    low, high, step = _scale(min(one.worst for one in points), max(one.best for one in points))
    inner, tall = Decimal(WIDTH - LEFT - RIGHT - 2 * INSET), Decimal(HEIGHT - TOP - BOTTOM)

    def height(score: Decimal) -> str:
        return _at(TOP + tall * (high - score) / (high - low))

    xs = [_at(LEFT + INSET + inner * place / (len(points) - 1)) for place in range(len(points))]
    every = -(-len(points) // 7)
    marks = tuple(
        Mark(x, height(one.mean), height(one.best), height(one.worst), str(one.mean), one.round, (len(points) - 1 - place) % every == 0)
        for place, (x, one) in enumerate(zip(xs, points, strict=True))
    )  # fmt: skip
    above, below = [f"{one.x},{one.best}" for one in marks], [f"{one.x},{one.worst}" for one in marks]
    count = int((high - low) / step)
    return LineChart(
        marks,
        tuple((height(low + step * place), plain(low + step * place)) for place in range(count + 1)),
        " ".join(f"{one.x},{one.mean}" for one in marks),
        " ".join([*above, *reversed(below)]),
    )


def _scale(least: Decimal, most: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return the ends of an axis that holds all scores, and the step between its lines."""
    step = next((one for one in _STEPS if (most - least) / one <= _MOST_LINES - 2), _STEPS[-1])
    low = (least / step).to_integral_value(ROUND_FLOOR) * step
    high = (most / step).to_integral_value(ROUND_CEILING) * step
    return low, max(high, low + step), step


def _at(place: Decimal) -> str:
    return plain(publish(place, 1))


def bars(parts: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Return (start, width) of each part of a whole bar of 100.

    >>> bars([1, 3])
    (('0', '25'), ('25', '75'))
    >>> bars([0, 0])
    (('0', '0'), ('0', '0'))
    """
    whole = Decimal(sum(parts) or ONE)
    starts = [sum(parts[:place], 0) for place in range(len(parts))]
    return tuple(
        (plain(publish(BAR * start / whole)), plain(publish(BAR * (part or ZERO) / whole)))
        for start, part in zip(starts, parts, strict=True)
    )
