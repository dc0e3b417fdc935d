"""一、总体情况 of a bulletin: group by group the means and grades, then what was won."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from scoring.document.point import Point, numbered
from scoring.document.standings import UNDECIDED, mean_before
from scoring.document.wording import brief, counted_units, measure_of, some
from scoring.judge.standing import Standing
from scoring.points import ZERO, plain
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, mean_of, settled
from scoring.rule.standard import NO_GRADE

_NAMED = 8


def overall(dossier: Dossier, groups: Sequence[Peers]) -> Iterator[Point]:
    """Yield a paragraph for each group, honour and prize."""
    told = [(each.name, scores_text(dossier, each)) for each in groups]
    yield from (numbered(at, *one) for at, one in enumerate((*told, *_won(dossier))))


def scores_text(dossier: Dossier, peers: Peers) -> str:
    """Say how many units a group has, their mean against the last round, and the grades."""
    units = [one.unit for one in peers.standings]
    measure, scores = measure_of(units), settled(peers.standings)
    mean = mean_of(scores)
    first = f"共{len(units)}{measure}"
    if mean is None:
        return f"{first}，都没有确定的得分{_why(peers.standings)}。"
    first += "" if len(scores) == len(units) else f"，得分确定的{len(scores)}{measure}"
    against = _against(dossier, mean, mean_before(dossier, peers))
    return f"{first}，平均{mean}分{against}；{_grades(dossier, peers, measure)}。{_unranked(peers, measure)}"


def _against(dossier: Dossier, mean: Decimal, before: Decimal | None) -> str:
    if before is None:
        return ""
    moved = mean - before
    how = "持平" if not moved else f"{'高' if moved > 0 else '低'}{plain(abs(moved))}分"
    than = "与" if not moved else "比"
    return f"，{than}上一轮（{dossier.earlier[-1].name}）{how}"


def _grades(dossier: Dossier, peers: Peers, measure: str) -> str:
    counts = Counter(one.grade or UNDECIDED for one in peers.standings)
    order = [*_grade_names(dossier, peers), NO_GRADE, UNDECIDED]
    known = sorted(counts, key=lambda name: order.index(name) if name in order else len(order))
    return "，".join(f"{name}{counts[name]}{measure}" for name in known)


def _grade_names(dossier: Dossier, peers: Peers) -> Sequence[str]:
    """Return the names of the grades, the best first."""
    written = dossier.scheme or next((one for one in dossier.standards if one.id == peers.subject[0]), None)
    grades: Mapping[str, Decimal] = written.grades if written else {}
    return sorted(grades, key=lambda name: -grades[name])


def _unranked(peers: Peers, measure: str) -> str:
    left = [one for one in peers.standings if one.rank is None]
    if not left:
        return ""
    names = some([brief(one.unit.name, 20) for one in left], _NAMED, measure)
    return f"没有排名的是{names}{_why(left)}。"


def _why(left: Sequence[Standing]) -> str:
    """Say why some units are not ranked, where the reason is one; else where it stands."""
    reasons = {one.unranked for one in left} - {""}
    return f"（{brief(reasons.pop(), 40)}）" if len(reasons) == 1 else "，原因见附件" if reasons else ""


def _won(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield each honour (or warning) and prize of a round with those who have it, as the scheme orders them."""
    if dossier.scheme is None:
        return
    for honour in dossier.scheme.honours:
        if units := [one for one in dossier.standings if honour.name in one.honours]:
            yield honour.name, _names(units)
    for award in dossier.scheme.awards:
        paid = [
            (one, prize.amount)
            for one in dossier.standings
            for prize in one.awards
            if prize.name == award.name
        ]
        if paid:
            yield award.name, _paid(paid)


def _names(found: Sequence[Standing]) -> str:
    units = [one.unit for one in found]
    names = some([brief(one.name, 20) for one in units], 2 * _NAMED, measure_of(units))
    return f"{names}，共{len(units)}{measure_of(units)}。" if 1 < len(units) <= 2 * _NAMED else f"{names}。"


def _paid(paid: Sequence[tuple[Standing, Decimal]]) -> str:
    total = sum((amount for _, amount in paid), ZERO)
    if len(paid) > _NAMED:
        whose = counted_units([one.unit for one, _ in paid])
        return f"{whose}，合计{plain(total)}元，各单位的金额见附件。"
    words = "、".join(f"{brief(one.unit.name, 20)}（{plain(amount)}元）" for one, amount in paid)
    return f"{words}，合计{plain(total)}元。" if len(paid) > 1 else f"{words}。"
