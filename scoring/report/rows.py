"""An assessment as rows of text, for every tabular file."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.errors import visible
from scoring.explain.ledger import points_note, why
from scoring.explain.seen import seen
from scoring.points import plain
from scoring.report.words import due_text, grade_text, main_problems, score_text
from scoring.round import groups
from scoring.score import Assessment
from scoring.tally import ScoreCard

Row = list[str]

SCORE_COLUMNS = (
    "标准",
    "分值来源",
    "类别",
    "片区",
    "名次",
    "单位编号",
    "被检单位",
    "得分",
    "等次",
    "主要问题",
    "检查次数",
    "计分次数",
)
LEDGER_COLUMNS = (
    "标准",
    "单位编号",
    "被检单位",
    "检查日期",
    "来源",
    "检查人员",
    "项目",
    "条款",
    "判定",
    "扣分",
    "扣分说明",
    "点位",
    "原文",
    "出处",
)
OCCURRENCE_COLUMNS = (
    *LEDGER_COLUMNS[:6], "条款", "检查项", "点位", "数量", "大小", "照片", "备注", "计不计",
)  # fmt: skip
ORDER_COLUMNS = ("责任单位", "责任人", "被检单位", "检查日期", "整改要求", "点位", "期限", "严重程度", "条款")
GROUP_COLUMNS = ("标准", "按", "名称", "单位数", "已定分", "平均分")


def score_rows(assessment: Assessment) -> Iterator[Row]:
    """Yield one row per unit and standard, under ``SCORE_COLUMNS``."""
    for one in assessment.units:
        rank = "" if one.rank is None else str(one.rank)
        row = [
            one.standard.name,
            points_note(one.standard),
            one.unit.kind,
            one.unit.area,
            rank,
            one.unit.id,
            one.unit.name,
        ]
        row += [
            score_text(one),
            grade_text(one),
            main_problems(one),
            str(len(one.cards)),
            str(len(one.counted)),
        ]
        yield [visible(cell) for cell in row]


def ledger_rows(assessment: Assessment) -> Iterator[Row]:
    """Yield one row per finding that took points or may, under ``LEDGER_COLUMNS``."""
    for card in assessment.cards:
        head = _head(card)
        for finding in card.findings:
            if sentence := why(card, finding):
                clause = card.program.clause(finding.clause)
                lost = plain(card.losses[finding.clause - 1])
                row = [
                    *head,
                    card.program.items[clause.item - 1].name,
                    clause.card.id,
                    finding.result.chinese,
                    lost,
                    sentence,
                ]
                row += ["、".join(finding.places), clause.card.source_text, clause.card.citation]
                yield [visible(cell) for cell in row]


def _head(card: ScoreCard) -> Row:
    """Return whose card it is, under the first six of ``LEDGER_COLUMNS``."""
    visit = card.inspection
    head = [card.program.standard.name, visit.unit.id, visit.unit.name, str(visit.date), visit.source]
    return [*head, "、".join(visit.inspectors)]


def occurrence_rows(assessment: Assessment) -> Iterator[Row]:
    """Yield one row per occurrence and clause, under ``OCCURRENCE_COLUMNS``."""
    for card in assessment.cards:
        if not card.inspection.occurrences:
            continue
        head = _head(card)
        for finding in card.findings:
            for one in seen(card, finding):
                found, size = one.occurrence, one.occurrence.size
                row = [*head, card.program.clause(finding.clause).card.id, found.field, found.place]
                row += [plain(found.count), "" if size is None else plain(size), found.photo, found.note]
                yield [visible(cell) for cell in (*row, "计" if one.counted else "不计")]


def order_rows(assessment: Assessment) -> Iterator[Row]:
    """Yield one row per order, under ``ORDER_COLUMNS``."""
    for one in assessment.orders:
        row = [
            one.responsible,
            one.person,
            one.unit.name,
            str(one.inspection.date),
            one.text,
            "、".join(one.places),
        ]
        row += [due_text(one, assessment.as_of), one.severity, "、".join(one.clauses)]
        yield [visible(cell) for cell in row]


def group_rows(assessment: Assessment) -> Iterator[Row]:
    """Yield one row per roll-up, under ``GROUP_COLUMNS``."""
    for one in groups(assessment.units):
        mean = "" if one.mean is None else f"{one.mean:.2f}"
        yield [one.standard.name, one.by, visible(one.name), str(one.units), str(one.scored), mean]
