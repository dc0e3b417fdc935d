"""What was kept of a round's scorings, read back version by version as it was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import sqlalchemy as sa

from scoring.audit import Json
from scoring.errors import Problem, ScoringError
from scoring.judge.ranking import in_order
from scoring.judge.standing import Standing
from scoring.rule.scheme import Scheme
from scoring.store.codec import encoded
from scoring.store.horizon import Horizon
from scoring.store.rounds import Round, the_round
from scoring.store.schema import card, scored, standing
from scoring.store.standings import standing_of
from scoring.store.texts import scheme_of
from scoring.store.visits import units_of

FIRST_FORM, FORM = 1, 2  # how standings are written: before a scoring said how far it saw, and now


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was kept as a version of a round, its last by itself."""

    round: Round
    scheme: Scheme
    standings: tuple[Standing, ...]


def version_of(connection: sa.Connection, name: str, version: int | None = None) -> Round:
    """Return a round as it was at one of its scorings, the last by itself.

    Raises ScoringError where it was never scored, or has no such version.
    """
    one = the_round(connection, name)
    if not one.version:
        raise ScoringError(
            [Problem(message=f"“{name}”还没有评分", hint=f"先运行 chuangwei round score {name}")]
        )
    if version is not None and not 1 <= version <= one.version:
        raise ScoringError(
            [Problem(message=f"“{name}”没有第{version}版", hint=f"有第1版到第{one.version}版")]
        )
    return replace(one, version=version or one.version)


def horizon_of(connection: sa.Connection, one: Round) -> Horizon:
    """Return how far the scoring saw that made a round's version."""
    row = _scoring(connection, one)
    return Horizon(row.own, row.rest, row.rest if row.below is None else row.below)


def can_be_replayed(connection: sa.Connection, one: Round) -> bool:
    """Return whether a version was kept with all that is needed to make it again."""
    return bool(_scoring(connection, one).form != FIRST_FORM)


def scored_digest(connection: sa.Connection, one: Round) -> str:
    """Return the digest of a round's version as its scoring found it."""
    return str(_scoring(connection, one).sha256)


def _scoring(connection: sa.Connection, one: Round) -> sa.Row[Any]:
    asked = sa.select(scored).where(scored.c.round == one.name, scored.c.version == one.version)
    return connection.execute(asked).one()


def version_by(connection: sa.Connection, name: str, event: int) -> int:
    """Return the version of a round that was its last at an event."""
    asked = sa.select(sa.func.max(scored.c.version)).where(scored.c.round == name, scored.c.own <= event)
    return int(connection.execute(asked).scalar_one())


def kept_digest(connection: sa.Connection, one: Round) -> str:
    """Return the digest of the cards and standings that are kept as a round's version."""
    asked = sa.select(card.c.body).where(card.c.round == one.name, card.c.version == one.version)
    rows = connection.execute(_standings(one))
    own = (row.body if not can_be_replayed(connection, one) else row.unit + row.body for row in rows)
    return digest_of(connection.execute(asked).scalars(), own)


def digest_of(cards: Iterable[str], standings: Iterable[str]) -> str:
    """Return the digest of cards and standings, whatever their order: that of their sorted texts, one a line.

    Encoded, texts sort as they do by themselves, and take half the memory; one text of them all is never made.
    """
    whole = hashlib.sha256()
    between = b""
    for line in chain(sorted(map(encoded, cards)), sorted(map(encoded, standings))):
        whole.update(between + line)
        between = b"\n"
    return whole.hexdigest()


def ranking(connection: sa.Connection, name: str, version: int | None = None) -> Ranking:
    """Return what was kept as a round's version, in the order of ranks.

    Raises ScoringError where there is none.
    """
    one = version_of(connection, name, version)
    scheme = scheme_of(connection, one.scheme)
    return Ranking(one, scheme, tuple(in_order(scheme, standings_of(connection, one))))


def standings_of(connection: sa.Connection, one: Round) -> tuple[Standing, ...]:
    """Return the standings that are kept of a round's version."""
    units = units_of(connection, one.name)
    return tuple(standing_of(units[row.unit], row.body) for row in connection.execute(_standings(one)))


def _standings(one: Round) -> sa.Select[tuple[str, str]]:
    asked = sa.select(standing.c.unit, standing.c.body)
    return asked.where(standing.c.round == one.name, standing.c.version == one.version)


def cards_kept(connection: sa.Connection, one: Round, unit: str) -> list[tuple[int, Json]]:
    """Return (number of the visit, document) for each card of a unit in a round's version, by visit and standard."""
    asked = sa.select(card.c.visit, card.c.body).where(
        card.c.round == one.name, card.c.version == one.version, card.c.unit == unit
    )
    rows = connection.execute(asked.order_by(card.c.visit, card.c.standard))
    return [(row.visit, json.loads(row.body)) for row in rows]
