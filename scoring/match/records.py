"""Match one visit at a time: every clause of a program answered, findings shared wherever nothing differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoring.compile.compiled import Check
from scoring.compile.terms import Terms
from scoring.finding import Derived, Finding, Result
from scoring.inspection import Inspection, NotChecked
from scoring.match.predicates import NEVER, F, N, Predicate, Quick, T, predicate, quick
from scoring.points import ZERO

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
    """One clause made ready: its predicates, and the findings that are the same for every visit.

    ``quick`` tells most answers that pass for certain.
    """

    clause: Check[Any]
    when: Predicate
    exempt: Predicate | None
    quick: tuple[str, Quick]
    passed: Finding
    excused: Finding


_Asked = tuple[tuple[tuple[str, Quick, _Question], ...], tuple[Finding, ...]]


class Matcher:
    """Answer some clauses for a visit; made once per program, then called per visit."""

    def __init__(self, clauses: Sequence[Check[Any]], terms: Terms) -> None:
        fields = terms.fields
        self._questions = tuple(
            _Question(
                clause,
                predicate(clause.when, fields),
                None if clause.exempt is None else predicate(clause.exempt, fields),
                quick(clause.when) if clause.exempt is None else NEVER,
                Finding(clause.number, Result.PASS, ZERO, ZERO),
                Finding(clause.number, Result.NOT_APPLICABLE, ZERO, ZERO),
            )
            for clause in clauses
        )
        self._passed = tuple(question.passed for question in self._questions)
        self._by_kind: dict[str, _Asked] = {}

    def __call__(self, inspection: Inspection, derived: Derived) -> Matched:
        """Return one finding per clause, in the order of the clauses."""
        values = derived.values
        answered, (questions, elsewhere) = values.get, self._asked_of(inspection.unit.kind)
        notable = list(elsewhere)
        for field, holds, question in questions:
            if holds(answered(field)) is False:
                continue
            found = _answer(question, inspection, derived, question.when(values))
            if found is not question.passed:
                notable.append(found)
        findings = list(self._passed)
        apart: dict[Result, list[Finding]] = {result: [] for result in _APART}
        for found in notable:
            findings[found.clause - 1] = found
            apart[found.result].append(found)
        return Matched(tuple(findings), *map(tuple, apart.values()))

    def _asked_of(self, kind: str) -> _Asked:
        """Return the questions that apply to a 类别, and the findings of the others: 不适用 without asking."""
        found = self._by_kind.get(kind)
        if found is None:
            asked = tuple((*one.quick, one) for one in self._questions if kind in one.clause.kinds)
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
    cost = clause.tariff.cost(derived.values, clause.full)
    return Finding(
        clause.number,
        Result.FAIL,
        cost.low,
        cost.high,
        cost.uncapped,
        cost.count,
        _places(clause, inspection, derived),
        "" if cost.low == cost.high else _reason(clause, inspection, derived),
    )


def _open(
    question: _Question, inspection: Inspection, derived: Derived, when: int, *, optional: bool
) -> Finding:
    """Return 未查: it costs nothing for certain, and at most what it could if its blanks went the wrong way."""
    clause = question.clause
    high = ZERO
    if when & T:
        tariff, full = clause.tariff, clause.full
        high = min(tariff.cost(derived.values, full).high, tariff.highest(full))
    reason = _reason(clause, inspection, derived)
    return Finding(
        clause.number,
        Result.NOT_CHECKED,
        ZERO,
        high,
        reason=reason,
        may_fail=bool(when & T),
        optional=optional,
    )


def _places(clause: Check[Any], inspection: Inspection, derived: Derived) -> tuple[str, ...]:
    """Return where the occurrences were, by the 问题明细 where there is one, else by the sheet's 点位."""
    detailed, listed = derived.counted.places, inspection.places
    return tuple(place for name in clause.counts for place in detailed.get(name) or listed.get(name, ()))


def _reason(clause: Check[Any], inspection: Inspection, derived: Derived) -> str:
    """Return why something is 未查: what the inspector wrote, else what kept a value from being worked out."""
    answers = (inspection.answers.get(name) for name in clause.asks)
    written = (one.reason for one in answers if isinstance(one, NotChecked) and one.reason)
    worked = (derived.unknown[name] for name in clause.reads if name in derived.unknown)
    return next(written, "") or next(worked, "")
