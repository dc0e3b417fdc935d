"""督查整改通知书: one for each unit, with all that it has still to put right, a 签收, a 复查 and a 存根.

It is guidance and not a penalty: it names no authority that the office does not name itself, and no consequence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.document.content import BLANK, Picture, named
from scoring.document.evidence import Photo
from scoring.document.laws import Laws
from scoring.document.names import document_id
from scoring.document.wording import day_text, joined, number_text, span_text
from scoring.inspection import Unit
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import State
from scoring.report.dossier import Dossier
from scoring.rule.office import Office


@dataclass(frozen=True, slots=True)
class Trouble:
    """One row of the table."""

    place_in_list: str = named("序号")
    number: str = named("编号")
    places: str = named("点位")
    problem: str = named("问题")
    clauses: str = named("依据")
    remedy: str = named("要求")
    due: str = named("期限")
    photos: str = named("照片编号")


@dataclass(frozen=True, slots=True)
class Notice:
    """One unit's notice; every text is finished."""

    id: str
    office: str = named("机关")
    number: str = named("文号")
    title: str = named("标题")
    unit: str = named("主送")
    code: str = named("单位编号")
    opening: str = named("开头")
    problems: tuple[Trouble, ...] = named("问题")
    requests: tuple[str, ...] = named("结尾")
    provisional: str = named("拟定说明")
    signed: str = named("落款日期")
    copies: str = named("抄送")
    photos: tuple[Photo, ...] = named("照片")
    apart: str = named("另附照片")
    many: str = named("件数")
    last_due: str = named("最迟期限")
    leader: str = named("负责人")


def notices(dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Iterator[Notice]:
    """Yield the notices of a dossier in the order of the units' 编号; ``shown`` names the photos that there are files of.

    A number belongs to a unit that was found at fault, whether anything is still open or not: a notice printed later bears
    the number it had.
    """
    laws = Laws(dossier.standards)
    numbered = sorted(
        id
        for id, own in dossier.troubles_of.items()
        if any(one.life.state is not State.CANCELLED for one in own)
    )
    for number, id in enumerate(numbered, start=office.first):
        if open := [one for one in dossier.troubles_of[id] if one.life.open]:
            yield _notice(dossier, office, laws, open, number, shown)


def _notice(
    dossier: Dossier,
    office: Office,
    laws: Laws,
    orders: Sequence[IssuedOrder],
    number: int,
    shown: Collection[str],
) -> Notice:
    unit, signed = orders[0].unit, office.signed or dossier.as_of
    numbers = {
        name: str(at)
        for at, name in enumerate(dict.fromkeys(name for one in orders for name in one.photos), start=1)
    }
    return Notice(
        id=document_id(dossier.title, unit.id, number),
        office=office.name or BLANK,
        number=number_text(office, signed.year, number),
        title="督查整改通知书",
        unit=unit.name,
        code=unit.id,
        opening=_opening(orders, dossier, office),
        problems=tuple(_row(at, one, laws, dossier.as_of, numbers) for at, one in enumerate(orders, start=1)),
        requests=tuple(_requests(orders, office)),
        provisional=_provisional(dossier),
        signed=day_text(signed),
        copies="，".join(office.copies),
        photos=tuple(_photos(orders, numbers, shown)),
        apart=_apart(numbers, shown),
        many=str(len(orders)),
        last_due=_last_due(orders),
        leader=_person(unit),
    )


def _opening(orders: Sequence[IssuedOrder], dossier: Dossier, office: Office) -> str:
    """Say when, how, by whom and on what basis the unit was inspected, and how much was found."""
    seen = {visit for one in orders for visit in (one.visit, *one.again)}
    visits = {visit for visit in seen if dossier.starts <= visit[1] <= dossier.ends} or seen
    days = [visit[1] for visit in visits]
    kinds = Counter(visit[2] for visit in sorted(visits, key=lambda one: (one[1], one[2])))
    how = "、".join(f"{kind}{many}次" for kind, many in kinds.items())
    people = joined(name for visit in sorted(visits, key=lambda one: (one[1], one[3])) for name in visit[3])
    who = f"，检查人员：{people}" if people else ""
    basis = f"依据{office.basis}，" if office.basis else ""
    return (
        f"{basis}{span_text(min(days), max(days))}对你单位进行了督查（{how}{who}），发现并尚待整改的问题{len(orders)}件。"
        "现将问题和整改要求通知如下："
    )


def _row(at: int, one: IssuedOrder, laws: Laws, as_of: date, numbers: Mapping[str, str]) -> Trouble:
    again = (
        f"（{joined(f'{visit[1].month}月{visit[1].day}日' for visit in one.again)}再次发现）"
        if one.again
        else ""
    )
    return Trouble(
        str(at),
        one.number,
        joined(one.places) or "—",
        one.problem + again,
        "；".join(laws.cite(id, one.found_on) for id in one.clauses),
        one.text,
        _due(one, as_of),
        joined(numbers[name] for name in one.photos) or "—",
    )


def _due(one: IssuedOrder, as_of: date) -> str:
    """Write when a problem must be put right, and how long that day has passed; of one that was answered, only that."""
    if one.life.state is State.REPLIED:
        return "已回复，待复查"
    if one.life.due_at is None:
        return "另行确定"
    late, day = one.life.late(as_of), one.life.due_at.date()
    text = f"{day.month}月{day.day}日" if day.year == as_of.year else day_text(day)
    return text + (f"（已过{late}天）" if late else "")


def _last_due(orders: Iterable[IssuedOrder]) -> str:
    left = [one.life for one in orders if one.life.state is not State.REPLIED]
    days = [life.due_at.date() for life in left if life.due_at is not None]
    return day_text(max(days)) if days else "另行确定" if left else "—"


def _requests(orders: Sequence[IssuedOrder], office: Office) -> Iterator[str]:
    """Yield the paragraphs after the table: what to do, how to answer, how to put off or to object."""
    to, contact, phone = office.reply_to or BLANK, office.contact or BLANK, office.phone or BLANK
    yield (
        f"请按表列期限逐件整改，最迟的一件为{_last_due(orders)}；期限已过的，收到后立即整改。"
        f"整改一件、回复一件，写明整改情况和完成日期，附整改后照片，报{to}（联系人：{contact}，电话：{phone}）。"
        "我们将按期复查，复查合格的销号。"
    )
    yield "期限内确有困难的，请在期限前书面说明原因和打算完成的日期，申请延期；对所列问题有不同意见的，可以书面提出。"
    yield "本通知书用于督促和指导整改工作，不作为行政处罚的决定。"


def _provisional(dossier: Dossier) -> str:
    return "注：所依据标准的分值、严重程度和期限为拟定，仅供试行。" if dossier.provisional else ""


def _photos(
    orders: Iterable[IssuedOrder], numbers: Mapping[str, str], shown: Collection[str]
) -> Iterator[Photo]:
    """Yield the photos that can be shown, each once, with what the first problem it belongs to says."""
    first: dict[str, IssuedOrder] = {}
    for one in orders:
        for name in one.photos:
            first.setdefault(name, one)
    for name, number in numbers.items():
        if name in shown:
            yield Photo(number, _caption(first[name]), Picture(name))


def _caption(one: IssuedOrder) -> str:
    return "，".join(filter(None, (str(one.found_on), joined(one.places), one.problem)))


def _apart(numbers: Mapping[str, str], shown: Collection[str]) -> str:
    """Name the photos that are not in the document itself."""
    left = [f"{number}（{name}）" for name, number in numbers.items() if name not in shown]
    return f"照片另附：{'、'.join(left)}" if left else ""


def _person(unit: Unit) -> str:
    return unit.details.get("责任人", "") or BLANK
