"""rule-engine: 40 rules compiled once."""

from __future__ import annotations

from benchmarks.engines.conditions import Records, Run, in_ascii, written


def run(drawn: Records) -> Run:
    """Return a run of rule-engine."""
    import rule_engine

    rules, records = [rule_engine.Rule(text) for text in written()], in_ascii(drawn)
    return lambda: sum(sum([rule.matches(one) for rule in rules]) for one in records)
