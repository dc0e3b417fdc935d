"""Standings to canonical JSON text and back, with the parts they were made of."""

from __future__ import annotations

import json
from decimal import Decimal

from scoring.audit import Json, canonical
from scoring.inspection import Unit
from scoring.judge.standing import Ends, ExtraPoints, PartScore, Prize, Standing

# What the first form did not keep; of a prize it kept the name and the amount alone.
_NOT_KEPT: Json = {"parts": [], "reported": [], "last": None, "peers": 0, "veto": "", "extras": []}


def standing_text(one: Standing) -> str:
    """Return everything of a standing but who its unit is; what it would come to without 豁免 only where there was one."""
    without = {} if one.without is None else {"without": [_text(end) for end in one.without]}
    return canonical(
        {
            "standard": one.standard,
            "group": list(one.group),
            "parts": [_part(part) for part in one.parts],
            "reported": [_part(part) for part in one.reported],
            "extra": str(one.extra),
            "low": _text(one.low),
            "high": _text(one.high),
            "grade": one.grade,
            "coverage": _text(one.coverage),
            "rank": one.rank,
            "unranked": one.unranked,
            "honours": list(one.honours),
            "awards": [
                [prize.name, str(prize.amount), _text(prize.whole), prize.sharing] for prize in one.awards
            ],
            "last": one.last,
            "peers": one.peers,
            "veto": one.veto,
            "extras": [[each.standard, str(each.points), each.reason, each.by] for each in one.extras],
            **without,
        }
    )


def standing_of(unit: Unit, text: str) -> Standing:
    """Return the standing of a unit that a row holds."""
    body = {**_NOT_KEPT, **json.loads(text)}
    return Standing(
        unit, body["standard"], tuple(body["group"]),
        tuple(map(_read_part, body["parts"])), tuple(map(_read_part, body["reported"])),
        Decimal(body["extra"]), _number(body["low"]), _number(body["high"]), body["grade"], _number(body["coverage"]),
        body["rank"], body["unranked"], tuple(body["honours"]),
        tuple(_prize(*prize) for prize in body["awards"]),
        body["last"], body["peers"], body["veto"],
        tuple(ExtraPoints(unit.id, standard, Decimal(points), reason, by) for standard, points, reason, by in body["extras"]),
        _read_ends(body.get("without")),
    )  # fmt: skip


def _part(one: PartScore) -> Json:
    body: Json = {"name": one.name, "low": _text(one.low), "high": _text(one.high), "share": str(one.share),
                  "how": one.how, "count": one.count, "made": one.made}  # fmt: skip
    return {**body, "parts": [_part(part) for part in one.parts]} if one.parts else body


def _read_part(body: Json) -> PartScore:
    return PartScore(
        body["name"], _number(body["low"]), _number(body["high"]), Decimal(body["share"]), body["how"], body["count"],
        body["made"], tuple(map(_read_part, body.get("parts", ()))),
    )  # fmt: skip


def _prize(name: str, amount: str, whole: str | None = None, sharing: int = 1) -> Prize:
    return Prize(name, Decimal(amount), _number(whole), sharing)


def _read_ends(ends: list[str | None] | None) -> Ends | None:
    return None if ends is None else (_number(ends[0]), _number(ends[1]))


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
