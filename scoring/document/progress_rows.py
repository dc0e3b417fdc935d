"""整改进度 as bulletins and briefs tell it: in a sentence, and leader by leader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.document.content import named
from scoring.document.point import Point
from scoring.document.wording import counted_units, day_text
from scoring.finding import Result
from scoring.points import plain, ratio
from scoring.rectify.counted import Counted, counted
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import State
from scoring.rectify.progress import Progress, progress
from scoring.report.dossier import Dossier

NOBODY = "其他单位"
RATE = "按期率为按期整改的件数，除以应改件数减去批准延期且尚未到期的件数"


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far the orders of one leader have come."""

    leader: str = named("领导")
    due: str = named("应改")
    done: str = named("已改")
    overdue: str = named("逾期")
    rate: str = named("按期率")


def counted_orders(dossier: Dossier) -> list[IssuedOrder]:
    """Return the orders that a round issued and did not cancel; none for sheets, of which nobody knows what became of them."""
    if dossier.scheme is None:
        return []
    return [one for one in dossier.orders if one.life.state is not State.CANCELLED]


def overdue(orders: Iterable[IssuedOrder], dossier: Dossier) -> list[IssuedOrder]:
    """Return the orders that are open past their due time, the latest first."""
    late = [one for one in orders if one.life.open and one.life.late(dossier.as_of)]
    return sorted(late, key=lambda one: (-one.life.late(dossier.as_of), one.number))


def progress_lines(dossier: Dossier, orders: Sequence[IssuedOrder]) -> Iterator[Point]:
    """Yield how many orders there are and how far they have come; of sheets, only how much there is to do."""
    found = {one.unit.id: one.unit for one in (orders or dossier.orders)}
    many = len(orders or dossier.orders)
    whose = counted_units(list(found.values()))
    if dossier.scheme is None:
        if many:
            yield Point("", f"这次检查发现需要整改的问题{many}件，涉及{whose}。")
        return
    if orders:
        yield Point("", f"本轮交办整改单{many}件，涉及{whose}。{progress_text(dossier, orders)}{RATE}。")
    elif not dossier.again and any(
        one.result is Result.FAIL for card in dossier.cards for one in card.findings
    ):
        yield Point("", "本轮发现的问题还没有交办整改。")
    if dossier.again:
        apart = "，不计在内" if orders else ""
        yield Point("", f"以前各轮交办的问题，本轮检查再次发现{len(dossier.again)}件{apart}。")
    if dossier.pending:
        late = len(overdue(dossier.pending, dossier))
        yield Point(
            "",
            f"以前各轮交办、还没有销号的{len(dossier.pending)}件"
            + (f"，其中已经逾期的{late}件。" if late else "，都没有逾期。"),
        )


def progress_text(dossier: Dossier, orders: Sequence[IssuedOrder]) -> str:
    """Say how far some orders have come as of the dossier's day."""
    done = progress([one.life for one in orders], dossier.as_of)
    waiting = sum(one.life.state is State.REPLIED for one in orders)
    parts = [f"应改{done.due}件", f"已改{done.done}件"]
    parts += [f"已回复、待复查{waiting}件"] if waiting else []
    parts += [f"逾期未改{done.overdue}件" if done.overdue else "没有逾期未改的"]
    parts += [f"批准延期、尚未到期{done.extended}件"] if done.extended else []
    return f"截至{day_text(dossier.as_of)}，{'，'.join(parts)}，按期率{rate_text(done)}。"


def leaders(dossier: Dossier, orders: Iterable[IssuedOrder]) -> tuple[Counted, ...]:
    """Return how far the orders of each leader have come: the most overdue first, those of nobody last."""
    found = counted(orders, "包村领导", dossier.as_of)
    return tuple(
        sorted(found, key=lambda one: (not one.name, -one.progress.overdue, -one.progress.due, one.name))
    )


def progress_row(name: str, done: Progress) -> ProgressRow:
    """Return one leader's row."""
    return ProgressRow(name or NOBODY, str(done.due), str(done.done), str(done.overdue), rate_text(done))


def rate_text(done: Progress) -> str:
    """Write 按期率 in percent, — where nothing was due."""
    over, under = done.rate
    return f"{plain(ratio(Decimal(over), Decimal(under), Decimal(100), places=1))}%" if under > 0 else "—"
