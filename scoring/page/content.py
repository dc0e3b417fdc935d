"""Everything the page says, as plain values: the pictures are laid out from them, the template only places them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scoring.explain.ledger import PROVISIONAL, points_note
from scoring.page.card import ClauseText
from scoring.page.heat import HeatMap, heat_maps
from scoring.page.ledger import UnitLedger, unit_ledgers
from scoring.page.ranking import Ranking, rankings
from scoring.page.summary import Figure, Overview, figures, overviews
from scoring.page.trend import Trend, trends
from scoring.rectify.counted import Counted, counted
from scoring.report.dossier import Dossier
from scoring.report.peers import peers_of


@dataclass(frozen=True, slots=True)
class Content:
    """The page: ``warning`` is empty where no number is 拟定; ``notes`` say where the numbers come from.

    ``places`` says where each clause's words stand on the page.
    """

    title: str
    scheme: str
    days: str
    as_of: str
    warning: str
    figures: tuple[Figure, ...]
    overviews: tuple[Overview, ...]
    rankings: tuple[Ranking, ...]
    heat: tuple[HeatMap, ...]
    trends: tuple[Trend, ...]
    progress: tuple[Counted, ...]
    totals: tuple[tuple[str, str], ...]
    units: tuple[UnitLedger, ...]
    places: Mapping[ClauseText, str]
    notes: tuple[str, ...]


def content_of(dossier: Dossier) -> Content:
    """Return everything the page says of a dossier."""
    peers, units = peers_of(dossier), unit_ledgers(dossier)
    return Content(
        title=dossier.title,
        scheme=dossier.scheme.name if dossier.scheme else "",
        days=f"{dossier.starts} 至 {dossier.ends}",
        as_of=str(dossier.as_of),
        warning=PROVISIONAL if dossier.provisional else "",
        figures=figures(dossier, peers),
        overviews=overviews(dossier, peers),
        rankings=rankings(dossier, peers),
        heat=heat_maps(dossier),
        trends=trends(dossier, peers),
        progress=_progress(dossier),
        totals=tuple(_totals(dossier)),
        units=units,
        places=_places(units),
        notes=tuple(dict.fromkeys(_notes(dossier))),
    )


def _totals(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield what the registers count, each with its 量词."""
    for one in dossier.counted.counts if dossier.counted else ():
        if one.count:
            yield one.words, f"{one.count}{one.unit}"


def _progress(dossier: Dossier) -> tuple[Counted, ...]:
    """Return how far the orders of each leader have come, those of nobody last."""
    return tuple(sorted(counted(dossier.orders, "包村领导", dossier.as_of), key=lambda one: not one.name))


def _places(units: Iterable[UnitLedger]) -> Mapping[ClauseText, str]:
    """Return a place for the words of each clause that any ledger names, in the order of 编号."""
    named = {
        line.clause for unit in units for card in unit.cards for item in card.items for line in item.lines
    }
    ordered = sorted(named, key=lambda one: (one.id, one.text, one.citation))
    return {one: f"t{number}" for number, one in enumerate(ordered, start=1)}


def _notes(dossier: Dossier) -> Iterable[str]:
    if dossier.scheme is not None:
        yield f"{dossier.scheme.name}: {points_note(dossier.scheme)}"
    for one in dossier.standards:
        yield f"{one.name}: {points_note(one)}"
