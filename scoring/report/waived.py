"""What 豁免 did to a card, as plain data; nothing where there was none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.explain.waiver import waiver_of
from scoring.finding import Finding
from scoring.report import values
from scoring.tally import ScoreCard

Json = dict[str, Any]


def without(of: ScoreCard) -> Json:
    """Return what a card would come to without any waiver."""
    if of.waived is None:
        return {}
    plain = of.waived.without
    score, bounds = values.score(plain.score), values.bounds(plain.low, plain.high)
    return {"without_waivers": {"score": score, "bounds": bounds, "grade": plain.grade}}


def waiver(of: ScoreCard, one: Finding) -> Iterator[tuple[str, Json]]:
    """Yield the waiver by which a clause is excused."""
    if found := waiver_of(of, one):
        days = {"starts": found.starts.isoformat(), "until": found.until.isoformat()}
        yield "waived", {"reason": found.reason, "by": found.by, **days}
