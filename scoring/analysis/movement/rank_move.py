"""Who passed whom: the change of a rank, split into what a unit did itself and what the others did."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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
    passed_by: tuple[Unit, ...] = ()
    passed: tuple[Unit, ...] = ()
    came: tuple[Unit, ...] = ()
    went: tuple[Unit, ...] = ()


def rank_moves(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[RankMove, ...]:
    """Return the move of every unit of one peer group, in the order of their 编号."""
    old, new = _Field(before), _Field(after)
    return tuple(_move(id, old, new) for id in sorted(old.placed.keys() | new.placed.keys()))


class _Field:
    """One round's peer group, sorted once for all its units: who is ranked, by rank, and their scores."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self.placed = {one.unit.id: one for one in placed}
        ranked = sorted((one.rank, id) for id, one in self.placed.items() if one.rank is not None)
        self._ranks, self._ids = [rank for rank, _ in ranked], [id for _, id in ranked]
        self.ranked = frozenset(self._ids)
        known = (self.placed[id].score for id in self._ids)
        self.scores = sorted(score for score in known if score is not None)
        self.distinct = sorted(set(self.scores))

    def ahead(self, rank: int) -> set[str]:
        """Return the ids of those who are ranked ahead of a rank."""
        return set(self._ids[: bisect_left(self._ranks, rank)])

    def above(self, score: Decimal) -> int:
        """Return how many scores are higher."""
        return len(self.scores) - bisect_right(self.scores, score)

    def units(self, ids: Iterable[str]) -> tuple[Unit, ...]:
        """Return units in the order of their 编号."""
        return tuple(self.placed[id].unit for id in sorted(ids))


def _move(id: str, old: _Field, new: _Field) -> RankMove:
    was, now = old.placed.get(id), new.placed.get(id)
    unit = (now or was or Placed(Unit(id, id, ""), None, None)).unit
    if was is None or now is None or was.rank is None or now.rank is None:
        return RankMove(unit, None, 0, 0, None)
    gained = None if was.score is None or now.score is None else now.score - was.score
    ahead, behind_now = old.ahead(was.rank), new.ahead(now.rank)
    own, up = _by_itself(was, now, old), was.rank - now.rank
    stepped, overtaken = behind_now - ahead, ahead - behind_now
    return RankMove(
        unit, up, own, up - own, gained,
        new.units(stepped & old.ranked), new.units(overtaken & new.ranked),
        new.units(stepped - old.ranked), old.units(overtaken - new.ranked),
    )  # fmt: skip


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


def _named(units: tuple[Unit, ...]) -> str:
    named = "、".join(unit.name for unit in units[:_MOST_NAMED])
    return f"{named}等{len(units)}个单位" if len(units) > _MOST_NAMED else named
