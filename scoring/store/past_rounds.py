"""What earlier and shorter rounds came to, as a later one sees them: only closed ones count, by the version seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from scoring.judge.appeal import COMPOSED
from scoring.judge.honours import Earlier
from scoring.judge.line import lower_score
from scoring.judge.standing import LowerScore
from scoring.rule.scheme import Scheme
from scoring.store.horizon import Horizon
from scoring.store.kept import horizon_of
from scoring.store.rounds import Round, rounds
from scoring.store.schema import rule_text, scored, standing
from scoring.store.standings import standing_of
from scoring.store.texts import SCHEME, scheme_of
from scoring.store.visits import units_of


def closed_by(connection: sa.Connection, event: int, put_right: int | None = None) -> Iterator[Round]:
    """Yield the rounds that an event saw closed, the earliest first, each in its last version then, or by ``put_right``."""
    last = event if put_right is None else put_right
    asked = sa.select(scored.c.round, sa.func.max(scored.c.version)).where(scored.c.own <= last)
    versions = {row[0]: row[1] for row in connection.execute(asked.group_by(scored.c.round))}
    for one in rounds(connection):
        if one.closed is not None and one.closed <= event:
            yield replace(one, version=versions[one.name])


def rounds_before(connection: sa.Connection, one: Round, scheme: Scheme, event: int) -> list[Round]:
    """Return the closed rounds before a round of the same period and of a scheme of the same 编号, the earliest first."""
    asked = sa.select(rule_text.c.sha256).where(rule_text.c.kind == SCHEME, rule_text.c.id == scheme.id)
    alike = set(connection.execute(asked).scalars())
    return [
        each
        for each in closed_by(connection, event)
        if each.ends < one.starts and each.period == one.period and each.scheme in alike
    ]


def lower(connection: sa.Connection, one: Round, scheme: Scheme, seen: Horizon) -> Iterable[LowerScore]:
    """Yield what units came to in the closed rounds that lie within a round and that its scheme takes in (组成)."""
    for below in rounds_within(connection, one, scheme, seen):
        units = units_of(connection, below.name)
        for row in _kept(connection, below):
            yield lower_score(standing_of(units[row.unit], row.body), below.name, below.period, below.ends)


def rounds_within(connection: sa.Connection, one: Round, scheme: Scheme, seen: Horizon) -> list[Round]:
    """Return the closed rounds that lie within a round and that its scheme takes in (组成), the earliest first."""
    return [
        below
        for below in closed_by(connection, seen.rest, seen.below)
        if below.name != one.name
        and one.starts <= below.starts
        and below.ends <= one.ends
        and scheme.takes(below.name, below.period)
    ]


def resting_on(connection: sa.Connection, name: str) -> Iterator[tuple[str, str]]:
    """Yield (round, how) for each closed round that saw a round of a name when it was scored: what it came to stays."""
    for one in rounds(connection):
        if one.open or one.name == name:
            continue
        scheme, seen = scheme_of(connection, one.scheme), horizon_of(connection, one)
        if name in (below.name for below in rounds_within(connection, one, scheme, seen)):
            yield one.name, COMPOSED
        elif looks_back(scheme) and name in (
            before.name for before in rounds_before(connection, one, scheme, seen.rest)
        ):
            yield one.name, "重复、连续按本轮结果算"


def looks_back(scheme: Scheme) -> bool:
    """Return whether anything of a round depends on the rounds of the same kind before it."""
    streaks = any(one.streak is not None and one.rounds is None for one in scheme.honours)
    return streaks or asks_history(scheme)


def asks_history(scheme: Scheme) -> bool:
    """Return whether a scheme judges a visit by what its unit did before."""
    return bool(scheme.ladder or scheme.doubled or scheme.escalations)


def earlier(connection: sa.Connection, one: Round, scheme: Scheme, event: int) -> Earlier:
    """Return what each unit won in the rounds before, the newest last; () for a round that passed it by."""
    before = rounds_before(connection, one, scheme, event)
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for place, each in enumerate(before):
        units = units_of(connection, each.name)
        for row in _kept(connection, each):
            won = found.setdefault((row.unit, row.standard), [()] * len(before))
            won[place] = standing_of(units[row.unit], row.body).won
    return {key: tuple(won) for key, won in found.items()}


def _kept(connection: sa.Connection, one: Round) -> Iterable[sa.Row[tuple[str, str, str]]]:
    asked = sa.select(standing.c.unit, standing.c.standard, standing.c.body)
    return connection.execute(asked.where(standing.c.round == one.name, standing.c.version == one.version))
