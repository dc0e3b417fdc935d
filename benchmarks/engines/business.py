"""business-rules: a method for each name it reads, an action that counts."""

from __future__ import annotations

from typing import Any

from benchmarks.engines.conditions import CHOICES, COUNTS, FLAGS, Record, Records, Run


def run(drawn: Records) -> Run:
    """Return a run of business-rules."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action

    variables, rules, hits = _variables(drawn[0]), _rules(), []

    class Actions(BaseActions):  # type: ignore[misc]
        @rule_action()
        def found(self) -> None:
            hits.append(1)

    def run() -> int:
        hits.clear()
        for record in drawn:
            run_all(
                rule_list=rules,
                defined_variables=variables(record),
                defined_actions=Actions(),
                stop_on_first_trigger=False,
            )
        return len(hits)

    return run


def _variables(example: Record) -> Any:
    """Return what business-rules reads of a record: a class with a method for each of its names."""
    from business_rules.variables import BaseVariables, numeric_rule_variable, string_rule_variable

    def reader(name: str, kind: Any) -> Any:
        def read(self: Any) -> Any:
            return self.record[name]

        read.__name__ = name
        return kind(read)

    def start(self: Any, record: Record) -> None:
        self.record = record

    readers = {
        name: reader(name, numeric_rule_variable if isinstance(value, int) else string_rule_variable)
        for name, value in example.items()
    }
    return type("Variables", (BaseVariables,), {"__init__": start, **readers})


def _rules() -> list[Record]:
    def one(join: str, *asked: tuple[str, str, object]) -> Record:
        conditions = [{"name": name, "operator": sign, "value": value} for name, sign, value in asked]
        return {"conditions": {join: conditions}, "actions": [{"name": "found", "params": {}}]}

    return [
        *(one("all", (f"数{i}", "greater_than", 0)) for i in range(COUNTS)),
        *(one("all", (f"否{i}", "equal_to", "是")) for i in range(FLAGS)),
        *(one("any", *((f"选{i}", "equal_to", value) for value in ("中", "差"))) for i in range(CHOICES)),
    ]
