"""一页纸: what the head of the township has to know of a round, on one page whatever its size.

Every list is bounded and every line is cut to a length, so that the page holds the fullest brief there can be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from scoring.document.content import BLANK, named
from scoring.document.evidence import Evidence, Photo, evidence, shown_of
from scoring.document.matters import late_lines, matters
from scoring.document.names import document_id
from scoring.document.point import NUMERALS
from scoring.document.progress_rows import counted_orders, progress_text
from scoring.document.standings import NONE, best_of, group_row, groups_of, made_of, worst_of
from scoring.document.subject import about, rounds_below, units_of, visited
from scoring.document.troubles import troubles
from scoring.document.wording import PROPOSED, brief, day_text, measure_of, some
from scoring.judge.standing import Standing
from scoring.points import plain
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, climbed
from scoring.rule.office import Office

_GROUPS, _WORST, _WHY, _PHOTOS, _PICTURED = 6, 3, 3, 4, 8
# Characters: of a name, of a cell of the table, of what stands over the page, of a photo's caption, of a line (two as set).
_NAME, _CELL, _CELL_OF_MANY, _GROUP, _TITLE, _CAPTION, _LINE = 12, 11, 8, 9, 24, 20, 80


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page."""

    title: str = named("标题")
    lines: tuple[str, ...] = named("行")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group on one line."""

    name: str = named("组别")
    units: str = named("数量")
    mean: str = named("平均分")
    gained: str = named("比上轮")
    first: str = named("第一名")
    last: str = named("末一名")


@dataclass(frozen=True, slots=True)
class Brief:
    """One page; every text is finished."""

    id: str
    title: str = named("标题")
    office: str = named("机关")
    as_of: str = named("截至")
    summary: str = named("概况")
    groups: tuple[GroupLine, ...] = named("各组")
    sections: tuple[Section, ...] = named("各节")
    provisional: str = named("拟定说明")
    photos: tuple[Photo, ...] = named("照片")


def one_page(dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Brief:
    """Return the brief of a dossier; ``shown`` names the photos that there are files of."""
    groups = groups_of(dossier)
    parts = {
        "前三名和后三名": _ends(dossier, groups),
        "整改进度": _progress(dossier),
        "请乡里研究的事": matters(dossier),
        "和上一轮比": _moved(dossier, groups),
    }
    there = [
        (title, found) for title, lines in parts.items() if (found := [brief(one, _LINE) for one in lines])
    ]
    return Brief(
        id=document_id(dossier.title, office.first),
        title=brief(f"{about(dossier)}一页纸", _TITLE),
        office=brief(office.name or BLANK, _TITLE),
        as_of=f"截至{day_text(dossier.as_of)}",
        summary=brief(_summary(dossier), 2 * _LINE),
        groups=tuple(_group(dossier, each) for each in groups[:_GROUPS]),
        sections=tuple(
            Section(f"{number}、{title}", tuple(found))
            for number, (title, found) in zip(NUMERALS, there, strict=False)
        ),
        provisional=PROPOSED if dossier.provisional else "",
        photos=tuple(
            replace(photo, caption=brief(photo.caption, _CAPTION))
            for _, photo in shown_of(pictured(dossier), shown, _PHOTOS)
        ),
    )


def pictured(dossier: Dossier) -> tuple[Evidence, ...]:
    """Return the photos that a brief shows where there are files of them: one of each of the main troubles."""
    return evidence(dossier, troubles(dossier.cards)[:_PICTURED], 1)[:_PHOTOS]


def _group(dossier: Dossier, peers: Peers) -> GroupLine:
    row, best, worst = group_row(dossier, peers), best_of(peers), worst_of(peers)
    last = [one for one in worst if one.rank == worst[0].rank]
    return GroupLine(
        brief(row.name, _GROUP),
        row.units,
        row.mean,
        row.gained,
        _one([one for one in best if one.rank == 1]),
        _one(last),
    )


def _one(found: Sequence[Standing]) -> str:
    units = [one.unit for one in found]
    most = _CELL if len(units) == 1 else _CELL_OF_MANY
    return some([brief(one.name, most) for one in units], 1, measure_of(units)) or NONE


def _summary(dossier: Dossier) -> str:
    """Say how many were inspected, and what was found most."""
    units, seen = units_of(dossier), visited(dossier)
    if not dossier.cards:
        below = some([brief(one, _NAME) for one in rounds_below(dossier)], 4, "轮")
        return f"{len(units)}个单位的得分" + (
            f"由{below}合成，本轮没有另查。" if below else "，本轮没有检查。"
        )
    visits = {card.inspection.visit for card in dossier.cards}
    text = f"检查{len(visits)}次，查到{len(seen)}个单位"
    text += f"，{len(units) - len(seen)}个没有查到。" if len(seen) < len(units) else "。"
    found = troubles(dossier.cards)
    if found:
        words = [f"{brief(one.name, _NAME)}{one.said(one.total)}" for one in found[: _WHY + 2]]
        text += f"扣分最多的问题：{'、'.join(words)}。"
    return text


def _ends(dossier: Dossier, groups: Sequence[Peers]) -> Iterator[str]:
    """Yield who leads the first group, then why each of its last three is last."""
    if not groups:
        return
    first = groups[0]
    best, worst = best_of(first), worst_of(first)
    if best:
        words = [f"{brief(one.unit.name, _NAME)}（{one.low}分）" for one in best]
        yield f"{brief(first.name, _NAME)}居前的：{some(words, _WORST, measure_of(one.unit for one in best))}"
    for one in worst[:_WORST]:
        yield f"{brief(one.unit.name, _NAME)}（第{one.rank}名，{one.low}分）：{_why(dossier, one)}"
    if len(worst) > _WORST:
        yield f"另有{len(worst) - _WORST}{measure_of(one.unit for one in worst)}并列在后三名"


def _why(dossier: Dossier, one: Standing) -> str:
    """Say what cost a unit most; of a unit without visits, what its score was made of."""
    veto = "一票否决；" if one.veto == "certain" else ""
    cards = [
        card
        for card in dossier.cards_of.get(one.unit.id, ())
        if one.standard in ("", card.program.standard.id)
    ]
    found = [each for each in troubles(cards) if each.total.lost][:_WHY]
    if not found:
        return veto + ("".join(made_of(one)) or "没有不合格的条款")
    words = [
        f"{brief(each.name, _NAME)}{each.said(each.total)}扣{plain(each.total.lost)}分" for each in found
    ]
    return f"{veto}各次检查扣分最多的是{'、'.join(words)}"


def _progress(dossier: Dossier) -> Iterator[str]:
    """Yield how far the orders have come and who is behind; of sheets, only how many there are."""
    orders = counted_orders(dossier)
    if orders:
        yield progress_text(dossier, orders).removesuffix("。")
    elif dossier.scheme is None and dossier.orders:
        yield f"需要整改的问题{len(dossier.orders)}件"
    yield from late_lines(dossier)


def _moved(dossier: Dossier, groups: Sequence[Peers]) -> Iterator[str]:
    """Yield who of the first group rose and fell most since the last round."""
    if not dossier.earlier or not groups:
        return
    then = {(one.unit.id, one.standard): one for one in dossier.earlier[-1].standings}
    steps = [
        (moved, one)
        for one in groups[0].standings
        if (moved := climbed(one, then.get((one.unit.id, one.standard)))) is not None
    ]
    if not steps:
        return
    how = []
    for most, word in (
        (max(steps, key=lambda one: one[0]), "升"),
        (min(steps, key=lambda one: one[0]), "降"),
    ):
        if (most[0] > 0) == (word == "升") and most[0]:
            how.append(f"名次{word}得最多的是{brief(most[1].unit.name, _NAME)}，{word}{abs(most[0])}名")
    yield f"{brief(groups[0].name, _NAME)}（比{brief(dossier.earlier[-1].name, _NAME)}）：{'；'.join(how) or '名次没有变化'}"
