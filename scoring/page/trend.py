"""The trend: what a group came to in earlier rounds and in this one, or in the rounds it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from scoring.judge.published import rounds_in
from scoring.judge.standing import PartScore, Standing
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, mean_of, settled, subject_of
from scoring.rule.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Point:
    """One round of a trend: the mean, best and worst of the settled scores, and how many there are."""

    round: str
    mean: Decimal
    best: Decimal
    worst: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Trend:
    """The rounds of a group, the earliest first; at least two."""

    name: str
    points: tuple[Point, ...]


def trends(dossier: Dossier, peers: Sequence[Peers]) -> tuple[Trend, ...]:
    """Return the trend of each group that has more than one round to show."""
    found = (Trend(each.name, tuple(_points(dossier, each))) for each in peers)
    return tuple(one for one in found if len(one.points) > 1)


def _points(dossier: Dossier, peers: Peers) -> Iterator[Point]:
    rounds: list[tuple[str, Sequence[Standing]]] = [
        (each.name, [one for one in each.standings if subject_of(one) == peers.subject])
        for each in dossier.earlier
    ]
    if not rounds and dossier.scheme is not None and dossier.scheme.parts:
        yield from _below(dossier.scheme, peers)
        return
    for name, standings in (*rounds, (dossier.title, peers.standings)):
        yield from _point(name, settled(standings))


def _below(scheme: Scheme, peers: Peers) -> Iterator[Point]:
    """Yield the rounds below that a quarter or a year was made of, in the order of the unit that was in most of them."""
    own: list[list[PartScore]] = [
        [leaf for leaf in rounds_in(one, scheme) if leaf.low is not None] for one in peers.standings
    ]
    own.sort(key=len, reverse=True)
    scores: dict[str, list[Decimal]] = {}
    for leaf in chain.from_iterable(own):
        settled = [leaf.low] if leaf.low is not None and leaf.low == leaf.high else []
        scores.setdefault(leaf.name, []).extend(settled)
    for name, found in scores.items():
        yield from _point(name, found)


def _point(name: str, scores: Sequence[Decimal]) -> Iterator[Point]:
    mean = mean_of(scores)
    if mean is not None:
        yield Point(name, mean, max(scores), min(scores), len(scores))
