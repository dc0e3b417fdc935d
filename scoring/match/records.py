"""Match one visit at a time: every clause of a program answered, findings shared wherever nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scoring.compile.compiled import Check
from scoring.compile.terms import Terms
from scoring.finding import Derived, Finding, Result
from scoring.grammar.condition import Condition, Or
from scoring.inspection import Inspection, NotChecked
from scoring.match.predicates import F, N, Predicate, T, predicate
from scoring.match.watch import Watch
from scoring.points import ZERO
from scoring.tariff import Values, reads

Failing = Callable[[Values], Finding]
# A member is looked up many times as fast under a name of its own.
_PASS, _FAIL, _OPEN = Result.PASS, Result.FAIL, Result.NOT_CHECKED


@dataclass(frozen=True, slots=True)
class Matched:
    """The findings of one visit: every clause's, and apart those that failed, are open (未查) or do not apply."""

    findings: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    open: tuple[Finding, ...]
    excused: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """One clause made ready: its predicates, how it fails, and the findings that are the same for every visit."""

    clause: Check[Any]
    when: Predicate
    exempt: Predicate | None
    failed: Failing
    passed: Finding
    excused: Finding


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the units of one 类别: which clauses to look at, and the findings before any is.

    ``elsewhere`` are those among the findings that are 不适用 without asking.
    """

    watch: Watch
    start: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]


class Matcher:
    """Answer some clauses for a visit; made once per program, then called per visit."""

    def __init__(self, clauses: Sequence[Check[Any]], terms: Terms) -> None:
        self._form = terms.form
        self._questions = tuple(_question(clause, terms) for clause in clauses)
        self._by_kind: dict[str, _Asked] = {}

    def __call__(self, inspection: Inspection, derived: Derived) -> Matched:
        """Return one finding per clause, in the order of the clauses."""
        asked = self._by_kind.get(inspection.unit.kind) or self._asked_of(inspection.unit.kind)
        findings, excused = list(asked.start), list(asked.elsewhere)
        failed: list[Finding] = []
        open_: list[Finding] = []
        for place in asked.watch(derived.values):
            findings[place] = found = _answer(self._questions[place], inspection, derived)
            if found.result is _FAIL:
                failed.append(found)
            elif found.result is not _PASS:
                (open_ if found.result is _OPEN else excused).append(found)
        return Matched(tuple(findings), tuple(failed), tuple(open_), tuple(excused))

    def _asked_of(self, kind: str) -> _Asked:
        here = {place: one for place, one in enumerate(self._questions) if kind in one.clause.kinds}
        start = tuple(
            one.passed if place in here else one.excused for place, one in enumerate(self._questions)
        )
        watch = Watch({place: _suspect(one.clause) for place, one in here.items()}, self._form)
        asked = _Asked(watch, start, tuple(one for one in start if one.result is not _PASS))
        return self._by_kind.setdefault(kind, asked)


def _question(clause: Check[Any], terms: Terms) -> _Question:
    return _Question(
        clause,
        predicate(clause.when, terms.fields),
        None if clause.exempt is None else predicate(clause.exempt, terms.fields),
        _failing(clause),
        Finding(clause.number, Result.PASS, ZERO, ZERO),
        Finding(clause.number, Result.NOT_APPLICABLE, ZERO, ZERO),
    )


def _suspect(clause: Check[Any]) -> Condition:
    """Return the condition without which a clause passes: it neither fails nor is exempt."""
    return clause.when if clause.exempt is None else Or((clause.when, clause.exempt))


def _failing(clause: Check[Any]) -> Failing:
    """Return what says how a clause fails, places and reasons aside; the same answers, written alike, share a finding."""
    tariff, full, names = clause.tariff, clause.full, reads(clause.tariff)

    @lru_cache(maxsize=256)
    def shared(answers: tuple[Any, ...], _: tuple[str, ...]) -> Finding:
        cost = tariff.cost(dict(zip(names, answers, strict=True)), full)
        return Finding(clause.number, _FAIL, cost.low, cost.high, cost.uncapped, cost.count)

    def failed(values: Values) -> Finding:
        answers = tuple(map(values.get, names))
        return shared(answers, tuple(map(str, answers)))  # 1 and 1.0 are equal, and written differently

    return failed


def _answer(question: _Question, inspection: Inspection, derived: Derived) -> Finding:
    when = question.when(derived.values)
    exempt = F if question.exempt is None else question.exempt(derived.values)
    if exempt == T or (when == N and not exempt & T):
        return question.excused
    if exempt & T or when not in (T, F):
        return _open(question, inspection, derived, when, optional=bool(exempt & T or when & N))
    return question.passed if when == F else _failed(question, inspection, derived)


def _failed(question: _Question, inspection: Inspection, derived: Derived) -> Finding:
    found = question.failed(derived.values)
    places = _places(question.clause, inspection, derived)
    reason = "" if found.low == found.high else _reason(question.clause, inspection, derived)
    if not places and not reason:
        return found
    return Finding(
        found.clause, found.result, found.low, found.high, found.uncapped, found.count, places, reason
    )


def _open(
    question: _Question, inspection: Inspection, derived: Derived, when: int, *, optional: bool
) -> Finding:
    """Return 未查: it costs nothing for certain, and at most what it could if its blanks went the wrong way."""
    clause = question.clause
    high = ZERO
    if when & T:
        high = min(question.failed(derived.values).high, clause.tariff.highest(clause.full))
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
    if not detailed and not listed:
        return ()
    return tuple(place for name in clause.counts for place in detailed.get(name) or listed.get(name, ()))


def _reason(clause: Check[Any], inspection: Inspection, derived: Derived) -> str:
    """Return why something is 未查: what the inspector wrote, else what kept a value from being worked out."""
    answers = (inspection.answers.get(name) for name in clause.asks)
    written = (one.reason for one in answers if isinstance(one, NotChecked) and one.reason)
    worked = (derived.unknown[name] for name in clause.reads if name in derived.unknown)
    return next(written, "") or next(worked, "")
