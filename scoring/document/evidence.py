"""Photos as documents print them, and which of a round's many photos show its main troubles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scoring.document.content import Picture, named
from scoring.document.troubles import Trouble
from scoring.document.wording import day_text
from scoring.rectify.issued import IssuedOrder
from scoring.report.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo, with what it shows."""

    number: str = named("编号")
    caption: str = named("说明")
    picture: Picture = named("图")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo of a trouble: the order it was taken for names unit, day and problem."""

    name: str
    trouble: Trouble
    order: IssuedOrder


def evidence(dossier: Dossier, found: Sequence[Trouble], most: int) -> tuple[Evidence, ...]:
    """Return some photos of each trouble, no photo twice: of its worst units first, in the order of their orders."""
    taken: set[str] = set()
    chosen = []
    for trouble in found:
        own = [one for one in _of_trouble(dossier, trouble) if one.name not in taken]
        kept = list({one.name: one for one in reversed(own)}.values())[::-1][:most]
        taken |= {one.name for one in kept}
        chosen += kept
    return tuple(chosen)


def _of_trouble(dossier: Dossier, trouble: Trouble) -> Iterator[Evidence]:
    for unit, _ in trouble.where:
        for order in dossier.troubles_of.get(unit.id, ()):
            if not set(order.clauses).isdisjoint(trouble.clauses):
                yield from (Evidence(name, trouble, order) for name in order.photos)


def shown_of(
    found: Sequence[Evidence], shown: Collection[str], most: int
) -> tuple[tuple[Evidence, Photo], ...]:
    """Return the photos that there are files of, numbered from 1; their captions name no place."""
    there = [one for one in found if one.name in shown][:most]
    return tuple(
        (one, Photo(str(at), _caption(one.order), Picture(one.name))) for at, one in enumerate(there, start=1)
    )


def _caption(one: IssuedOrder) -> str:
    return f"{one.unit.name}，{day_text(one.found_on)}，{one.problem}"
