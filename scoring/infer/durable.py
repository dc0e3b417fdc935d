"""The only door to durable-rules, used inside the narrow pattern in which it is right and does not crash.

The engine gets one session per question, integers only, and a few rules per kind of consequence; clauses are data. A
rule that joins facts joins those of one clause. A match becomes a mark, or a derived fact that is asserted in its turn:
a run (n rounds in a row) of 1 follows from each finding, a run of n + 1 from a run of n and the finding next to it. Rules
only ever add (no absence, no retraction) and runs end at the longest that is told apart, so the facts come to the same
marks in whatever order they arrive.

The engine's traps decide the shape of this file:

- The C functions are called directly. The package's own host starts threads, swallows exceptions and loses matches.
- Every fact carries every field, because a missing one is read from stale memory; names are short and fixed, because
  the engine compares only 32-bit hashes of them; ids are counted decimals, because colliding ids drop facts silently.
- A joined pattern ends with the always-true ``{"_1": {"alias": "_1"}}``: without it the engine reads past the
  expression when the last comparison is false, and crashes now and then.
- A fact that matches only a part of a join is taken and answered with no match at all, just as a locked session is. So
  one rule, ``TOLD``, is met by every fact: an assert that fires nothing is an error and never "no findings". It is met
  by the first fact, which says nothing else, so that an action has completed before the session is deleted; deleting an
  untouched session crashes.
- Nothing is retracted, and each assert is drained completely with no other code in between.
- More than 64 rules met by one fact spoil the session; more than a few are refused here.
- A handle that was interrupted in between is poisoned: its session stays locked. It is dropped and made anew.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from scoring.finding import (
    Escalation,
    Fact,
    FindingFact,
    FlagFact,
    Mark,
    MarkKind,
    OrderFact,
    Ruleset,
    farthest,
)
from scoring.infer import reference

MAX_FACTS = 1000
MAX_RULES = 60
_SESSION = "u"
_FINDING, _ORDER, _FLAG, _RUN, _STREAK = 1, 2, 3, 4, 5
_Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is met (a pattern, or two that are joined as ``a`` and ``b``), and what follows: a mark or a derived fact.

    ``n`` of the mark is the fact's own where it is None; ``run`` is the kind of fact that is derived, 0 for none.
    """

    when: tuple[list[_Condition], ...]
    mark: MarkKind | None = None
    n: int | None = 0
    run: int = 0

    def text(self) -> dict[str, list[dict[str, _Condition]]]:
        """Return the rule in the engine's own form."""
        return {"all": [{name: {"$and": each}} for name, each in zip("ab", self.when, strict=False)]}


TOLD = Rule(([{"_1": 1}],))


def rules(ruleset: Ruleset) -> dict[str, Rule]:
    """Return the generic rules for a ruleset's numbers; what it does not ask for has no rule."""
    now = _same(t=_FINDING, cur=1)
    found = {
        "told": TOLD,
        "zero": Rule(([*now, *_same(zero=1)],), MarkKind.ZERO_ITEM),
        "veto": Rule(([*now, *_same(veto=1)],), MarkKind.VETO),
    }
    if ruleset.severe:
        found["severe"] = Rule(([*now, *_same(nth=ruleset.severe)],), MarkKind.SEVERE)
    if ruleset.run > 1:
        found |= _runs("run", _same(t=_FINDING), _same(t=_RUN), ruleset.run, MarkKind.REPEATED)
    if ruleset.relapse:
        fixed = [*_same(t=_ORDER, open=0), {"$gte": {"ago": 0}}, {"$lte": {"ago": ruleset.relapse}}]
        found["relapse"] = Rule((fixed, _joined(now)), MarkKind.RELAPSED, n=1)
    found |= {f"late{n}": _passed("late", n, MarkKind.OVERDUE) for n in ruleset.late}
    found |= {f"redo{n}": _passed("redo", n, MarkKind.REDONE) for n in ruleset.redo}
    for number, step in enumerate(ruleset.levels):
        found |= _lifts(number, step)
    for kind, longest in ruleset.streaks:
        if longest > 1:
            which = _same(t=_FLAG, c=kind), _same(t=_STREAK, c=kind)
            found |= _runs(f"streak{kind}", *which, longest, MarkKind.STREAK)
    return found


def _same(**values: int) -> list[_Condition]:
    return [{name: value} for name, value in values.items()]


def _joined(conditions: list[_Condition], **fields: str) -> list[_Condition]:
    """Return the second pattern of a join, on the clause and on fields of the first; see above for its end."""
    own = {"c": "c", **fields}
    return [*conditions, *({name: {"a": other}} for name, other in own.items()), {"_1": {"a": "_1"}}]


def _runs(
    name: str, links: list[_Condition], runs: list[_Condition], longest: int, mark: MarkKind
) -> dict[str, Rule]:
    """Return the rules of a run: it begins, it goes on, and it is told where it ends in the current round."""
    kind: int = runs[0]["t"]
    return {
        f"{name}.first": Rule((links,), run=kind),
        f"{name}.next": Rule(([*runs, {"$lt": {"n": longest}}], _joined(links, seq="nxt")), run=kind),
        f"{name}.told": Rule(([*runs, *_same(cur=1), {"$gte": {"n": 2}}],), mark, n=None),
    }


def _passed(name: str, threshold: int, mark: MarkKind) -> Rule:
    return Rule(([*_same(t=_ORDER, open=1), {"$gte": {name: threshold}}],), mark, n=threshold)


def _lifts(number: int, step: Escalation) -> dict[str, Rule]:
    """Return the rules that lift an order to a level: an or is two rules, for the engine's own fires twice."""
    below = [*_same(t=_ORDER, open=1), {"$lt": {"level": step.level}}]
    return {
        f"level{number}.{name}": Rule(
            ([*below, {"$gte": {name: threshold}}],), MarkKind.ESCALATED, n=step.level
        )
        for name, threshold in (("late", step.late), ("redo", step.redo))
        if threshold
    }


@dataclass(frozen=True, slots=True)
class _Run:
    """A derived fact: ``n`` findings (or flags) of a clause in a row, the last of them this one."""

    t: int
    c: int
    cur: int
    seq: int
    nxt: int
    n: int


def _encoded(fact: Fact | _Run | None, id: int) -> str:
    """Return a fact as the engine reads it; None is the first fact of a session."""
    match fact:
        case FindingFact(c, i, cur, seq, nxt, zero, veto, nth):
            return _json(id, t=_FINDING, c=c, i=i, cur=cur, seq=seq, nxt=nxt, zero=zero, veto=veto, nth=nth)
        case OrderFact(c, open_, late, ago, level, redo):
            return _json(id, t=_ORDER, c=c, open=open_, late=late, ago=ago, level=level, redo=redo)
        case FlagFact(kind, cur, seq, nxt):
            return _json(id, t=_FLAG, c=kind, cur=cur, seq=seq, nxt=nxt)
        case _Run(t, c, cur, seq, nxt, n):
            return _json(id, t=t, c=c, cur=cur, seq=seq, nxt=nxt, n=n)
        case _:
            return _json(id)


_FIELDS = (
    "t", "c", "i", "cur", "seq", "nxt", "zero", "veto", "nth", "open", "late", "ago", "level", "redo", "n",
)  # fmt: skip
_FORM = f'{{"id":"%d","sid":"{_SESSION}","_1":1,{",".join(f""""{name}":%d""" for name in _FIELDS)}}}'


def _json(id: int, **values: int) -> str:
    # "%d" writes True as 1; as a word it would be no JSON.
    return _FORM % (id, *(values.get(name, 0) for name in _FIELDS))


class EngineError(RuntimeError):
    """Say that the engine answered with something else than a match; its handle is gone, the question can be asked again."""


@dataclass(frozen=True, slots=True)
class _Handle:
    """A ruleset inside the engine, and what its rules lead to."""

    number: Any
    rules: Mapping[str, Rule] = field(repr=False)


class Durable:
    """Ask durable-rules; one handle per ruleset, one question at a time (a lock guards the session)."""

    def __init__(self) -> None:
        import durable_rules_engine

        self._engine = durable_rules_engine
        self._handles: dict[Ruleset, _Handle] = {}
        self._lock = threading.Lock()

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows from the facts of one unit, sorted, each once.

        Raises EngineError where the engine fails, or the ruleset asks for more rules than it bears.
        """
        marks: set[Mark] = set()
        with self._lock:
            for some in _chunks(facts):
                marks.update(self._answered(ruleset, some))
        return farthest(marks)

    def _answered(self, ruleset: Ruleset, facts: Sequence[Fact]) -> set[Mark]:
        handle = self._handles.pop(ruleset, None)
        try:
            if handle is None:
                handle = self._made(ruleset)
            marks = self._session(handle, facts)
        except self._engine.error as error:
            raise EngineError(str(error)) from error
        # Only a handle whose session ended well is kept; an exception above leaves it out.
        self._handles[ruleset] = handle
        return marks

    def _made(self, ruleset: Ruleset) -> _Handle:
        made = rules(ruleset)
        if len(made) > MAX_RULES:
            raise EngineError(f"{len(made)} rules, at most {MAX_RULES}")
        text = json.dumps({name: rule.text() for name, rule in made.items()})
        return _Handle(self._engine.create_ruleset("u", text), made)

    def _session(self, handle: _Handle, facts: Sequence[Fact]) -> set[Mark]:
        """Assert every fact and every fact derived on the way, and return the marks."""
        marks: set[Mark] = set()
        waiting: deque[Fact | _Run | None] = deque((None, *facts))
        seen, number = set(waiting), 0
        while waiting:
            for match in self._fired(handle, _encoded(waiting.popleft(), number)):
                found = _follows(handle.rules, match)
                if isinstance(found, Mark):
                    marks.add(found)
                elif found is not None and found not in seen:
                    seen.add(found)
                    waiting.append(found)
            number += 1
        self._engine.delete_state(handle.number, _SESSION)
        return marks

    def _fired(self, handle: _Handle, text: str) -> list[str]:
        """Assert one fact, drain the engine, and return each match."""
        code, session = self._engine.assert_fact(handle.number, text)
        if code:
            raise EngineError(f"assert_fact answered {code}")
        started = self._engine.start_action_for_state(handle.number, session)
        if started is None:
            raise EngineError("a match was promised and not given")
        matches: list[str] = []
        match = started[1]
        while match:
            matches.append(match)
            match = self._engine.complete_and_start_action(handle.number, session)
        return matches


def _follows(rules: Mapping[str, Rule], match: str) -> Mark | _Run | None:
    """Return what a match leads to: a text like ``{"zero":{"m":{"id": "1", …}}}``, the fact called ``a`` in a join."""
    name = match[2 : match.index('"', 2)]
    rule = rules[name]
    if rule is TOLD:
        return None
    met = json.loads(match)[name]
    first = met.get("a") or met["m"]
    if rule.run:
        last = met.get("b", first)
        return _Run(rule.run, last["c"], last["cur"], last["seq"], last["nxt"], first["n"] + 1)
    assert rule.mark is not None
    item = first["i"] if rule.mark is MarkKind.ZERO_ITEM else 0
    return Mark(rule.mark, first["c"], item, first["level"], first["n"] if rule.n is None else rule.n)


def _chunks(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """Yield the facts, each once, in heaps the engine keeps well.

    A rule that joins facts joins those of one clause (or one kind of flag), and they are kept in one heap, in the order
    in which they came.
    """
    found = sorted(dict.fromkeys(facts), key=_subject)
    start = 0
    while start < len(found):
        end = min(start + MAX_FACTS, len(found))
        while end < len(found) and _subject(found[end]) == _subject(found[end - 1]):
            end += 1
        yield found[start:end]
        start = end


def _subject(fact: Fact) -> tuple[bool, int]:
    return (True, fact.kind) if isinstance(fact, FlagFact) else (False, fact.clause)


TRIAL = Ruleset(
    severe=2, run=3, relapse=30, late=(1, 7), redo=(1,), levels=(Escalation(1, 3, 2),), streaks=((1, 2),)
)
TRIAL_FACTS: tuple[Fact, ...] = (
    FindingFact(1, 1, zero=1),
    FindingFact(2, 1, veto=1, nth=1),
    FindingFact(3, 2, nth=2),
    *(FindingFact(4, 2, int(seq == 0), seq, seq + 1) for seq in (0, -2, -1, -3)),
    OrderFact(4, open=1, late=8),
    OrderFact(2, open=0, fixed_ago=30, redo=1),
    OrderFact(3, open=1, redo=2, level=0),
    FlagFact(1),
    FlagFact(1, 0, -1, 0),
)


@lru_cache(maxsize=1)
def unavailable() -> str:
    """Return why durable-rules cannot be used here, empty where it can.

    It must import, and answer a question of known outcome as the reference does: from Python 3.13 on a build without
    its compatibility define installs and then fails to load.
    """
    try:
        marks = Durable()(TRIAL, TRIAL_FACTS)
    except ImportError as error:
        return f"没有装好: {error}"
    except EngineError as error:
        return f"自检出错: {error}"
    return "" if marks == reference.infer(TRIAL, TRIAL_FACTS) else "自检结果不对"
