"""The generic rules in plain Python: the oracle, and what answers where durable-rules cannot be installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scoring.finding import (
    Fact,
    FindingFact,
    FlagFact,
    Mark,
    MarkKind,
    OrderFact,
    Ruleset,
    farthest,
)

Rule = Callable[[Ruleset, tuple[Fact, ...]], Iterator[Mark]]
_Link = tuple[int, int, int, int]


def infer(ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
    """Return every mark that follows from the facts of one unit, sorted, each once."""
    return farthest(mark for rule in RULES for mark in rule(ruleset, facts))


def zero_item(_: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """本项不得分: a finding priced so takes its whole item."""
    for fact in _current(facts):
        if fact.zero == 1:
            yield Mark(MarkKind.ZERO_ITEM, fact.clause, fact.item)


def veto(_: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """一票否决: a finding on a veto clause vetoes the card."""
    for fact in _current(facts):
        if fact.veto == 1:
            yield Mark(MarkKind.VETO, fact.clause)


def severe(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """严重条款达 N: the N-th severe finding vetoes the card."""
    for fact in _current(facts):
        if ruleset.severe and fact.nth == ruleset.severe:
            yield Mark(MarkKind.SEVERE, fact.clause)


def repeated(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """重复: a clause failed in the current round and in those just before it in which it was checked."""
    links = {(one.clause, one.cur, one.seq, one.nxt) for one in facts if isinstance(one, FindingFact)}
    for clause, n in _runs(links, ruleset.run):
        yield Mark(MarkKind.REPEATED, clause, n=n)


def relapsed(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """反弹: a clause fails in the current round whose order was 销号 not long before."""
    failed = {fact.clause for fact in _current(facts)}
    closed = (one for one in facts if isinstance(one, OrderFact) and one.open == 0)
    for fact in closed:
        if ruleset.relapse and 0 <= fact.fixed_ago <= ruleset.relapse and fact.clause in failed:
            yield Mark(MarkKind.RELAPSED, fact.clause, level=fact.level, n=1)


def overdue(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """逾期: an open order is past its deadline by as many days as a threshold says."""
    for fact in _open(facts):
        for days in ruleset.late:
            if fact.late >= days:
                yield Mark(MarkKind.OVERDUE, fact.clause, level=fact.level, n=days)


def redone(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """复查不合格: 复查 found an open order not put right, as often as a threshold says."""
    for fact in _open(facts):
        for times in ruleset.redo:
            if fact.redo >= times:
                yield Mark(MarkKind.REDONE, fact.clause, level=fact.level, n=times)


def escalated(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """提级督办: an open order is late, or 复查 failed, so far that it goes to a level above its own."""
    for fact in _open(facts):
        for step in ruleset.levels:
            late, redo = step.late and fact.late >= step.late, step.redo and fact.redo >= step.redo
            if fact.level < step.level and (late or redo):
                yield Mark(MarkKind.ESCALATED, fact.clause, level=fact.level, n=step.level)


def streak(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """连续: an honour was won in a current round and in those just before it."""
    links = {(0, one.cur, one.seq, one.nxt) for one in facts if isinstance(one, FlagFact)}
    for _, n in _runs(links, ruleset.streak):
        yield Mark(MarkKind.STREAK, 0, n=n)


def _current(facts: Iterable[Fact]) -> Iterator[FindingFact]:
    return (one for one in facts if isinstance(one, FindingFact) and one.cur == 1)


def _open(facts: Iterable[Fact]) -> Iterator[OrderFact]:
    return (one for one in facts if isinstance(one, OrderFact) and one.open == 1)


def _runs(links: set[_Link], longest: int) -> Iterator[tuple[int, int]]:
    """Yield (clause, n) for every run of ``n`` links, 2 to ``longest``, that ends in a current one.

    A link is (clause, cur, seq, nxt); one follows another of its clause where its seq is the other's nxt.
    """
    ends = links
    for n in range(2, longest + 1):
        awaited = {(clause, nxt) for clause, _, _, nxt in ends}
        ends = {one for one in links if (one[0], one[2]) in awaited}
        yield from ((clause, n) for clause, cur, _, _ in ends if cur == 1)


RULES: tuple[Rule, ...] = (
    zero_item,
    veto,
    severe,
    repeated,
    relapsed,
    overdue,
    redone,
    escalated,
    streak,
)
