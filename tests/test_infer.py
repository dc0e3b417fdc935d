"""durable-rules against its reference, in a process of its own, so that a crash is a failed test."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.finding import FindingFact, FlagFact, Mark, MarkKind, OrderFact, Ruleset
from scoring.infer import choose, durable, reference
from scoring.infer.memo import Memo

DIFFERENTIAL = """
import random, resource, sys
from scoring.finding import FindingFact, FlagFact, OrderFact, Ruleset
from scoring.infer import reference
from scoring.infer.durable import Durable
from scoring.infer.memo import Memo

chance, engine, memo = random.Random(int(sys.argv[1])), Durable(), Memo(Durable())
start = 0
for round_ in range(int(sys.argv[2])):
    ruleset = Ruleset(chance.choice([0, 0, 2, 3, 5, 50]))
    facts = [
        FindingFact(c, chance.randint(1, 6), 1, 0, 1, chance.random() < 0.2, chance.random() < 0.2, chance.randint(0, 6))
        for c in range(1, chance.choice([0, 1, 3, 8, 30]) + 1)
    ]
    facts = [FindingFact(*(int(value) for value in (f.clause, f.item, f.cur, f.seq, f.nxt, f.zero, f.veto, f.nth))) for f in facts]
    facts += [OrderFact(1, open=1, late=1), FlagFact(1)][: chance.randint(0, 2)]
    chance.shuffle(facts)
    wanted = reference.infer(ruleset, tuple(facts))
    for found in (engine(ruleset, tuple(facts)), memo(ruleset, tuple(facts))):
        if found != wanted:
            sys.exit(f"{ruleset} {facts}: {found}, expected {wanted}")
    if round_ == 500:
        start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(round_ + 1, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)
"""

needs_engine = pytest.mark.skipif(
    sys.platform == "win32" and bool(durable.unavailable()), reason=f"durable-rules: {durable.unavailable()}"
)


def test_the_engine_works_where_it_must() -> None:
    """A build that installs and does not load must not pass silently as the reference."""
    if sys.platform != "win32":
        assert durable.unavailable() == ""


@needs_engine
def test_thousands_of_random_fact_sets_agree() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIFFERENTIAL, "7", "4000"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
    rounds, grown = map(int, done.stdout.split())
    assert rounds == 4000
    assert grown < 40_000, "kilobytes"


facts = st.lists(
    st.builds(
        FindingFact,
        st.integers(1, 9),
        st.integers(1, 4),
        zero=st.integers(0, 1),
        veto=st.integers(0, 1),
        nth=st.integers(0, 4),
    ),
    max_size=9,
    unique_by=lambda fact: fact.clause,
)


@given(facts, st.integers(0, 4), st.randoms())
def test_memory_and_order_change_no_mark(drawn: list[FindingFact], severe: int, chance) -> None:
    memo, ruleset = Memo(reference.infer, size=3), Ruleset(severe)
    wanted = reference.infer(ruleset, tuple(drawn))
    for _ in range(2):
        chance.shuffle(drawn)
        assert memo(ruleset, tuple(drawn)) == wanted


def test_alike_patterns_are_asked_once() -> None:
    asked = []
    memo = Memo(lambda ruleset, facts: asked.append(facts) or reference.infer(ruleset, facts))
    assert memo(Ruleset(), (FindingFact(3, 2, zero=1),)) == (Mark(MarkKind.ZERO_ITEM, 3, 2),)
    assert memo(Ruleset(), (FindingFact(8, 5, zero=1), FindingFact(9, 5))) == (
        Mark(MarkKind.ZERO_ITEM, 8, 5),
    )
    assert memo(Ruleset(), (FindingFact(1, 1), OrderFact(1), FlagFact(1))) == ()
    assert len(asked) == 1


@needs_engine
def test_an_interrupted_question_leaves_a_working_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, ruleset, asked = durable.Durable(), Ruleset(2), (FindingFact(1, 1, veto=1),)
    real = engine._engine.complete_and_start_action

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine._engine, "complete_and_start_action", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine(ruleset, asked)
    monkeypatch.setattr(engine._engine, "complete_and_start_action", real)
    assert engine(ruleset, asked) == reference.infer(ruleset, asked)


@needs_engine
def test_threads_may_share_one_engine() -> None:
    engine, wrong = durable.Durable(), []

    def ask(clause: int) -> None:
        for _ in range(200):
            question = (FindingFact(clause, 1, zero=1), FindingFact(clause + 1, 2, veto=1))
            if engine(Ruleset(), question) != reference.infer(Ruleset(), question):
                wrong.append(clause)

    threads = [threading.Thread(target=ask, args=(n,)) for n in (1, 5, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@needs_engine
def test_more_facts_than_the_engine_keeps_well_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        durable.Durable()(Ruleset(), tuple(FindingFact(n, 1, zero=1) for n in range(durable.MAX_FACTS + 1)))


def test_field_names_do_not_collide_in_the_engines_hash() -> None:
    names = {
        name
        for rule in durable.rules(Ruleset(2)).values()
        for part in rule["all"][0]["m"]["$and"]
        for name in part
    }
    names |= {"id", "sid", "_1", "t", "boot", "zero", "veto", "nth", "c", "i"}
    assert len({_fnv(name) for name in names}) == len(names)


def _fnv(text: str) -> int:
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def test_a_missing_engine_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "unavailable", lambda: "没有装好")
    choose.cache_clear()
    try:
        _told_and_replaced()
    finally:
        choose.cache_clear()


def _told_and_replaced() -> None:
    infer, notice = choose(None)
    assert "已改用内置推理，结果相同" in notice
    assert infer(Ruleset(), (FindingFact(1, 1, veto=1),)) == (Mark(MarkKind.VETO, 1),)
    with pytest.raises(ScoringError, match="改用 --infer reference"):
        choose("durable")
    with pytest.raises(ScoringError, match="durable、reference"):
        choose("drools")
