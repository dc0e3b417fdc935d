"""Values to canonical JSON text and back: what is stored is what was seen, so that a closed round can be scored again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import Any

from scoring.audit import Json, canonical
from scoring.grammar.deadline import read_deadline
from scoring.inspection import (
    NOT_APPLICABLE,
    Answer,
    Inspection,
    NotApplicable,
    NotChecked,
    Occurrence,
    Origin,
    Unit,
)
from scoring.rectify.lifecycle import OrderState, State


def unit_text(unit: Unit) -> str:
    """Return what the register says of a unit besides its id, name and 类别."""
    return canonical({"area": unit.area, "aliases": list(unit.aliases), "details": dict(unit.details)})


def unit_of(id: str, name: str, kind: str, text: str) -> Unit:
    """Return the unit that a row holds."""
    body = json.loads(text)
    return Unit(id, name, kind, body["area"], tuple(body["aliases"]), MappingProxyType(body["details"]))


def visit_text(seen: Inspection) -> str:
    """Return everything of a visit but who and when (the row's own columns) and where it was read from."""
    return canonical(
        {
            "answers": {name: _answer(answer) for name, answer in seen.answers.items()},
            "columns": sorted(seen.columns),
            "time": None if seen.time is None else seen.time.isoformat(),
            "places": {name: list(places) for name, places in seen.places.items()},
            "reasons": dict(seen.reasons),
            "occurrences": [_occurrence(one) for one in seen.occurrences],
            "signed": seen.blank_is_none,
            "note": seen.note,
            **_given("position", seen.position),
            **_given("submission", seen.submission),
        }
    )


def _given(name: str, text: str) -> dict[str, str]:
    """Return an entry only where there is something to say, so that what was kept before has the same digest."""
    return {name: text} if text else {}


def inspectors_of(text: str) -> tuple[str, ...]:
    """Return the inspectors that a row names."""
    return tuple(filter(None, text.split("、")))


def visit_of(unit: Unit, row: Mapping[str, Any]) -> Inspection:
    """Return the visit that a row of the table holds."""
    body = json.loads(row["body"])
    return Inspection(
        unit=unit,
        date=dt.date.fromisoformat(row["date"]),
        answers={intern(name): _read_answer(answer) for name, answer in body["answers"].items()},
        columns=_columns(tuple(body["columns"])),
        time=None if body["time"] is None else dt.time.fromisoformat(body["time"]),
        source=row["source"],
        inspectors=inspectors_of(row["inspectors"]),
        number=row["number"],
        places={name: tuple(places) for name, places in body["places"].items()},
        blank_is_none=body["signed"],
        note=body["note"],
        origin=Origin(),
        reasons=body["reasons"],
        occurrences=tuple(_read_occurrence(one) for one in body["occurrences"]),
        position=body.get("position", ""),
        submission=body.get("submission", ""),
    )


def submission_of(body: str) -> str:
    """Return the submission that told a stored visit, "" for one that a sheet did."""
    return str(json.loads(body).get("submission", "")) if '"submission"' in body else ""


def _occurrence(one: Occurrence) -> Json:
    size = None if one.size is None else str(one.size)
    return {
        "field": one.field,
        "place": one.place,
        "count": str(one.count),
        "size": size,
        "photo": one.photo,
        "note": one.note,
        **_given("position", one.position),
    }


def _read_occurrence(body: Json) -> Occurrence:
    size = None if body["size"] is None else Decimal(body["size"])
    return Occurrence(
        field=body["field"],
        place=body["place"],
        count=Decimal(body["count"]),
        size=size,
        photo=body["photo"],
        note=body["note"],
        position=body.get("position", ""),
    )


def _answer(answer: Answer) -> Json:
    if isinstance(answer, Decimal):
        return {"number": str(answer)}
    if isinstance(answer, NotChecked):
        return {"unchecked": answer.reason}
    return {"skipped": 1} if isinstance(answer, NotApplicable) else {"word": answer}


def _read_answer(body: Json) -> Answer:
    if "number" in body:
        return _number(body["number"])
    if "unchecked" in body:
        return NotChecked(body["unchecked"])
    return NOT_APPLICABLE if "skipped" in body else intern(body["word"])


# A round's visits are held all at once and say the same few names, numbers and columns: each is kept once.
@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal:
    return Decimal(text)


@lru_cache(maxsize=256)
def _columns(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(intern, names))


def life_text(life: OrderState) -> str:
    """Return where an order stands."""
    return canonical(
        {
            "deadline": str(life.deadline),
            "found_on": life.found_on.isoformat(),
            "found_at": None if life.found_at is None else life.found_at.isoformat(),
            "due_at": None if life.due_at is None else life.due_at.isoformat(),
            "person": life.person,
            "state": life.state.value,
            "redo": life.redo,
            "level": life.level,
            "replied_by": life.replied_by,
            "urged": dict(life.urged),
            **{name: _day(getattr(life, name)) for name in _DAYS},
        }
    )


_DAYS = ("served_on", "extended_until", "replied_on", "closed_on", "last_on")


def life_of(text: str) -> OrderState:
    """Return where an order stands, as a row holds it."""
    body = json.loads(text)
    days = {name: None if body[name] is None else dt.date.fromisoformat(body[name]) for name in _DAYS}
    return OrderState(
        deadline=read_deadline(body["deadline"]),
        found_on=dt.date.fromisoformat(body["found_on"]),
        found_at=None if body["found_at"] is None else dt.time.fromisoformat(body["found_at"]),
        due_at=None if body["due_at"] is None else dt.datetime.fromisoformat(body["due_at"]),
        person=body["person"],
        state=State(body["state"]),
        redo=body["redo"],
        level=body["level"],
        replied_by=body["replied_by"],
        urged=MappingProxyType(body["urged"]),
        **days,
    )


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """Return a text as it is digested."""
    return text.encode("utf-8", "surrogatepass")
