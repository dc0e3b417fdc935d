"""更正说明 read back from what is kept: the two versions of a round that a 更正 stands between."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from scoring.explain.amendment import Version, amendment_lines
from scoring.judge.appeal import Appeal, Decision, Ruling
from scoring.store.appeals import appeals
from scoring.store.kept import cards_kept, ranking, version_of
from scoring.store.rounds import the_round
from scoring.store.schema import appeal
from scoring.store.schema import visit as visit_table
from scoring.store.texts import scheme_of


def amendments(connection: sa.Connection, round: str) -> Iterator[tuple[str, ...]]:
    """Yield the 更正说明 of each 更正 that changed what a round had come to, the earliest appeal first."""
    for one in appeals(connection, appeal.c.round == round):
        decision = one.decision
        if decision and decision.ruling is Ruling.AMENDED and decision.version is not None:
            yield amended(connection, one, decision)


def amended(connection: sa.Connection, one: Appeal, decision: Decision) -> tuple[str, ...]:
    """Return the 更正说明 of a decided appeal line by line."""
    scheme = scheme_of(connection, the_round(connection, one.round).scheme)
    return tuple(amendment_lines(one, decision, scheme, *_versions(connection, one, decision)))


def _versions(
    connection: sa.Connection, one: Appeal, decision: Decision
) -> tuple[Version | None, Version | None]:
    """Return the versions of a round before and after a 更正."""
    if decision.version is None:
        return None, None
    asked = sa.select(visit_table.c.id).join(appeal, appeal.c.decided == visit_table.c.event)
    new = connection.execute(asked.where(appeal.c.id == one.number)).scalar_one()
    old = connection.execute(sa.select(visit_table.c.id).where(visit_table.c.replaced_by == new)).scalar_one()
    numbers = (decision.version - 1, old), (decision.version, new)
    before, after = (_version(connection, one, *number) for number in numbers)
    return before, after


def _version(connection: sa.Connection, one: Appeal, number: int, visit: int) -> Version:
    kept = cards_kept(connection, version_of(connection, one.round, number), one.unit.id)
    own = tuple(document for each, document in kept if each == visit)
    return Version(ranking(connection, one.round, number).standings, own)
