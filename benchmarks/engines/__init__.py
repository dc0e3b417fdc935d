"""The same 40 conditions asked of the same records by our engine and by others, each in its fastest sensible form."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.engines import (
    business,
    cel,
    durable,
    experta,
    json_logic,
    ours,
    rule_engine,
    zen,
)
from benchmarks.engines.conditions import Records, Run, by_hand, records

RECORDS, FEW, ROUNDS = 2000, 400, 7
MATCHES = "matches only"


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to ask: its name, what it returns, what makes a run of some records; ``slow`` ones are asked fewer."""

    name: str
    returns: str
    prepare: Callable[[Records], Run]
    slow: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Timed:
    """What an engine took: seconds a record, the shortest of several rounds."""

    engine: Engine
    seconds: float


ENGINES = (
    Engine("chuangwei", "findings with deductions", ours.findings, own=True),
    Engine("chuangwei", "the same, ledger, grade", ours.cards, own=True),
    Engine("chuangwei", "the same, means, ranks, orders", ours.complete, own=True),
    Engine("chuangwei, reference inference", "the same, means, ranks, orders", ours.with_reference, own=True),
    Engine("Python, written by hand", "the comparisons alone", by_hand, own=True),
    Engine("durable-rules, raw records", MATCHES, durable.run),
    Engine("common-expression-language", MATCHES, cel.run),
    Engine("zen-engine", MATCHES, zen.run),
    Engine("business-rules", MATCHES, business.run),
    Engine("panzi-json-logic", MATCHES, json_logic.run),
    Engine("rule-engine", MATCHES, rule_engine.run),
    Engine("experta", MATCHES, experta.run, slow=True),
)


def timed() -> list[Timed]:
    """Return what every engine took; raise SystemExit where one finds other faults than the rest.

    Round by round, so that whatever else the machine does falls on all of them alike.
    """
    drawn = records(RECORDS)
    asked = {one: drawn[:FEW] if one.slow else drawn for one in ENGINES}
    runs = {one: one.prepare(some) for one, some in asked.items()}
    for one, run in runs.items():
        if run() != by_hand(asked[one])():
            raise SystemExit(f"{one.name} finds other faults")
    rounds = [{one: _seconds(run) for one, run in runs.items()} for _ in range(ROUNDS)]
    return [Timed(one, min(each[one] for each in rounds) / len(asked[one])) for one in ENGINES]


def _seconds(run: Run) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start
