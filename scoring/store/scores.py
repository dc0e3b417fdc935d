"""Score a round from its own texts and visits, and keep what comes out: cards and standings of a new version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import add

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.errors import Problem
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.judge import card_line, standings
from scoring.judge.standing import Standing
from scoring.report.result_card import card as card_document
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.score import Assessment, Scorer
from scoring.store.extras import extras_of
from scoring.store.histories import Histories
from scoring.store.horizon import NOW, Horizon
from scoring.store.kept import FORM, digest_of, horizon_of, version_of
from scoring.store.outcomes import keep_outcomes
from scoring.store.past_rounds import earlier, lower
from scoring.store.rounds import Round, the_round
from scoring.store.schema import card, round_, standing
from scoring.store.schema import scored as scored_table
from scoring.store.standings import standing_text
from scoring.store.texts import scheme_of, standards_of
from scoring.store.visits import units_of, visit_numbers, visits_of
from scoring.store.waivers import excuses
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


def judge(
    connection: sa.Connection,
    name: str,
    *,
    calendar: Calendar,
    infer: Infer,
    horizon: Horizon | None = None,
    standards: Sequence[Standard] | None = None,
) -> Judged:
    """Score a round by its own texts, or by other ``standards``; nothing is written.

    By itself an open round is seen as it is now, a closed one as it was seen when it was last scored.
    """
    one = the_round(connection, name)
    seen = horizon or (NOW if one.open else horizon_of(connection, one))
    scheme = scheme_of(connection, one.scheme)
    assessment = scorer_of(connection, one, calendar=calendar, infer=infer, standards=standards).score(
        visits_of(connection, name, seen.own),
        history=Histories(connection, one, scheme, seen.rest),
        waived=excuses(connection, seen.rest),
    )
    found = standings(
        scheme,
        map(card_line, assessment.cards),
        extras_of(connection, name, seen.rest),
        lower(connection, one, scheme, seen),
        earlier(connection, one, scheme, seen.rest),
        units_of(connection, name, seen.own).values(),
        infer=infer,
    )
    return Judged(one, scheme, found, assessment)


def judged(
    connection: sa.Connection, name: str, *, calendar: Calendar, infer: Infer, horizon: Horizon | None = None
) -> Scored:
    """Score a round as ``judge`` does, with the digest of what it comes to."""
    found = judge(connection, name, calendar=calendar, infer=infer, horizon=horizon)
    return _digested(found, map(_card_text, found.assessment.cards), map(standing_text, found.standings))


def assessed(
    connection: sa.Connection,
    name: str,
    units: Collection[str] | None = None,
    *,
    calendar: Calendar,
    infer: Infer,
) -> Assessment:
    """Return the assessment of the visits of some units (编号), of all by itself, as a round's last scoring saw them."""
    one = version_of(connection, name)
    seen = horizon_of(connection, one)
    return scorer_of(connection, one, calendar=calendar, infer=infer).score(
        [visit for visit in visits_of(connection, name, seen.own) if units is None or visit.unit.id in units],
        history=Histories(connection, one, scheme_of(connection, one.scheme), seen.rest),
        waived=excuses(connection, seen.rest),
    )


def cards_again(
    connection: sa.Connection, name: str, units: Collection[str], *, calendar: Calendar, infer: Infer
) -> tuple[ScoreCard, ...]:
    """Return the cards of some units (编号) as they were when a round was last scored."""
    return assessed(connection, name, units, calendar=calendar, infer=infer).cards


def scorer_of(
    connection: sa.Connection,
    one: Round,
    *,
    calendar: Calendar,
    infer: Infer,
    standards: Sequence[Standard] | None = None,
) -> Scorer:
    """Return what scores the visits of a round: the standards its scheme uses, as they were kept, or some others."""
    used = {each.id for each in scheme_of(connection, one.scheme).standards}
    known = standards_of(connection, one.name) if standards is None else standards
    return Scorer([each for each in known if each.id in used], calendar=calendar, infer=infer)


def keep(connection: sa.Connection, found: Judged, seen: Horizon) -> Scored:
    """Keep a scoring, and how far it saw, as the round's next version; return it with the round as it is then."""
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
    made = {
        "round": name,
        "version": version,
        "own": seen.own,
        "rest": seen.rest,
        "below": seen.below,
        "sha256": scored.sha256,
        "form": FORM,
    }
    connection.execute(scored_table.insert().values(made))
    connection.execute(round_.update().where(round_.c.name == name).values(version=version))
    return replace(scored, round=replace(found.round, version=version))


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


def _card_text(one: ScoreCard) -> str:
    return canonical(card_document(one))


def _digested(found: Judged, cards: Iterable[str], standings: Iterable[str]) -> Scored:
    units = (each.unit.id for each in found.standings)
    sha = digest_of(cards, map(add, units, standings))
    return Scored(found.round, found.scheme, found.standings, found.assessment, sha)


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
