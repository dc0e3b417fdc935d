"""Ranks within peer groups: 占位 (1, 2, 2, 4) or 连续 (1, 2, 2, 3), from the best and from the worst."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.judge.standing import Standing
from scoring.rule.scheme import Scheme

Peers = tuple[str, tuple[str, ...]]


def ranked(scheme: Scheme, standings: Iterable[Standing]) -> list[Standing]:
    """Return standings with their ranks, by standard as the scheme lists them, group, rank and unit."""
    groups: dict[Peers, list[Standing]] = defaultdict(list)
    for one in standings:
        groups[one.standard, one.group].append(one)
    order = {standard.id: place for place, standard in enumerate(scheme.standards)}
    found: list[Standing] = []
    for _, peers in sorted(groups.items(), key=lambda pair: (order.get(pair[0][0], -1), pair[0][1])):
        found += _ranked(peers, dense=scheme.ties == "连续")
    return found


def _ranked(peers: Sequence[Standing], *, dense: bool) -> list[Standing]:
    scores = [one.score for one in peers if not one.unranked and one.score is not None]
    best, worst = _places(scores, dense=dense, best=True), _places(scores, dense=dense, best=False)
    found = [
        one
        if one.unranked or one.score is None
        else replace(one, rank=best[one.score], last=worst[one.score], peers=len(scores))
        for one in peers
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.unit.id))


def _places(scores: Sequence[Decimal], *, dense: bool, best: bool) -> dict[Decimal, int]:
    """Return the rank of each score, the best or the worst first."""
    counts = Counter(scores)
    places: dict[Decimal, int] = {}
    rank = 1
    for score in sorted(counts, reverse=best):
        places[score] = rank
        rank += 1 if dense else counts[score]
    return places
