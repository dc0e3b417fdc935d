"""What only the township can settle: orders that go to somebody higher, roads, units behind again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scoring.document.progress_rows import NOBODY, counted_orders, overdue
from scoring.document.wording import brief, measure_of, some
from scoring.rectify.issued import IssuedOrder, leader
from scoring.report.dossier import Dossier

ROAD = "路段"
_NAMED, _LEADERS, _LONGEST, _NAME, _PROBLEM = 3, 5, 2, 12, 12


def late_lines(dossier: Dossier) -> Iterator[str]:
    """Yield how many orders are overdue, of this round and of those before, by whom they are answered for."""
    own, before = overdue(counted_orders(dossier), dossier), overdue(dossier.pending, dossier)
    late = [*own, *before]
    if not late:
        return
    many = Counter(brief(leader(one), _NAME) or NOBODY for one in late)
    words = [
        f"{name}（{count}件）"
        for name, count in sorted(many.items(), key=lambda one: (one[0] == NOBODY, -one[1], one[0]))
    ]
    earlier = (
        f"（其中以前各轮的{len(before)}件）" if own and before else "（都是以前各轮的）" if before else ""
    )
    yield f"逾期没改的共{len(late)}件{earlier}：{some(words, _LEADERS, '人')}"


def matters(dossier: Dossier) -> Iterator[str]:
    """Yield at most four lines."""
    yield from _supervised(dossier)
    if not dossier.supervised:
        yield from _longest(dossier)
    yield from _roads(dossier)
    yield from _streaks(dossier)


def _supervised(dossier: Dossier) -> Iterator[str]:
    """Yield the orders that the scheme sends to the highest level; of lower levels how many there are."""
    if not dossier.supervised:
        return
    top = max(one.level for one in dossier.supervised)
    highest = [one for one in dossier.supervised if one.level == top]
    whom = some(list(dict.fromkeys(brief(one.to, _NAME) for one in highest)), 2, "人")
    rest = len(dossier.supervised) - len(highest)
    more = f"，另有{rest}件由下一级督办" if rest else ""
    yield f"按考核办法应提到{whom}督办的{len(highest)}件{more}；最久的：{_some((one.order for one in highest), dossier)}"


def _longest(dossier: Dossier) -> Iterator[str]:
    late = overdue((*counted_orders(dossier), *dossier.pending), dossier)
    if late:
        yield f"逾期最久的：{_some(late, dossier)}"


def _roads(dossier: Dossier) -> Iterator[str]:
    """Yield what is open on the roads, which belong to no village."""
    open = [
        one for one in (*counted_orders(dossier), *dossier.pending) if one.life.open and one.unit.kind == ROAD
    ]
    if not open:
        return
    many = Counter(one.unit.name for one in open)
    words = [
        f"{brief(name, _NAME)}（{count}件）"
        for name, count in sorted(many.items(), key=lambda one: (-one[1], one[0]))
    ]
    yield f"路段上没有销号的{len(open)}件：{some(words, _NAMED, measure_of(one.unit for one in open))}"


def _streaks(dossier: Dossier) -> Iterator[str]:
    """Yield who has the first honour or warning that several rounds running bring."""
    for honour in dossier.scheme.honours if dossier.scheme else ():
        units = [one.unit for one in dossier.standings if honour.name in one.honours]
        if honour.streak and units:
            names = some([brief(one.name, _NAME) for one in units], _NAMED, measure_of(units))
            yield f"{honour.name}（连着{honour.times}轮{honour.streak}）：{names}"
            return


def _some(orders: Iterable[IssuedOrder], dossier: Dossier) -> str:
    late = sorted(orders, key=lambda one: (-one.life.late(dossier.as_of), one.number))[:_LONGEST]
    return "；".join(
        f"{brief(one.unit.name, _NAME)}{brief(one.problem, _PROBLEM)}"
        + (f"（逾期{days}天）" if (days := one.life.late(dossier.as_of)) else "")
        for one in late
    )
