"""阶梯 and 督办: the numbers by which a unit's history is judged, and what a step of the ladder makes of a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scoring.finding import Lift, Mark, MarkKind, Ruleset
from scoring.points import ONE, ZERO, publish

MAX_RUN, MAX_DAYS, MAX_STEPS, MAX_LEVELS = 12, 3660, 20, 9
STEP_KINDS = (MarkKind.REPEATED, MarkKind.RELAPSED, MarkKind.OVERDUE, MarkKind.REDONE)
# Told apart whatever the ladder reads: the third time running, one day late, one 复查 failed.
_RUN = 3


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step: the clause costs price × ``multiply`` + ``add``; a price that is replaced is multiplied by 0.

    It fits a mark of its ``kind`` that goes at least so far (``times``: 重复 to which time running, 逾期 how many days,
    复查不合格 how often) and rests on an order of at least that ``level`` of 督办. Without a kind it fits every clause that
    failed: a source whose findings count more (加倍来源).
    """

    kind: MarkKind | None
    times: int = 1
    level: int = 0
    multiply: Decimal = ONE
    add: Decimal = ZERO

    def __post_init__(self) -> None:
        """Raise ValueError for numbers no step can have."""
        most = MAX_RUN if self.kind is MarkKind.REPEATED else MAX_DAYS
        if self.kind not in (None, *STEP_KINDS) or not 1 <= self.times <= most or self.level < 0:
            raise ValueError(f"no step: {self.kind} {self.times} {self.level}")
        if self.multiply < 0 or self.add < 0:
            raise ValueError(f"a step never lowers a price: × {self.multiply} + {self.add}")

    def fits(self, mark: Mark) -> bool:
        """Return whether a mark leads to this step."""
        return mark.kind is self.kind and mark.n >= self.times and mark.level >= self.level

    def cost(self, price: Decimal) -> Decimal:
        """Return what the clause costs on this step, published (a cost is a line of the ledger).

        >>> LadderStep(MarkKind.REPEATED, 2, multiply=Decimal("1.5"), add=Decimal(1)).cost(Decimal("0.33"))
        Decimal('1.50')
        """
        return publish(price * self.multiply + self.add)


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that was taken: on which mark (None: on every fail), and the cost before and after."""

    step: LadderStep
    mark: Mark | None
    price: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """督办: an order goes to someone once it is ``late`` days or ``redo`` times 复查不合格 (0: not on that account)."""

    to: str
    late: int = 0
    redo: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """What a scheme says of history; ``levels`` are numbered from 1 in their order, the last is the highest.

    A fail within ``relapse`` days of 销号 is 反弹 (0: never).
    """

    ladder: tuple[LadderStep, ...] = ()
    relapse: int = 0
    levels: tuple[Level, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for more than the inference is made for."""
        sizes = (len(self.ladder), MAX_STEPS), (len(self.levels), MAX_LEVELS)
        numbers = (
            (self.relapse, MAX_DAYS),
            *((number, MAX_DAYS) for one in self.levels for number in (one.late, one.redo)),
        )
        if any(not 0 <= number <= most for number, most in (*sizes, *numbers)):
            raise ValueError("too many steps or levels, or a number out of range")

    def ruleset(self, severe: int = 0) -> Ruleset:
        """Return the numbers the rules on findings and orders are made with."""
        return _ruleset(self, severe)


@lru_cache(maxsize=64)
def _ruleset(policy: Policy, severe: int) -> Ruleset:
    def read(kind: MarkKind, first: int) -> tuple[int, ...]:
        return tuple(sorted({first, *(one.times for one in policy.ladder if one.kind is kind)}))

    return Ruleset(
        severe=severe,
        run=max(read(MarkKind.REPEATED, _RUN)),
        relapse=policy.relapse,
        late=read(MarkKind.OVERDUE, 1),
        redo=read(MarkKind.REDONE, 1),
        levels=tuple(Lift(n, one.late, one.redo) for n, one in enumerate(policy.levels, start=1)),
    )


def dearest(ladder: Iterable[LadderStep], marks: Iterable[Mark], price: Decimal) -> Choice | None:
    """Return the step that costs most (取最重的一步), the first of equals; None where none costs more than the price."""
    found = list(marks)
    best: Choice | None = None
    for one in ladder:
        fitting = [mark for mark in found if one.fits(mark)]
        if fitting or one.kind is None:
            cost = one.cost(price)
            if cost > (best.cost if best else price):
                best = Choice(one, max(fitting, default=None), price, cost)
    return best
