"""What a unit's history did to a card, as plain data; nothing where no history was given."""

from __future__ import annotations

from typing import Any

from scoring.history.climb import Taken
from scoring.points import plain
from scoring.tally import ScoreCard

Json = dict[str, Any]


def history(of: ScoreCard) -> Json:
    """Return what follows from the unit's history, each with the rounds or orders it rests on."""
    if not of.raised.consequences:
        return {}
    return {
        "history": [
            {
                "clause": of.program.clause(one.mark.clause).card.id,
                "kind": one.mark.kind.value,
                "times": one.mark.n,
                "level": one.mark.level,
                "certain": one.certain,
                "rests_on": list(one.rests_on),
                "text": one.text,
            }
            for one in of.raised.consequences
        ]
    }


def step(of: ScoreCard, taken: Taken) -> Json:
    """Return the step of the ladder that a clause took: price × multiply + add = cost."""
    used, cause = taken.choice.step, taken.cause
    return {
        "kind": cause.mark.kind.value if cause else "来源",
        "times": cause.mark.n if cause else 1,
        "rests_on": list(cause.rests_on) if cause else [of.inspection.source],
        "price": plain(taken.choice.price),
        "multiply": plain(used.multiply),
        "add": plain(used.add),
        "cost": plain(taken.choice.cost),
        "certain": taken.certain,
    }
