"""The only door to durable-rules, used inside the narrow pattern in which it is right and does not crash.

The engine gets one session per question and integers only; ``rules`` says which rules and facts. Its traps decide the
shape of this file:

- The C functions are called directly. The package's own host starts threads, swallows exceptions and loses matches.
- Ids are counted decimals, because colliding ids drop facts silently.
- A fact that meets a part of a join alone is taken and answered with no match, just as a locked session answers. So one
  rule, ``TOLD``, is met by every fact: an assert that fires nothing is an error and never "no findings". The first fact
  says nothing else, so that an action has completed before the session is deleted; deleting an untouched session crashes.
- Nothing is retracted, and each assert is drained completely with no other code in between; what follows from a match is
  asserted afterwards.
- More than 64 rules met by one fact spoil a session: no more than ``MAX_RULES`` are taken.
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

from scoring.finding import Fact, FindingFact, FlagFact, Lift, Mark, OrderFact, Ruleset, farthest
from scoring.infer import reference
from scoring.infer.rules import SESSION, Rule, Run, encoded, follows, rules

MAX_FACTS = 1000
MAX_RULES = 60


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
        waiting: deque[Fact | Run | None] = deque((None, *facts))
        seen, number = set(waiting), 0
        while waiting:
            for match in self._fired(handle, encoded(waiting.popleft(), number)):
                found = follows(handle.rules, match)
                if isinstance(found, Mark):
                    marks.add(found)
                elif found is not None and found not in seen:
                    seen.add(found)
                    waiting.append(found)
            number += 1
        self._engine.delete_state(handle.number, SESSION)
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


def _chunks(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """Yield the facts, each once, in heaps the engine keeps well.

    A rule that joins facts joins those of one clause (or the flags), and they are kept in one heap, in the order
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
    return (True, 0) if isinstance(fact, FlagFact) else (False, fact.clause)


TRIAL = Ruleset(severe=2, run=3, relapse=30, late=(1, 7), redo=(1,), levels=(Lift(1, 3, 2),), streak=2)
TRIAL_FACTS: tuple[Fact, ...] = (
    FindingFact(1, 1, zero=1),
    FindingFact(2, 1, veto=1, nth=1),
    FindingFact(3, 2, nth=2),
    *(FindingFact(4, 2, int(seq == 0), seq, seq + 1) for seq in (0, -2, -1, -3)),
    OrderFact(4, open=1, late=8),
    OrderFact(2, open=0, fixed_ago=30, redo=1),
    OrderFact(3, open=1, redo=2, level=0),
    FlagFact(),
    FlagFact(0, -1, 0),
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
