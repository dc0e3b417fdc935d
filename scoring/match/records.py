"""Match one visit at a time: every clause of a program answered, findings shared wherever nothing differs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.derive import Derived
from scoring.finding import Finding, Result
from scoring.inspection import Inspection, NotChecked
from scoring.match.predicates import F, N, Predicate, T, predicate
from scoring.points import ZERO
from scoring.program import CompiledClause, Program


@dataclass(frozen=True, slots=True)
class _Question:
    """One clause made ready: its predicates, and the findings that are the same for every visit."""

    clause: CompiledClause
    full: Decimal
    when: Predicate
    exempt: Predicate | None
    passed: Finding
    excused: Finding


class Matcher:
    """Answer every clause of a program for a visit; made once per program, then called per visit."""

    def __init__(self, program: Program) -> None:
        form = program.standard.form
        self._questions = tuple(
            _Question(
                clause,
                program.items[clause.item - 1].full,
                predicate(clause.when, form),
                None if clause.exempt is None else predicate(clause.exempt, form),
                Finding(clause.number, Result.PASS, ZERO, ZERO),
                Finding(clause.number, Result.NOT_APPLICABLE, ZERO, ZERO),
            )
            for clause in program.clauses
        )

    def __call__(self, inspection: Inspection, derived: Derived) -> tuple[Finding, ...]:
        """Return one finding per clause, in the order of the program's clauses."""
        kind, values = inspection.unit.kind, derived.values
        findings: list[Finding] = []
        for question in self._questions:
            if kind not in question.clause.kinds:
                findings.append(question.excused)
                continue
            exempt = F if question.exempt is None else question.exempt(values)
            if exempt == T:
                findings.append(question.excused)
                continue
            when = question.when(values)
            if exempt & T:
                findings.append(_open(question, inspection, derived, when, optional=True))
            elif when == F:
                findings.append(question.passed)
            elif when == N:
                findings.append(question.excused)
            elif when == T:
                findings.append(_failed(question, inspection, derived))
            else:
                findings.append(_open(question, inspection, derived, when, optional=bool(when & N)))
        return tuple(findings)


def _failed(question: _Question, inspection: Inspection, derived: Derived) -> Finding:
    clause = question.clause
    cost = clause.tariff.cost(derived.values, question.full)
    return Finding(
        clause.number,
        Result.FAIL,
        cost.low,
        cost.high,
        cost.uncapped,
        cost.count,
        inspection.places.get(clause.subject, ()),
        "" if cost.low == cost.high else _reason(clause, inspection),
    )


def _open(
    question: _Question, inspection: Inspection, derived: Derived, when: int, *, optional: bool
) -> Finding:
    """Return 未查: it costs nothing for certain, and at most what it could if its blanks went the wrong way."""
    clause = question.clause
    high = ZERO
    if when == T:
        high = clause.tariff.cost(derived.values, question.full).high
    elif when & T:
        high = _most(question, derived)
    reason = _reason(clause, inspection)
    may_fail = bool(when & T)
    return Finding(
        clause.number, Result.NOT_CHECKED, ZERO, high, reason=reason, may_fail=may_fail, optional=optional
    )


def _most(question: _Question, derived: Derived) -> Decimal:
    """Return the highest price: the known count's where it is known, else the tariff's."""
    tariff = question.clause.tariff
    known = tariff.field in derived.values
    return tariff.cost(derived.values, question.full).high if known else tariff.highest(question.full)


def _reason(clause: CompiledClause, inspection: Inspection) -> str:
    answers = (inspection.answers.get(name) for name in clause.reads)
    return next((one.reason for one in answers if isinstance(one, NotChecked) and one.reason), "")
