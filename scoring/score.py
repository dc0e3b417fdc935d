"""The pipeline: the only module that knows all four steps, and runs them in order.

derive → match (→ waive) → heap → infer (→ climb) → tally → rectify, visit by visit; then the visits of a unit are averaged and ranked (``round``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from scoring.compile.program import Law, Program
from scoring.errors import Problem, ScoringError, in_order
from scoring.finding import Derived, Finding, Infer, Mark, Result
from scoring.grammar.deadline import Calendar
from scoring.history.climb import UNRAISED, climb
from scoring.history.consequence import Past
from scoring.history.past import History
from scoring.inspection import Inspection, Unit
from scoring.match.heap import Heaps
from scoring.match.records import Matched
from scoring.match.waive import Waiver, waive
from scoring.rectify.orders import Order, orders
from scoring.round import UnitScore, unit_scores
from scoring.rule.standard import Standard
from scoring.scope import Scope, left_out, missing_columns, scope, unanswered
from scoring.steps import Steps, every
from scoring.tally import ScoreCard, Waived


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything one run comes to, in a fixed order whatever the order of the inspections.

    ``unscored`` are the units left 未评 because of the ``problems``; ``notices`` are things to know that stopped nothing;
    ``as_of`` is the day on which deadlines are looked at.
    """

    standards: tuple[Standard, ...]
    units: tuple[UnitScore, ...]
    cards: tuple[ScoreCard, ...]
    orders: tuple[Order, ...]
    unscored: tuple[Unit, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    as_of: date | None = None


Progress = Callable[[Sequence[Inspection]], Iterable[Inspection]]
Histories = Callable[[Inspection], History | None]
Excuses = Callable[[Inspection], Sequence[Waiver]]


class Scorer:
    """Score inspections under some standards; keeps what is compiled, so one instance serves a long-running process."""

    def __init__(self, standards: Iterable[Standard], *, calendar: Calendar, infer: Infer) -> None:
        self.law = Law(standards)
        self.calendar, self.infer = calendar, infer
        self._made: dict[int, Steps] = {}
        self._scope = lru_cache(maxsize=4096)(scope)
        self._ready = lru_cache(maxsize=256)(self._made_ready)

    def score(
        self,
        inspections: Iterable[Inspection],
        progress: Progress = iter,
        history: Histories | None = None,
        waived: Excuses | None = None,
    ) -> Assessment:
        """Return the assessment of some inspections; what is wrong with one leaves its unit 未评.

        ``progress`` may wrap the visits to watch them go by; ``history`` returns what is known from before a visit,
        ``waived`` its unit's waivers.
        """
        cards: list[ScoreCard] = []
        problems: list[Problem] = []
        unscored: dict[str, Unit] = {}
        for inspection in progress(sorted(inspections, key=lambda one: one.visit)):
            try:
                before = history(inspection) if history else None
                cards.extend(self.cards(inspection, before, waived(inspection) if waived else ()))
            except ScoringError as error:
                problems.extend(error.problems)
                unscored[inspection.unit.id] = inspection.unit
        kept = [card for card in cards if card.inspection.unit.id not in unscored]
        kept.sort(key=lambda card: (card.inspection.visit, card.program.standard.id))
        used = {id(card.program.standard): card.program.standard for card in kept}
        return Assessment(
            standards=tuple(sorted(used.values(), key=lambda one: (one.id, one.starts))),
            units=unit_scores(kept),
            cards=tuple(kept),
            orders=orders(kept, self.calendar),
            unscored=tuple(unscored[id] for id in sorted(unscored)),
            problems=in_order(problems),
            notices=tuple(sorted({*missing_columns(kept), *left_out(self._scopes(kept))})),
        )

    def cards(
        self, inspection: Inspection, history: History | None = None, waivers: Sequence[Waiver] = ()
    ) -> Iterator[ScoreCard]:
        """Yield the card of one visit under every standard in force that its sheet can answer, in the order of 编号.

        With ``history``, what follows from the unit's past is told on the cards and its ladder makes the prices; with
        ``waivers`` the clauses that one of them excuses on its day are 不适用, and the card without them stands beside.
        Raises ScoringError where an answer does not fit or no standard applies.
        """
        programs = self._in_scope(inspection).programs
        if not programs:
            raise ScoringError([unanswered(inspection, self.law.standards)])
        covering = [one for one in waivers if one.covers(inspection.date)]
        yield from self.together(programs, inspection, history, covering)

    def card(self, program: Program, inspection: Inspection, history: History | None = None) -> ScoreCard:
        """Return the card of one visit under one program alone."""
        return next(self.together((program,), inspection, history))

    def together(
        self,
        programs: tuple[Program, ...],
        inspection: Inspection,
        history: History | None,
        waivers: Sequence[Waiver] = (),
    ) -> Iterator[ScoreCard]:
        """Run the steps in order under the programs that judge one visit together; where some is waived, twice."""
        made, heaps = self._ready(programs)
        derived = every(made, inspection)
        matched = [one.match(inspection, each) for one, each in zip(made, derived, strict=True)]
        plain = self._charged(made, heaps, inspection, derived, matched, history)
        if not waivers:
            yield from plain
            return
        excused = [
            waive(found, program.numbers, waivers) for program, found in zip(programs, matched, strict=True)
        ]
        left = [found for found, _ in excused]
        cards = self._charged(made, heaps, inspection, derived, left, history)
        for card, without, (_, by) in zip(cards, plain, excused, strict=True):
            moved = by or (card.low, card.high) != (without.low, without.high)
            yield replace(card, waived=Waived(by, without)) if moved else card

    def _scopes(self, cards: Iterable[ScoreCard]) -> Iterable[Scope]:
        """Return how each visit's standards were settled, each way once."""
        return dict.fromkeys(self._in_scope(card.inspection) for card in cards)

    def _in_scope(self, inspection: Inspection) -> Scope:
        return self._scope(self.law.on(inspection.date), inspection.unit.kind, inspection.columns)

    def _charged(
        self,
        made: Sequence[Steps],
        heaps: Heaps,
        inspection: Inspection,
        derived: Sequence[Derived],
        matched: Sequence[Matched],
        history: History | None,
    ) -> list[ScoreCard]:
        """Return the cards of what was matched, every heap charged once."""
        return [
            self._card(steps, inspection, values, found, history)
            for steps, values, found in zip(made, derived, heaps(inspection.unit.kind, matched), strict=True)
        ]

    def _card(
        self,
        steps: Steps,
        inspection: Inspection,
        values: Derived,
        found: Matched,
        history: History | None,
    ) -> ScoreCard:
        """Return the card of what was matched: infer, climb the ladder, tally."""
        past = None if history is None else Past(history, steps.program, inspection.date)
        certain = possible = self._marks(steps, past, found.failed)
        if found.open:
            may_fail = [one for one in found.open if one.may_fail]
            possible = self._marks(steps, past, (*found.failed, *may_fail))
        raised = UNRAISED
        if past is not None:
            told = past.consequences(self.infer, certain, possible)
            found, raised = climb(steps.program, found, told, past.ladder)
        bonus = steps.bonus(inspection, values)
        return steps.tally(inspection, values, found, certain, possible, bonus, raised)

    def _marks(self, steps: Steps, past: Past | None, findings: Sequence[Finding]) -> tuple[Mark, ...]:
        if past is None:
            if not findings:
                return ()
            return self.infer(steps.program.ruleset, steps.facts(findings))
        return self.infer(past.ruleset, (*steps.facts(findings), *past.facts(findings)))

    def rejudged(self, card: ScoreCard, findings: Sequence[Finding]) -> ScoreCard:
        """Return a card as it would be with other findings, one per clause in their order: inferred and tallied anew.

        What each finding costs by itself is taken as it stands, the ladder's step and the heap's taker with it.
        """
        apart = {result: tuple(one for one in findings if one.result is result) for result in Result}
        found = Matched(
            tuple(findings),
            apart[Result.FAIL],
            apart[Result.NOT_CHECKED],
            apart[Result.NOT_APPLICABLE],
        )
        steps = self._steps(card.program)
        certain = possible = self._marks(steps, None, found.failed)
        if found.open:
            may_fail = [one for one in found.open if one.may_fail]
            possible = self._marks(steps, None, (*found.failed, *may_fail))
        return steps.tally(card.inspection, card.derived, found, certain, possible, card.bonus)

    def _made_ready(self, programs: tuple[Program, ...]) -> tuple[Sequence[Steps], Heaps]:
        return [self._steps(program) for program in programs], Heaps(programs)

    def _steps(self, program: Program) -> Steps:
        found = self._made.get(id(program))
        if found is None:
            found = self._made[id(program)] = Steps(program)
        return found
