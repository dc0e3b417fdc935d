"""Ask each question once: alike patterns share one answer, whatever their clauses are numbered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from operator import attrgetter
from threading import Lock

from scoring.finding import Fact, FindingFact, Infer, Mark, Ruleset

MAX_PATTERNS = 20_000
_ORDER = attrgetter("kind", "clause", "item")
_Row = tuple[int, int, int, int, int]
_Question = tuple[Ruleset, tuple[_Row, ...]]


class Memo:
    """Remember another reading's answers by canonical pattern; bounded, least recently used out first.

    What no rule reads is dropped, and clauses and items are renumbered in the order in which they appear among the
    rest, so that a million alike inspections cost one inference. Sound because every rule is generic: none names a
    clause. Patterns are plain tuples, for a fact takes ten times as long to make and to compare.
    """

    def __init__(self, infer: Infer, size: int = MAX_PATTERNS) -> None:
        self._infer, self._size, self._lock = infer, size, Lock()
        self._known: OrderedDict[_Question, tuple[Mark, ...]] = OrderedDict()

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows from the facts of one unit, sorted, each once."""
        rows = _read(ruleset, facts)
        if not rows:
            return ()
        rows.sort()
        clauses = _numbers(row[3] for row in rows)
        items = {0: 0, **_numbers(row[4] for row in rows if row[4])}
        pattern = tuple([(zero, veto, nth, clauses[c], items[i]) for zero, veto, nth, c, i in rows])
        clause_of, item_of = list(clauses), list(items)
        marks = [
            Mark(one.kind, clause_of[one.clause - 1], item_of[one.item])
            for one in self._ask((ruleset, pattern))
        ]
        return tuple(sorted(marks, key=_ORDER))

    def _ask(self, question: _Question) -> tuple[Mark, ...]:
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        ruleset, pattern = question
        marks = self._infer(ruleset, tuple(_fact(row) for row in pattern))
        with self._lock:
            self._known[question] = marks
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return marks


def _read(ruleset: Ruleset, facts: tuple[Fact, ...]) -> list[_Row]:
    """Return what the rules read of the facts: a fact or a value that none reads is left out.

    The item is read by 本项不得分 alone. A new rule adds here what it reads; until it does, the tests that compare the
    memo with the bare reference on facts of every kind fail.
    """
    severe = ruleset.severe or None
    return [
        (
            int(fact.zero == 1),
            int(fact.veto == 1),
            fact.nth if fact.nth == severe else 0,
            fact.clause,
            fact.item if fact.zero == 1 else 0,
        )
        for fact in facts
        if isinstance(fact, FindingFact) and (fact.zero == 1 or fact.veto == 1 or fact.nth == severe)
    ]


def _fact(row: _Row) -> Fact:
    zero, veto, nth, clause, item = row
    return FindingFact(clause, item, zero=zero, veto=veto, nth=nth)


def _numbers(values: Iterable[int]) -> dict[int, int]:
    """Number values from 1 in the order in which they first appear."""
    return {value: number for number, value in enumerate(dict.fromkeys(values), start=1)}
