"""What a phone form asks of the visit itself: who was visited, when, by whom and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring import columns
from scoring.form.phone.asked import Row
from scoring.form.phone.choices import areas
from scoring.inspection import Unit
from scoring.questions import AREA

_NEEDED = {"required": "yes", "required_message": "这一项要填"}


def visit_rows(units: Sequence[Unit], *, chosen: bool) -> Iterator[Row]:
    """Yield the questions that come first; ``chosen``: the unit is chosen from the register's ``units``."""
    if chosen:
        yield from _chosen(units)
    else:
        yield _row("text", "unit_name", columns.UNIT, hint="写名册里的名称", **_NEEDED)
        yield _row("select_one kinds", "kind", columns.KIND, **_NEEDED)
    yield _row(
        "date", "date", columns.DATE, default="today()", constraint=". <= today()",
        constraint_message="不能是今天以后的日期", **_NEEDED,
    )  # fmt: skip
    yield _row("time", "time", columns.TIME, hint="到的时间，可不填")
    yield _row("select_one sources", "source", columns.SOURCE, **_NEEDED)
    yield _row("text", "inspectors", columns.INSPECTORS, hint="几个人用顿号隔开", **_NEEDED)
    yield _row(
        "integer", "number", columns.NUMBER, hint="同一天同样的人再查一次的写 2", constraint=". >= 1 and . <= 999",
        constraint_message="写 1、2、3",
    )  # fmt: skip
    yield _row("geopoint", "position", columns.POSITION, hint="可不填")


def _chosen(units: Sequence[Unit]) -> Iterator[Row]:
    """Yield the choice of a unit, of its 片区 first where there are several; the 类别 follows from it."""
    choice: Row = {}
    if areas(units):
        yield _row("select_one areas", AREA, columns.AREA, hint="选了只列这个片区的单位，可不选")
        choice["choice_filter"] = f"${{{AREA}}} = '' or area = '' or area = ${{{AREA}}}"
    yield _row(
        "select_one units", "unit", columns.UNIT, appearance="minimal autocomplete", **choice, **_NEEDED
    )
    for name, column in (("unit_name", "label"), ("kind", "kind")):
        found = f"instance('units')/root/item[name = ${{unit}}]/{column}"
        yield {"type": "calculate", "name": name, "calculation": found}


def visit_tail() -> Iterator[Row]:
    """Yield the questions that come last."""
    yield _row("text", "reason", columns.REASON, hint="整次没查成的写原因，如 锁门、拒检")
    yield _row(
        "select_one yes_no", "blank_is_none", columns.BLANK_IS_NONE,
        hint="选 是 就等于签字：空着的都算没有问题。有一项没查的，不要选 是",
    )  # fmt: skip
    yield _row("text", "note", columns.NOTE)


def _row(type: str, name: str, label: str, **more: str) -> Row:
    return {"type": type, "name": name, "label": label, **more}
