"""The summary: how many were visited and how they did, all together and group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.finding import Result
from scoring.page.peers import tones_of
from scoring.rectify.progress import progress
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, mean_of, settled

UNDECIDED = "未定"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in large type: what it counts, the number as text, and a tone (``poor`` for what is bad, else "")."""

    name: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group have one grade."""

    grade: str
    tone: str
    units: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How a group did: how many units, how many with a settled score, their mean, best and worst, and the grades."""

    name: str
    units: int
    scored: int
    mean: str
    best: str
    worst: str
    grades: tuple[Share, ...]


def figures(dossier: Dossier, peers: Sequence[Peers]) -> tuple[Figure, ...]:
    """Return the numbers that head the page."""
    return (*_visits(dossier), *_mean(peers), *_orders(dossier))


def _visits(dossier: Dossier) -> Iterator[Figure]:
    units = {one.unit.id for one in dossier.standings}
    yield Figure("单位", str(len(units)))
    if not dossier.cards:
        scored = {one.unit.id for one in dossier.standings if one.low is not None}
        yield Figure("有得分", str(len(scored)))
        return
    visited = {id for id, cards in dossier.cards_of.items() if any(card.checked for card in cards)} & units
    yield Figure("查到", str(len(visited)))
    if missed := len(units) - len(visited):
        yield Figure("未查", str(missed), "poor")
    failed = sum(one.result is Result.FAIL for card in dossier.cards for one in card.findings)
    yield Figure("不合格条款", str(failed))


def _mean(peers: Sequence[Peers]) -> Iterator[Figure]:
    """Yield the mean where all are ranked together: of several groups there is none to speak of."""
    if len(peers) == 1:
        mean = mean_of(settled(peers[0].standings))
        yield Figure("平均分", "—" if mean is None else str(mean))


def _orders(dossier: Dossier) -> Iterator[Figure]:
    if not dossier.orders:
        return
    done = progress([one.life for one in dossier.orders], dossier.as_of)
    yield Figure("整改单", str(done.due))
    yield Figure("已销号", str(done.done), "best")
    if done.overdue:
        yield Figure("逾期", str(done.overdue), "poor")


def overviews(dossier: Dossier, peers: Sequence[Peers]) -> tuple[Overview, ...]:
    """Return how each group did."""
    return tuple(_overview(dossier, one) for one in peers)


def _overview(dossier: Dossier, peers: Peers) -> Overview:
    scores = settled(peers.standings)
    tones = tones_of(dossier, peers.subject[0])
    counts = Counter(one.grade or UNDECIDED for one in peers.standings)
    known = [*(name for name in tones if name in counts), *sorted(set(counts) - set(tones))]
    mean = mean_of(scores)
    return Overview(
        name=peers.name,
        units=len(peers.standings),
        scored=len(scores),
        mean="—" if mean is None else str(mean),
        best=str(max(scores)) if scores else "—",
        worst=str(min(scores)) if scores else "—",
        grades=tuple(Share(name, tones.get(name, "none"), counts[name]) for name in known),
    )
