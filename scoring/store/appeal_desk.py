"""申诉: filed against a visit as it was recorded, decided by somebody else, told for the bulletin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from scoring.audit import Json
from scoring.compile.vocabulary import vocabulary
from scoring.errors import Problem, ScoringError
from scoring.inspection import Inspection
from scoring.judge.appeal import Appeal, Ruling, Which
from scoring.rectify.appealed import Fate, fates
from scoring.rectify.issued import IssuedOrder, struck_by, withdrawal
from scoring.rule.form_field import FormField
from scoring.sheets.corrected import corrected
from scoring.store import appeals, orders, trail
from scoring.store.amend import amend
from scoring.store.amendments import amended
from scoring.store.desk import Desk, one_line
from scoring.store.past_rounds import resting_on
from scoring.store.rounds import the_round
from scoring.store.schema import appeal, order
from scoring.store.scores import Scored
from scoring.store.texts import standards_of
from scoring.store.visits import unit_named

Fates = tuple[tuple[IssuedOrder, Fate], ...]
_NO_CHANGES: Mapping[str, str] = {}


class Appeals(Desk):
    """The appeals of a database, by their numbers; what is decided is a new version of the round, never a change of the old."""

    def file(
        self,
        round: str,
        unit: str,
        visit: Which,
        reason: str,
        *,
        about: Sequence[str] = (),
        who: str,
        at: str,
    ) -> Appeal:
        """File an appeal against a visit of a unit (by its id or name), about some clauses or 检查项; return it."""
        with self._writing(who) as connection:
            appeals.names_in(who)
            one = the_round(connection, round)
            _, seen = appeals.the_visit(connection, round, unit_named(connection, round, unit), visit)
            clauses = dict.fromkeys(
                each.id for law in standards_of(connection, round) for each in law.clauses
            )
            known = [*clauses, *sorted(seen.columns)]
            waiting = appeals.appeals(connection, appeal.c.round == round)
            if wrong := list(appeals.filing_problems(seen, about, known, reason, waiting)):
                raise ScoringError(wrong)
            body = appeals.filed_text(seen, about, reason)
            number = trail.append(connection, at, who, "申诉", one.name, body)
            return appeals.the_appeal(connection, appeals.file(connection, body, one.name, number))

    def decide(
        self,
        number: int,
        ruling: Ruling,
        reason: str,
        changes: Mapping[str, str] = _NO_CHANGES,
        *,
        who: str,
        at: str,
    ) -> Appeal:
        """Decide an appeal; return it.

        A 更正 names ``changes``: 检查项 (or 检查项@点位, see ``sheets.corrected``) to its new answer as it would be written on
        a sheet. The corrected visit takes the recorded one's place and a round that was scored gets a new version, open
        or closed; open orders of what the visit no longer has are 撤销 (see ``rectify.appealed``).
        Raises ScoringError for an inspector of the visit or the one who filed it as ``who``, for an appeal that was
        decided, and for all that is wrong with the changes.
        """
        with self._writing(who) as connection:
            one = appeals.the_appeal(connection, number)
            if wrong := list(appeals.deciding_problems(one, ruling, reason, who, changed=bool(changes))):
                raise ScoringError(wrong)
            body: Json = {"appeal": number, "unit": one.unit.id, "reason": one_line(reason)}
            touched: Fates = ()
            if ruling is Ruling.AMENDED:
                said, touched = self._amended(connection, one, changes, one_line(reason))
                body |= said
            made = trail.append(connection, at, who, ruling.value, one.round, body)
            appeals.decided(connection, number, ruling, made)
            self._cancel(
                connection, [each for each, fate in touched if fate is Fate.CANCELLED], number, who, at
            )
            return appeals.the_appeal(connection, number)

    def _amended(
        self, connection: sa.Connection, one: Appeal, changes: Mapping[str, str], reason: str
    ) -> tuple[Json, Fates]:
        """Put a visit right and score its round anew; return what the trail says of it, and what becomes of its orders."""
        round = the_round(connection, one.round)
        old, seen = appeals.the_visit(connection, one.round, one.unit, one.visit)
        right, changed = corrected(seen, changes, _fields(connection, one.round), reason)
        number = trail.head(connection)[0] + 1
        scored = amend(connection, round, old, right, number, calendar=self._calendar, infer=self._infer)
        body: Json = {
            "visit": appeals.which_text(seen),
            "changes": [[each.field, each.place, each.old, each.new] for each in changed],
        }
        if scored is None:
            return body, ()
        later = [list(each) for each in resting_on(connection, one.round)]
        body |= {"version": scored.round.version, "sha256": scored.sha256, "later": later}
        if touched := _fates(connection, scored, right):
            body["orders"] = [[each.number, each.problem, fate.value] for each, fate in touched]
        return body, touched

    def _cancel(
        self, connection: sa.Connection, gone: Sequence[IssuedOrder], appeal: int, who: str, at: str
    ) -> None:
        """Cancel (撤销) the open orders whose problem an appeal took away, each with its event."""
        moves = [(one, withdrawal(one, who, struck_by(appeal))) for one in gone]
        entries = [orders.stepped(one, move, self._calendar)[1] for one, move in moves]
        orders.record(connection, entries, who=who, at=at)

    def all(self, round: str = "") -> list[Appeal]:
        """Return every appeal, or those of one round, the earliest first."""
        with self._reading() as connection:
            if not round:
                return list(appeals.appeals(connection))
            return list(appeals.appeals(connection, appeal.c.round == the_round(connection, round).name))

    def one(self, number: int) -> Appeal:
        """Return an appeal by its number."""
        with self._reading() as connection:
            return appeals.the_appeal(connection, number)

    def visit(self, number: int) -> tuple[Inspection, Mapping[str, FormField]]:
        """Return the visit an appeal is about, as it now stands, and the 检查项 of its round."""
        with self._reading() as connection:
            one = appeals.the_appeal(connection, number)
            _, seen = appeals.the_visit(connection, one.round, one.unit, one.visit)
            return seen, _fields(connection, one.round)

    def notice(self, number: int) -> tuple[str, ...]:
        """Return the 更正说明 of an appeal line by line.

        Raises ScoringError where it did not come to a 更正.
        """
        with self._reading() as connection:
            one = appeals.the_appeal(connection, number)
            decision = one.decision
            if decision is None or decision.ruling is not Ruling.AMENDED:
                raise ScoringError(
                    [
                        Problem(
                            message=f"第{number}号申诉{one.state}，没有更正", hint="裁定为更正的才有更正说明"
                        )
                    ]
                )
            return amended(connection, one, decision)


def _fates(connection: sa.Connection, scored: Scored, right: Inspection) -> Fates:
    """Return what becomes of the orders of a visit that was put right; nothing where its unit is 未评 now."""
    if any(each.id == right.unit.id for each in scored.assessment.unscored):
        return ()
    own = order.c.round == scored.round.name, order.c.unit == right.unit.id
    known = [each for each in orders.orders_of(connection, *own) if each.visit == right.visit]
    found = [each for each in scored.assessment.orders if each.inspection.visit == right.visit]
    return tuple(fates(known, found))


def _fields(connection: sa.Connection, round: str) -> Mapping[str, FormField]:
    return vocabulary(standards_of(connection, round))
