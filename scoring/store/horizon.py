"""How far a scoring sees: up to which events. What came later, or had ended by then, is not there for it.

A round is scored with everything there is at the moment. Made again, it must see what it saw then; and a 更正 of a
closed round sees that round's own visits as corrected, and everything else as it was; 重新合成 sees the rounds below as
they were put right.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

_NO_END = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Horizon:
    """The last event that is seen: ``own`` of the round's own visits, ``rest`` of everything else.

    ``below``: of the rounds it is made of, which ``rest`` tells, the versions that this event saw.
    """

    own: int = _NO_END
    rest: int = _NO_END
    below: int = _NO_END


NOW = Horizon()


def came_by(table: sa.Table, event: int) -> sa.ColumnElement[bool]:
    """Return the condition that a row was there after an event and had not ended by it."""
    there = table.c.event <= event
    return (
        sa.and_(there, sa.or_(table.c.ended.is_(None), table.c.ended > event))
        if "ended" in table.c
        else there
    )
