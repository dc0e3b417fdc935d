"""The heat map of each standard and group: for each unit and item the share of points lost over its visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from scoring.errors import visible
from scoring.finding import Result
from scoring.page.peers import anchors_of
from scoring.points import ONE, ZERO, plain, ratio
from scoring.report.dossier import Dossier
from scoring.report.peers import Subject, peers_name
from scoring.tally import ItemScore, ScoreCard

# Where a colour begins, in percent of an item's points; 0 alone is the colour of nothing lost.
STEPS = (0, 10, 25, 50, 75)
NOT_APPLICABLE, NOT_CHECKED = "—", "未查"


@dataclass(frozen=True, slots=True)
class Cell:
    """The share of points lost: as text in percent, with ? while something is 未查, and its colour from 0 to 5.

    ``level`` is None where there is no share.
    """

    text: str
    level: int | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit, or all of them (then without an anchor), over the items."""

    anchor: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The units of one group × the items of one standard; ``all`` is the row of all units together."""

    name: str
    items: tuple[str, ...]
    all: HeatRow
    rows: tuple[HeatRow, ...]


def heat_maps(dossier: Dossier) -> tuple[HeatMap, ...]:
    """Return the heat map of each standard that is scored and each group, units in the order of the page."""
    anchors = anchors_of(dossier)
    places = {id: place for place, id in enumerate(anchors)}
    groups = {one.unit.id: one.group for one in dossier.standings}
    cards = [one for one in dossier.cards if one.program.standard.scored]
    found: dict[Subject, list[ScoreCard]] = {}
    for card in sorted(cards, key=lambda one: places[one.inspection.unit.id]):
        id = card.inspection.unit.id
        found.setdefault((card.program.standard.id, groups.get(id, ())), []).append(card)
    return tuple(_heat_map(peers_name(dossier, subject), own, anchors) for subject, own in found.items())


def _heat_map(name: str, cards: Sequence[ScoreCard], anchors: Mapping[str, str]) -> HeatMap:
    items = tuple(dict.fromkeys(each.item.name for card in cards for each in card.items))
    rows = tuple(
        HeatRow(anchors[unit.id], visible(unit.name), _cells(items, list(own)))
        for unit, own in groupby(cards, lambda one: one.inspection.unit)
    )
    return HeatMap(name, items, HeatRow("", "合计", _cells(items, cards)), rows)


def _cells(items: Iterable[str], cards: Sequence[ScoreCard]) -> tuple[Cell, ...]:
    return tuple(_cell([pair for card in cards for pair in _of_item(card, name)]) for name in items)


def _of_item(card: ScoreCard, name: str) -> list[tuple[ScoreCard, ItemScore]]:
    return [(card, one) for one in card.items if one.item.name == name and one.applicable]


def _cell(found: Sequence[tuple[ScoreCard, ItemScore]]) -> Cell:
    """Return what an item lost over some visits; one at which nothing of it was checked says nothing."""
    if not found:
        return Cell(NOT_APPLICABLE, None)
    checked = [one for card, one in found if _checked(card, one)]
    if not checked:
        return Cell(NOT_CHECKED, None)
    lost = sum((one.lost for one in checked), ZERO)
    share = ratio(lost, sum((one.applicable for one in checked), ZERO), Decimal(100), places=0)
    text = "<1" if lost and not share else plain(share)
    doubt = "?" if any(one.open for one in checked) else ""
    return Cell(f"{text}{doubt}", level(max(share, ONE) if lost else ZERO))


def _checked(card: ScoreCard, one: ItemScore) -> bool:
    return any(card.findings[number - 1].result in (Result.PASS, Result.FAIL) for number in one.item.clauses)


def level(share: Decimal) -> int:
    """Return the colour of a share in percent, 0 to 5.

    >>> [level(Decimal(share)) for share in (0, 1, 9, 10, 25, 60, 100)]
    [0, 1, 1, 2, 3, 4, 5]
    """
    return sum(share > step if step == 0 else share >= step for step in STEPS)
