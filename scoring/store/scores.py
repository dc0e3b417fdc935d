"""Score a round from its own texts and visits, and keep what comes out: cards and standings of a new version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.errors import Problem
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.judge import card_line, standings
from scoring.judge.honours import Earlier
from scoring.judge.standing import ExtraPoints, LowerScore, Standing
from scoring.report.result_card import card as card_document
from scoring.rule.scheme import Scheme
from scoring.score import Assessment, Scorer
from scoring.store.codec import digest
from scoring.store.rounds import Round, rounds, the_round
from scoring.store.schema import card, extra, round_, standing
from scoring.store.texts import scheme_of, standards_of
from scoring.store.visits import units_of, visits_of


@dataclass(frozen=True, slots=True)
class Scored:
    """What a scoring comes to; ``sha256`` is the digest of every card and standing, the same for the same visits and texts."""

    round: Round
    scheme: Scheme
    standings: tuple[Standing, ...]
    assessment: Assessment
    sha256: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what left units 未评."""
        return self.assessment.problems


def judged(connection: sa.Connection, name: str, *, calendar: Calendar, infer: Infer) -> Scored:
    """Score a round's visits by its own texts; nothing is written, and the same is found whenever it is asked."""
    one = the_round(connection, name)
    scheme, standards = scheme_of(connection, one.scheme), standards_of(connection, name)
    used = {each.id for each in scheme.standards}
    scorer = Scorer([each for each in standards if each.id in used], calendar=calendar, infer=infer)
    numbered = visits_of(connection, name)
    assessment = scorer.score([visit for _, visit in numbered])
    found = standings(
        scheme,
        map(card_line, assessment.cards),
        _extras(connection, name),
        _lower(connection, one, scheme),
        _earlier(connection, one),
        units_of(connection, name).values(),
    )
    sha = _digest((canonical(card_document(each)) for each in assessment.cards), map(_standing_text, found))
    return Scored(one, scheme, found, assessment, sha)


def keep(connection: sa.Connection, scored: Scored) -> int:
    """Keep a scoring as the round's next version; return its number."""
    name, version = scored.round.name, scored.round.version + 1
    numbers = {visit.visit: number for number, visit in visits_of(connection, name)}
    cards = [
        {"round": name, "version": version, "visit": numbers[each.inspection.visit], "standard": each.program.standard.id,
         "unit": each.inspection.unit.id, "low": _text(each.low), "high": _text(each.high), "body": canonical(card_document(each))}
        for each in scored.assessment.cards
    ]  # fmt: skip
    if cards:
        connection.execute(card.insert(), cards)
    rows = [
        {"round": name, "version": version, "unit": each.unit.id, "standard": each.standard, "low": _text(each.low),
         "high": _text(each.high), "rank": each.rank, "grade": each.grade, "body": _standing_text(each)}
        for each in scored.standings
    ]  # fmt: skip
    if rows:
        connection.execute(standing.insert(), rows)
    connection.execute(round_.update().where(round_.c.name == name).values(version=version))
    return version


def kept_digest(connection: sa.Connection, name: str) -> str:
    """Return the digest of the cards and standings that are kept as a round's last version."""
    one = the_round(connection, name)
    asked = sa.select(card.c.body).where(card.c.round == name, card.c.version == one.version)
    return _digest(connection.execute(asked).scalars(), (row.body for row in _kept(connection, one)))


def _digest(cards: Iterable[str], kept: Iterable[str]) -> str:
    """Return the digest of cards and standings, whatever their order."""
    return digest("\n".join([*sorted(cards), *sorted(kept)]))


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _standing_text(one: Standing) -> str:
    return canonical(
        {
            "unit": one.unit.id,
            "standard": one.standard,
            "group": list(one.group),
            "low": _text(one.low),
            "high": _text(one.high),
            "grade": one.grade,
            "rank": one.rank,
            "unranked": one.unranked,
            "extra": str(one.extra),
            "honours": list(one.honours),
            "awards": [[prize.name, str(prize.amount)] for prize in one.awards],
            "coverage": _text(one.coverage),
            "won": list(one.won),
        }
    )


def _extras(connection: sa.Connection, name: str) -> Iterable[ExtraPoints]:
    rows = connection.execute(sa.select(extra).where(extra.c.round == name).order_by(extra.c.id))
    return [ExtraPoints(row.unit, row.standard, Decimal(row.points), row.reason, row.who) for row in rows]


def _kept(connection: sa.Connection, one: Round) -> list[Any]:
    asked = sa.select(standing).where(standing.c.round == one.name, standing.c.version == one.version)
    return list(connection.execute(asked.order_by(standing.c.unit, standing.c.standard)))


def _lower(connection: sa.Connection, one: Round, scheme: Scheme) -> Iterable[LowerScore]:
    """Yield the closed rounds that lie within a round and that its scheme takes in (组成)."""
    for below in rounds(connection):
        inside = one.starts <= below.starts and below.ends <= one.ends
        if below.open or not inside or not scheme.takes(below.name, below.period):
            continue
        units = units_of(connection, below.name)
        for row in _kept(connection, below):
            body = json.loads(row.body)
            yield LowerScore(
                units[row.unit], row.standard, below.name, below.period, below.ends,
                None if row.low is None else Decimal(row.low), None if row.high is None else Decimal(row.high),
                tuple(body["won"]),
            )  # fmt: skip


def _earlier(connection: sa.Connection, one: Round) -> Earlier:
    """Return what each unit won in the closed rounds before of the same scheme's 编号 and period, the newest last."""
    before = [
        each
        for each in rounds(connection)
        if not each.open and each.ends < one.starts and each.period == one.period
    ]
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for place, each in enumerate(before):
        for row in _kept(connection, each):
            won = found.setdefault((row.unit, row.standard), [])
            won += [()] * (place - len(won))
            won.append(tuple(json.loads(row.body)["won"]))
    return {key: tuple(won + [()] * (len(before) - len(won))) for key, won in found.items()}
