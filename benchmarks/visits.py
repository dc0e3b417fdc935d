"""Made-up months of village visits, seeded: as values, and as the sheets an inspector would hand in."""

from __future__ import annotations

import csv
import datetime as dt
import math
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from scoring import columns
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, Inspection, NotChecked, Unit
from scoring.load.rules import shipped
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard

PER_UNIT = 10
SOURCES = ("日常",) * 7 + ("明察", "暗访", "月末集中")
PEOPLE = ("刘芳", "张伟", "李建国", "王秀英", "赵敏", "陈志强")
SPOTS = ("村口", "一组路边", "二组路边", "三组路边", "水塘边", "村部旁", "老井旁", "晒场边")
# The mean of each count at a middling village.
MEANS = {"垃圾乱倒处数": 1.4, "杂物未清户数": 1.1, "白色污染处数": 0.9, "村道不畅处数": 0.2, "粪土乱堆处数": 0.5, "污水乱泼户数": 0.7,
         "柴草乱放处数": 1.0, "禽畜散跑户数": 0.4}  # fmt: skip


def standard() -> Standard:
    """Return 治五乱, by which the villages are judged."""
    return next(one for one in shipped() if one.id == "WL")


def villages(number: int) -> tuple[Unit, ...]:
    """Return units as a register has them."""
    return tuple(
        Unit(
            f"34{place:010d}", f"试验{place}村", "行政村", f"{'东南西北'[place % 4]}片",
            details={"包村领导": f"领导{place % 40}", "责任人": f"主任{place}", "所属行政村": f"试验{place}村"},
        )
        for place in range(1, number + 1)
    )  # fmt: skip


def month(units: Sequence[Unit], named: str) -> Iterator[Inspection]:
    """Yield ten visits to each unit; a unit is as untidy in one month as in the next, but for chance."""
    first = dt.date.fromisoformat(f"{named}-01")
    for unit in units:
        untidy = random.Random(unit.id).gammavariate(1.2, 0.8)
        draw = random.Random(f"{unit.id} {named}")
        for day, source in zip(sorted(draw.sample(range(1, 29), PER_UNIT)), SOURCES, strict=True):
            yield _visit(draw, unit, first.replace(day=day), source, untidy)


def _visit(draw: random.Random, unit: Unit, day: dt.date, source: str, untidy: float) -> Inspection:
    answers: dict[str, Answer] = {name: _count(draw, mean * untidy) for name, mean in MEANS.items()}
    answers |= {
        "露天焚烧": "是" if draw.random() < 0.005 else "否",
        "柴草堵路": "是" if draw.random() < 0.02 else "否",
        "绿化率": NOT_APPLICABLE if draw.random() < 0.02 else Decimal(draw.randint(14, 20)) / 20,
        "养殖情况": "无养殖" if draw.random() < 0.15 else "有养殖",
    }
    if draw.random() < 0.01:
        answers[draw.choice(tuple(MEANS))] = draw.choice((BLANK, NotChecked("锁门")))
    places = {
        name: tuple(draw.sample(SPOTS, min(int(count), 3)))
        for name, count in answers.items()
        if name in MEANS and isinstance(count, Decimal) and count
    }
    return Inspection(
        unit,
        day,
        answers,
        frozenset(answers),
        dt.time(draw.randint(8, 17), 30),
        source,
        tuple(sorted(draw.sample(PEOPLE, 2))),
        places=places,
    )


def _count(draw: random.Random, mean: float) -> Decimal:
    """Draw from a Poisson distribution."""
    limit, product, drawn = math.exp(-mean), draw.random(), 0
    while product > limit and drawn < 15:
        product *= draw.random()
        drawn += 1
    return Decimal(drawn)


def write_csv(path: Path, visits: Sequence[Inspection]) -> None:
    """Write the sheet of some visits as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_lines(visits))


def write_xlsx(path: Path, visits: Sequence[Inspection]) -> None:
    """Write the sheet of some visits as a workbook, numbers as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(_lines(visits)):
            for column, word in enumerate(line):
                if word.isdigit() and len(word) < 9:
                    sheet.write_number(number, column, int(word))
                elif word:
                    sheet.write_string(number, column, word)


def _lines(visits: Sequence[Inspection]) -> Iterator[list[str]]:
    form = standard().form
    names = [name for name in form if name in visits[0].columns]
    titles = (columns.UNIT, columns.CODE, columns.DATE, columns.TIME, columns.SOURCE, columns.INSPECTORS)
    placed = [name for name in names if name in MEANS]
    yield [*titles, *names, *(name + columns.PLACE_SUFFIX for name in placed)]
    for one in visits:
        assert one.time is not None
        who = [one.unit.name, one.unit.id, one.date.isoformat(), f"{one.time:%H:%M}", one.source]
        seen = [_word(one.answers[name], form[name].kind) for name in names]
        places = ["、".join(one.places.get(name, ())) for name in placed]
        yield [*who, "、".join(one.inspectors), *seen, *places]


def _word(answer: Answer, kind: FieldKind) -> str:
    if isinstance(answer, NotChecked):
        return f"未查（{answer.reason}）" if answer.reason else ""
    if isinstance(answer, Decimal):
        return f"{int(answer * 100)}%" if kind is FieldKind.PERCENT else str(answer)
    return answer if isinstance(answer, str) else "不适用"
