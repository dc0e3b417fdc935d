"""The result as aligned tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from scoring.errors import visible
from scoring.explain.ledger import points_note
from scoring.rectify.orders import by_responsible
from scoring.report.drawn import Tables
from scoring.report.words import due_text, grade_text, main_problems, score_text
from scoring.round import UnitScore, groups
from scoring.score import Assessment


def table(assessment: Assessment, *, width: int = 100, ambiguous_width: int = 1) -> str:
    """Return scores by standard and 类别, roll-ups, and the rectification list by 责任单位.

    ``width`` is the terminal's in cells. Where a terminal draws characters such as ① or — two cells wide,
    ``ambiguous_width=2`` counts them so and uses lines of plain ASCII.
    """
    writer = Tables(width, ambiguous_width)
    parts = [*_scores(assessment, writer), *_groups(assessment, writer), *_orders(assessment, writer)]
    if assessment.unscored:
        parts.append(
            f"未评（表上有问题，改正后重新评分）: {visible('、'.join(one.name for one in assessment.unscored))}"
        )
    return "\n\n".join(parts or ["没有可评分的检查记录"]) + "\n"


def _scores(assessment: Assessment, writer: Tables) -> Iterator[str]:
    due: dict[tuple[str, str], int] = {}
    for order in assessment.orders:
        for prefix in {clause.rpartition("-")[0] for clause in order.clauses}:
            due[order.unit.id, prefix] = due.get((order.unit.id, prefix), 0) + 1
    for (standard, kind), group in groupby(assessment.units, lambda one: (one.standard, one.unit.kind)):
        rows = [_row(one, due.get((one.unit.id, one.standard.id), 0)) for one in group]
        header = ("名次", "被检单位", "得分", "等次", "主要问题", "应整改（件）")
        yield f"{standard.name}  {kind}（{points_note(standard)}）\n" + writer.draw(
            header, rows, ("主要问题",)
        )


def _row(one: UnitScore, due: int) -> list[str]:
    rank = "—" if one.rank is None else str(one.rank)
    return [rank, one.unit.name, score_text(one), grade_text(one), main_problems(one), str(due)]


def _groups(assessment: Assessment, writer: Tables) -> Iterator[str]:
    rows = [
        [
            one.standard.name,
            one.by,
            one.name,
            str(one.units),
            str(one.scored),
            "—" if one.mean is None else f"{one.mean:.2f}",
        ]
        for one in groups(assessment.units)
    ]
    if rows:
        yield "分组平均\n" + writer.draw(("标准", "按", "名称", "单位数", "已定分", "平均分"), rows, ())


def _orders(assessment: Assessment, writer: Tables) -> Iterator[str]:
    if not assessment.orders:
        return
    parts: list[str] = []
    for responsible, found in by_responsible(assessment.orders).items():
        rows = [
            [
                str(number),
                one.unit.name,
                _with_places(one.text, one.places),
                due_text(one, assessment.as_of),
                one.person,
                "、".join(one.clauses),
            ]
            for number, one in enumerate(found, start=1)
        ]
        header = ("序号", "被检单位", "整改要求", "期限", "责任人", "条款")
        parts.append(f"责任单位: {visible(responsible)}\n" + writer.draw(header, rows, ("整改要求",)))
    yield f"整改清单（{len(assessment.orders)}件）\n\n" + "\n\n".join(parts)


def _with_places(text: str, places: Iterable[str]) -> str:
    listed = "、".join(places)
    return f"{text}（{listed}）" if listed else text
