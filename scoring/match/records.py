"""Match one visit at a time: every clause of a program answered, findings shared wherever nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat
from typing import Any

from scoring.compile.compiled import Check
from scoring.compile.terms import Terms
from scoring.finding import Derived, Finding, Result
from scoring.grammar.condition import Leaf, Or
from scoring.inspection import Inspection, NotChecked
from scoring.match.derive import usual
from scoring.match.predicates import F, Form, N, Predicate, T, predicate
from scoring.match.usual import Pick, Watched, picker, quiet, watched
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
    """What is asked of the units of one 类别.

    ``always`` are the places of the clauses asked at every visit. ``pick`` picks the answers that are watched, ``quiet``
    holds for each of them those by which no clause fails (False), ``rest`` the places of the clauses that rest on it.
    ``start`` are the findings before anything is asked, ``elsewhere`` those among them that are 不适用.
    ``start`` are the findings before anything is asked, ``elsewhere`` those among them that are 不适用.
    """

    always: frozenset[int]
    pick: Pick
    quiet: Sequence[Mapping[Any, bool]]
    rest: Sequence[tuple[int, ...]]
    start: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]


class Matcher:
    """Answer some clauses for a visit; made once per program, then called per visit."""

    def __init__(self, clauses: Sequence[Check[Any]], terms: Terms) -> None:
        self._terms = terms
        self._questions = tuple(_question(clause, terms) for clause in clauses)
        self._by_kind: dict[str, _Asked] = {}

    def __call__(self, inspection: Inspection, derived: Derived) -> Matched:
        """Return one finding per clause, in the order of the clauses."""
        asked = self._by_kind.get(inspection.unit.kind) or self._asked_of(inspection.unit.kind)
        loud = compress(asked.rest, map(dict.get, asked.quiet, asked.pick(derived.values), repeat(True)))
        findings, failed, open_ = list(asked.start), [], []
        excused = list(asked.elsewhere)
        for place in sorted(asked.always.union(*loud)):
            found = _answer(self._questions[place], inspection, derived)
            findings[place] = found
            if found.result is not _PASS:
                (failed if found.result is _FAIL else open_ if found.result is _OPEN else excused).append(
                    found
                )
        return Matched(tuple(findings), tuple(failed), tuple(open_), tuple(excused))

    def _asked_of(self, kind: str) -> _Asked:
        """Return what is asked of a 类别; what does not concern it is 不适用 without asking."""
        form, always = self._terms.form, set()
        leaves: dict[str, list[Leaf]] = {}
        rest: dict[str, list[int]] = {}
        for place, question in enumerate(self._questions):
            if kind in question.clause.kinds:
                found = _watched(question.clause, form)
                if found is None:
                    always.add(place)
                for name, own in (found or {}).items():
                    leaves.setdefault(name, []).extend(own)
                    rest.setdefault(name, []).append(place)
        quiets = [
            dict.fromkeys(quiet(usual(form[name]), name, own, form), False) for name, own in leaves.items()
        ]
        start = tuple(one.passed if kind in one.clause.kinds else one.excused for one in self._questions)
        elsewhere = tuple(one for one in start if one.result is not _PASS)
        places = [tuple(one) for one in rest.values()]
        asked = _Asked(frozenset(always), picker(tuple(rest)), quiets, places, start, elsewhere)
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


def _watched(clause: Check[Any], form: Form) -> Watched | None:
    """Return the answers to watch: a clause passes for certain while it is false that it fails or that it is exempt."""
    return watched(clause.when if clause.exempt is None else Or((clause.when, clause.exempt)), form)


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
