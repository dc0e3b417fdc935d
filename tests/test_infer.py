"""durable-rules against its reference, in a process of its own, so that a crash is a failed test."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.finding import Fact, FindingFact, FlagFact, Mark, MarkKind, OrderFact, Ruleset
from scoring.infer import choose, durable, reference
from scoring.infer.memo import Memo

HELPER = Path(__file__).with_name("infer_engine.py")
WINDOWS = sys.platform == "win32"

needs_engine = pytest.mark.skipif(
    WINDOWS and bool(durable.unavailable()), reason=f"durable-rules: {durable.unavailable()}"
)


def test_the_engine_works_where_it_must() -> None:
    """A build that installs and does not load must not pass silently as the reference."""
    if not WINDOWS:
        assert durable.unavailable() == ""


def ask_apart(what: str, rounds: int) -> int:
    """Run a part of the helper in a process of its own and return the number it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.infer_engine", what, str(rounds)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HELPER.parent.parent,
    )
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
    return int(done.stdout)


@needs_engine
def test_thousands_of_random_fact_sets_agree() -> None:
    assert ask_apart("agree", 4000) == 4000


@needs_engine
@pytest.mark.skipif(WINDOWS, reason="Windows tells no peak memory here")
def test_memory_stays_flat_over_thousands_of_questions() -> None:
    assert ask_apart("steady", 10_000) < 2_000, "kilobytes"


@needs_engine
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timer on this system")
def test_interruption_at_any_moment_leaves_a_working_engine() -> None:
    assert ask_apart("interrupt", 100) == 100


small = st.integers(-1, 2)
findings = st.builds(
    FindingFact, st.integers(1, 9), st.integers(1, 4), small, small, small, small, small, st.integers(0, 4)
)
orders = st.builds(OrderFact, st.integers(1, 9), small, small, small, small, small)
facts = st.lists(findings | orders | st.builds(FlagFact, small, small, small), max_size=9)


@given(facts, st.integers(0, 4), st.randoms())
def test_memory_and_order_change_no_mark(drawn: list[Fact], severe: int, chance) -> None:
    memo, ruleset = Memo(reference.infer, size=3), Ruleset(severe)
    wanted = reference.infer(ruleset, tuple(drawn))
    for _ in range(2):
        chance.shuffle(drawn)
        assert memo(ruleset, tuple(drawn)) == wanted
        assert reference.infer(ruleset, tuple(drawn)) == wanted


class Counted:
    """The reference, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Fact, ...]] = []

    def __call__(self, ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
        self.asked.append(facts)
        return reference.infer(ruleset, facts)


def test_alike_patterns_are_asked_once() -> None:
    counted = Counted()
    memo = Memo(counted)
    assert memo(Ruleset(), (FindingFact(3, 2, zero=1),)) == (Mark(MarkKind.ZERO_ITEM, 3, 2),)
    alike = (FindingFact(8, 5, zero=1), FindingFact(9, 5))
    assert memo(Ruleset(), alike) == (Mark(MarkKind.ZERO_ITEM, 8, 5),)
    assert len(counted.asked) == 1


def test_the_order_of_facts_is_no_other_question() -> None:
    counted, asked = Counted(), (FindingFact(1, 1, veto=1), FindingFact(2, 1, zero=1))
    memo = Memo(counted)
    assert memo(Ruleset(), asked) == memo(Ruleset(), asked[::-1])
    assert len(counted.asked) == 1


def test_what_no_rule_reads_is_never_asked() -> None:
    counted = Counted()
    memo = Memo(counted)
    assert memo(Ruleset(3), (FindingFact(1, 1, nth=2), OrderFact(1), FlagFact(1))) == ()
    assert not counted.asked


def test_another_threshold_is_another_question() -> None:
    memo, asked = Memo(reference.infer), (FindingFact(1, 1, veto=1, nth=2),)
    both = (Mark(MarkKind.VETO, 1), Mark(MarkKind.SEVERE, 1))
    assert set(memo(Ruleset(2), asked)) == set(both)
    assert memo(Ruleset(3), asked) == memo(Ruleset(0), asked) == both[:1]


def test_the_pattern_not_asked_for_longest_is_forgotten_first() -> None:
    counted = Counted()
    memo = Memo(counted, size=2)
    zero, veto, both = ((FindingFact(1, 1, zero=z, veto=v),) for z, v in ((1, 0), (0, 1), (1, 1)))
    for asked in (zero, veto, zero, both, zero):
        memo(Ruleset(), asked)
    assert len(counted.asked) == 3, "zero was used last and is still known"
    memo(Ruleset(), veto)
    assert len(counted.asked) == 4, "veto had to make room"


@needs_engine
def test_thirty_severe_findings_make_one_mark() -> None:
    asked = tuple(FindingFact(n, 1, nth=n) for n in range(1, 31))
    assert durable.Durable()(Ruleset(3), asked) == (Mark(MarkKind.SEVERE, 3),)


@needs_engine
@pytest.mark.parametrize(
    "step", ["assert_fact", "start_action_for_state", "complete_and_start_action", "delete_state"]
)
@pytest.mark.parametrize("done", [True, False], ids=["做完后中断", "未做先中断"])
def test_an_interrupted_step_leaves_a_working_engine(
    step: str, done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, ruleset, asked = durable.Durable(), Ruleset(2), (FindingFact(1, 1, veto=1),)
    assert engine(ruleset, asked)
    real = getattr(engine._engine, step)

    def interrupted(*given: object) -> None:
        if done:
            real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(engine._engine, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            engine(ruleset, asked)
    assert engine(ruleset, asked) == reference.infer(ruleset, asked)


@needs_engine
@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("assert_fact", (2, 0), "answered 2"),
        ("start_action_for_state", None, "promised"),
        ("assert_fact", "raise", "error code: 202"),
    ],
    ids=["重号", "锁住", "拒收"],
)
def test_an_odd_answer_is_an_error_and_the_next_question_is_answered(
    step: str, answer: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, asked = durable.Durable(), (FindingFact(1, 1, veto=1),)

    def odd(*_: object) -> object:
        if answer == "raise":
            raise engine._engine.error("error code: 202")
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(engine._engine, step, odd)
        with pytest.raises(durable.EngineError, match=words):
            engine(Ruleset(), asked)
    assert engine(Ruleset(), asked) == (Mark(MarkKind.VETO, 1),)


@needs_engine
def test_threads_share_one_handle_and_get_their_own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second handle would be right too, and would never be freed."""
    engine, wrong, made = durable.Durable(), [], []
    create = engine._engine.create_ruleset
    monkeypatch.setattr(engine._engine, "create_ruleset", lambda *given: made.append(given) or create(*given))

    def ask(clause: int) -> None:
        question = (FindingFact(clause, 1, zero=1), FindingFact(clause + 1, 2, veto=1))
        for _ in range(200):
            if engine(Ruleset(), question) != reference.infer(Ruleset(), question):
                wrong.append(clause)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(n,)) for n in (1, 5, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong
    assert len(made) == 1


@needs_engine
def test_more_facts_than_one_session_keeps_are_asked_in_heaps() -> None:
    asked = tuple(FindingFact(n // 2, n % 7, zero=n % 2, nth=n) for n in range(2 * durable.MAX_FACTS + 5))
    ruleset = Ruleset(durable.MAX_FACTS + 1)
    assert durable.Durable()(ruleset, asked) == reference.infer(ruleset, asked)


@pytest.mark.parametrize("first", [0, 1])
def test_the_facts_of_one_clause_stay_in_one_heap(first: int) -> None:
    asked = [FindingFact((n + first) // 2, 1) for n in range(2 * durable.MAX_FACTS + 5)]
    heaps = list(durable._chunks(asked[::-1]))
    clauses = [{one.clause for one in heap} for heap in heaps]
    assert len(heaps) == 3
    assert sum(map(len, heaps)) == len(asked)
    assert sum(map(len, clauses)) == len(set().union(*clauses))


def test_every_fact_carries_each_field_a_rule_reads_and_no_two_names_collide() -> None:
    """The engine reads a missing field from stale memory and knows names only by their 32-bit hash."""
    read = {
        name
        for rule in durable.rules(Ruleset(2)).values()
        for pattern in rule["all"]
        for condition in pattern.values()
        for part in condition["$and"]
        for name in part
    }
    carried = json.loads(durable._encoded(FindingFact(1, 1), 1))
    assert carried.keys() == json.loads(durable._json(0, boot=1)).keys()
    assert read <= carried.keys()
    assert all(type(carried[name]) is int for name in read)
    assert carried["_1"] == 1
    assert len({_fnv(name) for name in carried}) == len(carried)


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


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (ImportError("undefined symbol"), "没有装好: undefined symbol"),
        (durable.EngineError("code 2"), "自检出错: code 2"),
    ],
)
def test_an_engine_that_fails_its_trial_is_not_used(
    failure: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise failure

    monkeypatch.setattr(durable, "Durable", failing)
    assert durable.unavailable.__wrapped__() == reason


def test_an_engine_that_answers_wrongly_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "Durable", lambda: lambda ruleset, facts: ())
    assert durable.unavailable.__wrapped__() == "自检结果不对"
