"""What the inference tests ask of durable-rules, run as a process of its own: ``infer_engine.py agree|steady|interrupt``.

Exits with 1 and the question on stderr where an answer differs from the reference's; a crash shows in the exit code.
"""

from __future__ import annotations

import random
import signal
import sys

from scoring.finding import Fact, FindingFact, FlagFact, Infer, OrderFact, Ruleset
from scoring.infer import reference
from scoring.infer.durable import Durable
from scoring.infer.memo import Memo


def question(chance: random.Random) -> tuple[Ruleset, tuple[Fact, ...]]:
    """Return a random question; every field of every kind of fact varies, also those that no rule reads yet."""
    small = lambda: chance.choice([0, 0, 0, 1, 1, True, 2, -1])  # noqa: E731
    clauses = chance.choice([0, 1, 3, 8, 30])
    facts: list[Fact] = []
    for _ in range(clauses):
        clause, item, nth = chance.randint(1, clauses), chance.randint(1, 6), chance.randint(0, 6)
        facts.append(FindingFact(clause, item, small(), small(), small(), small(), small(), nth))
        if chance.random() < 0.2:
            facts.append(OrderFact(clause, small(), small(), small(), small(), small()))
    facts += [FlagFact(small(), small(), small()) for _ in range(chance.randint(0, 2))]
    chance.shuffle(facts)
    return Ruleset(chance.choice([0, 0, 1, 2, 3, 5, 50])), tuple(facts)


def check(infer: Infer, ruleset: Ruleset, facts: tuple[Fact, ...]) -> None:
    """Leave the process where a reading and the reference differ."""
    found, wanted = infer(ruleset, facts), reference.infer(ruleset, facts)
    if found != wanted:
        sys.exit(f"{ruleset} {facts}: {found}, expected {wanted}")


def agree(rounds: int) -> str:
    """Compare the bare engine, and the engine behind its memo, with the reference."""
    chance, engine = random.Random(7), Durable()
    memo = Memo(engine, size=50)
    for _ in range(rounds):
        asked = question(chance)
        check(engine, *asked)
        check(memo, *asked)
    return str(rounds)


def steady(rounds: int) -> str:
    """Return by how many kB the peak memory grew after a tenth of the rounds."""
    chance, engine, start = random.Random(7), Durable(), 0
    for number in range(rounds):
        engine(*question(chance))
        if number == rounds // 10:
            start = _peak()
    return str(_peak() - start)


def interrupt(rounds: int) -> str:
    """Press Ctrl-C at odd moments; each answer that comes is right, and so is the one after."""
    chance, engine, struck, armed = random.Random(7), Durable(), 0, False

    def strike(*_: object) -> None:
        if armed:  # a late alarm must not fall into the second question
            raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, strike)
    while struck < rounds:
        asked = question(chance)
        try:
            armed = True
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.00002, 0.0006))
            check(engine, *asked)
            armed = False
        except KeyboardInterrupt:
            armed, struck = False, struck + 1
        check(engine, *asked)
    signal.setitimer(signal.ITIMER_REAL, 0)  # none may ring while the interpreter ends
    return str(struck)


def _peak() -> int:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


if __name__ == "__main__":
    print({"agree": agree, "steady": steady, "interrupt": interrupt}[sys.argv[1]](int(sys.argv[2])))
