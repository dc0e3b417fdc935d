"""Has anything come since a round's last scoring that it would see now? Asked of the trail, so that nothing is scored to know.

What is not known to be unseen counts as seen: a new kind of event makes a round be judged again, never wrongly closed.
"""

from __future__ import annotations

import sqlalchemy as sa

from scoring.judge.appeal import Ruling
from scoring.rectify.issued import FOUND_AGAIN, ISSUED
from scoring.rectify.lifecycle import Act
from scoring.store.draws import DRAWN
from scoring.store.entries import ENTERED, STRUCK
from scoring.store.kept import horizon_of
from scoring.store.past_rounds import asks_history
from scoring.store.rounds import Round
from scoring.store.schema import event
from scoring.store.texts import scheme_of

_UNSEEN = ("申诉", Ruling.UPHELD, DRAWN, ENTERED, STRUCK)
# Of another round they count from its end on, and that is an event of its own.
_OF_ITS_ROUND = ("开轮次", "导入", "附加分", "评分")
_OF_ORDERS = (ISSUED, FOUND_AGAIN, *Act)


def anything(connection: sa.Connection, one: Round) -> bool:
    """Return whether an event came after a round's last scoring that the round may rest on."""
    unseen = list(_UNSEEN)
    if not asks_history(scheme_of(connection, one.scheme)):
        unseen += _OF_ORDERS
    elsewhere = sa.and_(event.c.kind.in_(_OF_ITS_ROUND), event.c.about != one.name)
    later = sa.select(event.c.number).where(
        event.c.number > horizon_of(connection, one).rest, event.c.kind.not_in(unseen), sa.not_(elsewhere)
    )
    return connection.execute(later.limit(1)).first() is not None
