"""zen-engine: one collect table of 40 rows, its fastest form here."""

from __future__ import annotations

import json

from benchmarks.engines.conditions import Records, Run, in_ascii, written


def run(drawn: Records) -> Run:
    """Return a run of zen-engine."""
    from zen import ZenEngine

    rules = [{"_id": f"r{k}", "i": text, "o": str(k)} for k, text in enumerate(written())]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "i", "name": "when"}],
        "outputs": [{"id": "o", "name": "rule", "field": "rule"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "t", "type": "decisionTableNode", "name": "t", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "t"},
        {"id": "b", "type": "edge", "sourceId": "t", "targetId": "out"},
    ]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    records = in_ascii(drawn)
    return lambda: sum(len(decision.evaluate(one)["result"]) for one in records)
