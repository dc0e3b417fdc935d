"""Ask each question once: alike patterns share one answer, whatever their clauses are numbered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from threading import Lock

from scoring.finding import Fact, FindingFact, Infer, Mark, Ruleset

MAX_PATTERNS = 20_000


class Memo:
    """Remember another reading's answers by canonical pattern; bounded, least recently used out first.

    Facts that no rule reads are dropped, and clauses and items are renumbered in the order in which they appear, so
    that a million alike inspections cost one inference. Sound because every rule is generic: none names a clause.
    """

    def __init__(self, infer: Infer, size: int = MAX_PATTERNS) -> None:
        self._infer, self._size, self._lock = infer, size, Lock()
        self._known: OrderedDict[tuple[Ruleset, tuple[Fact, ...]], tuple[Mark, ...]] = OrderedDict()

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows from the facts of one unit, sorted, each once."""
        read = sorted(one for fact in facts if (one := _as_read(ruleset, fact)) is not None)
        if not read:
            return ()
        clauses = _numbers(fact.clause for fact in read)
        items = _numbers(fact.item for fact in read)
        pattern = tuple(replace(fact, clause=clauses[fact.clause], item=items[fact.item]) for fact in read)
        clause_of, item_of = list(clauses), [0, *items]
        marks = self._ask((ruleset, pattern))
        return tuple(sorted(Mark(one.kind, clause_of[one.clause - 1], item_of[one.item]) for one in marks))

    def _ask(self, question: tuple[Ruleset, tuple[Fact, ...]]) -> tuple[Mark, ...]:
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        marks = self._infer(*question)
        with self._lock:
            self._known[question] = marks
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return marks


def _numbers(values: Iterable[int]) -> dict[int, int]:
    """Number values from 1 in the order in which they first appear."""
    return {value: number for number, value in enumerate(dict.fromkeys(values), start=1)}


def _as_read(ruleset: Ruleset, fact: Fact) -> FindingFact | None:
    """Return a fact with only what some rule reads of it, None where no rule reads it."""
    if not isinstance(fact, FindingFact):
        return None
    nth = fact.nth if fact.nth == ruleset.severe else 0
    if not (fact.zero or fact.veto or nth):
        return None
    return FindingFact(fact.clause, fact.item, zero=fact.zero, veto=fact.veto, nth=nth)
