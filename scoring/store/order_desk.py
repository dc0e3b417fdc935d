"""Orders: issued from a scoring, stepped from 交办 to 销号, listed, counted, and looked at for 督办."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.finding import MarkKind
from scoring.history.consequence import Consequence, supervise
from scoring.history.ladder import Policy
from scoring.history.past import PastOrder
from scoring.history.policy import policy
from scoring.inspection import Unit
from scoring.rectify.counted import Counted, counted
from scoring.rectify.issued import EVERY, WITHDRAWN, Filter, IssuedOrder
from scoring.rectify.lifecycle import Act, Move
from scoring.rectify.orders import filled
from scoring.rectify.reconcile import Issue, Plan, plan
from scoring.sheets.replies import Replies
from scoring.store import orders, replies, scores
from scoring.store.desk import Desk
from scoring.store.histories import past_orders
from scoring.store.orders import Taken
from scoring.store.replies import Filing
from scoring.store.rounds import scored_round, the_round
from scoring.store.schema import order
from scoring.store.texts import scheme_of


@dataclass(frozen=True, slots=True)
class Supervised:
    """An order that should go to somebody higher: ``to`` whom, at which ``level`` of 督办, and why."""

    order: IssuedOrder
    level: int
    to: str
    why: str


class Orders(Desk):
    """The orders of a database, by their numbers."""

    def issue(self, round: str, *, on: date | None = None, who: str, at: str) -> Plan:
        """Issue (交办) an order for every problem of a round's last scoring that has none yet.

        ``on`` is the day of 交办; without it each order is in force from the day of its visit. Issuing twice changes
        nothing. What the sheets no longer say is 撤销 where nobody has touched it (see ``rectify.reconcile``).
        """
        with self._writing(who) as connection:
            one = scored_round(connection, round)
            seen = scores.last_horizon(connection, one)
            found = scores.judged(connection, round, calendar=self._calendar, infer=self._infer, horizon=seen)
            known = orders.orders_of(connection)
            issue = Issue(round, orders.next_number(connection, round), on, self._calendar)
            unscored = {each.id for each in found.assessment.unscored}
            made = plan(found.assessment.orders, known, issue, unscored)
            self._carry_out(connection, made, known, who, at)
        return made

    def _carry_out(
        self, connection: sa.Connection, made: Plan, known: Iterable[IssuedOrder], who: str, at: str
    ) -> None:
        for one in made.gone:
            move = Move(Act.CANCEL, one.life.last_on or one.found_on, who, WITHDRAWN)
            orders.take(connection, one, move, self._calendar, who=who, at=at)
        for one in made.new:
            orders.issue(connection, one, who=who, at=at)
        numbered = {one.number: one for one in (*known, *made.new)}
        for again in made.again:
            orders.note_again(connection, numbered[again.number], again, who=who, at=at)

    def step(self, numbers: Sequence[str], move: Move, *, who: str, at: str) -> tuple[IssuedOrder, ...]:
        """Take the same step on some orders, all of them or none; return them after it.

        ``move.who`` did it, ``who`` records it.
        """
        wrong: list[Problem] = []
        after: list[IssuedOrder] = []
        with self._writing(who) as connection:
            for one in orders.named(connection, numbers):
                try:
                    after.append(orders.take(connection, one, move, self._calendar, who=who, at=at))
                except ScoringError as error:
                    wrong += (replace(each, where=one.number) for each in error.problems)
            if wrong:
                raise ScoringError(wrong)
        return tuple(after)

    def take_in(self, read: Replies, *, who: str, at: str) -> Filing:
        """Record what the rows of sheets say was done: all of it, or nothing where anything is wrong.

        A step that is recorded already is known, so that the same sheet twice changes nothing.
        """
        with self._writing(who) as connection:
            return replies.take_in(connection, read, self._calendar, who=who, at=at)

    def units(self) -> tuple[Unit, ...]:
        """Return every unit of every round, as the latest round's register knows it."""
        with self._reading() as connection:
            by_round = orders.units_by_round(connection).values()
        return tuple({id: one for units in by_round for id, one in units.items()}.values())

    def find(self, as_of: date, asked: Filter = EVERY) -> tuple[IssuedOrder, ...]:
        """Return the orders that are asked for, as they stood at the end of a day, in the order of their numbers.

        Raises ScoringError for a word of the filter that fits no order at all.
        """
        with self._reading() as connection:
            every = orders.orders_of(connection, day=as_of)
        wrong = [
            Problem(message=f"没有“{shortened(word)}”的整改单", hint=did_you_mean(word, known, label="有"))
            for word, known in asked.unknown(every)
        ]
        if wrong:
            raise ScoringError(wrong)
        return tuple(one for one in every if asked.fits(one, as_of))

    def history(self, number: str) -> tuple[IssuedOrder, tuple[Taken, ...]]:
        """Return an order as it stands now, and every step with who recorded it when."""
        with self._reading() as connection:
            (one,) = orders.named(connection, [number])
            return one, tuple(orders.history(connection, number))

    def progress(self, as_of: date, by: str = "", asked: Filter = EVERY) -> tuple[Counted, ...]:
        """Return how far the orders have come as of a day, by 单位, 包村领导, 责任单位 or 片区, or all together."""
        return counted(self.find(as_of, asked), by, as_of)

    def supervise(self, round: str, as_of: date) -> tuple[Supervised, ...]:
        """Return the orders of a round that its 考核办法 sends to somebody higher (督办) as of a day, each to the highest."""
        with self._reading() as connection:
            levels = policy(scheme_of(connection, the_round(connection, round).scheme), "")
            known = orders.orders_of(connection, order.c.round == round, day=as_of)
            past = {one.number: one for one in past_orders(connection, as_of)}
        found = ((one, self._highest(past[one.number], levels, as_of)) for one in known if one.number in past)
        return tuple(
            Supervised(one, told.mark.n, filled(levels.levels[told.mark.n - 1].to, one.unit), told.text)
            for one, told in found
            if told is not None
        )

    def _highest(self, past: PastOrder, levels: Policy, as_of: date) -> Consequence | None:
        """Return to which level an order goes; asked one by one, so that orders that stand alike are inferred once."""
        told = (each for _, each in supervise([past], levels, as_of, self._infer))
        above = [each for each in told if each.mark.kind is MarkKind.ESCALATED]
        return max(above, key=lambda each: each.mark.n, default=None)
