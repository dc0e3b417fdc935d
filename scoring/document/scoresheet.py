"""检查评分表: one for each unit, every visit under every standard as the scoring table filled in, with what they come to together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.document.content import Content, named, plain
from scoring.document.names import document_id
from scoring.document.wording import joined
from scoring.errors import visible
from scoring.explain.round import standing_lines
from scoring.judge.standing import Standing
from scoring.points import span
from scoring.report.dossier import Dossier
from scoring.report.score_sheet import score_sheet
from scoring.report.score_table import SIGN, ScoreTable
from scoring.rule.office import Office
from scoring.tally import ScoreCard

VISIT_COLUMNS = ("表", "检查日期", "来源", "检查人员", "标准", "得分", "等次")
_WIDTHS = {"检查人员": 30, "标准": 30, "得分": 16}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit under one standard: the number of its table and what it came to."""

    number: str = named("表")
    day: str = named("检查日期")
    source: str = named("来源")
    inspectors: str = named("检查人员")
    standard: str = named("标准")
    score: str = named("得分")
    grade: str = named("等次")


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One unit's tables; ``account`` says how they come to the published score."""

    id: str
    title: str = named("标题")
    unit: str = named("被检单位")
    visits: tuple[Visit, ...] = named("检查")
    account: tuple[str, ...] = named("得分来历")
    provisional: str = named("拟定说明")
    sign: str = named("签字")
    tables: tuple[ScoreTable, ...] = named("表")


def scoresheets(dossier: Dossier, office: Office) -> Iterator[ScoreSheet]:
    """Yield the sheets of a dossier's units that were visited, in the order of their 编号."""
    standings: dict[str, list[Standing]] = {}
    for one in dossier.standings:
        standings.setdefault(one.unit.id, []).append(one)
    names = {one.id: one.name for one in dossier.standards}
    for number, (id, cards) in enumerate(sorted(dossier.cards_of.items()), start=1):
        unit = cards[0].inspection.unit
        yield ScoreSheet(
            document_id(dossier.title, id, number),
            f"{office.name}检查评分表（{dossier.title}）",
            f"{unit.name}（{id}），{joined((unit.kind, unit.area))}",
            tuple(_visit(at, card) for at, card in enumerate(cards, start=1)),
            tuple(line for one in standings.get(id, ()) for line in _account(one, dossier, names)),
            "注：标有“拟定分值”的，分值、严重程度和期限为拟定，仅供试行。" if dossier.provisional else "",
            SIGN,
            tuple(map(score_sheet, cards)),
        )


def _visit(at: int, card: ScoreCard) -> Visit:
    one, law = card.inspection, card.program.standard
    score = span(card.low, card.high) if law.scored else "只统计"
    grade = (card.grade or "未定") if law.scored else "—"
    return Visit(f"表{at}", str(one.date), one.source, "、".join(one.inspectors), law.name, score, grade)


def _account(one: Standing, dossier: Dossier, names: dict[str, str]) -> Iterator[str]:
    """Yield how a standing comes about; of sheets alone, its score, grade and rank."""
    name = names.get(one.standard, one.standard) or "综合"
    yield f"{name}:"
    if dossier.scheme is not None:
        yield from (f"　{visible(line)}" for line in standing_lines(one, dossier.scheme))
        return
    rank = f"第{one.rank}名" if one.rank is not None else f"不排名（{one.unranked}）"
    own = dossier.cards_of.get(one.unit.id, ())
    visits = sum(card.checked and card.program.standard.id == one.standard for card in own)
    yield f"　查到{visits}次，平均得分{span(one.low, one.high)}，等次{one.grade or '未定'}，{rank}"


def scoresheet_book(content: Content) -> bytes:
    """Return a unit's sheets as a workbook: what they come to, then each table on a sheet of its own."""
    assert isinstance(content, ScoreSheet)
    from scoring.report.book import Sheet
    from scoring.report.tables_xlsx import tables_xlsx

    said = plain(content, str)
    head = [[line] for line in (f"被检单位：{said['被检单位']}", *said["得分来历"], said["拟定说明"]) if line]
    rows = [list(one.values()) for one in said["检查"]]
    summary = Sheet("汇总", head, VISIT_COLUMNS, rows, said["标题"], widths=_WIDTHS)
    return tables_xlsx(summary, content.tables)
