"""The generic rules in plain Python: the oracle, and what answers where durable-rules cannot be installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scoring.finding import Fact, FindingFact, Mark, MarkKind, Ruleset

Rule = Callable[[Ruleset, tuple[Fact, ...]], Iterator[Mark]]


def infer(ruleset: Ruleset, facts: tuple[Fact, ...]) -> tuple[Mark, ...]:
    """Return every mark that follows from the facts of one unit, sorted, each once."""
    return tuple(sorted({mark for rule in RULES for mark in rule(ruleset, facts)}))


def zero_item(_: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """本项不得分: a finding priced so takes its whole item."""
    for fact in facts:
        if isinstance(fact, FindingFact) and fact.zero == 1:
            yield Mark(MarkKind.ZERO_ITEM, fact.clause, fact.item)


def veto(_: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """一票否决: a finding on a veto clause vetoes the card."""
    for fact in facts:
        if isinstance(fact, FindingFact) and fact.veto == 1:
            yield Mark(MarkKind.VETO, fact.clause)


def severe(ruleset: Ruleset, facts: tuple[Fact, ...]) -> Iterator[Mark]:
    """严重条款达 N: the N-th severe finding vetoes the card."""
    for fact in facts:
        if isinstance(fact, FindingFact) and ruleset.severe and fact.nth == ruleset.severe:
            yield Mark(MarkKind.SEVERE, fact.clause)


RULES: tuple[Rule, ...] = (zero_item, veto, severe)
