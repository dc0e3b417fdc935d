"""Questions to what is kept: who moved and why between two rounds, and what a draft standard would have made of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from scoring.analysis.chosen import under
from scoring.analysis.drafts import Redone, redone, under_draft
from scoring.analysis.movement.round_move import RoundSide, UnitMove, compared, moved_units
from scoring.inspection import Inspection
from scoring.rectify.issued import FOUND_AGAIN, IssuedOrder
from scoring.rectify.lifecycle import Act
from scoring.rectify.supervision import Supervised, supervised
from scoring.report.dossier import Dossier, PastRound
from scoring.rule.standard import Standard
from scoring.score import Assessment, Scorer
from scoring.store import orders, scores, trail, visits
from scoring.store.amendments import amendments
from scoring.store.card_sums import card_sums
from scoring.store.desk import Desk
from scoring.store.kept import horizon_of, ranking, standings_of, version_of
from scoring.store.order_desk import levels_of
from scoring.store.past_rounds import rounds_before
from scoring.store.period import period_of
from scoring.store.register_desk import totals_of
from scoring.store.rounds import Round
from scoring.store.schema import order, round_, step
from scoring.store.texts import standards_of
from scoring.tally import ScoreCard


class Analyses(Desk):
    """Analyses of kept rounds; nothing here writes."""

    def compare(self, before: str, after: str) -> tuple[UnitMove, ...]:
        """Return what moved each unit between the last scorings of two rounds, in parts that add up exactly."""
        with self._reading() as connection:
            sides = [_side(connection, name) for name in (before, after)]
            if not any(one.scheme.parts for one in sides):
                moved = moved_units(*sides)
                sides = [self._with_cards(connection, one, moved) for one in sides]
            known = {
                (one.id, one.starts): one
                for name in (before, after)
                for one in standards_of(connection, name)
            }
            scorer = Scorer(known.values(), calendar=self._calendar, infer=self._infer)
            return compared(sides[0], sides[1], scorer)

    def dossier(self, round: str, as_of: date | None = None, *, period: bool = False) -> Dossier:
        """Return everything that documents say of a round's last scoring, its orders as of a day or of the round's last.

        With ``period`` also what all rounds of its days hold: that takes longer.
        """
        with self._reading() as connection:
            last = ranking(connection, round)
            one, seen = last.round, horizon_of(connection, last.round)
            day = as_of or one.ends
            units = {each.unit.id for each in last.standings}
            cards = scores.cards_again(connection, round, units, calendar=self._calendar, infer=self._infer)
            own = tuple(orders.orders_of(connection, order.c.round == round, day=day))
            pending = tuple(_pending(connection, one, day))
            return Dossier(
                title=round,
                starts=one.starts,
                ends=one.ends,
                as_of=day,
                standards=standards_of(connection, round),
                standings=last.standings,
                cards=cards,
                orders=own,
                again=tuple(_found_again(connection, one, cards, day)),
                scheme=last.scheme,
                counted=totals_of(connection, one.starts, one.ends, self._calendar),
                period=period_of(connection, one, last.scheme, day) if period else None,
                earlier=tuple(
                    PastRound(each.name, each.ends, standings_of(connection, each))
                    for each in rounds_before(connection, one, last.scheme, seen.rest)
                ),
                pending=pending,
                supervised=tuple(self._supervised(connection, (*own, *pending), day)),
                amendments=tuple(amendments(connection, round)),
                seal=trail.last_about(connection, round),
            )

    def assessed(self, round: str, unit: str = "", standards: Sequence[str] = ()) -> Assessment:
        """Return a round as its last scoring saw it, or only a unit of it (by its id or name): what is asked of scores.

        Its ladder and waivers are those of that scoring. ``standards``, by 编号 or name, leave only the cards of those.
        Raises ScoringError for one that the round does not use.
        """
        with self._reading() as connection:
            units = {visits.unit_named(connection, round, unit).id} if unit else None
            found = scores.assessed(connection, round, units, calendar=self._calendar, infer=self._infer)
            return under(found, standards, standards_of(connection, round)) if standards else found

    def _supervised(
        self, connection: sa.Connection, known: Sequence[IssuedOrder], day: date
    ) -> Iterator[Supervised]:
        """Yield the orders that the 考核办法 of their rounds send to somebody higher as of a day."""
        for name in dict.fromkeys(one.round for one in known):
            levels = levels_of(connection, name)
            yield from supervised([one for one in known if one.round == name], levels, day, self._infer)

    def replay(self, drafts: Sequence[Standard], rounds: Sequence[str]) -> tuple[Redone, ...]:
        """Return what rounds would have come to had some standards been the law, whatever day they are 施行 from."""
        with self._reading() as connection:
            found = []
            for name in rounds:
                last = ranking(connection, name)
                standards = under_draft(standards_of(connection, name), drafts)
                again = scores.judge(
                    connection, name, calendar=self._calendar, infer=self._infer, standards=standards
                )
                found.append(redone(name, last.standings, again.standings, again.problems))
            return tuple(found)

    def _with_cards(self, connection: sa.Connection, side: RoundSide, ids: frozenset[str]) -> RoundSide:
        """Return a side with the cards of some units as they were kept when the round was last scored."""
        one = version_of(connection, side.name)
        units = {each.unit.id: each.unit for each in side.standings if each.unit.id in ids}
        law = scores.scorer_of(connection, one, calendar=self._calendar, infer=self._infer).law
        first: dict[str, tuple[Inspection, ...]] = {}
        for seen in visits.amended(connection, side.name):
            first[seen.unit.id] = (*first.get(seen.unit.id, ()), seen)
        return replace(side, cards=tuple(card_sums(connection, one, units, law)), first=first)


def _found_again(
    connection: sa.Connection, one: Round, cards: Iterable[ScoreCard], day: date
) -> Iterator[IssuedOrder]:
    """Yield the orders of other rounds whose trouble the visits of a round found again."""
    visits = {card.inspection.visit for card in cards}
    between = step.c.on.between(one.starts.isoformat(), one.ends.isoformat())
    noted = sa.select(step.c.order_).where(step.c.act == FOUND_AGAIN, between)
    for each in orders.orders_of(connection, order.c.round != one.name, order.c.id.in_(noted), day=day):
        if not visits.isdisjoint(each.again):
            yield each


def _pending(connection: sa.Connection, one: Round, day: date) -> Iterable[IssuedOrder]:
    """Return the orders of rounds that ended before a round's end and that were open at the end of a day."""
    ended = step.c.act.in_((Act.PASS.value, Act.CANCEL.value)), step.c.on <= day.isoformat()
    before = sa.select(round_.c.name).where(round_.c.ends <= one.ends.isoformat(), round_.c.name != one.name)
    open_ = order.c.id.not_in(sa.select(step.c.order_).where(*ended))
    return orders.orders_of(connection, order.c.round.in_(before), open_, day=day)


def _side(connection: sa.Connection, name: str) -> RoundSide:
    last = ranking(connection, name)
    return RoundSide(name, last.scheme, last.standings)
