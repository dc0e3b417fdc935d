"""experta: an engine of 40 rules, reset for each record, which is one fact.

It pins a frozendict that asks for ``collections.Mapping``, gone since Python 3.10: the name is given back first.
"""

from __future__ import annotations

import collections
import collections.abc
import operator
from collections.abc import Callable
from typing import Any

from benchmarks.engines.conditions import CONDITIONS, Records, Run, in_ascii

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {">": operator.gt, "==": operator.eq, "!=": operator.ne}


def run(drawn: Records) -> Run:
    """Return a run of experta."""
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    from experta import Fact, KnowledgeEngine, P, Rule

    fired: list[int] = []

    def rule(name: str, sign: str, value: object) -> Any:
        holds = _SIGNS[sign]
        asked = value if sign == "==" else P(lambda answer: holds(answer, value))
        return Rule(Fact(**{name: asked}))(lambda _: fired.append(1))

    rules = {f"r{number}": rule(*condition) for number, condition in enumerate(CONDITIONS)}
    engine, records = type("Engine", (KnowledgeEngine,), rules)(), in_ascii(drawn)

    def run_all() -> int:
        fired.clear()
        for one in records:
            engine.reset()
            engine.declare(Fact(**one))
            engine.run()
        return len(fired)

    return run_all
