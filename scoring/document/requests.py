"""下一步要求 of a bulletin: what the clauses ask of the main troubles, what is still open, where to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scoring.document.content import BLANK
from scoring.document.point import Point, numbered
from scoring.document.progress_rows import counted_orders, overdue
from scoring.document.troubles import Trouble
from scoring.document.wording import brief, some
from scoring.grammar.deadline import Clock
from scoring.report.dossier import Dossier
from scoring.rule.office import Office

_NAMED = 6


def requests(dossier: Dossier, office: Office, found: Sequence[Trouble]) -> Iterator[Point]:
    """Yield what is asked for; nothing where nothing was found and nothing is open."""
    told = [*_remedies(found), *_open(dossier)]
    if told:
        told += _answers(office)
    yield from (numbered(at, title, text) for at, (title, text) in enumerate(told))


def _remedies(found: Sequence[Trouble]) -> Iterator[tuple[str, str]]:
    if found:
        words = "；".join(f"{one.name}：{_remedy(one)}" for one in found)
        yield "对照问题整改", f"有上述问题的单位按标准的要求和期限整改。{words}。"


def _remedy(one: Trouble) -> str:
    by = {Clock.AT_ONCE: "立行立改", Clock.OPEN: "期限另定"}.get(one.deadline.clock, f"{one.deadline}内完成")
    return f"{one.remedy}，{by}" if one.remedy else by


def _open(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield what is to be done about the orders that are open; of sheets nobody knows what became of them."""
    orders = [*(one for one in counted_orders(dossier) if one.life.open), *dossier.pending]
    if not orders:
        return
    late = overdue(orders, dossier)
    all_before = len(dossier.pending) == len(orders)
    before = "（都是以前各轮交办的）" if all_before else f"（其中以前各轮交办的{len(dossier.pending)}件）"
    before = before if dossier.pending else ""
    text = f"还没有销号的{len(orders)}件{before}，按整改单的期限整改，改一件、销一件。"
    if late:
        many = Counter(one.unit.name for one in late)
        words = [
            f"{brief(name, 20)}（{count}件）"
            for name, count in sorted(many.items(), key=lambda one: (-one[1], one[0]))
        ]
        text += f"其中已经逾期的{len(late)}件，收到通报后立即整改：{some(words, _NAMED, '个单位')}。"
    yield "抓紧销号", text


def _answers(office: Office) -> Iterator[tuple[str, str]]:
    """Yield where to answer, where the office says so."""
    if office.reply_to:
        contact, phone = office.contact or BLANK, office.phone or BLANK
        yield "及时回复", f"整改情况和整改后照片报{office.reply_to}（联系人：{contact}，电话：{phone}）。"
