"""The same 40 conditions asked of the same records by our engine and by others, each in its fastest sensible form."""

from __future__ import annotations

import gc
import subprocess
import sys
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
    other: bool = True

    @property
    def asked(self) -> int:
        """Return of how many records it is asked."""
        return FEW if self.slow else RECORDS

    def prepared(self) -> Run:
        """Return a run of its records."""
        return self.prepare(records(self.asked))


@dataclass(frozen=True, slots=True)
class Timed:
    """What an engine took: seconds a record, the shortest of several rounds, and the MB that one run adds."""

    engine: Engine
    seconds: float
    megabytes: float


ENGINES = (
    Engine("chuangwei", "findings with deductions", ours.findings, other=False),
    Engine("chuangwei", "the same, ledger, grade", ours.cards, other=False),
    Engine("chuangwei", "the same, means, ranks, orders", ours.complete, other=False),
    Engine(
        "chuangwei, reference inference", "the same, means, ranks, orders", ours.with_reference, other=False
    ),
    Engine("Python, a loop by hand", "the comparisons alone", by_hand, other=False),
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
    runs = [one.prepared() for one in ENGINES]
    for one, run in zip(ENGINES, runs, strict=True):
        if run() != by_hand(records(one.asked))():
            raise SystemExit(f"{one.name} finds other faults")
    rounds = [[_seconds(run) for run in runs] for _ in range(ROUNDS)]
    return [
        Timed(one, min(times) / one.asked, _megabytes(number))
        for number, (one, times) in enumerate(zip(ENGINES, zip(*rounds, strict=True), strict=True))
    ]


def _megabytes(number: int) -> float:
    command = [sys.executable, "-m", "benchmarks.engines", str(number)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _seconds(run: Run) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start
