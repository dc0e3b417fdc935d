"""年度总结: what a year came to, in the words and with the 量词 of an annual summary; what no register says stays blank.

Source: 《乡镇2021年“创先争优”工作年度总结》 三（三） the sixteen counters, 四 the 督查 mechanisms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.document.content import BLANK, named
from scoring.document.names import whole_id
from scoring.document.standings import groups_of
from scoring.document.wording import day_text, span_text
from scoring.document.year_ranking import Group, Quarter, composed_of, quarters, ranked_group
from scoring.document.yearly import Said, Sayings
from scoring.errors import Problem, ScoringError
from scoring.points import percent, ratio
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.progress import progress
from scoring.registers.kinds import ACTION, LIMITED, LOG, MEETING, PAPERS, RECORD, SUPERVISED, SWEEP, TRAINING
from scoring.registers.totals import Totals
from scoring.report.dossier import Dossier, Period
from scoring.rule.office import Office


@dataclass(frozen=True, slots=True)
class Annual:
    """The summary; paragraphs are finished, ``sources`` say where each number is from."""

    id: str
    title: str = named("标题")
    opening: str = named("开头")
    campaigns: tuple[str, ...] = named("综合整治")
    inspections: tuple[str, ...] = named("督查")
    rectified: tuple[str, ...] = named("整改")
    ranking: tuple[Group, ...] = named("排名")
    quarters: tuple[Quarter, ...] = named("各季")
    notes: tuple[str, ...] = named("注")
    office: str = named("机关")
    signed: str = named("落款日期")
    sources: tuple[Said, ...] = named("出处")


def annual(dossier: Dossier, office: Office) -> Iterator[Annual]:
    """Yield the summary of a round's days, a year's as a rule.

    Raises ScoringError where the dossier comes from sheets alone: what is counted in a year stands in a database.
    """
    period, counted = dossier.period, dossier.counted
    if period is None or counted is None:
        hint = "写 --round 2026 --db 数据库；先用 chuangwei log import 导入登记簿"
        raise ScoringError([Problem(message="年度总结要用数据库里的一轮", hint=hint)])
    said = Sayings(counted)
    yield Annual(
        whole_id(dossier.title),
        f"{_span(dossier)}创建工作总结",
        f"现将{span_text(dossier.starts, dossier.ends)}的综合整治、督查、整改和考核情况总结如下。",
        tuple(_campaigns(said)),
        tuple(_inspections(said, period, counted)),
        tuple(_rectified(period, dossier)),
        tuple(ranked_group(one.name, one.standings, composed_of(dossier)) for one in groups_of(dossier)),
        tuple(quarters(dossier, period.rounds)),
        tuple(_notes(said, dossier)),
        office.name or BLANK,
        day_text(office.signed or dossier.as_of),
        said.told,
    )


def _span(dossier: Dossier) -> str:
    whole = (dossier.starts.month, dossier.starts.day, dossier.ends.month, dossier.ends.day) == (1, 1, 12, 31)
    if whole and dossier.starts.year == dossier.ends.year:
        return f"{dossier.starts.year}年度"
    return span_text(dossier.starts, dossier.ends)


def _campaigns(said: Sayings) -> Iterator[str]:
    """Yield the sixteen counters of 综合整治, each with its 量词."""
    whole, apart = ("综合整治活动", "参与人员"), (LIMITED, RECORD)
    yield f"开展{'，'.join(said(name, ACTION) for name in whole)}。"
    done = [said(name, ACTION) for name in said.names(ACTION) if name not in (*whole, *apart)]
    papers = [said.either(name, ACTION, PAPERS) for name in apart]
    yield f"{'；'.join((*done, *papers))}。"


def _inspections(said: Sayings, period: Period, counted: Totals) -> Iterator[str]:
    visits = sum(period.visits.values())
    how = "、".join(
        f"{source}{many}次" for source, many in sorted(period.visits.items(), key=lambda one: -one[1])
    )
    yield f"检查考核{visits}次（{how}），涉及{period.visited}个单位。" if visits else "没有记录检查。"
    log = counted.log
    kept = f"应记{log.expected}天，已记{log.kept}天" if said.kept(LOG) else BLANK
    yield f"督查工作日志{kept}；{said.summed('电话督导', LOG)}，{said.summed('现场督查', LOG)}，{said.summed('到村督导', LOG)}。"
    yield f"下发{said(SUPERVISED, PAPERS)}；{said('通报', PAPERS)}；{said('会议', MEETING)}；{said('培训', TRAINING)}，{said('参加培训', TRAINING)}。"
    week = counted.sweeps[0]
    swept = (
        f"应开展{week.expected}周，开展了{week.held}周，领导带头{week.led}周" if said.kept(SWEEP) else BLANK
    )
    yield f"周五卫生大扫除{swept}，{said('参加大扫除', SWEEP)}。"


def _rectified(period: Period, dossier: Dossier) -> Iterator[str]:
    if not period.orders:
        yield f"交办整改单{BLANK}件。"
        return
    done = progress([one.life for one in period.orders], dossier.as_of)
    top, bottom = done.rate
    in_time = _share(top, bottom)
    yield (
        f"截至{day_text(dossier.as_of)}，交办整改单{done.due}件（已撤销的不计），整改销号{done.done}件，"
        f"整改率{_share(done.done, done.due)}；按期整改{done.in_time}件，按期率{in_time}；"
        f"逾期未改{done.overdue}件，批准延期未到期{done.extended}件。"
    )
    yield f"交办后又被查到（再次发现）{sum(len(one.again) for one in period.orders)}次，复查不合格退回{_redone(period.orders)}次。"


def _redone(orders: Sequence[IssuedOrder]) -> int:
    return sum(one.life.redo for one in orders)


def _share(part: int, whole: int) -> str:
    return percent(ratio(Decimal(part), Decimal(whole), places=4)) if whole > 0 else "—"


def _notes(said: Sayings, dossier: Dossier) -> Iterator[str]:
    """Yield what whoever signs must know: blanks, doubts, proposed points."""
    if said.blanks:
        yield f"{'、'.join(said.blanks)}没有登记，留空；补登后再写一遍，或用笔填。"
    yield from said.doubts
    if dossier.provisional:
        yield "所依据标准的分值、严重程度和期限为拟定，仅供试行。"
