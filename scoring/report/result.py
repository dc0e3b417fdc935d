"""The result as one JSON document, ``chuangwei/score/1`` (docs/schema/score-1.schema.json).

Scores are decimal strings with two places, other points as short as they are exact. The document says nothing of file
names, row numbers or the engine: the same visits give the same bytes however they were typed and inferred. Where a
visit was read from stands in ``problems`` when something is wrong with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from scoring.explain.ledger import points_note
from scoring.rectify.orders import Order
from scoring.report.json_file import json_text
from scoring.report.result_card import Json, bounds, card, score, unit, visit
from scoring.round import Group, UnitScore, groups
from scoring.rule.standard import Standard
from scoring.score import Assessment

SCHEMA = "chuangwei/score/1"


def to_json(assessment: Assessment) -> str:
    """Return the document as text, ending in a line break."""
    return json_text(document(assessment))


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


def unit_score(one: UnitScore) -> Json:
    """Return a unit's mean over its visits, its grade and rank."""
    return {
        "unit": unit(one.unit),
        "standard": one.standard.id,
        "score": score(one.score),
        "bounds": bounds(one.low, one.high),
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
        "mean": score(one.mean),
    }


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
