"""An order once it is issued (交办): its number, what it says, where it stands, and whether a finding is the same trouble.

A finding is the very same problem as an order where unit, visit, 检查项 and places agree. It is a known trouble found
again (再次发现) where an earlier order for the same unit and 检查项 was not 销号 by the day of the visit and names the same
place, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from scoring.inspection import Unit
from scoring.rectify.lifecycle import Act, Move, OrderState, State
from scoring.rectify.orders import Order
from scoring.rectify.orders import leader as leader_of

ISSUED, FOUND_AGAIN = "交办", "再次发现"
WITHDRAWN = "检查表改过，没有这个问题了"
_STRUCK = re.compile(r"第[1-9][0-9]*号申诉更正，没有这个问题了")
VisitKey = tuple[str, date, str, tuple[str, ...], int]
ProblemKey = tuple[VisitKey, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IssuedOrder:
    """An order as the office keeps it, as of a day: ``moves`` are the steps taken by then, ``life`` what they come to.

    ``visit`` is the one it was found at (see ``Inspection.visit``), ``again`` those that found it again; ``see`` are
    the numbers of open orders that name some of its places too; ``photos`` were taken at the visit.
    """

    number: str
    round: str
    unit: Unit
    visit: VisitKey
    subject: str
    places: tuple[str, ...]
    clauses: tuple[str, ...]
    problem: str
    text: str
    responsible: str
    severity: str
    photos: tuple[str, ...]
    see: tuple[str, ...]
    life: OrderState
    moves: tuple[Move, ...] = ()
    again: tuple[VisitKey, ...] = ()

    @property
    def found_on(self) -> date:
        """Return the day of the visit."""
        return self.visit[1]

    @property
    def same_as(self) -> ProblemKey:
        """Return what makes two orders the same problem."""
        return self.visit, self.subject, self.places

    @property
    def withdrawn(self) -> bool:
        """Return whether it was 撤销 because the sheet or the record was corrected, rather than by someone's decision."""
        if self.life.state is not State.CANCELLED:
            return False
        why = self.moves[-1].note
        return why == WITHDRAWN or _STRUCK.fullmatch(why) is not None

    def last(self, *acts: Act) -> Move | None:
        """Return the last step of some kinds."""
        return next((one for one in reversed(self.moves) if one.act in acts), None)

    def says(self, found: Order) -> bool:
        """Return whether the order reads as one made now would."""
        own = self.clauses, self.problem, self.text, self.responsible, self.severity, self.life.deadline
        return own == (
            found.clauses, found.problem, found.text, found.responsible, found.severity, found.deadline,
        )  # fmt: skip

    def covers(self, found: Order) -> bool:
        """Return whether a finding of another visit is this trouble, found again."""
        _, day, *_ = found.inspection.visit
        closed = self.life.closed_on
        return (
            (self.unit.id, self.subject) == (found.unit.id, found.subject)
            and self.visit != found.inspection.visit
            and self.found_on <= day
            and self.life.state is not State.CANCELLED
            and (closed is None or closed > day)
            and (not self.places or not set(self.places).isdisjoint(found.places))
        )


def struck_by(appeal: int) -> str:
    """Return the reason of an order that is 撤销 because the 更正 of an appeal took its problem away."""
    return f"第{appeal}号申诉更正，没有这个问题了"


def withdrawal(one: IssuedOrder, who: str, why: str) -> Move:
    """Return the 撤销 of an order whose problem never was, from the earliest day that its steps allow."""
    return Move(Act.CANCEL, one.life.last_on or one.found_on, who, why)


def problem_of(found: Order) -> ProblemKey:
    """Return what makes a finding and an order the same problem."""
    return found.inspection.visit, found.subject, found.places


@dataclass(frozen=True, slots=True)
class Filter:
    """Which orders are asked for; what is empty asks nothing.

    ``late``: past their due time on the day that is asked about; ``open``: with anything left to do.
    """

    round: str = ""
    unit: str = ""
    state: str = ""
    responsible: str = ""
    leader: str = ""
    late: bool = False
    open: bool = False

    def fits(self, one: IssuedOrder, on: date) -> bool:
        """Return whether an order is one of them, as of a day."""
        asked = ((self.round, one.round), (self.state, one.life.state.value), (self.responsible, one.responsible),
                 (self.leader, leader(one)))  # fmt: skip
        return (
            all(word in ("", own) for word, own in asked)
            and (not self.unit or self.unit in names(one))
            and (not self.late or (one.life.open and one.life.late(on) > 0))
            and (not self.open or one.life.open)
        )

    def unknown(self, found: Collection[IssuedOrder]) -> Iterator[tuple[str, list[str]]]:
        """Yield each word that fits no order at all, and the words that do."""
        asked: tuple[tuple[str, Callable[[IssuedOrder], tuple[str, ...]]], ...] = (
            (self.round, lambda one: (one.round,)),
            (self.unit, names),
            (self.responsible, lambda one: (one.responsible,)),
            (self.leader, lambda one: (leader(one),)),
        )
        for word, own in asked:
            words = dict.fromkeys(name for one in found for name in own(one))
            if word and word not in words:
                yield word, [name for name in words if name]


EVERY = Filter()


def names(one: IssuedOrder) -> tuple[str, ...]:
    """Return every name that means an order's unit."""
    return one.unit.name, one.unit.id, *one.unit.aliases


def leader(one: IssuedOrder) -> str:
    """Return the leader who answers for an order's unit, "" where the register names none."""
    return leader_of(one.unit)
