"""Score a round from its own texts and visits, and keep what comes out: cards and standings of a new version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.errors import Problem
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.judge import card_line, standings
from scoring.judge.standing import Standing
from scoring.report.result import card as card_document
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.score import Assessment, Scorer
from scoring.store.codec import digest
from scoring.store.extras import extras_of
from scoring.store.histories import Histories
from scoring.store.horizon import NOW, Horizon
from scoring.store.outcomes import keep_outcomes
from scoring.store.past_rounds import earlier, lower
from scoring.store.rounds import Round, scored_round, the_round
from scoring.store.schema import card, round_, standing
from scoring.store.schema import scored as scored_table
from scoring.store.standings import standing_of, standing_text
from scoring.store.texts import scheme_of, standards_of
from scoring.store.visits import units_of, visit_numbers, visits_of
from scoring.tally import ScoreCard


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


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was kept at a round's last scoring."""

    round: Round
    scheme: Scheme
    standings: tuple[Standing, ...]


def judged(
    connection: sa.Connection,
    name: str,
    *,
    calendar: Calendar,
    infer: Infer,
    horizon: Horizon | None = None,
    standards: Sequence[Standard] | None = None,
) -> Scored:
    """Score a round by its own texts, or by other ``standards``; nothing is written.

    By itself an open round is seen as it is now, a closed one as it was seen when it was last scored.
    """
    one = the_round(connection, name)
    seen = horizon or (NOW if one.open else last_horizon(connection, one))
    scheme = scheme_of(connection, one.scheme)
    scorer = _scorer(connection, one, scheme, calendar, infer, standards)
    assessment = scorer.score(
        visits_of(connection, name, seen.own), history=Histories(connection, one, scheme, seen.rest)
    )
    found = standings(
        scheme,
        map(card_line, assessment.cards),
        extras_of(connection, name, seen.rest),
        lower(connection, one, scheme, seen.rest),
        earlier(connection, one, scheme, seen.rest),
        units_of(connection, name).values(),
        infer=infer,
    )
    sha = _digest((canonical(card_document(each)) for each in assessment.cards), map(_row_text, found))
    return Scored(one, scheme, found, assessment, sha)


def cards_again(
    connection: sa.Connection, name: str, units: Collection[str], *, calendar: Calendar, infer: Infer
) -> tuple[ScoreCard, ...]:
    """Return the cards of some units (编号) as they were when a round was last scored."""
    one = the_round(connection, name)
    seen, scheme = last_horizon(connection, one), scheme_of(connection, one.scheme)
    scorer = _scorer(connection, one, scheme, calendar, infer)
    history = Histories(connection, one, scheme, seen.rest)
    visits = [visit for visit in visits_of(connection, name, seen.own) if visit.unit.id in units]
    return scorer.score(visits, history=history).cards


def _scorer(
    connection: sa.Connection,
    one: Round,
    scheme: Scheme,
    calendar: Calendar,
    infer: Infer,
    standards: Sequence[Standard] | None = None,
) -> Scorer:
    used = {each.id for each in scheme.standards}
    known = standards_of(connection, one.name) if standards is None else standards
    return Scorer([each for each in known if each.id in used], calendar=calendar, infer=infer)


def last_horizon(connection: sa.Connection, one: Round) -> Horizon:
    """Return how far the last scoring of a round saw."""
    row = connection.execute(
        sa.select(scored_table).where(scored_table.c.round == one.name, scored_table.c.version == one.version)
    ).one()
    return Horizon(row.own, row.rest)


def keep(connection: sa.Connection, scored: Scored, seen: Horizon) -> int:
    """Keep a scoring, and how far it saw, as the round's next version; return its number."""
    name, version = scored.round.name, scored.round.version + 1
    numbers = visit_numbers(connection, name, seen.own)
    cards = [
        {"round": name, "version": version, "visit": numbers[each.inspection.visit], "standard": each.program.standard.id,
         "unit": each.inspection.unit.id, "low": _text(each.low), "high": _text(each.high), "body": canonical(card_document(each))}
        for each in scored.assessment.cards
    ]  # fmt: skip
    if cards:
        connection.execute(card.insert(), cards)
    rows = [
        {"round": name, "version": version, "unit": each.unit.id, "standard": each.standard, "low": _text(each.low),
         "high": _text(each.high), "rank": each.rank, "grade": each.grade, "body": standing_text(each)}
        for each in scored.standings
    ]  # fmt: skip
    if rows:
        connection.execute(standing.insert(), rows)
    keep_outcomes(connection, name, version, scored.assessment.cards)
    made = {"round": name, "version": version, "own": seen.own, "rest": seen.rest, "sha256": scored.sha256}
    connection.execute(scored_table.insert().values(made))
    connection.execute(round_.update().where(round_.c.name == name).values(version=version))
    return version


def kept_digest(connection: sa.Connection, name: str) -> str:
    """Return the digest of the cards and standings that are kept as a round's last version."""
    one = the_round(connection, name)
    asked = sa.select(card.c.body).where(card.c.round == name, card.c.version == one.version)
    return _digest(connection.execute(asked).scalars(), map(_row_text, standings_of(connection, one)))


def ranking(connection: sa.Connection, name: str) -> Ranking:
    """Return what was kept at a round's last scoring, in the order of ranks.

    Raises ScoringError where it was never scored.
    """
    one = scored_round(connection, name)
    scheme = scheme_of(connection, one.scheme)
    order = {used.id: place for place, used in enumerate(scheme.standards)}
    found = sorted(
        standings_of(connection, one),
        key=lambda each: (
            order.get(each.standard, -1), each.standard, each.group, each.rank is None, each.rank or 0, each.unit.id,
        ),
    )  # fmt: skip
    return Ranking(one, scheme, tuple(found))


def standings_of(connection: sa.Connection, one: Round) -> tuple[Standing, ...]:
    """Return the standings that are kept of a round's version."""
    units = units_of(connection, one.name)
    asked = sa.select(standing.c.unit, standing.c.body).where(
        standing.c.round == one.name, standing.c.version == one.version
    )
    return tuple(standing_of(units[row.unit], row.body) for row in connection.execute(asked))


def _row_text(one: Standing) -> str:
    return one.unit.id + standing_text(one)


def _digest(cards: Iterable[str], kept: Iterable[str]) -> str:
    """Return the digest of cards and standings, whatever their order."""
    return digest("\n".join([*sorted(cards), *sorted(kept)]))


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
