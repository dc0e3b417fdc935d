"""The only door to durable-rules, used inside the narrow pattern in which it is right and does not crash.

The engine gets one session per question, integers only, and about one rule per kind of consequence; clauses are data.
Its traps decide the shape of this file:

- The C functions are called directly. The package's own host starts threads, swallows exceptions and loses matches.
- Every fact carries every field, because a missing one is read from stale memory; names are short and fixed, because
  the engine compares only 32-bit hashes of them; ids are counted decimals, because colliding ids drop facts silently.
- A joined pattern (none yet) must end with the always-true ``{"_1": {"alias": "_1"}}``: without it the engine reads
  past the expression when the last comparison is false.
- ``_boot`` comes first, so that an action has completed before the session is deleted; deleting an untouched session
  crashes. Nothing is retracted, and each assert is drained completely with no other code in between.
- A handle that was interrupted in between is poisoned: its session stays locked. It is dropped and made anew.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from scoring.finding import Fact, FindingFact, Mark, MarkKind, Ruleset
from scoring.infer import reference

MAX_FACTS = 1000
_SESSION = "u"
_FINDING = 1
_Rule = dict[str, Any]

_KINDS = {"z": MarkKind.ZERO_ITEM, "v": MarkKind.VETO, "s": MarkKind.SEVERE}


def rules(ruleset: Ruleset) -> dict[str, _Rule]:
    """Return the generic rules for a standard's numbers, in the engine's own form."""
    found = {
        "_boot": _when(boot=1),
        "z": _when(t=_FINDING, zero=1),
        "v": _when(t=_FINDING, veto=1),
    }
    if ruleset.severe:
        found["s"] = _when(t=_FINDING, nth=ruleset.severe)
    return found


def _when(**fields: int) -> _Rule:
    return {"all": [{"m": {"$and": [{name: value} for name, value in fields.items()]}}]}


def _encoded(fact: FindingFact, id: int) -> str:
    return _json(id, t=_FINDING, zero=fact.zero, veto=fact.veto, nth=fact.nth, c=fact.clause, i=fact.item)


def _json(
    id: int, *, t: int = 0, boot: int = 0, zero: int = 0, veto: int = 0, nth: int = 0, c: int = 0, i: int = 0
) -> str:
    # ":d" writes True as 1; as a word it would be no JSON.
    return (
        f'{{"id":"{id:d}","sid":"{_SESSION}","_1":1,"t":{t:d},"boot":{boot:d},'
        f'"zero":{zero:d},"veto":{veto:d},"nth":{nth:d},"c":{c:d},"i":{i:d}}}'
    )


class EngineError(RuntimeError):
    """Say that the engine answered with something else than a match; its handle is gone, the question can be asked again."""


class Durable:
    """Ask durable-rules; one handle per ruleset, one question at a time (a lock guards the session)."""

    def __init__(self) -> None:
        import durable_rules_engine

        self._engine = durable_rules_engine
        self._handles: dict[Ruleset, Any] = {}
        self._lock = threading.Lock()

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        """Return every mark that follows from the facts of one unit, sorted, each once.

        Raises EngineError where the engine fails.
        """
        marks: set[Mark] = set()
        with self._lock:
            for some in _chunks(facts):
                marks.update(self._answered(ruleset, some))
        return tuple(sorted(marks))

    def _answered(self, ruleset: Ruleset, facts: Sequence[FindingFact]) -> list[Mark]:
        handle = self._handles.pop(ruleset, None)
        try:
            if handle is None:
                handle = self._engine.create_ruleset("u", json.dumps(rules(ruleset)))
            marks = self._session(handle, facts)
        except self._engine.error as error:
            raise EngineError(str(error)) from error
        # Only a handle whose session ended well is kept; an exception above leaves it out.
        self._handles[ruleset] = handle
        return marks

    def _session(self, handle: Any, facts: Sequence[FindingFact]) -> list[Mark]:
        marks: list[Mark] = []
        self._fired(handle, _json(0, boot=1))
        for number, fact in enumerate(facts, start=1):
            for rule in self._fired(handle, _encoded(fact, number)):
                kind = _KINDS[rule]
                marks.append(Mark(kind, fact.clause, fact.item if kind is MarkKind.ZERO_ITEM else 0))
        self._engine.delete_state(handle, _SESSION)
        return marks

    def _fired(self, handle: Any, text: str) -> list[str]:
        """Assert one fact, drain the engine, and return the name of each rule that fired."""
        code, session = self._engine.assert_fact(handle, text)
        names: list[str] = []
        if code == 1:  # no rule matches: nothing was stored
            return names
        if code:
            raise EngineError(f"assert_fact answered {code}")
        started = self._engine.start_action_for_state(handle, session)
        if started is None:
            raise EngineError("a match was promised and not given")
        match = started[1]
        while match:
            names.append(match[2 : match.index('"', 2)])
            match = self._engine.complete_and_start_action(handle, session)
        return names


def _chunks(facts: Sequence[Fact]) -> Iterator[Sequence[FindingFact]]:
    """Yield the facts that some rule may read (findings only, as yet) in heaps the engine keeps well.

    A rule that joins facts joins those of one clause, and they are kept in one heap.
    """
    found = sorted((one for one in facts if isinstance(one, FindingFact)), key=lambda one: one.clause)
    start = 0
    while start < len(found):
        end = min(start + MAX_FACTS, len(found))
        while end < len(found) and found[end].clause == found[end - 1].clause:
            end += 1
        yield found[start:end]
        start = end


@lru_cache(maxsize=1)
def unavailable() -> str:
    """Return why durable-rules cannot be used here, empty where it can.

    It must import, and answer a question of known outcome as the reference does: from Python 3.13 on a build without
    its compatibility define installs and then fails to load.
    """
    ruleset = Ruleset(severe=2)
    facts = (
        FindingFact(1, 1, zero=1),
        FindingFact(2, 1, veto=1, nth=1),
        FindingFact(3, 2, nth=2),
        FindingFact(4, 2),
    )
    try:
        marks = Durable()(ruleset, facts)
    except ImportError as error:
        return f"没有装好: {error}"
    except EngineError as error:
        return f"自检出错: {error}"
    return "" if marks == reference.infer(ruleset, facts) else "自检结果不对"
