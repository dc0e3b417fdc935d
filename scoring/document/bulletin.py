"""督查通报: what a round or some sheets came to, for all who were inspected, in the look of GB/T 9704-2012.

It names units and never places, which may name residents; it asks for nothing but what clauses and orders ask already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scoring.document.content import BLANK, named
from scoring.document.evidence import Evidence, Photo, evidence, shown_of
from scoring.document.names import document_id
from scoring.document.overall import overall
from scoring.document.point import NUMERALS, Point, numbered
from scoring.document.progress_rows import ProgressRow, counted_orders, leaders, progress_lines, progress_row
from scoring.document.requests import requests
from scoring.document.standings import GroupRow, RankTable, group_rows, groups_of, rank_tables
from scoring.document.subject import about, opening
from scoring.document.troubles import Trouble, troubles
from scoring.document.wording import PROPOSED, brief, counted_units, day_text, measure_of, number_text, some
from scoring.points import plain
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers
from scoring.rule.office import Office

_TYPICAL, _NAMED, _PHOTOS_EACH, _PHOTOS = 8, 6, 2, 12
# Characters of a document on one task, and on work as a whole (2024年整治形式主义的规定).
_MOST, _MOST_WHOLE = 4000, 5000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the text; the tables beneath it are empty but where they belong."""

    title: str = named("标题")
    points: tuple[Point, ...] = named("各条")
    groups: tuple[GroupRow, ...] = named("各组")
    leaders: tuple[ProgressRow, ...] = named("进度")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One 更正说明."""

    lines: tuple[str, ...] = named("行")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: its name as the text lists it, its heading, and what it holds of three kinds of things."""

    name: str = named("名称")
    title: str = named("标题")
    rankings: tuple[RankTable, ...] = named("排名")
    amendments: tuple[Amendment, ...] = named("更正")
    photos: tuple[Photo, ...] = named("照片")


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin; every text is finished."""

    id: str
    office: str = named("机关")
    number: str = named("文号")
    title: str = named("标题")
    to: str = named("主送")
    opening: str = named("开头")
    parts: tuple[Part, ...] = named("各部分")
    attachments: tuple[Attachment, ...] = named("附件")
    provisional: str = named("拟定说明")
    signed: str = named("落款日期")
    copies: str = named("抄送")
    seal: str = named("校验说明")


def bulletin(dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Bulletin:
    """Return the bulletin of a dossier; ``shown`` names the photos that there are files of."""
    signed, groups = office.signed or dossier.as_of, groups_of(dossier)
    photos = shown_of(pictured(dossier), shown, _PHOTOS)
    return Bulletin(
        id=document_id(dossier.title, office.first),
        office=office.name or BLANK,
        number=number_text(office, signed.year, office.first),
        title=f"关于{about(dossier)}情况的通报",
        to=office.to or "各村（居）民委员会，各有关单位",
        opening="。".join(opening(dossier, office.basis)) + "。现将有关情况通报如下：",
        parts=tuple(_numbered(_parts(dossier, office, groups, photos))),
        attachments=tuple(_attached(dossier, groups, [photo for _, photo in photos])),
        provisional=PROPOSED if dossier.provisional else "",
        signed=day_text(signed),
        copies="，".join(office.copies),
        seal=_seal(dossier),
    )


def _parts(
    dossier: Dossier, office: Office, groups: Sequence[Peers], photos: Sequence[tuple[Evidence, Photo]]
) -> Iterator[Part]:
    """Yield the parts of the text, whether or not there is anything to say in each."""
    found, orders = typical(dossier), counted_orders(dossier)
    answering = tuple(progress_row(one.name, one.progress) for one in leaders(dossier, orders))
    yield Part("总体情况", tuple(overall(dossier, groups)), group_rows(dossier, groups), ())
    yield Part("主要问题", tuple(_troubles(found, photos)), (), ())
    yield Part("整改情况", tuple(progress_lines(dossier, orders)), (), answering)
    yield Part("下一步要求", tuple(requests(dossier, office, found)), (), ())


def _numbered(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts in which anything is said, numbered where there are several."""
    there = [one for one in parts if one.points]
    for numeral, one in zip(NUMERALS, there, strict=False):
        yield replace(one, title=f"{numeral}、{one.title}") if len(there) > 1 else one


def _attached(dossier: Dossier, groups: Sequence[Peers], photos: Sequence[Photo]) -> Iterator[Attachment]:
    """Yield the attachments that there are, numbered where there are several."""
    amended = (Amendment(tuple(line.strip() for line in lines[1:])) for lines in dossier.amendments)
    every = (
        Attachment("各单位排名表", "", rank_tables(dossier, groups), (), ()),
        Attachment("更正说明", "", (), tuple(amended), ()),
        Attachment("照片", "", (), (), tuple(photos)),
    )
    there = [one for one in every if one.rankings or one.amendments or one.photos]
    for at, one in enumerate(there, start=1):
        number = str(at) if len(there) > 1 else ""
        yield replace(
            one, name=f"{number}. {one.name}" if number else one.name, title=f"附件{number}　{one.name}"
        )


def typical(dossier: Dossier) -> tuple[Trouble, ...]:
    """Return the troubles that a bulletin tells of."""
    return troubles(dossier.cards)[:_TYPICAL]


def pictured(dossier: Dossier) -> tuple[Evidence, ...]:
    """Return the photos that a bulletin shows where there are files of them."""
    return evidence(dossier, typical(dossier), _PHOTOS_EACH)[:_PHOTOS]


def too_long(one: Bulletin) -> str:
    """Return a warning where the text is longer than documents should be, "" where it is not.

    Source: 2024年整治形式主义为基层减负的规定; attachments and tables do not count.
    """
    points = [point for part in one.parts for point in part.points]
    many = len(one.opening) + sum(len(point.title) + len(point.text) for point in points)
    if many <= _MOST:
        return ""
    return f"通报正文{many}字。专项工作、具体任务的文件一般不超过{_MOST}字，综合性的不超过{_MOST_WHOLE}字，请压缩"


def _troubles(found: Sequence[Trouble], photos: Sequence[tuple[Evidence, Photo]]) -> Iterator[Point]:
    for at, one in enumerate(found):
        numbers = "、".join(photo.number for shown, photo in photos if shown.trouble == one)
        yield numbered(at, one.name, _trouble_text(one) + (f"（照片{numbers}）" if numbers else "") + "。")


def _trouble_text(one: Trouble) -> str:
    """Say at how many units and visits, how much in all, what it cost, and at which units most."""
    units = [unit for unit, _ in one.where]
    counted = bool(one.measure and one.total.count)
    total = f"，累计{one.said(one.total)}" if counted else ""
    taken = "各次评分共扣" if one.total.visits > 1 else "评分扣"
    lost = f"，{taken}{plain(one.total.lost)}分" if one.total.lost else ""
    told = len(units) > 1 and (counted or one.total.visits > len(units))
    how = "涉及" if not told else "较多的是" if len(units) > _NAMED else "分别是"
    words = [brief(unit.name, 20) + (f"（{one.said(amount)}）" if told else "") for unit, amount in one.where]
    where = f"，{how}{some(words, _NAMED, measure_of(units))}"
    return f"在{counted_units(units)}的{one.total.visits}次检查中发现{total}{lost}{where}"


def _seal(dossier: Dossier) -> str:
    """Say by which link of the trail it can be seen later that nothing was taken away from it."""
    if dossier.seal is None:
        return ""
    number, hash = dossier.seal
    return f"本通报的结果记在考核日志第{number}条，校验码{hash}，可供日后核对。"
