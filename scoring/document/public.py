"""公示: the ranking for the notice board, in which no person and no telephone can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scoring.document.content import BLANK, named
from scoring.document.masking import Mask
from scoring.document.names import whole_id
from scoring.document.standings import groups_of
from scoring.document.wording import day_text, joined, span_text
from scoring.inspection import Unit
from scoring.judge.standing import Standing
from scoring.points import span
from scoring.rectify.issued import IssuedOrder
from scoring.report.dossier import Dossier
from scoring.rule.office import Office

_PERSONS = ("责任人", "包村领导", "联路段领导", "站所长")
_PHONE = "电话"
_MOST = 3
_SEVERE = ("严重", "较重", "一般", "轻微")
MASKED = "姓名、住户、电话和证件号码已按个人信息保护的要求隐去，用*号代替；张贴前请再看一遍各栏文字。"


@dataclass(frozen=True, slots=True)
class Shown:
    """One unit as the board shows it."""

    rank: str = named("名次")
    unit: str = named("单位")
    score: str = named("得分")
    grade: str = named("等次")
    problems: str = named("主要问题")


@dataclass(frozen=True, slots=True)
class Group:
    """Who is ranked together."""

    name: str = named("名称")
    rows: tuple[Shown, ...] = named("单位")


@dataclass(frozen=True, slots=True)
class Public:
    """The notice for the board; every text that came from outside is masked."""

    id: str
    title: str = named("标题")
    opening: str = named("开头")
    groups: tuple[Group, ...] = named("排名")
    days: str = named("公示期")
    phone: str = named("监督电话")
    closing: str = named("结尾")
    notes: tuple[str, ...] = named("注")
    office: str = named("机关")
    signed: str = named("落款日期")


def public(dossier: Dossier, office: Office) -> Iterator[Public]:
    """Yield the notice of a dossier; none where nobody has a standing."""
    if not dossier.standings:
        return
    mask = Mask(persons(dossier), phones(dossier), (office.watch_phone,))
    laws = {one.id: frozenset(clause.id for clause in one.clauses) for one in dossier.standards}
    yield Public(
        whole_id(dossier.title),
        f"{mask(dossier.title)}检查考核得分公示",
        f"现将{span_text(dossier.starts, dossier.ends)}检查考核的得分和名次公示如下，请群众监督。",
        tuple(
            Group(mask(peers.name), tuple(_shown(one, dossier, laws, mask) for one in peers.standings))
            for peers in groups_of(dossier)
        ),
        office.shown or BLANK,
        office.watch_phone or BLANK,
        "对得分和名次有不同意见的，请在公示期内来电或书面反映。",
        tuple(_notes(dossier)),
        office.name or BLANK,
        day_text(office.signed or dossier.as_of),
    )


def persons(dossier: Dossier) -> Iterator[str]:
    """Yield everybody a dossier names: who answers for a unit, who inspected, who rectified, verified, decided."""
    for unit in _units(dossier):
        yield from (unit.details.get(title, "") for title in _PERSONS)
    for card in dossier.cards:
        yield from card.inspection.inspectors
    for one in (*dossier.again, *dossier.orders):
        yield from (one.life.person, one.life.replied_by, *one.visit[3])
        yield from (name for move in one.moves for name in (move.who, move.to))
    for standing in dossier.standings:
        yield from (extra.by for extra in standing.extras)


def phones(dossier: Dossier) -> Iterator[str]:
    """Yield every telephone that the register of a dossier holds."""
    for unit in _units(dossier):
        yield from unit.details.get(_PHONE, "").replace("、", "，").split("，")


def _units(dossier: Dossier) -> Iterable[Unit]:
    return (*dossier.units.values(), *(card.inspection.unit for card in dossier.cards))


def _shown(one: Standing, dossier: Dossier, laws: Mapping[str, frozenset[str]], mask: Mask) -> Shown:
    found = dossier.troubles_of.get(one.unit.id, ())
    if one.standard:
        found = tuple(each for each in found if not laws[one.standard].isdisjoint(each.clauses))
    return Shown(
        "—" if one.rank is None else str(one.rank),
        mask(one.unit.name),
        span(one.low, one.high),
        one.grade or "未定",
        mask(_problems(found) if one.rank is not None else joined((one.unranked, _problems(found)))) or "—",
    )


def _problems(found: Iterable[IssuedOrder]) -> str:
    """Write the gravest problems with their places, and how many more there are."""
    graver = sorted(found, key=lambda one: (_SEVERE.index(one.severity), one.number))
    said = [f"{one.problem}（{joined(one.places)}）" if one.places else one.problem for one in graver[:_MOST]]
    more = f"等{len(graver)}件" if len(graver) > _MOST else ""
    return "；".join(said) + more


def _notes(dossier: Dossier) -> Iterator[str]:
    yield MASKED
    if dossier.provisional:
        yield "所依据标准的分值为拟定，仅供试行。"
