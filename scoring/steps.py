"""The steps made ready for one program, so that every visit after the first only runs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from scoring.bonus import Bonuses
from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.errors import Problem, ScoringError, in_order
from scoring.finding import Derived, Fact, Finding, FindingFact
from scoring.inspection import Inspection
from scoring.match.derive import Deriver
from scoring.match.records import Matcher
from scoring.tally import Tallier


class Steps:
    """The steps made ready for one program; it is kept here, so that its id stays its own."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.derive, self.match = Deriver(program.terms), Matcher(program.clauses, program.terms)
        self.bonus, self.tally = Bonuses(program), Tallier(program)
        self._told = tuple((_fact(one), one.card.severity == "严重") for one in program.clauses)

    def facts(self, findings: Sequence[Finding]) -> tuple[Fact, ...]:
        """Return what the inference sees of some findings; the severe are numbered in the order of their clauses."""
        facts: list[Fact] = []
        severe = 0
        for finding in sorted(findings, key=_number) if len(findings) > 1 else findings:
            fact, grave = self._told[finding.clause - 1]
            severe += grave
            facts.append(replace(fact, nth=severe) if grave else fact)
        return tuple(facts)


_number = attrgetter("clause")


def _fact(clause: CompiledClause) -> FindingFact:
    """Return what the inference sees of a clause that failed, whatever else was found."""
    zero, veto = int(clause.zeroes), int(clause.card.veto)
    return FindingFact(clause.number, clause.item, zero=zero, veto=veto)


def every(made: Sequence[Steps], inspection: Inspection) -> list[Derived]:
    """Return a visit's values under each program; raise one ScoringError for all that does not fit."""
    derived: list[Derived] = []
    problems: list[Problem] = []
    for steps in made:
        try:
            derived.append(steps.derive(inspection))
        except ScoringError as error:
            problems += error.problems
    if problems:
        raise ScoringError(in_order(problems))
    return derived
