"""The pipeline: the only module that knows all four steps, and runs them in order.

derive → match → infer → tally → rectify, visit by visit; then the visits of a unit are averaged and ranked (``round``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.bonus import Bonuses
from scoring.climb import UNRAISED, climb
from scoring.consequence import Past
from scoring.deadline import Calendar
from scoring.derive import Deriver
from scoring.errors import Problem, ScoringError, in_order
from scoring.finding import Fact, Finding, FindingFact, Infer, Mark
from scoring.history import History
from scoring.inspection import Inspection, Unit
from scoring.match.records import Matcher
from scoring.program import Law, Program
from scoring.rectify import Order, orders
from scoring.round import UnitScore, unit_scores
from scoring.standard import Standard
from scoring.tally import ScoreCard, Tallier


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


class Scorer:
    """Score inspections under some standards; keeps what is compiled, so one instance serves a long-running process."""

    def __init__(self, standards: Iterable[Standard], *, calendar: Calendar, infer: Infer) -> None:
        self.law = Law(standards)
        self.calendar, self.infer = calendar, infer
        self._made: dict[int, _Steps] = {}

    def score(
        self,
        inspections: Iterable[Inspection],
        progress: Progress = iter,
        history: Histories | None = None,
    ) -> Assessment:
        """Return the assessment of some inspections; what is wrong with one leaves its unit 未评.

        ``progress`` may wrap the visits to watch them go by; ``history`` returns what is known from before a visit.
        """
        cards: list[ScoreCard] = []
        problems: list[Problem] = []
        unscored: dict[str, Unit] = {}
        for inspection in progress(sorted(inspections, key=lambda one: one.visit)):
            try:
                cards.extend(self.cards(inspection, history(inspection) if history else None))
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
            notices=tuple(sorted(_missing_columns(kept))),
        )

    def cards(self, inspection: Inspection, history: History | None = None) -> Iterator[ScoreCard]:
        """Yield the card of one visit under every standard in force that its sheet can answer, in the order of 编号.

        Raises ScoringError where an answer does not fit or no standard applies.
        """
        programs = [one for one in self.law.on(inspection.date) if _answers(inspection, one.standard)]
        if not programs:
            raise ScoringError([_unanswered(inspection, self.law.standards)])
        for program in programs:
            yield self.card(program, inspection, history)

    def card(self, program: Program, inspection: Inspection, history: History | None = None) -> ScoreCard:
        """Return the card of one visit under one program: the steps in order.

        With ``history``, what follows from the unit's past is told on the card and its ladder makes the prices.
        """
        steps = self._steps(program)
        derived = steps.derive(inspection)
        matched = steps.match(inspection, derived)
        past = None if history is None else Past(history, program, inspection.date)
        certain = possible = self._marks(steps, past, matched.failed)
        if matched.open:
            may_fail = [one for one in matched.open if one.may_fail]
            possible = self._marks(steps, past, (*matched.failed, *may_fail))
        raised = UNRAISED
        if history is not None and past is not None:
            found = past.consequences(self.infer, certain, possible)
            matched, raised = climb(program, matched, found, history.policy.ladder)
        bonus = steps.bonus(inspection, derived)
        return steps.tally(inspection, derived, matched, certain, possible, bonus, raised)

    def _marks(self, steps: _Steps, past: Past | None, findings: Sequence[Finding]) -> tuple[Mark, ...]:
        if past is None:
            return self.infer(steps.program.ruleset, steps.facts(findings))
        return self.infer(past.ruleset, (*steps.facts(findings), *past.facts(findings)))

    def _steps(self, program: Program) -> _Steps:
        found = self._made.get(id(program))
        if found is None:
            found = self._made[id(program)] = _Steps(program)
        return found


class _Steps:
    """The steps made ready for one program; it is kept here, so that its id stays its own."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.derive, self.match = Deriver(program.terms), Matcher(program.clauses, program.terms)
        self.bonus, self.tally = Bonuses(program), Tallier(program)

    def facts(self, findings: Sequence[Finding]) -> tuple[Fact, ...]:
        """Return what the inference sees of some findings; the severe are numbered in the order of their clauses."""
        facts: list[Fact] = []
        severe = 0
        for finding in sorted(findings, key=lambda one: one.clause) if len(findings) > 1 else findings:
            clause = self.program.clause(finding.clause)
            grave = clause.card.severity == "严重"
            severe += grave
            nth = severe if grave else 0
            zero, veto = int(clause.zeroes), int(clause.card.veto)
            facts.append(FindingFact(clause.number, clause.item, zero=zero, veto=veto, nth=nth))
        return tuple(facts)


def _answers(inspection: Inspection, standard: Standard) -> bool:
    """Return whether a standard applies to the unit and the sheet asks at least one of its 检查项."""
    return inspection.unit.kind in standard.kinds and not inspection.columns.isdisjoint(standard.form)


def _unanswered(inspection: Inspection, standards: Sequence[Standard]) -> Problem:
    kind, day = inspection.unit.kind, inspection.date
    fitting = [one for one in standards if kind in one.kinds]
    if not fitting:
        kinds = "、".join(sorted({kind for one in standards for kind in one.kinds}))
        message, hint = f"没有适用于“{kind}”的标准", f"可评的类别: {kinds}"
    elif all(not _covers(one, day) for one in fitting):
        terms = "、".join(
            f"{one.name} {one.starts} 起{f'至 {one.ends}' if one.ends else ''}" for one in fitting
        )
        message, hint = f"检查日期 {day} 没有在施行的标准", f"施行日期: {terms}"
    else:
        names = "、".join(one.name for one in fitting)
        message, hint = "这张表没有所用标准的检查项", f"“{kind}”用 {names} 的登记表"
    origin = inspection.origin
    return Problem(origin.path, origin.row, 0, inspection.unit.name, message, hint, inspection.unit.id)


def _covers(standard: Standard, day: date) -> bool:
    return standard.starts <= day and (standard.ends is None or day < standard.ends)


def _missing_columns(cards: Iterable[ScoreCard]) -> set[str]:
    """Say which 检查项 a standard needs and a sheet does not ask: they count as 未查 there."""
    asked = {(card.program, card.inspection.unit.kind, card.inspection.columns) for card in cards}
    said = set()
    for program, kind, columns in asked:
        reads = (name for clause in program.clauses if kind in clause.kinds for name in clause.asks)
        missing = [name for name in dict.fromkeys(reads) if name not in columns]
        if missing:
            said.add(f"{program.standard.name}: {kind}的表上没有 {'、'.join(missing)}，按未查")
    return said
