"""Orders and their steps to canonical JSON and back; where an order stands is in ``codec``."""

from __future__ import annotations

import datetime as dt
import json

from scoring.audit import Json, canonical
from scoring.inspection import Unit
from scoring.rectify.issued import FOUND_AGAIN, ISSUED, IssuedOrder, VisitKey
from scoring.rectify.lifecycle import Act, Move, OrderState
from scoring.rectify.reconcile import Again


def order_text(one: IssuedOrder) -> str:
    """Return everything that an order says but its number, round, unit and 检查项, and where it stands."""
    _, day, source, inspectors, nth = one.visit
    return canonical(
        {
            "found_on": day.isoformat(),
            "source": source,
            "inspectors": list(inspectors),
            "nth": nth,
            "places": list(one.places),
            "clauses": list(one.clauses),
            "problem": one.problem,
            "text": one.text,
            "responsible": one.responsible,
            "severity": one.severity,
            "photos": list(one.photos),
            "see": list(one.see),
        }
    )


def order_of(number: str, round: str, unit: Unit, subject: str, text: str, life: OrderState) -> IssuedOrder:
    """Return the order that a row holds, before any step."""
    body = json.loads(text)
    day = dt.date.fromisoformat(body["found_on"])
    return IssuedOrder(
        number=number,
        round=round,
        unit=unit,
        visit=(unit.id, day, body["source"], tuple(body["inspectors"]), body["nth"]),
        subject=subject,
        places=tuple(body["places"]),
        clauses=tuple(body["clauses"]),
        problem=body["problem"],
        text=body["text"],
        responsible=body["responsible"],
        severity=body["severity"],
        photos=tuple(body["photos"]),
        see=tuple(body["see"]),
        life=life,
    )


def move_body(move: Move) -> Json:
    """Return everything of a step."""
    until = None if move.until is None else move.until.isoformat()
    return _body(move.act.value, move.on, move.who) | {
        "note": move.note, "until": until, "to": move.to, "level": move.level, "evidence": list(move.evidence),
    }  # fmt: skip


def move_of(body: Json) -> Move:
    """Return the step that a row holds."""
    return Move(
        act=Act(body["act"]),
        on=dt.date.fromisoformat(body["on"]),
        who=body["who"],
        note=body["note"],
        until=None if body["until"] is None else dt.date.fromisoformat(body["until"]),
        to=body["to"],
        level=body["level"],
        evidence=tuple(body["evidence"]),
    )


def issue_body(on: dt.date, who: str) -> Json:
    """Return what 交办 says."""
    return _body(ISSUED, on, who)


def again_body(one: Again, who: str) -> Json:
    """Return what 再次发现 says: at which visit, where, and which order it has besides."""
    _, day, source, inspectors, nth = one.found.inspection.visit
    return _body(FOUND_AGAIN, day, who) | {
        "source": source, "inspectors": list(inspectors), "nth": nth, "places": list(one.found.places),
        "other": one.other,
    }  # fmt: skip


def visit_again(unit: str, body: Json) -> VisitKey:
    """Return the visit of a unit that found an order's trouble again."""
    return unit, dt.date.fromisoformat(body["on"]), body["source"], tuple(body["inspectors"]), body["nth"]


def _body(act: str, on: dt.date, who: str) -> Json:
    return {"act": act, "on": on.isoformat(), "who": who}
