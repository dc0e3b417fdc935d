"""Small things the tests share: a calendar without holidays, rule text made in place, standards for one test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.infer import reference
from scoring.infer.memo import Memo
from scoring.inspection import Answer, Inspection, Unit
from scoring.load.rules import read_standard
from scoring.rule.standard import Standard
from scoring.score import Scorer

DAY = dt.date(2022, 6, 10)
VILLAGE = Unit("1", "东岭村", "行政村", "东片")


infer = Memo(reference.infer)


class WeekdayCalendar:
    """Monday to Friday, half past five."""

    hours = ((dt.time(8), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))

    def is_workday(self, day: dt.date) -> bool:
        return day.weekday() < 5


def scorer(*standards: Standard) -> Scorer:
    return Scorer(standards, calendar=WeekdayCalendar(), infer=infer)


def visit(
    answers: Mapping[str, Answer | int], unit: Unit = VILLAGE, day: dt.date = DAY, **more: object
) -> Inspection:
    """Return an inspection whose sheet asks just what is answered."""
    exact = {name: Decimal(value) if isinstance(value, int) else value for name, value in answers.items()}
    columns = more.pop("columns", frozenset(exact))
    more.setdefault("reasons", dict.fromkeys(exact, "试验"))
    return Inspection(unit, day, exact, columns, **more)  # type: ignore[arg-type]


HEAD = """标准: 试验
编号: T
依据: 试验
分值来源: 拟定
适用: [行政村, 自然村]
施行: 2022-01-01
等次: {优秀: 90, 合格: 60, 不合格: 0}
一票否决: 等次定为不合格
"""


def clause(number: int, when: str, price: str, **more: str) -> str:
    """Return one clause card; ``more`` adds or replaces keys."""
    keys = {
        "编号": f"T-{number:02d}", "名称": f"条{number}", "原文": "试验", "出处": "试验", "扣分情形": when, "扣分": price,
        "严重程度": "一般", "整改": "{要求: 改, 期限: 3天, 责任人: 村主任}", "算例": "[{扣: 未查}]",
    } | more  # fmt: skip
    lines = [f"{key}: {value}" for key, value in keys.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


def standard(form: str, items: Sequence[tuple[int | str, Sequence[str]]], head: str = HEAD) -> Standard:
    """Return a standard from its form (indented lines) and items (full mark, clause cards)."""
    text = f"{head}登记表:\n{form}项目:\n"
    for number, (full, clauses) in enumerate(items, start=1):
        text += f"- 名称: 项{number}\n  满分: {full}\n  条款:\n" + "".join(clauses)
    return read_standard(text, "试验.yaml")
