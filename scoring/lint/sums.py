"""Doubts about full marks: what the clauses of an item come to, the total, the grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.lint.doubt import Doubt
from scoring.lint.subject import Placed, Subject
from scoring.points import plain
from scoring.rule.clause import Clause
from scoring.tariff import PerUnit, WholeItem

_USUAL_TOTALS = (Decimal(100), Decimal(1000))
_FAR = 3
_BEST, _PASS = (Decimal("0.75"), Decimal("0.98")), (Decimal("0.5"), Decimal("0.9"))
_BAD, _GOOD = ("不", "差", "未"), ("优秀", "良好", "合格", "达标")


def too_little(subject: Subject) -> Iterator[Doubt]:
    """疑01: whatever is wrong, part of an item's mark cannot be lost."""
    for place, item, clauses in subject.by_item:
        sums = {kind: total for kind, total in _sums(subject, clauses) if total < item.full}
        if item.full and sums:
            least = min(sums.values())
            who = "" if len(sums) == len(subject.kinds) else f"（{'、'.join(list(sums)[:5])}）"
            message = f"满分{plain(item.full)}，全都不合格也只扣{plain(least)}{who}"
            yield subject.doubt("疑01", ("项目", place, "满分"), message)


def too_much(subject: Subject) -> Iterator[Doubt]:
    """疑02: the clauses of an item come to many times its mark, so that the first few take it all."""
    for place, item, clauses in subject.by_item:
        stated = [one for one in clauses if not _takes_the_rest(one)]
        sums = [total for _, total in _sums(subject, stated)]
        if item.full and len(stated) > 1 and sums and max(sums) >= _FAR * item.full:
            message = f"满分{plain(item.full)}，各条最高扣加起来有{plain(max(sums))}"
            yield subject.doubt("疑02", ("项目", place, "满分"), message)


def odd_total(subject: Subject) -> Iterator[Doubt]:
    """疑03: the total is neither 100 nor 1000, and nothing says on which scale scores are given."""
    standard = subject.standard
    if standard.scored and standard.scale is None and standard.full not in _USUAL_TOTALS:
        yield subject.doubt("疑03", ("项目",), f"各项目满分加起来是{plain(standard.full)}，不是100或1000")


def odd_grades(subject: Subject) -> Iterator[Doubt]:
    """疑09: the 等次 are far from the usual, or stand upside down."""
    standard = subject.standard
    top = standard.full if standard.scale is None else standard.scale
    floors = sorted(((floor, name) for name, floor in standard.grades.items()), reverse=True)
    if not floors or not top:
        return
    (best, first), (_, last) = floors[0], floors[-1]
    passing, name = next(one for one in reversed(floors) if one[0] or one == floors[0])
    if len(floors) > 1 and (first.startswith(_BAD) or last in _GOOD):
        yield subject.doubt("疑09", ("等次",), f"“{first}”的分最高，“{last}”的分最低，像是写倒了")
    elif not _BEST[0] <= best / top <= _BEST[1]:
        yield subject.doubt(
            "疑09", ("等次", first), f"“{first}”从{plain(best)}分起，满分{plain(top)}，和通常的九成差得远"
        )
    elif not _PASS[0] <= passing / top <= _PASS[1]:
        yield subject.doubt(
            "疑09", ("等次", name), f"“{name}”从{plain(passing)}分起，满分{plain(top)}，和通常的六成差得远"
        )


def _sums(subject: Subject, clauses: Sequence[Placed[Clause]]) -> list[tuple[str, Decimal]]:
    """Return the most that some clauses come to for each kind of unit that any of them is about."""
    alike: dict[frozenset[str], Decimal] = {}
    for one in clauses:
        alike[one.check.kinds] = alike.get(one.check.kinds, Decimal(0)) + one.most
    sums = []
    for kind in subject.kinds:
        asked = [total for kinds, total in alike.items() if kind in kinds]
        if asked:
            sums.append((kind, sum(asked, Decimal(0))))
    return sums


def _takes_the_rest(one: Placed[Clause]) -> bool:
    """Return whether a clause is meant to take what is left of the mark (扣完为止, 本项不得分)."""
    tariff = one.check.tariff
    return isinstance(tariff, WholeItem) or (isinstance(tariff, PerUnit) and tariff.cap is None)
