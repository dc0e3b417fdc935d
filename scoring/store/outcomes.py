"""What each clause came to at a unit in a round: what later rounds need of this one, kept small."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from scoring.audit import canonical
from scoring.finding import Result
from scoring.history.past import PastFinding
from scoring.store.rounds import Round
from scoring.store.schema import outcome
from scoring.tally import ScoreCard

_CHECKED, _FAILED = (Result.PASS, Result.FAIL), Result.FAIL.value


def keep_outcomes(connection: sa.Connection, round: str, version: int, cards: Iterable[ScoreCard]) -> None:
    """Keep, of a round's cards, each clause that was checked: not passed if any visit failed it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in cards:
        own = found[one.inspection.unit.id]
        for finding in one.findings:
            if finding.result in _CHECKED:
                clause = one.program.clause(finding.clause).card.id
                if own.get(clause) != _FAILED:
                    own[clause] = finding.result.value
    rows = [
        {"round": round, "version": version, "unit": unit, "body": canonical(own)}
        for unit, own in found.items()
    ]
    if rows:
        connection.execute(outcome.insert(), rows)


def past_findings(connection: sa.Connection, one: Round) -> Iterator[tuple[str, PastFinding]]:
    """Yield (unit, finding) for every clause that was checked in a round's version."""
    asked = sa.select(outcome.c.unit, outcome.c.body).where(
        outcome.c.round == one.name, outcome.c.version == one.version
    )
    for row in connection.execute(asked):
        for clause, result in json.loads(row.body).items():
            yield row.unit, PastFinding(one.starts, one.name, clause, Result(result))
