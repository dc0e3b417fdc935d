"""Two rounds against each other: what moved each unit's score and rank, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scoring.analysis.movement.card_sum import CardSum
from scoring.analysis.movement.movement import Movement, movement
from scoring.analysis.movement.part_move import part_movement
from scoring.analysis.movement.peel import Side
from scoring.analysis.movement.rank_move import Placed, RankMove, rank_moves
from scoring.inspection import Inspection
from scoring.judge.own_total import own_total
from scoring.judge.standing import Standing
from scoring.rule.scheme import Scheme
from scoring.score import Scorer

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RoundSide:
    """One round of a comparison; ``cards`` are those of the units whose change is to be taken apart.

    ``first`` are the records of amended visits as they stood before 更正, by unit.
    """

    name: str
    scheme: Scheme
    standings: Sequence[Standing]
    cards: Sequence[CardSum] = ()
    first: Mapping[str, tuple[Inspection, ...]] = field(default_factory=dict)

    def by_visits(self, kind: str) -> bool:
        """Return whether a kind of unit is judged by the round's own visits under one standard, so that its cards say why."""
        return not self.scheme.parts and (not self.scheme.combined or len(self.scheme.used(kind)) == 1)

    def cards_of(self) -> dict[Key, tuple[CardSum, ...]]:
        """Return the scored cards by (unit, standard), as the standings are."""
        found: dict[Key, list[CardSum]] = {}
        for card in self.cards:
            if self.scheme.pool(card.line.source):
                standard = "" if self.scheme.combined else card.line.standard
                key = card.line.unit.id, standard
                found.setdefault(key, []).append(card)
        return {key: tuple(cards) for key, cards in found.items()}


@dataclass(frozen=True, slots=True)
class UnitMove:
    """What moved one unit under one standard (empty: all together) and its rank."""

    standard: str
    group: tuple[str, ...]
    score: Movement
    rank: RankMove


def moved_units(before: RoundSide, after: RoundSide) -> frozenset[str]:
    """Return the units (编号) whose score or bounds differ: those whose cards a comparison needs."""
    old = {_key(one): (one.low, one.high, one.extra) for one in before.standings}
    new = {_key(one): (one.low, one.high, one.extra) for one in after.standings}
    return frozenset(
        unit for unit, standard in old.keys() & new.keys() if old[unit, standard] != new[unit, standard]
    )


def compared(before: RoundSide, after: RoundSide, scorer: Scorer) -> tuple[UnitMove, ...]:
    """Return the move of every unit of the later round, in its order; ``scorer`` knows every standard of both.

    The parts of a movement add up to its change exactly.
    """
    moves = {(one[0], move.unit.id): move for one in _ranked(before, after) for move in one[1]}
    old, cards = {_key(one): one for one in before.standings}, (before.cards_of(), after.cards_of())
    combine = own_total(before.scheme), own_total(after.scheme)
    found = []
    for one in after.standings:
        key = _key(one)
        was = old.get(key)
        if was is None:
            score = Movement(one.unit, None, one.score, why=f"{before.name}没有它")
        elif was.score is not None and was.score == one.score:
            score = Movement(one.unit, was.score, one.score)
        elif before.by_visits(was.unit.kind) and after.by_visits(one.unit.kind):
            sides = [
                Side(side.name, standing.score, own.get(key, ()), side.first.get(key[0], ()))
                for side, standing, own in ((before, was, cards[0]), (after, one, cards[1]))
            ]
            score = movement(sides[0], sides[1], scorer, combine[1], combine[0])
        else:
            score = part_movement(was, one, (before.name, after.name))
        score = replace(score, unit=one.unit)
        found.append(UnitMove(one.standard, one.group, score, moves[(one.standard, one.group), one.unit.id]))
    return tuple(found)


def _key(one: Standing) -> Key:
    return one.unit.id, one.standard


def _ranked(
    before: RoundSide, after: RoundSide
) -> Iterator[tuple[tuple[str, tuple[str, ...]], Iterable[RankMove]]]:
    """Yield the rank moves of every peer group of the later round."""
    peers: dict[tuple[str, tuple[str, ...]], tuple[list[Placed], list[Placed]]] = {}
    for number, side in enumerate((before, after)):
        for one in side.standings:
            placed = Placed(one.unit, one.score, one.rank)
            peers.setdefault((one.standard, one.group), ([], []))[number].append(placed)
    for key, (old, new) in peers.items():
        yield key, rank_moves(old, new)
