"""durable-rules against its reference, in a process of its own, so that a crash is a failed test."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.finding import (
    Fact,
    FindingFact,
    FlagFact,
    Lift,
    Mark,
    MarkKind,
    OrderFact,
    Ruleset,
)
from scoring.history.ladder import MAX_DAYS, MAX_RUN, LadderStep, Level, Policy
from scoring.infer import choose, durable, reference
from scoring.infer.memo import Memo
from scoring.infer.rules import Rule, Run, encoded, rules

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
def test_thousands_of_random_histories_agree() -> None:
    assert ask_apart("agree", 3000) == 3000


@needs_engine
def test_facts_may_arrive_in_any_order() -> None:
    assert ask_apart("arrive", 300) == 300


@needs_engine
@pytest.mark.skipif(WINDOWS, reason="Windows tells no peak memory here")
def test_memory_stays_flat_over_thousands_of_questions() -> None:
    assert ask_apart("steady", 3000) < 2_000, "kilobytes"


@needs_engine
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timer on this system")
def test_interruption_at_any_moment_leaves_a_working_engine() -> None:
    assert ask_apart("interrupt", 100) == 100


small = st.integers(-1, 2)
findings = st.builds(
    FindingFact, st.integers(1, 9), st.integers(0, 4), small, small, small, small, small, st.integers(0, 4)
)
orders = st.builds(OrderFact, st.integers(1, 9), small, st.integers(-1, 9), st.integers(-1, 9), small, small)
flags = st.builds(FlagFact, small, small, small)
facts = st.lists(findings | orders | flags, max_size=12)
few = st.sets(st.integers(1, 9), max_size=3).map(sorted).map(tuple)
rulesets = st.builds(
    Ruleset,
    st.integers(0, 4),
    st.integers(0, 5),
    st.sampled_from([0, 0, 3, 8]),
    few,
    few,
    st.lists(st.builds(Lift, st.integers(0, 3), small, small), max_size=3).map(tuple),
    st.integers(0, 4),
)


@given(facts, rulesets, st.randoms())
@settings(max_examples=500)
def test_memory_and_order_change_no_mark(drawn: list[Fact], ruleset: Ruleset, chance) -> None:
    memo = Memo(reference.infer, size=3)
    wanted = reference.infer(ruleset, tuple(drawn))
    for _ in range(2):
        chance.shuffle(drawn)
        assert memo(ruleset, tuple(drawn)) == wanted
        assert reference.infer(ruleset, tuple(drawn)) == wanted


def back(*rounds: int) -> tuple[FindingFact, ...]:
    """Return clause 1's fails so many rounds before the current one (0)."""
    return tuple(FindingFact(1, 1, int(n == 0), -n, 1 - n) for n in rounds)


def flagged(*rounds: int) -> tuple[FlagFact, ...]:
    return tuple(FlagFact(int(n == 0), -n, 1 - n) for n in rounds)


NUMBERS = Ruleset(0, 3, 30, (1, 7), (1, 2), (Lift(1, late=3), Lift(2, late=10, redo=2)), 3)
CASES: dict[str, tuple[tuple[Fact, ...], list[tuple[str, int]]]] = {
    "头一次不合格，什么也不算": (back(0), []),
    "上一轮也不合格，第2次重复": (back(0, 1), [("重复", 2)]),
    "接连三轮，第3次": (back(0, 1, 2), [("重复", 3)]),
    "更长的也算到最高一步": (back(0, 1, 2, 3, 4), [("重复", 3)]),
    "中间合格过一轮，断了": (back(0, 2, 3), []),
    "本轮合格，不算": (back(1, 2, 3), []),
    "别的条款不接": ((*back(0), FindingFact(2, 1, 0, -1, 0)), []),
    "销号三十天又不合格，反弹": ((*back(0), OrderFact(1, open=0, fixed_ago=30)), [("反弹", 1)]),
    "三十一天就不是": ((*back(0), OrderFact(1, open=0, fixed_ago=31)), []),
    "没销号的不是反弹": ((*back(0), OrderFact(1, open=1, fixed_ago=3)), []),
    "本轮合格就没有反弹": ((*back(1), OrderFact(1, open=0)), []),
    "期限当天不算逾期": ((OrderFact(1, open=1, late=0),), []),
    "过一天逾期": ((OrderFact(1, open=1, late=1),), [("逾期", 1)]),
    "过六天提级，还算一天的一步": ((OrderFact(1, open=1, late=6),), [("提级督办", 1), ("逾期", 1)]),
    "过十天到第二级": ((OrderFact(1, open=1, late=10),), [("提级督办", 2), ("逾期", 7)]),
    "已在第二级的不再提": ((OrderFact(1, open=1, late=10, level=2),), [("逾期", 7)]),
    "销了号就不逾期": ((OrderFact(1, open=0, late=10, fixed_ago=31, redo=2),), []),
    "复查一次不合格": ((OrderFact(1, open=1, redo=1),), [("复查不合格", 1)]),
    "复查三次不合格，提级": (
        (OrderFact(1, open=1, redo=3),),
        [("复查不合格", 2), ("提级督办", 2)],
    ),
    "黄旗连续两轮": (flagged(0, 1), [("连续", 2)]),
    "黄旗连续四轮，算到三": (flagged(0, 1, 2, 3), [("连续", 3)]),
    "本轮没有黄旗": (flagged(1, 2), []),
    "中间断了一轮，从断处算": (flagged(0, 1, 3, 4, 5), [("连续", 2)]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_follows(name: str) -> None:
    asked, wanted = CASES[name]
    assert [(one.kind.value, one.n) for one in reference.infer(NUMBERS, asked)] == wanted


@needs_engine
def test_the_engine_says_the_same_of_each_case() -> None:
    engine = durable.Durable()
    for name, (asked, _) in CASES.items():
        assert engine(NUMBERS, asked) == reference.infer(NUMBERS, asked), name


def test_a_ruleset_without_history_derives_nothing_from_it() -> None:
    everything = tuple(fact for asked, _ in CASES.values() for fact in asked)
    assert reference.infer(Ruleset(3), everything) == ()
    assert Memo(reference.infer)(Ruleset(3), everything) == ()


def test_marks_that_differ_in_how_far_are_one_and_each_level_its_own() -> None:
    asked = tuple(OrderFact(1, open=1, late=late, level=level) for late, level in ((8, 0), (1, 0), (2, 1)))
    found = [(one.level, one.n) for one in reference.infer(Ruleset(late=(1, 7)), asked)]
    assert found == [(0, 7), (1, 1)]


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
    counted, asked = Counted(), (*back(0, 1, 2), OrderFact(1, open=1, late=2))
    memo = Memo(counted)
    assert memo(NUMBERS, asked) == memo(NUMBERS, asked[::-1])
    assert len(counted.asked) == 1


def test_units_are_asked_about_clause_by_clause() -> None:
    """What two units have in common is known, however they differ elsewhere."""
    counted = Counted()
    memo = Memo(counted)
    repeat = lambda clause: (FindingFact(clause, 1), FindingFact(clause, 1, 0, -1, 0))  # noqa: E731
    late = lambda clause: (OrderFact(clause, open=1, late=2),)  # noqa: E731
    memo(NUMBERS, (*repeat(1), *late(2)))
    assert memo(NUMBERS, (*repeat(5), *repeat(6), *late(6), *late(7))) == (
        Mark(MarkKind.OVERDUE, 6, n=1),
        Mark(MarkKind.OVERDUE, 7, n=1),
        Mark(MarkKind.REPEATED, 5, n=2),
        Mark(MarkKind.REPEATED, 6, n=2),
    )
    assert len(counted.asked) == 3, "a repeat, a late order, and both at once"


@pytest.mark.parametrize(
    ("asked", "alike"),
    [
        (back(0, 1), (*back(0, 1), OrderFact(1, open=0, fixed_ago=40), OrderFact(1, open=1))),
        ((OrderFact(1, open=1, late=7),), (OrderFact(1, open=1, late=9),)),
        ((OrderFact(1, open=1, late=1),), (OrderFact(1, open=1, late=2), *back(1, 2))),
        ((OrderFact(1, open=1, late=1),), (OrderFact(1, open=1, late=2), *back(0, 2))),
        ((OrderFact(1, open=0), *back(0)), (OrderFact(1, open=0, fixed_ago=9), *back(0, 3))),
    ],
    ids=["旧单", "两步之间的天数", "本轮合格", "断了的", "断了的和反弹"],
)
def test_what_no_rule_can_read_makes_no_other_question(
    asked: tuple[Fact, ...], alike: tuple[Fact, ...]
) -> None:
    counted = Counted()
    memo = Memo(counted)
    assert memo(NUMBERS, asked) == memo(NUMBERS, alike) != ()
    assert len(counted.asked) == 1


def test_what_no_rule_reads_is_never_asked() -> None:
    counted = Counted()
    memo = Memo(counted)
    assert memo(Ruleset(3), (FindingFact(1, 1, nth=2), OrderFact(1), *flagged(0, 1))) == ()
    assert memo(Ruleset(streak=3), flagged(0, 2, 4)) == ()
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
def test_a_derived_fact_is_asserted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several findings of one round lead to the same runs; without this their number would multiply."""
    engine, asserted = durable.Durable(), []
    real = engine._engine.assert_fact
    monkeypatch.setattr(engine._engine, "assert_fact", lambda *given: asserted.append(given) or real(*given))
    asked = tuple(FindingFact(1, item, int(n == 0), -n, 1 - n) for item in (1, 2, 3) for n in range(4))
    assert engine(NUMBERS, asked) == (Mark(MarkKind.REPEATED, 1, n=3),)
    assert len(asserted) == 1 + len(asked) + (1 + 2 + 3 + 3), "the first, the findings, the runs"


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
    engine, ruleset, asked = durable.Durable(), NUMBERS, (FindingFact(1, 1, veto=1), *back(0, 1))
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
        ("assert_fact", (1, 0), "answered 1"),
        ("start_action_for_state", None, "promised"),
        ("assert_fact", "raise", "error code: 202"),
    ],
    ids=["重号", "没人要", "锁住", "拒收"],
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
    asked = [FindingFact((n + first) // 2, 1, nth=n) for n in range(2 * durable.MAX_FACTS + 5)]
    heaps = list(durable._chunks(asked[::-1]))
    clauses = [{one.clause for one in heap} for heap in heaps]
    assert len(heaps) == 3
    assert sum(map(len, heaps)) == len(asked)
    assert sum(map(len, clauses)) == len(set().union(*clauses))


def conditions(pattern: list[dict[str, Any]]) -> Iterator[tuple[str, object]]:
    """Yield each field a pattern reads and what it is compared with, whatever the comparison."""
    for part in pattern:
        for name, value in part.items():
            yield from value.items() if name.startswith("$") else [(name, value)]


def faults(rule: Rule) -> Iterator[str]:
    """Yield what would make a rule wrong, or crash the engine."""
    first, *others = rule.when
    if len(others) > 1:
        yield "more than two patterns"
    if any(isinstance(value, dict) for _, value in conditions(first)):
        yield "the first pattern reads another"
    for pattern in others:
        if pattern[-1] != {"_1": {"a": "_1"}}:
            yield "a join must end with what is always true: else the engine reads past its end"
        if {"c": {"a": "c"}} not in pattern:
            yield "a join must be on the clause: else the memory and the heaps are wrong"
        if any(isinstance(value, dict) and value.keys() != {"a"} for _, value in conditions(pattern)):
            yield "a join only compares whether fields are equal"


def test_every_rule_is_one_the_engine_bears() -> None:
    made = rules(durable.TRIAL)
    assert sum(len(rule.when) > 1 for rule in made.values()) == 3, "run, streak, relapse"
    for name, rule in made.items():
        assert not list(faults(rule)), name


def test_a_rule_that_forgets_its_end_is_found() -> None:
    """The check above must be able to fail."""
    first, joined = rules(durable.TRIAL)["relapse"].when
    assert list(faults(Rule((first, joined[:-1]))))
    assert list(faults(Rule((first, [part for part in joined if "c" not in part]))))
    assert list(faults(Rule((first, [{"$lt": {"n": {"b": "n"}}}, *joined]))))
    assert list(faults(Rule((joined, first))))


def test_every_fact_carries_each_field_a_rule_reads_and_no_two_names_collide() -> None:
    """The engine reads a missing field from stale memory and knows names only by their 32-bit hash."""
    made = rules(durable.TRIAL)
    read = {name for rule in made.values() for pattern in rule.when for name, _ in conditions(pattern)} - {
        "_1"
    }
    facts = [json.loads(encoded(fact, 7)) for fact in (None, *durable.TRIAL_FACTS, Run(4, 1, 1, 0, 1, 2))]
    for carried in facts:
        assert carried.keys() == facts[0].keys()
        assert all(type(carried[name]) is int for name in read)
        assert (carried["_1"], carried["id"], carried["sid"]) == (1, "7", "u")
    assert len({_fnv(name) for name in facts[0]}) == len(facts[0])
    assert len({_fnv(name) for name in made}) == len(made)


def test_a_truth_value_is_written_as_a_number() -> None:
    assert json.loads(encoded(FindingFact(True, 2, zero=True), 1))["zero"] == 1
    assert '"zero":1,' in encoded(FindingFact(1, 2, zero=True), 1)


@needs_engine
def test_the_widest_policy_is_within_what_the_engine_bears() -> None:
    steps = (
        *(LadderStep(MarkKind.OVERDUE, days) for days in range(1, 11)),
        *(LadderStep(MarkKind.REDONE, times) for times in range(1, 10)),
        LadderStep(MarkKind.REPEATED, MAX_RUN),
    )
    levels = tuple(Level("乡长", late=days, redo=days) for days in range(1, 10))
    policy = Policy(steps, MAX_DAYS, levels)
    engine = durable.Durable()
    order = OrderFact(1, open=1, late=MAX_DAYS, redo=99)
    asked = (order, *back(*range(MAX_RUN)), OrderFact(1, open=0, fixed_ago=MAX_DAYS))
    assert engine(policy.ruleset(3), asked) == reference.infer(policy.ruleset(3), asked)
    assert len(reference.infer(policy.ruleset(3), asked)) == 5
    longest = Ruleset(streak=20)
    found = engine(longest, flagged(*range(50)))
    assert found == reference.infer(longest, flagged(*range(50))) == (Mark(MarkKind.STREAK, 0, n=20),)
    with pytest.raises(durable.EngineError, match="rules, at most"):
        engine(Ruleset(late=tuple(range(1, durable.MAX_RULES))), asked)


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
