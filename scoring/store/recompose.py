"""重新合成: a closed round put together anew after a 更正 of one it is made of; nothing else is seen differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.store.horizon import Horizon
from scoring.store.kept import Ranking, can_be_replayed, horizon_of, ranking
from scoring.store.past_rounds import rounds_within
from scoring.store.rounds import Round
from scoring.store.scores import Scored, judge, keep

RECOMPOSED = "重新合成"


@dataclass(frozen=True, slots=True)
class Recomposed:
    """A round before and after it was put together anew, and the rounds (by name) that were 更正 in between."""

    before: Ranking
    after: Scored
    corrected: tuple[str, ...]


def recompose(
    connection: sa.Connection, name: str, event: int, *, calendar: Calendar, infer: Infer
) -> Recomposed:
    """Keep a closed round's next version, made of the rounds it was made of as they now are.

    Raises ScoringError where it is still open, or none of them was put right since its last version.
    """
    before = ranking(connection, name)
    one, seen = before.round, horizon_of(connection, before.round)
    if one.open:
        hint = f"直接运行 chuangwei round score {name}"
        raise ScoringError([Problem(message=f"“{name}”还没结束，不用重新合成", hint=hint)])
    now = Horizon(event, seen.rest, event)
    versions = [
        {each.name: each.version for each in rounds_within(connection, one, before.scheme, then)}
        for then in (seen, now)
    ]
    corrected = tuple(name for name, version in versions[0].items() if versions[1][name] != version)
    if not corrected or not can_be_replayed(connection, one):
        raise ScoringError([_nothing_to_do(one, [*versions[0]])])
    found = judge(connection, name, calendar=calendar, infer=infer, horizon=now)
    return Recomposed(before, keep(connection, found, now), corrected)


def _nothing_to_do(one: Round, made_of: Sequence[str]) -> Problem:
    if not made_of:
        return Problem(message=f"“{one.name}”不是由别的轮次合成的", hint="自己的检查有错的，走申诉更正")
    hint = f"它由 {'、'.join(made_of)} 合成；先更正那一轮，再重新合成"
    return Problem(message=f"合成“{one.name}”的各轮，从它上一版以后没有更正过", hint=hint)
