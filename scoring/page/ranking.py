"""The ranking of each group: rank, score, grade, the change since the last earlier round, honours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.errors import visible
from scoring.judge.standing import Standing
from scoring.page.peers import anchors_of, tones_of
from scoring.page.summary import UNDECIDED
from scoring.points import plain, span
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, climbed, gained


@dataclass(frozen=True, slots=True)
class RankRow:
    """One unit in its ranking; ``rank`` is — for one without, then ``note`` says why.

    ``moved`` is how its rank changed since the round before, ``gained`` its score; both are empty where one of the two
    rounds says nothing. ``direction`` is ``up``, ``down`` or "".
    """

    anchor: str
    id: str
    name: str
    rank: str
    score: str
    grade: str
    tone: str
    moved: str
    direction: str
    gained: str
    honours: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of one group; ``before`` is the name of the round it is compared with, "" where there is none."""

    name: str
    before: str
    rows: tuple[RankRow, ...]

    @property
    def noted(self) -> bool:
        """Return whether anyone has an honour or a note."""
        return any(one.honours or one.note for one in self.rows)


def rankings(dossier: Dossier, peers: Sequence[Peers]) -> tuple[Ranking, ...]:
    """Return the ranking of each group."""
    last = dossier.earlier[-1] if dossier.earlier else None
    then = {(one.unit.id, one.standard): one for one in last.standings} if last else {}
    anchors = anchors_of(dossier)
    found = []
    for each in peers:
        tones = tones_of(dossier, each.subject[0])
        rows = tuple(
            _row(one, then.get((one.unit.id, one.standard)), anchors, tones) for one in each.standings
        )
        compared = any(row.moved or row.gained for row in rows)
        found.append(Ranking(each.name, last.name if last and compared else "", rows))
    return tuple(found)


def _row(
    one: Standing, before: Standing | None, anchors: Mapping[str, str], tones: Mapping[str, str]
) -> RankRow:
    moved, direction = _moved(one, before)
    return RankRow(
        anchor=anchors[one.unit.id],
        id=visible(one.unit.id),
        name=visible(one.unit.name),
        rank="—" if one.rank is None else str(one.rank),
        score=span(one.low, one.high),
        grade=one.grade or UNDECIDED,
        tone=tones.get(one.grade or "", "none"),
        moved=moved,
        direction=direction,
        gained=_gained(one, before),
        honours=one.honours,
        note="" if one.rank is not None else one.unranked,
    )


def _moved(one: Standing, before: Standing | None) -> tuple[str, str]:
    """Return how a rank changed, in words, and the direction; nothing where the two cannot be compared."""
    steps = climbed(one, before)
    if not steps:
        return "" if steps is None else "平", ""
    return (f"升{steps}", "up") if steps > 0 else (f"降{-steps}", "down")


def _gained(one: Standing, before: Standing | None) -> str:
    points = gained(one, before)
    if points is None:
        return ""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{plain(abs(points))}分"
