"""durable-rules given raw records: one ruleset of 40 rules, each record asserted, drained and retracted by its C functions.

Its own host is three times slower, and its events (``post``) fire one rule of several only. A fact that no rule meets is
answered with 1 and not kept. The ruleset is made once: deleting one leaks what its sessions took.
"""

from __future__ import annotations

import json

from benchmarks.engines.conditions import CONDITIONS, Records, Run, in_ascii

_ID = '{"id":"1"}'


def run(drawn: Records) -> Run:
    """Return a run of durable-rules."""
    import durable_rules_engine as engine

    signs = {">": "$gt", "!=": "$neq"}
    rules = {
        f"r{number}": {"all": [{"m": {signs[sign]: {name: value}} if sign in signs else {name: value}}]}
        for number, (name, sign, value) in enumerate(CONDITIONS)
    }
    handle = engine.create_ruleset("raw", json.dumps(rules))
    records = [{"id": "1", **one} for one in in_ascii(drawn)]

    def fired() -> int:
        found = 0
        for one in records:
            code, session = engine.assert_fact(handle, json.dumps(one))
            if code == 1:
                continue
            match = engine.start_action_for_state(handle, session)[1]
            while match:
                found += 1
                match = engine.complete_and_start_action(handle, session)
            engine.retract_fact(handle, _ID)
        return found

    return fired
