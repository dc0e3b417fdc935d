"""Score a round from its own texts and visits, and keep what comes out: cards and standings of a new version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import add

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.judge import card_line, standings
from scoring.judge.standing import Standing
from scoring.report.result import card as card_document
from scoring.rule.scheme import Scheme
from scoring.score import Assessment, Scorer
from scoring.store.codec import digest
from scoring.store.extras import extras_of
from scoring.store.histories import Histories
from scoring.store.horizon import NOW, Horizon
from scoring.store.outcomes import keep_outcomes
from scoring.store.past_rounds import earlier, lower
from scoring.store.rounds import Round, the_round
from scoring.store.schema import card, round_, standing
from scoring.store.schema import scored as scored_table
from scoring.store.standings import standing_of, standing_text
from scoring.store.texts import scheme_of, standards_of
from scoring.store.visits import units_of, visit_numbers, visits_of
from scoring.tally import ScoreCard

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """What a round comes to by its own visits and texts."""

    round: Round
    scheme: Scheme
    standings: tuple[Standing, ...]
    assessment: Assessment

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what left units 未评."""
        return self.assessment.problems


@dataclass(frozen=True, slots=True)
class Scored(Judged):
    """The same with ``sha256``, the digest of every card and standing: the same for the same visits and texts."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was kept at a round's last scoring."""

    round: Round
    scheme: Scheme
    standings: tuple[Standing, ...]


def judge(
    connection: sa.Connection, name: str, *, calendar: Calendar, infer: Infer, horizon: Horizon | None = None
) -> Judged:
    """Score a round by its own texts; nothing is written.

    By itself an open round is seen as it is now, a closed one as it was seen when it was last scored.
    """
    one = the_round(connection, name)
    seen = horizon or (NOW if one.open else last_horizon(connection, one))
    scheme, standards = scheme_of(connection, one.scheme), standards_of(connection, name)
    used = {each.id for each in scheme.standards}
    scorer = Scorer([each for each in standards if each.id in used], calendar=calendar, infer=infer)
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
    )
    return Judged(one, scheme, found, assessment)


def judged(
    connection: sa.Connection, name: str, *, calendar: Calendar, infer: Infer, horizon: Horizon | None = None
) -> Scored:
    """Score a round as ``judge`` does, with the digest of what it comes to."""
    found = judge(connection, name, calendar=calendar, infer=infer, horizon=horizon)
    return _digested(found, map(_card_text, found.assessment.cards), map(standing_text, found.standings))


def last_horizon(connection: sa.Connection, one: Round) -> Horizon:
    """Return how far the last scoring of a round saw."""
    row = connection.execute(
        sa.select(scored_table).where(scored_table.c.round == one.name, scored_table.c.version == one.version)
    ).one()
    return Horizon(row.own, row.rest)


def keep(connection: sa.Connection, found: Judged, seen: Horizon) -> Scored:
    """Keep a scoring, and how far it saw, as the round's next version."""
    name, version = found.round.name, found.round.version + 1
    texts = [standing_text(each) for each in found.standings]
    numbers = visit_numbers(connection, name, seen.own)
    scored = _digested(found, _kept_cards(connection, found, numbers), texts)
    rows = [
        {"round": name, "version": version, "unit": each.unit.id, "standard": each.standard, "low": _text(each.low),
         "high": _text(each.high), "rank": each.rank, "grade": each.grade, "body": text}
        for each, text in zip(found.standings, texts, strict=True)
    ]  # fmt: skip
    if rows:
        connection.execute(standing.insert(), rows)
    keep_outcomes(connection, name, version, found.assessment.cards)
    made = {"round": name, "version": version, "own": seen.own, "rest": seen.rest, "sha256": scored.sha256}
    connection.execute(scored_table.insert().values(made))
    connection.execute(round_.update().where(round_.c.name == name).values(version=version))
    return scored


def _kept_cards(connection: sa.Connection, found: Judged, numbers: Mapping[object, int]) -> Iterator[str]:
    """Keep every card and yield its text; only some texts are held at a time, for together they are large."""
    name, version, cards = found.round.name, found.round.version + 1, found.assessment.cards
    for start in range(0, len(cards), _CHUNK):
        some = cards[start : start + _CHUNK]
        texts = [_card_text(each) for each in some]
        rows = [
            {"round": name, "version": version, "visit": numbers[each.inspection.visit], "standard": each.program.standard.id,
             "unit": each.inspection.unit.id, "low": _text(each.low), "high": _text(each.high), "body": text}
            for each, text in zip(some, texts, strict=True)
        ]  # fmt: skip
        connection.execute(card.insert(), rows)
        yield from texts


def kept_digest(connection: sa.Connection, name: str) -> str:
    """Return the digest of the cards and standings that are kept as a round's last version."""
    one = the_round(connection, name)
    asked = sa.select(card.c.body).where(card.c.round == name, card.c.version == one.version)
    texts = connection.execute(asked, execution_options={"yield_per": _CHUNK}).scalars()
    kept = _kept(connection, one)
    return _digest(texts, (each.unit.id + standing_text(each) for each in kept))


def ranking(connection: sa.Connection, name: str) -> Ranking:
    """Return what was kept at a round's last scoring, in the order of ranks.

    Raises ScoringError where it was never scored.
    """
    one = the_round(connection, name)
    if not one.version:
        raise ScoringError(
            [Problem(message=f"“{name}”还没有评分", hint=f"先运行 chuangwei round score {name}")]
        )
    scheme = scheme_of(connection, one.scheme)
    order = {used.id: place for place, used in enumerate(scheme.standards)}
    found = sorted(
        _kept(connection, one),
        key=lambda each: (
            order.get(each.standard, -1), each.standard, each.group, each.rank is None, each.rank or 0, each.unit.id,
        ),
    )  # fmt: skip
    return Ranking(one, scheme, tuple(found))


def _kept(connection: sa.Connection, one: Round) -> list[Standing]:
    units = units_of(connection, one.name)
    asked = sa.select(standing.c.unit, standing.c.body).where(
        standing.c.round == one.name, standing.c.version == one.version
    )
    return [standing_of(units[row.unit], row.body) for row in connection.execute(asked)]


def _card_text(one: ScoreCard) -> str:
    return canonical(card_document(one))


def _digested(found: Judged, cards: Iterable[str], rows: Iterable[str]) -> Scored:
    ids = (each.unit.id for each in found.standings)
    sha = _digest(cards, map(add, ids, rows))
    return Scored(found.round, found.scheme, found.standings, found.assessment, sha)


def _digest(cards: Iterable[str], kept: Iterable[str]) -> str:
    """Return the digest of the digests of cards and standings, whatever their order."""
    return digest("\n".join([*sorted(map(digest, cards)), *sorted(map(digest, kept))]))


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
