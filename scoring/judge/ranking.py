"""Ranks within peer groups: 占位 (1, 2, 2, 4) or 连续 (1, 2, 2, 3), from the best and from the worst."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.judge.standing import Standing
from scoring.rule.scheme import Scheme

Peers = tuple[str, tuple[str, ...]]


def ranked(scheme: Scheme, standings: Iterable[Standing]) -> list[Standing]:
    """Return standings with their ranks, in the order of ``in_order``."""
    groups: dict[Peers, list[Standing]] = defaultdict(list)
    for one in standings:
        groups[one.standard, one.group].append(one)
    dense = scheme.ties == "连续"
    return in_order(scheme, (one for peers in groups.values() for one in _ranked(peers, dense=dense)))


def in_order(scheme: Scheme, standings: Iterable[Standing]) -> list[Standing]:
    """Return standings by standard and kind as the scheme lists them, then by group, rank and unit."""
    found = list(standings)
    standards = {one.id: place for place, one in enumerate(scheme.standards)}
    listed = dict.fromkeys(kind for one in scheme.standards for kind in one.kinds or ())
    kinds = {kind: place for place, kind in enumerate(listed)}
    places: dict[Peers, int] = {}
    for one in found:
        place = kinds.get(one.unit.kind, len(kinds))
        places[one.standard, one.group] = min(place, places.get((one.standard, one.group), place))
    return sorted(
        found,
        key=lambda one: (
            standards.get(one.standard, -1), one.standard, places[one.standard, one.group], one.group,
            one.rank is None, one.rank or 0, one.unit.id,
        ),
    )  # fmt: skip


def _ranked(peers: Sequence[Standing], *, dense: bool) -> Iterator[Standing]:
    scores = [one.score for one in peers if not one.unranked and one.score is not None]
    best, worst = _places(scores, dense=dense, best=True), _places(scores, dense=dense, best=False)
    for one in peers:
        if one.unranked or one.score is None:
            yield one
        else:
            yield replace(one, rank=best[one.score], last=worst[one.score], peers=len(scores))


def _places(scores: Sequence[Decimal], *, dense: bool, best: bool) -> dict[Decimal, int]:
    """Return the rank of each score, the best or the worst first."""
    counts = Counter(scores)
    places: dict[Decimal, int] = {}
    rank = 1
    for score in sorted(counts, reverse=best):
        places[score] = rank
        rank += 1 if dense else counts[score]
    return places
