"""Who passed whom: the change of a rank, split into what a unit did itself and what the others did."""

from __future__ import annotations

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
    old = {one.unit.id: one for one in before}
    new = {one.unit.id: one for one in after}
    return tuple(_move(id, old, new) for id in sorted(old.keys() | new.keys()))


def _move(id: str, old: dict[str, Placed], new: dict[str, Placed]) -> RankMove:
    was, now = old.get(id), new.get(id)
    unit = (now or was or Placed(Unit(id, id, ""), None, None)).unit
    if was is None or now is None or was.rank is None or now.rank is None:
        return RankMove(unit, None, 0, 0, None)
    gained = None if was.score is None or now.score is None else now.score - was.score
    ahead = {other: one for other, one in old.items() if one.rank is not None and one.rank < was.rank}
    behind_now = {other: one for other, one in new.items() if one.rank is not None and one.rank < now.rank}
    here = {other for other, one in new.items() if one.rank is not None}
    there = {other for other, one in old.items() if one.rank is not None}
    own = _by_itself(was, now, old)
    up = was.rank - now.rank
    return RankMove(
        unit, up, own, up - own, gained,
        tuple(new[other].unit for other in sorted(behind_now) if other in there and other not in ahead),
        tuple(new[other].unit for other in sorted(ahead) if other in here and other not in behind_now),
        tuple(new[other].unit for other in sorted(behind_now) if other not in there),
        tuple(old[other].unit for other in sorted(ahead) if other not in here),
    )  # fmt: skip


def _by_itself(was: Placed, now: Placed, old: dict[str, Placed]) -> int:
    """Return how many places a unit's new score is worth among the others' old ones, by the tie rule of the old ranks."""
    if was.score is None or now.score is None or was.rank is None:
        return 0
    scores = [one.score for one in old.values() if one.rank is not None and one.score is not None]
    above = [score for score in scores if score > was.score]
    dense = was.rank != len(above) + 1
    rest = [
        one.score
        for id, one in old.items()
        if id != was.unit.id and one.rank is not None and one.score is not None
    ]
    ahead = [score for score in rest if score > now.score]
    return was.rank - (len(set(ahead) if dense else ahead) + 1)


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
