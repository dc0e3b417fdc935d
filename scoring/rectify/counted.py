"""How far the orders have come, group by group: 应改、已改、逾期、按期率 and how often they were urged, of each kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from scoring.rectify.issued import IssuedOrder, leader
from scoring.rectify.lifecycle import URGES
from scoring.rectify.progress import Progress, progress

GROUPS: Mapping[str, Callable[[IssuedOrder], str]] = MappingProxyType(
    {
        "单位": lambda one: one.unit.name,
        "包村领导": leader,
        "责任单位": lambda one: one.responsible,
        "片区": lambda one: one.unit.area,
    }
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How far the orders of one group have come; ``urged`` counts every kind of 催办."""

    name: str
    progress: Progress
    urged: Mapping[str, int]


def counted(orders: Iterable[IssuedOrder], by: str, on: date) -> tuple[Counted, ...]:
    """Return the groups of some orders by one of ``GROUPS``, sorted by name, as of a day; "" for all together."""
    groups: dict[str, list[IssuedOrder]] = defaultdict(list)
    for one in orders:
        groups[GROUPS[by](one) if by else ""].append(one)
    return tuple(Counted(name, *_count(groups[name], on)) for name in sorted(groups))


def _count(orders: Iterable[IssuedOrder], on: date) -> tuple[Progress, Mapping[str, int]]:
    lives = [one.life for one in orders]
    urged: Counter[str] = Counter()
    for life in lives:
        urged.update(life.urged)
    return progress(lives, on), MappingProxyType({how: urged[how] for how in URGES})
