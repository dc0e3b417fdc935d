"""JsonLogic by panzi-json-logic, the fastest of the implementations in Python that run on Python 3."""

from __future__ import annotations

from benchmarks.engines.conditions import CONDITIONS, Records, Run, in_ascii


def run(drawn: Records) -> Run:
    """Return a run of panzi-json-logic."""
    from json_logic import jsonLogic

    rules = [
        {{"==": "===", "!=": "!=="}.get(sign, sign): [{"var": name}, value]}
        for name, sign, value in CONDITIONS
    ]
    records = in_ascii(drawn)
    return lambda: sum(sum([jsonLogic(rule, one) for rule in rules]) for one in records)
