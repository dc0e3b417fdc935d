"""更正: a corrected visit in the place of the recorded one, and the round scored anew with nothing else seen differently."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.inspection import Inspection
from scoring.report.result_card import card as card_document
from scoring.store import visits
from scoring.store.kept import horizon_of
from scoring.store.rounds import Round
from scoring.store.schema import card, visit
from scoring.store.scores import Judged, Scored, judge, keep, scorer_of


def amend(
    connection: sa.Connection,
    one: Round,
    old: int,
    corrected: Inspection,
    event: int,
    *,
    calendar: Calendar,
    infer: Infer,
) -> Scored | None:
    """Put a corrected visit in the place of a stored one and keep the round's next version, as ``Scored`` has it.

    The version sees what the last one saw, and this visit as it is right. None where the round was never scored: then
    only the visit changes. Raises ScoringError where the corrected visit does not fit its standards, where visits came
    since the last scoring, or where another unit's card would not come out as it was kept.
    """
    if one.version:
        _nothing_new(connection, one)
    list(scorer_of(connection, one, calendar=calendar, infer=infer).cards(corrected))
    visits.amend(connection, one.name, old, corrected, event)
    if not one.version:
        return None
    seen = replace(horizon_of(connection, one), own=event)
    found = judge(connection, one.name, calendar=calendar, infer=infer, horizon=seen)
    _nothing_else_moved(connection, found, old, corrected)
    return keep(connection, found, seen)


def _nothing_new(connection: sa.Connection, one: Round) -> None:
    """Raise ScoringError where visits came or were replaced since the last scoring: they would move scores too."""
    seen = horizon_of(connection, one).own
    later = sa.select(visit.c.id).where(
        visit.c.round == one.name, sa.or_(visit.c.event > seen, visit.c.ended > seen)
    )
    if connection.execute(later).first():
        hint = f"先运行 chuangwei round score {one.name}，再裁定"
        raise ScoringError([Problem(message=f"“{one.name}”评分以后又导入了检查", hint=hint)])


def _nothing_else_moved(connection: sa.Connection, found: Judged, old: int, corrected: Inspection) -> None:
    """Raise ScoringError where a card of any other visit is not as it was kept: something was changed past the program."""
    own, one = corrected.unit.id, found.round
    asked = sa.select(card.c.unit, card.c.body).where(
        card.c.round == one.name, card.c.version == one.version, card.c.visit != old
    )
    before = {(row.unit, row.body) for row in connection.execute(asked)}
    after = {
        (each.inspection.unit.id, canonical(card_document(each)))
        for each in found.assessment.cards
        if each.inspection.visit != corrected.visit
    }
    # A unit that was 未评 because of this very visit now gets the cards of its other visits too.
    if before - after or any(unit != own for unit, _ in after - before):
        message = f"“{one.name}”里没有申诉的检查，现在算出的也与存下的不同"
        raise ScoringError([Problem(message=message, hint="先运行 chuangwei audit verify 核对")])
