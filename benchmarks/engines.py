"""The same 40 conditions asked three ways: our complete cards with orders, zen-engine and business-rules merely matching."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from scoring.infer import choose
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import read_standard
from scoring.score import Scorer
from scoring.workdays import WorkCalendar

COUNTS, FLAGS, CHOICES = 25, 10, 5
Record = dict[str, Any]


def standard_text() -> str:
    """Return a standard of 40 clauses in eight items: 25 per occurrence and capped, 10 flat, 5 by option."""
    form = [f"  数{i}: {{填: 数量, 单位: 处}}" for i in range(COUNTS)]
    form += [f"  否{i}: {{填: 是否}}" for i in range(FLAGS)]
    form += [f"  选{i}: {{填: 选项, 选项: [好, 中, 差]}}" for i in range(CHOICES)]
    priced = [(f"数{i} > 0", "{每处: 1, 最高扣: 5}") for i in range(COUNTS)]
    priced += [(f"否{i} = 是", "3") for i in range(FLAGS)] + [
        (f"选{i} ≠ 好", "{中: 1, 差: 2}") for i in range(CHOICES)
    ]
    lines = [
        "标准: 测速",
        "编号: T",
        "依据: 测速",
        "分值来源: 拟定",
        "适用: [行政村]",
        "施行: 2022-01-01",
        "等次: {合格: 60, 不合格: 0}",
        "登记表:",
        *form,
        "项目:",
    ]
    for number, (when, price) in enumerate(priced):
        if number % 5 == 0:
            lines += [f"- 名称: 项{number // 5}", "  满分: 20", "  条款:"]
        lines.append(
            f"  - {{编号: T-{number + 1:02d}, 名称: 条{number}, 原文: 测, 出处: 测, 扣分情形: {when}, 扣分: {price}, "
            "严重程度: 一般, 整改: {要求: 改, 期限: 3天, 责任人: 村主任}, 算例: [{扣: 未查}]}"
        )
    return "\n".join(lines)


def records(number: int) -> list[Record]:
    """Return seeded records with about 1.3 faults each."""
    draw = random.Random(11)
    found = []
    for _ in range(number):
        record: Record = {f"数{i}": draw.choice([0] * 30 + [1]) for i in range(COUNTS)}
        record |= {f"否{i}": draw.choice(["否"] * 30 + ["是"]) for i in range(FLAGS)}
        record |= {f"选{i}": draw.choice(["好"] * 30 + ["中", "差"]) for i in range(CHOICES)}
        found.append(record)
    return found


def ours(drawn: Sequence[Record], infer: str = "durable") -> Callable[[], int]:
    """Return a run of complete assessments: cards with findings and ledger, means, ranks, orders."""
    standard = read_standard(standard_text())
    scorer = Scorer([standard], calendar=WorkCalendar(), infer=choose(infer)[0])
    columns = frozenset(standard.form)
    visits = []
    for number, record in enumerate(drawn):
        answers: dict[str, Answer] = {k: Decimal(v) if isinstance(v, int) else v for k, v in record.items()}
        day = dt.date(2022, 6, 1 + number % 28)
        visits.append(Inspection(Unit(f"{number:06d}", f"村{number}", "行政村"), day, answers, columns))
    return lambda: sum(one.result == "fail" for card in scorer.score(visits).cards for one in card.findings)


def zen(drawn: Sequence[Record]) -> Callable[[], int]:
    """Return a run of zen-engine: one collect table of 40 rows, its fastest form here."""
    from zen import ZenEngine

    conditions = (
        [f"n{i} > 0" for i in range(COUNTS)]
        + [f'f{i} == "是"' for i in range(FLAGS)]
        + [f'c{i} != "好"' for i in range(CHOICES)]
    )
    rules = [{"_id": f"r{k}", "i": text, "o": str(k)} for k, text in enumerate(conditions)]
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
    ascii_ = [
        {k.replace("数", "n").replace("否", "f").replace("选", "c"): v for k, v in one.items()}
        for one in drawn
    ]
    return lambda: sum(len(decision.evaluate(one)["result"]) for one in ascii_)


def business_rules(drawn: Sequence[Record]) -> Callable[[], int]:
    """Return a run of business-rules with the same 40 conditions."""
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
