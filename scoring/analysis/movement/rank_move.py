"""Who passed whom: the change of a rank, split into what a unit did itself and what the others did."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, islice
from operator import or_

from scoring.inspection import Unit
from scoring.points import plain

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit's settled score and rank in one round."""

    unit: Unit
    score: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Some of the units of a field, a bit each: counted without being listed, for thousands pass thousands."""

    bits: int = 0
    field: tuple[Unit, ...] = ()

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in the order of their 编号."""
        left = self.bits
        while left:
            lowest = left & -left
            yield self.field[lowest.bit_length() - 1]
            left ^= lowest


NOBODY = Crowd()


@dataclass(frozen=True, slots=True)
class RankMove:
    """The change of one unit's rank: ``up`` above 0 is better, None where it was or is unranked.

    ``own`` places come from its own score among the others' old ones, ``others`` from theirs; they add up. ``passed_by``
    have stepped over it, ``passed`` it has stepped over; ``came`` and ``went`` are ranked ahead of it in one round only.
    """

    unit: Unit
    up: int | None
    own: int
    others: int
    gained: Decimal | None
    passed_by: Crowd = NOBODY
    passed: Crowd = NOBODY
    came: Crowd = NOBODY
    went: Crowd = NOBODY


def rank_moves(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[RankMove, ...]:
    """Return the move of every unit of one peer group, in the order of their 编号."""
    was, now = ({one.unit.id: one for one in side} for side in (before, after))
    ids = sorted(was.keys() | now.keys())
    units = tuple((now.get(id) or was[id]).unit for id in ids)
    old, new = (_Field(side, ids) for side in (was, now))
    return tuple(_move(unit, units, old, new) for unit in units)


class _Field:
    """One round's peer group, sorted once for all its units: who is ranked, by rank, and their scores."""

    def __init__(self, placed: Mapping[str, Placed], ids: Sequence[str]) -> None:
        self.placed = placed
        bits = {id: 1 << number for number, id in enumerate(ids)}
        ranked = sorted((one.rank, id) for id, one in placed.items() if one.rank is not None)
        self._ranks = [rank for rank, _ in ranked]
        self._best = list(accumulate((bits[id] for _, id in ranked), or_, initial=0))
        self.ranked = self._best[-1]
        known = (placed[id].score for _, id in ranked)
        self.scores = sorted(score for score in known if score is not None)
        self.distinct = sorted(set(self.scores))

    def ahead(self, rank: int) -> int:
        """Return the bits of those who are ranked ahead of a rank."""
        return self._best[bisect_left(self._ranks, rank)]

    def above(self, score: Decimal) -> int:
        """Return how many scores are higher."""
        return len(self.scores) - bisect_right(self.scores, score)


def _move(unit: Unit, units: tuple[Unit, ...], old: _Field, new: _Field) -> RankMove:
    was, now = old.placed.get(unit.id), new.placed.get(unit.id)
    if was is None or now is None or was.rank is None or now.rank is None:
        return RankMove(unit, None, 0, 0, None)
    gained = None if was.score is None or now.score is None else now.score - was.score
    ahead, ahead_now = old.ahead(was.rank), new.ahead(now.rank)
    own, up = _by_itself(was, now, old), was.rank - now.rank
    stepped, overtaken = ahead_now & ~ahead, ahead & ~ahead_now
    crowds = (stepped & old.ranked, overtaken & new.ranked, stepped & ~old.ranked, overtaken & ~new.ranked)
    return RankMove(unit, up, own, up - own, gained, *(Crowd(bits, units) for bits in crowds))


def _by_itself(was: Placed, now: Placed, old: _Field) -> int:
    """Return how many places a unit's new score is worth among the others' old ones, by the tie rule of the old ranks."""
    if was.score is None or now.score is None or was.rank is None:
        return 0
    if was.rank == old.above(was.score) + 1:
        return was.rank - (old.above(now.score) - (was.score > now.score) + 1)
    ahead = len(old.distinct) - bisect_right(old.distinct, now.score)
    alone = bisect_right(old.scores, was.score) - bisect_left(old.scores, was.score) == 1
    return was.rank - (ahead - (alone and was.score > now.score) + 1)


def rank_text(move: RankMove) -> str:
    """Say a rank's move: 名次 -2: 自己 -0.5 分，石桥村、柳树村超过."""
    if move.up is None:
        return "两轮中有一轮没有名次"
    said = []
    if move.gained:
        said.append(f"自己 {'+' if move.gained > 0 else ''}{plain(move.gained)} 分")
    said += [
        f"{before}{_named(units)}{after}"
        for before, units, after in (
            ("", move.passed_by, "超过"),
            ("超过", move.passed, ""),
            ("新进前面的 ", move.came, ""),
            ("退出排名的 ", move.went, ""),
        )
        if units
    ]
    sign = "+" if move.up > 0 else ""
    head = f"名次 {sign}{move.up}" if move.up else "名次未变"
    return f"{head}: {'，'.join(said)}" if said else head


def _named(units: Crowd) -> str:
    named = "、".join(unit.name for unit in islice(units, _MOST_NAMED))
    return f"{named}等{len(units)}个单位" if len(units) > _MOST_NAMED else named
