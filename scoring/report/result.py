"""The result as one JSON document, ``chuangwei/score/1`` (docs/schema/score-1.schema.json).

Scores are decimal strings with two places, other points as short as they are exact. The document says nothing of file
names, row numbers or the engine: the same visits give the same bytes however they were typed and inferred. Where a
visit was read from stands in ``problems`` when something is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from scoring.explain.ledger import points_note, why
from scoring.explain.seen import Seen, seen
from scoring.finding import Finding, Result
from scoring.inspection import Inspection, NotApplicable, Unit
from scoring.points import plain
from scoring.rectify.orders import Order
from scoring.report.past import history, step
from scoring.round import Group, UnitScore, groups
from scoring.rule.standard import Standard
from scoring.score import Assessment
from scoring.tally import ItemScore, ScoreCard

SCHEMA = "chuangwei/score/1"
Json = dict[str, Any]
_EARNED = {Result.FAIL: "earned", Result.PASS: "not earned"}


def to_json(assessment: Assessment) -> str:
    """Return the document as text, ending in a line break."""
    return json.dumps(document(assessment), ensure_ascii=False, indent=1) + "\n"


def to_json_lines(assessment: Assessment) -> str:
    """Return one card a line, for streams; each line names the schema."""
    lines = ({"schema": SCHEMA, **card(one)} for one in assessment.cards)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def document(assessment: Assessment) -> Json:
    """Return the whole result as plain data."""
    return {
        "schema": SCHEMA,
        "as_of": None if assessment.as_of is None else assessment.as_of.isoformat(),
        "standards": [standard(one) for one in assessment.standards],
        "units": [unit_score(one) for one in assessment.units],
        "groups": [group(one) for one in groups(assessment.units)],
        "cards": [card(one) for one in assessment.cards],
        "orders": [order(one) for one in assessment.orders],
        "unscored": [unit(one) for one in assessment.unscored],
        "problems": [_filled(asdict(one)) for one in assessment.problems],
        "notices": list(assessment.notices),
    }


def _filled(problem: Json) -> Json:
    return {key: value for key, value in problem.items() if value not in ("", 0)}


def standard(one: Standard) -> Json:
    """Return a standard's name card: which text of it was used, and where its points come from."""
    return {
        "id": one.id,
        "title": one.name,
        "starts": one.starts.isoformat(),
        "sha256": one.sha256,
        "points": points_note(one),
        "provisional": one.provisional,
        "scored": one.scored,
    }


def unit(one: Unit) -> Json:
    """Return who was inspected."""
    return {"id": one.id, "name": one.name, "kind": one.kind, "area": one.area}


def unit_score(one: UnitScore) -> Json:
    """Return a unit's mean over its visits, its grade and rank."""
    return {
        "unit": unit(one.unit),
        "standard": one.standard.id,
        "score": _score(one.score),
        "bounds": _bounds(one.low, one.high),
        "grade": one.grade,
        "rank": one.rank,
        "visits": {"made": len(one.cards), "counted": len(one.counted)},
    }


def group(one: Group) -> Json:
    """Return a roll-up by 类别 or 片区."""
    return {
        "standard": one.standard.id,
        "by": one.by,
        "name": one.name,
        "units": one.units,
        "scored": one.scored,
        "mean": _score(one.mean),
    }


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
        "score": _score(one.score),
        "full": plain(one.program.full),
        "scale": plain(one.program.scale),
        "applicable": plain(one.applicable),
        "bounds": _bounds(one.low, one.high),
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
    return {
        "clause": clause.card.id,
        "name": clause.card.name,
        "item": of.program.items[clause.item - 1].name,
        "result": one.result.value,
        "lost": plain(of.losses[one.clause - 1]),
        **dict(_details(of, one)),
        "severity": clause.card.severity,
        "source_text": clause.card.source_text,
        "citation": clause.card.citation,
    }


def _details(of: ScoreCard, one: Finding) -> Iterator[tuple[str, Any]]:
    if one.result in (Result.PASS, Result.NOT_APPLICABLE) and not of.inspection.occurrences:
        return
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
        "note": found.note,
    }
    return {**{key: value for key, value in told.items() if value}, "counted": one.counted}


def order(one: Order) -> Json:
    """Return one rectification order."""
    return {
        "unit": unit(one.unit),
        "visit": visit(one.inspection),
        "clauses": list(one.clauses),
        "subject": one.subject,
        "places": list(one.places),
        "text": one.text,
        "deadline": str(one.deadline),
        "due_at": None if one.due_at is None else one.due_at.isoformat(timespec="minutes"),
        "responsible": {"unit": one.responsible, "person": one.person},
        "severity": one.severity,
    }


def _value(value: object) -> str | None:
    if isinstance(value, Decimal):
        return plain(value)
    return "不适用" if isinstance(value, NotApplicable) else value if isinstance(value, str) else None


def _id(of: ScoreCard, number: int) -> str:
    return of.program.clause(number).card.id


def _score(score: Decimal | None) -> str | None:
    return None if score is None else f"{score:.2f}"


def _bounds(low: Decimal | None, high: Decimal | None) -> Json | None:
    return None if low is None or high is None else {"low": f"{low:.2f}", "high": f"{high:.2f}"}
