"""Published scores put together: taken of several alike, or weighed. Each end of an interval goes its own way.

Every step rises with each of its parts, so the low ends give the low end and the high ends the high end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.judge.standing import Ends, PartScore, Standing
from scoring.points import ZERO, publish, ratio
from scoring.rule.scheme import Scheme

NOTHING: Ends = (None, None)


def taken(how: str, parts: Sequence[PartScore], newest: int, places: int) -> Ends:
    """Return the 平均, the 最低 or the 最近 of parts in the order of time, which all have scores.

    ``newest`` says how many of the last are equally new: their mean is the 最近.
    """
    if not parts:
        return NOTHING
    lows, highs = _ends(parts[-newest:] if how == "最近" else parts)
    if how == "最低":
        return publish(min(lows), places), publish(min(highs), places)
    number = Decimal(len(lows))
    low = ratio(sum(lows, ZERO), number, places=places)
    return low, low if lows == highs else ratio(sum(highs, ZERO), number, places=places)


def weighed(parts: Sequence[PartScore], places: int) -> Ends:
    """Return the sum of parts by their shares; where some have no score, 折算 over the shares of the others."""
    present = [part for part in parts if part.low is not None]
    if not present:
        return NOTHING
    lows, highs = _ends(present)
    shares = [part.share for part in present]
    low = _by_share(lows, shares, places)
    return low, low if lows == highs else _by_share(highs, shares, places)


def rounds_in(one: Standing, scheme: Scheme) -> Iterator[PartScore]:
    """Yield the rounds below that a standing was made of."""
    below = {part.name for part in scheme.parts if part.rounds is not None}
    for part in one.parts:
        for each in (part, *part.parts):
            if each.name in below and each.how:
                yield from each.parts


def _by_share(scores: Sequence[Decimal], shares: Sequence[Decimal], places: int) -> Decimal:
    total = sum((score * share for score, share in zip(scores, shares, strict=True)), ZERO)
    return ratio(total, sum(shares, ZERO), places=places)


def _ends(parts: Sequence[PartScore]) -> tuple[list[Decimal], list[Decimal]]:
    lows = [part.low for part in parts if part.low is not None]
    return lows, [part.high for part in parts if part.high is not None]
