"""Ask each question once: alike patterns share one answer, whatever their clauses are numbered.

Every rule is generic (none names a clause) and joins facts of one clause only, so a unit is asked about clause by clause:
what is remembered is a pattern of one clause (or of an honour's flags), and a million units come to a few hundred of them. What
no rule can read is left out of a pattern first:

- a fact or a value that no rule reads: without ``run``, the numbers of the rounds; of an order, the days and times
  between two thresholds;
- earlier findings of a clause that did not fail in the current round, or that no other finding follows;
- an order that is neither late, 复查不合格 nor 销号 lately.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from threading import Lock

from scoring.finding import Fact, FindingFact, FlagFact, Infer, Mark, OrderFact, Ruleset

MAX_PATTERNS = 20_000
_Row = tuple[int, ...]
_Pattern = tuple[tuple[_Row, ...], tuple[_Row, ...], tuple[_Row, ...]]
_Told = tuple[set[_Row], set[_Row]]
_ORDER = attrgetter("kind", "clause", "item", "level", "n")
_EMPTY: _Pattern = ((), (), ())
_NOT_JOINED = (1, 0, 1)


class Memo:
    """Remember another reading's answers by canonical pattern; bounded, least recently used out first.

    Patterns are plain tuples, for a fact takes ten times as long to make and to compare.
    """

    def __init__(self, infer: Infer, size: int = MAX_PATTERNS) -> None:
        self._infer, self._size, self._lock = infer, size, Lock()
        self._readers: dict[Ruleset, _Reader] = {}
        self._known: OrderedDict[tuple[int, _Pattern], tuple[Mark, ...]] = OrderedDict()

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows from the facts of one unit, sorted, each once."""
        reader = self._readers.get(ruleset)
        if reader is None:
            reader = self._reader(ruleset)
        marks: list[Mark] = []
        for clause, told in reader.by_clause(facts).items():
            pattern, items = reader.pattern(*told)
            if pattern != _EMPTY:
                answer = self._ask(reader, pattern)
                marks += [Mark(one.kind, clause, items[one.item], one.level, one.n) for one in answer]
        if flags := reader.flags(facts):
            marks += self._ask(reader, ((), (), flags))
        return tuple(sorted(marks, key=_ORDER)) if marks else ()

    def _reader(self, ruleset: Ruleset) -> _Reader:
        with self._lock:
            return self._readers.setdefault(ruleset, _Reader(ruleset, len(self._readers)))

    def _ask(self, reader: _Reader, pattern: _Pattern) -> tuple[Mark, ...]:
        question = reader.number, pattern
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        marks = self._infer(reader.ruleset, tuple(_facts(pattern)))
        with self._lock:
            self._known[question] = marks
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return marks


class _Reader:
    """What the rules of one ruleset read of the facts.

    A new rule adds here what it reads; until it does, the tests that compare the memo with the bare reference on facts
    of every kind fail.
    """

    def __init__(self, ruleset: Ruleset, number: int) -> None:
        self.ruleset, self.number = ruleset, number
        self._severe = ruleset.severe or None
        self._runs, self._relapse = ruleset.run > 1, ruleset.relapse
        self._joined = self._runs or self._relapse > 0
        self._late = sorted({*ruleset.late, *(one.late for one in ruleset.levels if one.late)})
        self._redo = sorted({*ruleset.redo, *(one.redo for one in ruleset.levels if one.redo)})
        self._streaks = ruleset.streak > 1

    def by_clause(self, facts: Iterable[Fact]) -> dict[int, _Told]:
        """Return what is read of the findings and the orders of each clause.

        A finding is (cur, seq, nxt, zero, veto, nth, item), an order (open, late, ago, level, redo).
        """
        told: dict[int, _Told] = {}
        joined, severe = self._joined, self._severe
        for fact in facts:
            if isinstance(fact, FindingFact):
                # Most findings of a unit without history end here.
                if joined or fact.zero == 1 or fact.veto == 1 or fact.nth == severe:
                    finding = self._finding(fact)
                    if finding is not None:
                        told.setdefault(fact.clause, (set(), set()))[0].add(finding)
            elif isinstance(fact, OrderFact) and (order := self._order(fact)):
                told.setdefault(fact.clause, (set(), set()))[1].add(order)
        return told

    def flags(self, facts: Iterable[Fact]) -> tuple[_Row, ...]:
        """Return what is read of the flags, (cur, seq, nxt) each; nothing where none follows another."""
        if not self._streaks:
            return ()
        rows = {(int(one.cur == 1), one.seq, one.nxt) for one in facts if isinstance(one, FlagFact)}
        return tuple(sorted(rows)) if _linked(rows) else ()

    def _finding(self, fact: FindingFact) -> _Row | None:
        if fact.cur != 1:
            return (0, fact.seq, fact.nxt, 0, 0, 0, 0) if self._runs else None
        zero, veto = int(fact.zero == 1), int(fact.veto == 1)
        nth = fact.nth if fact.nth == self._severe else 0
        links = (1, fact.seq, fact.nxt) if self._runs else _NOT_JOINED
        return (*links, zero, veto, nth, fact.item if zero else 0)

    def _order(self, fact: OrderFact) -> _Row | None:
        if fact.open == 0:
            recent = self._relapse and 0 <= fact.fixed_ago <= self._relapse
            return (0, 0, 0, fact.level, 0) if recent else None
        late, redo = _reached(fact.late, self._late), _reached(fact.redo, self._redo)
        return (1, late, 0, fact.level, redo) if fact.open == 1 and (late or redo) else None

    def pattern(self, findings: set[_Row], orders: set[_Row]) -> tuple[_Pattern, Sequence[int]]:
        """Return the canonical pattern of a clause, and the items that its numbers stand for."""
        if self._joined:
            current = [row for row in findings if row[0]]
            if not current:
                findings, orders = set(), {row for row in orders if row[0]}
            elif not _linked(findings):
                findings = {(*_NOT_JOINED, *row[3:]) for row in current}
                if all(row[0] for row in orders):
                    findings.discard((*_NOT_JOINED, 0, 0, 0, 0))
        if not findings and not orders:
            return _EMPTY, ()
        rows = sorted(findings)
        items = list(dict.fromkeys((0, *(row[6] for row in rows))))
        if len(items) > 1:
            rows = sorted((*row[:6], items.index(row[6])) for row in rows)
        return (tuple(rows), tuple(sorted(orders)), ()), items


def _linked(rows: Collection[_Row]) -> bool:
    """Return whether one of the rows (cur, seq, nxt, …) is of the current round and follows another."""
    followed = {row[2] for row in rows}
    return not followed.isdisjoint([row[1] for row in rows if row[0]])


def _reached(value: int, thresholds: Sequence[int]) -> int:
    """Return the highest threshold reached, 0 for none."""
    place = bisect_right(thresholds, value)
    return thresholds[place - 1] if place else 0


def _facts(pattern: _Pattern) -> Iterable[Fact]:
    findings, orders, flags = pattern
    for cur, seq, nxt, zero, veto, nth, item in findings:
        yield FindingFact(1, item, cur, seq, nxt, zero, veto, nth)
    for row in orders:
        yield OrderFact(1, *row)
    for row in flags:
        yield FlagFact(*row)
