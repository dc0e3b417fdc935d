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

_APART = (Result.FAIL, Result.NOT_CHECKED, Result.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Matched:
    """The findings of one visit: every clause's, and apart those that failed, are open (未查) or do not apply."""

    findings: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    open: tuple[Finding, ...]
    excused: tuple[Finding, ...]


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
        self._passed = tuple(question.passed for question in self._questions)
        self._by_kind: dict[str, tuple[tuple[_Question, ...], tuple[Finding, ...]]] = {}

    def __call__(self, inspection: Inspection, derived: Derived) -> Matched:
        """Return one finding per clause, in the order of the program's clauses."""
        values = derived.values
        questions, elsewhere = self._asked_of(inspection.unit.kind)
        notable = list(elsewhere)
        for question in questions:
            when = question.when(values)
            if when != F or question.exempt is not None:
                found = _answer(question, inspection, derived, when)
                if found is not question.passed:
                    notable.append(found)
        findings = list(self._passed)
        apart: dict[Result, list[Finding]] = {}
        for found in notable:
            findings[found.clause - 1] = found
            apart.setdefault(found.result, []).append(found)
        failed, open_, excused = (tuple(apart.get(result, ())) for result in _APART)
        return Matched(tuple(findings), failed, open_, excused)

    def _asked_of(self, kind: str) -> tuple[tuple[_Question, ...], tuple[Finding, ...]]:
        """Return the questions that apply to a 类别, and the findings of the others: 不适用 without asking."""
        found = self._by_kind.get(kind)
        if found is None:
            asked = tuple(one for one in self._questions if kind in one.clause.kinds)
            elsewhere = tuple(one.excused for one in self._questions if kind not in one.clause.kinds)
            found = self._by_kind[kind] = asked, elsewhere
        return found


def _answer(question: _Question, inspection: Inspection, derived: Derived, when: int) -> Finding:
    exempt = F if question.exempt is None else question.exempt(derived.values)
    if exempt == T or (when == N and not exempt & T):
        return question.excused
    if exempt & T or when not in (T, F):
        return _open(question, inspection, derived, when, optional=bool(exempt & T or when & N))
    return question.passed if when == F else _failed(question, inspection, derived)


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
        derived.counted.places.get(clause.subject) or inspection.places.get(clause.subject, ()),
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
    return Finding(
        clause.number,
        Result.NOT_CHECKED,
        ZERO,
        high,
        reason=reason,
        may_fail=bool(when & T),
        optional=optional,
    )


def _most(question: _Question, derived: Derived) -> Decimal:
    """Return the highest price: the known count's where it is known, else the tariff's."""
    tariff = question.clause.tariff
    known = tariff.field in derived.values
    return tariff.cost(derived.values, question.full).high if known else tariff.highest(question.full)


def _reason(clause: CompiledClause, inspection: Inspection) -> str:
    answers = (inspection.answers.get(name) for name in clause.reads)
    return next((one.reason for one in answers if isinstance(one, NotChecked) and one.reason), "")
