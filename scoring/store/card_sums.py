"""Kept cards added up for a comparison: read from what was published, so that nothing is judged again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa

from scoring.analysis.movement.card_sum import CardSum
from scoring.audit import Json
from scoring.compile.program import Law
from scoring.finding import Result
from scoring.inspection import Unit
from scoring.judge.standing import CardLine, Certainty
from scoring.points import ONE
from scoring.store.codec import inspectors_of, visit_of
from scoring.store.rounds import Round
from scoring.store.schema import card, visit


def card_sums(
    connection: sa.Connection, one: Round, units: Mapping[str, Unit], law: Law
) -> Iterator[CardSum]:
    """Yield the cards of some units, by 编号, of a round's version, in the order of visits; ``law`` is the round's own."""
    told = card.c.body.label("told")
    asked = sa.select(visit, card.c.standard, told).join(card, card.c.visit == visit.c.id)
    here = (card.c.round == one.name, card.c.version == one.version)
    order = (visit.c.unit, visit.c.date, visit.c.source, visit.c.inspectors, visit.c.number, card.c.standard)
    for row in connection.execute(asked.where(*here).order_by(*order)):
        if row.unit in units:
            yield _card_sum(units[row.unit], dict(row._mapping), law)


def _card_sum(unit: Unit, row: Mapping[str, Any], law: Law) -> CardSum:
    body = json.loads(row["told"])
    day = date.fromisoformat(row["date"])
    program = next(one for one in law.on(day) if one.standard.id == row["standard"])
    findings = body["findings"]
    return CardSum(
        _line(CardLine(
            unit, row["standard"], row["source"], day, row["number"], inspectors_of(row["inspectors"]),
            *_ends(body["bounds"]), _number(body["coverage"]), _certainty(body["vetoes"]),
            program.standard.veto_grade or "",
        ), body),
        partial(visit_of, unit, row),
        program,
        Decimal(body["applicable"]),
        {one["clause"]: Decimal(one["lost"]) for one in findings if one["lost"] != "0"},
        frozenset(one["clause"] for one in findings if one["result"] == Result.NOT_APPLICABLE.value),
        Decimal(body["bonus"]["low"] if body["bonus"] else 0),
        any("step" in one for one in findings),
    )  # fmt: skip


def _certainty(vetoes: Sequence[Json]) -> Certainty:
    return "certain" if any(one["certain"] for one in vetoes) else "possible" if vetoes else ""


def _line(line: CardLine, body: Json) -> CardLine:
    """Return a line with the one that it would be without 豁免, where there was any."""
    if "without_waivers" not in body:
        return line
    low, high = _ends(body["without_waivers"]["bounds"])
    # A card does not keep how far it was checked without its waivers; where it has bounds, something was.
    return replace(line, without=replace(line, low=low, high=high, coverage=line.coverage or ONE))


def _ends(bounds: Json | None) -> tuple[Decimal | None, Decimal | None]:
    return (None, None) if bounds is None else (Decimal(bounds["low"]), Decimal(bounds["high"]))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
