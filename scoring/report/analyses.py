"""Analyses of rounds as JSON documents; points are decimal strings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from scoring.analysis.drafts import Redone
from scoring.analysis.movement.rank_move import Crowd
from scoring.analysis.movement.round_move import UnitMove
from scoring.judge.standing import Standing
from scoring.report.result_card import unit

Json = dict[str, Any]
_MOST_LISTED = 20


def comparison_json(before: str, after: str, moves: Iterable[UnitMove]) -> str:
    """Return what moved each unit between two rounds as text, ``chuangwei/compare/1``."""
    return _text(
        {
            "schema": "chuangwei/compare/1",
            "before": before,
            "after": after,
            "units": [_move(one) for one in moves],
        }
    )


def _move(one: UnitMove) -> Json:
    score = one.score
    return {
        "unit": unit(score.unit),
        "standard": one.standard,
        "group": list(one.group),
        "before": _points(score.before),
        "after": _points(score.after),
        "change": _points(score.change),
        "parts": {name: str(points) for name, points in score.parts},
        "facts": [
            {"clause": each.clause, "name": each.name, "points": str(each.points)} for each in score.facts
        ],
        "why_not": score.why,
        "note": score.note,
        "rank": {
            "up": one.rank.up,
            "own": one.rank.own,
            "others": one.rank.others,
            "passed_by": _crowd(one.rank.passed_by),
            "passed": _crowd(one.rank.passed),
        },
    }


def _crowd(units: Crowd) -> Json:
    """Return how many units there are, and some of them: thousands that pass thousands are not listed."""
    return {"count": len(units), "units": [one.id for one in islice(units, _MOST_LISTED)]}


def replay_json(found: Iterable[Redone]) -> str:
    """Return what rounds would have come to under a draft as text, ``chuangwei/replay/1``."""
    return _text({"schema": "chuangwei/replay/1", "rounds": [_redone(one) for one in found]})


def _redone(one: Redone) -> Json:
    return {
        "round": one.round,
        "units": [
            {
                "unit": unit(move.before.unit),
                "standard": move.before.standard,
                "moved": move.moved,
                "before": _standing(move.before),
                "after": None if move.after is None else _standing(move.after),
            }
            for move in one.moves
        ],
        "problems": [str(each) for each in one.problems],
    }


def _standing(one: Standing) -> Json:
    return {"low": _points(one.low), "high": _points(one.high), "grade": one.grade, "rank": one.rank}


def _points(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
