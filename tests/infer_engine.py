"""What the inference tests ask of durable-rules, run as a process of its own: ``infer_engine.py agree|arrive|steady|interrupt``.

Exits with 1 and the question on stderr where an answer differs from the reference's; a crash shows in the exit code.
"""

from __future__ import annotations

import random
import signal
import sys

from scoring.finding import Fact, FindingFact, FlagFact, Infer, Lift, OrderFact, Ruleset, farthest
from scoring.infer import reference
from scoring.infer.durable import Durable
from scoring.infer.memo import Memo


def question(chance: random.Random) -> tuple[Ruleset, tuple[Fact, ...]]:
    """Return a random question: histories as they come, among them facts that no caller would make."""
    clauses = chance.choice([0, 1, 2, 3, 5, 12])
    facts: list[Fact] = []
    for clause in range(1, clauses + 1):
        facts += timeline(chance, clause)
        facts += noise(chance, clause)
    facts += [FlagFact(*link) for link in rounds(chance)]
    chance.shuffle(facts)
    return chance.choice(RULESETS), tuple(facts)


def ruleset(chance: random.Random) -> Ruleset:
    """Return random numbers to make the rules with; now and then those of a standard without a scheme."""
    severe = chance.choice([0, 0, 1, 2, 3, 5, 50])
    if chance.random() < 0.1:
        return Ruleset(severe)
    some = lambda most: tuple(sorted(chance.sample(range(1, most), chance.randint(0, 3))))  # noqa: E731
    levels = tuple(
        Lift(level, chance.choice([0, 3, 8]), chance.choice([0, 1, 2]))
        for level in range(1, chance.randint(1, 4))
    )
    run, relapse, streak = chance.randint(0, 5), chance.choice([0, 0, 5, 9]), chance.randint(0, 4)
    return Ruleset(severe, run, relapse, some(10), some(4), levels, streak)


def rounds(chance: random.Random) -> list[tuple[int, int, int]]:
    """Return (cur, seq, nxt) of the rounds of one clause that were not passed."""
    back = chance.choice([0, 0, 1, 3, 7])
    return [(int(seq == 0), seq, seq + 1) for seq in range(-back, 1) if chance.random() < 0.8]


def timeline(chance: random.Random, clause: int) -> list[Fact]:
    """Return the facts of one clause as a caller makes them."""
    item, nth = chance.randint(1, 6), chance.randint(0, 6)
    facts: list[Fact] = []
    for cur, seq, nxt in rounds(chance):
        own = (chance.randint(0, 1), chance.randint(0, 1), nth) if cur else (0, 0, 0)
        facts.append(FindingFact(clause, item, cur, seq, nxt, *own))
    for _ in range(chance.choice([0, 0, 1, 2])):
        late, ago = chance.choice([(chance.randint(0, 12), 0), (0, chance.randint(0, 12))])
        facts.append(OrderFact(clause, int(not ago), late, ago, chance.randint(0, 3), chance.randint(0, 4)))
    return facts


def noise(chance: random.Random, clause: int) -> list[Fact]:
    """Return facts of any small numbers: rounds in a circle, two items in one clause, an order that is half open."""
    small = lambda: chance.choice([0, 0, 0, 1, 1, True, 2, -1])  # noqa: E731
    facts: list[Fact] = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        facts.append(FindingFact(clause, chance.randint(0, 3), *(small() for _ in range(6))))
        facts.append(OrderFact(clause, *(small() for _ in range(5))))
        facts.append(FlagFact(small(), small(), small()))
    return facts


# No more than these: the engine never frees a ruleset.
RULESETS = [ruleset(random.Random(seed)) for seed in range(40)]


def check(infer: Infer, ruleset: Ruleset, facts: tuple[Fact, ...]) -> None:
    """Leave the process where a reading and the reference differ."""
    found, wanted = infer(ruleset, facts), reference.infer(ruleset, facts)
    if found != wanted:
        sys.exit(f"{ruleset} {facts}: {found}, expected {wanted}")


def agree(rounds: int) -> str:
    """Compare the engine, and the engine behind its memo, with the reference."""
    chance, engine = random.Random(7), Durable()
    memo = Memo(engine, size=50)
    for _ in range(rounds):
        asked = question(chance)
        check(engine, *asked)
        check(memo, *asked)
    return str(rounds)


def arrive(rounds: int) -> str:
    """Let the facts of one session arrive in many orders, in none that the engine's door would choose."""
    chance, engine = random.Random(11), Durable()
    infer: Infer = lambda ruleset, facts: farthest(engine._answered(ruleset, facts))  # noqa: E731
    for _ in range(rounds):
        asked, facts = question(chance)
        some = list(facts[:40])
        for _ in range(5):
            chance.shuffle(some)
            check(infer, asked, tuple(some))
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
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.00002, 0.003))
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
    print(
        {"agree": agree, "arrive": arrive, "steady": steady, "interrupt": interrupt}[sys.argv[1]](
            int(sys.argv[2])
        )
    )
