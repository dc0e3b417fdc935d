"""A card and what it is made of as plain data: one unit's ledger under one standard at one visit.

Scores are decimal strings with two places, other points as short as they are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scoring.explain.ledger import why
from scoring.explain.seen import Seen, seen
from scoring.finding import Finding, Result
from scoring.inspection import Inspection, NotApplicable, Unit
from scoring.points import plain
from scoring.report.past import history, step
from scoring.report.waived import waiver, without
from scoring.tally import ItemScore, ScoreCard

Json = dict[str, Any]
_QUIET = (Result.PASS, Result.NOT_APPLICABLE)
_EARNED = {Result.FAIL: "earned", Result.PASS: "not earned"}


def unit(one: Unit) -> Json:
    """Return who was inspected."""
    return {"id": one.id, "name": one.name, "kind": one.kind, "area": one.area}


def visit(one: Inspection) -> Json:
    """Return when, how and by whom a unit was visited."""
    return {
        "date": one.date.isoformat(),
        "time": None if one.time is None else one.time.isoformat("minutes"),
        "source": one.source,
        "inspectors": list(one.inspectors),
        "number": one.number,
    }


def card(one: ScoreCard) -> Json:
    """Return one unit's ledger under one standard at one visit."""
    return {
        "unit": unit(one.inspection.unit),
        "standard": one.program.standard.id,
        "in_force": one.inspection.date.isoformat(),
        "visit": visit(one.inspection),
        "score": score(one.score),
        "full": plain(one.program.full),
        "scale": plain(one.program.scale),
        "applicable": plain(one.applicable),
        "bounds": bounds(one.low, one.high),
        "grade": one.grade,
        "coverage": None if one.coverage is None else plain(one.coverage),
        "vetoes": [
            {"clause": _id(one, veto.clause), "kind": veto.kind.value, "certain": veto.certain}
            for veto in one.vetoes
        ],
        "results": {name: result.value for name, result in one.conclusions.items()},
        "assumed": list(one.derived.assumed),
        "registered": list(one.derived.registered),
        "computed": {
            each.name: _value(one.derived.values.get(each.name)) for each in one.program.terms.computed
        },
        "unknown": dict(one.derived.unknown),
        "bonus": bonus(one) if one.program.bonuses else None,
        **history(one),
        **without(one),
        "items": [item(each) for each in one.items],
        "findings": [finding(one, each) for each in one.findings],
    }


def item(one: ItemScore) -> Json:
    """Return one item's sum: awarded + lost = applicable; ``open`` may still be lost."""
    return {
        "name": one.item.name,
        "full": plain(one.item.full),
        "applicable": plain(one.applicable),
        "awarded": plain(one.awarded),
        "lost": plain(one.lost),
        "open": plain(one.open),
    }


def bonus(of: ScoreCard) -> Json:
    """Return the additional points of a card and what each 加分 clause came to."""
    pairs = zip(of.program.bonuses, of.bonus.findings, strict=True)
    return {
        "low": plain(of.bonus.low),
        "high": plain(of.bonus.high),
        "clauses": [
            {
                "clause": clause.card.id,
                "name": clause.card.name,
                "result": _EARNED.get(one.result, one.result.value),
                "points": plain(one.low),
                **(
                    {"bounds": {"low": plain(one.low), "high": plain(one.high)}}
                    if one.low != one.high
                    else {}
                ),
                "source_text": clause.card.source_text,
                "citation": clause.card.citation,
            }
            for clause, one in pairs
        ],
    }


def finding(of: ScoreCard, one: Finding) -> Json:
    """Return one clause's answer; what is empty is left out."""
    clause = of.program.clause(one.clause)
    silent = one.result in _QUIET and of.waived is None and not of.inspection.occurrences
    return {
        "clause": clause.card.id,
        "name": clause.card.name,
        "item": of.program.items[clause.item - 1].name,
        "result": one.result.value,
        "lost": plain(of.losses[one.clause - 1]),
        **({} if silent else dict(_details(of, one))),
        "severity": clause.card.severity,
        "source_text": clause.card.source_text,
        "citation": clause.card.citation,
    }


def _details(of: ScoreCard, one: Finding) -> Iterator[tuple[str, Any]]:
    if one.low != one.high:
        yield "bounds", {"low": plain(one.low), "high": plain(one.high)}
    if one.uncapped is not None:
        yield "uncapped", plain(one.uncapped)
    if one.count is not None:
        yield "count", plain(one.count)
    if taken := of.raised.steps.get(one.clause):
        yield "step", step(of, taken)
    if one.places:
        yield "places", list(one.places)
    if found := seen(of, one):
        yield "occurrences", [occurrence(each) for each in found]
    yield from waiver(of, one)
    if one.charged_by:
        yield "charged_by", one.charged_by
    if one.reason:
        yield "reason", one.reason
    if sentence := why(of, one):
        yield "why", sentence


def occurrence(one: Seen) -> Json:
    """Return one row of the 问题明细; what it does not say is left out."""
    found = one.occurrence
    told = {
        "place": found.place,
        "count": plain(found.count),
        "size": "" if found.size is None else plain(found.size),
        "photo": found.photo,
        "position": found.position,
        "note": found.note,
    }
    return {**{key: value for key, value in told.items() if value}, "counted": one.counted}


def _value(value: object) -> str | None:
    if isinstance(value, Decimal):
        return plain(value)
    return "不适用" if isinstance(value, NotApplicable) else value if isinstance(value, str) else None


def _id(of: ScoreCard, number: int) -> str:
    return of.program.clause(number).card.id


def score(points: Decimal | None) -> str | None:
    """Return a score with its two places."""
    return None if points is None else f"{points:.2f}"


def bounds(low: Decimal | None, high: Decimal | None) -> Json | None:
    """Return the two ends of a score, None where there is none."""
    return None if low is None or high is None else {"low": f"{low:.2f}", "high": f"{high:.2f}"}
