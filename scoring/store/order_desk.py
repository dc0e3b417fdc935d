"""Orders: issued from a scoring, stepped from 交办 to 销号, listed, counted, and looked at for 督办."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.history.ladder import Policy
from scoring.history.policy import policy
from scoring.inspection import Unit
from scoring.rectify.counted import Counted, counted
from scoring.rectify.issued import EVERY, WITHDRAWN, Filter, IssuedOrder, withdrawal
from scoring.rectify.lifecycle import Act, Move
from scoring.rectify.reconcile import Issue, Plan, plan
from scoring.rectify.supervision import Supervised, level_of, supervised
from scoring.sheets.reply import Replies
from scoring.store import orders, replies, scores
from scoring.store.desk import Desk
from scoring.store.kept import horizon_of
from scoring.store.orders import Taken
from scoring.store.replies import Filing
from scoring.store.rounds import scored_round, the_round
from scoring.store.schema import order
from scoring.store.texts import scheme_of


class Orders(Desk):
    """The orders of a database, by their numbers."""

    def issue(self, round: str, *, on: date | None = None, who: str, at: str) -> Plan:
        """Issue (交办) an order for every problem of a round's last scoring that has none yet.

        ``on`` is the day of 交办; without it each order is in force from the day of its visit. Issuing twice changes
        nothing. What the sheets no longer say is 撤销 where nobody has touched it (see ``rectify.reconcile``).
        """
        with self._writing(who) as connection:
            one = scored_round(connection, round)
            seen = horizon_of(connection, one)
            found = scores.judge(connection, round, calendar=self._calendar, infer=self._infer, horizon=seen)
            known = orders.orders_of(connection)
            issue = Issue(round, orders.next_number(connection, round), on, self._calendar)
            unscored = {each.id for each in found.assessment.unscored}
            made = plan(found.assessment.orders, known, issue, unscored)
            self._carry_out(connection, made, known, who, at)
        return made

    def _carry_out(
        self, connection: sa.Connection, made: Plan, known: Iterable[IssuedOrder], who: str, at: str
    ) -> None:
        orders.issue(connection, made.new, who=who, at=at)
        numbered = {one.number: one for one in (*known, *made.new)}
        gone = [orders.stepped(one, withdrawal(one, who, WITHDRAWN), self._calendar)[1] for one in made.gone]
        again = [orders.found_again(numbered[each.number], each, who) for each in made.again]
        orders.record(connection, [*gone, *again], who=who, at=at)

    def step(self, numbers: Sequence[str], move: Move, *, who: str, at: str) -> tuple[IssuedOrder, ...]:
        """Take the same step on some orders, all of them or none; return them after it.

        ``move.who`` did it, ``who`` records it.
        """
        with self._writing(who) as connection:
            return self._each(connection, numbers, lambda _: move, who, at)

    def escalate(
        self, numbers: Sequence[str], on: date, *, to: str = "", note: str = "", who: str, at: str
    ) -> tuple[IssuedOrder, ...]:
        """Send some orders to somebody higher (提级督办), all of them or none: to whom the 考核办法 says, or ``to`` whom.

        Raises ScoringError for an order that the 考核办法 does not send anywhere yet, where nobody is named.
        """
        with self._writing(who) as connection:

            def move(one: IssuedOrder) -> Move:
                level, whom = self._above(one, levels_of(connection, one.round), to, on)
                return Move(Act.ESCALATE, on, who, note, to=whom, level=level)

            return self._each(connection, numbers, move, who, at)

    def _above(self, one: IssuedOrder, levels: Policy, to: str, on: date) -> tuple[int, str]:
        """Return the level to which an order goes, and to whom."""
        if to:
            return level_of(one, levels, to), to
        for each in supervised([one], levels, on, self._infer):
            return each.level, each.to
        raise ScoringError(
            [Problem(message=f"按考核办法，{on} 还不到提级督办", hint="要提的，加 --to 提到谁")]
        )

    def _each(
        self,
        connection: sa.Connection,
        numbers: Sequence[str],
        move: Callable[[IssuedOrder], Move],
        who: str,
        at: str,
    ) -> tuple[IssuedOrder, ...]:
        after: list[tuple[IssuedOrder, orders.Entry]] = []
        wrong: list[Problem] = []
        for one in orders.named(connection, numbers):
            try:
                after.append(orders.stepped(one, move(one), self._calendar))
            except ScoringError as error:
                wrong += (replace(each, where=one.number) for each in error.problems)
        if wrong:
            raise ScoringError(wrong)
        orders.record(connection, [entry for _, entry in after], who=who, at=at)
        return tuple(one for one, _ in after)

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
            levels = levels_of(connection, round)
            known = orders.orders_of(connection, order.c.round == round, day=as_of)
        return tuple(supervised(known, levels, as_of, self._infer))


def levels_of(connection: sa.Connection, round: str) -> Policy:
    """Return whom the 考核办法 of a round sends orders to; the sources of visits make no difference to that."""
    return policy(scheme_of(connection, the_round(connection, round).scheme), "")
