"""Doubts about one fault that costs twice, inside one standard."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, islice

from scoring.lint.doubt import Doubt
from scoring.lint.subject import Placed, Subject
from scoring.points import plain
from scoring.rule.clause import Clause
from scoring.tariff import PerOption, PerUnit, WholeItem

# Pairs of clauses about one 检查项 that are compared; a standard has a handful.
_PAIRS = 100


def counted_twice(subject: Subject) -> Iterator[Doubt]:
    """疑35: two clauses about one 检查项 can cost points for the same unit at the same time."""
    by_subject: dict[str, list[Placed[Clause]]] = {}
    for one in subject.current:
        if one.most:
            by_subject.setdefault(one.check.subject, []).append(one)
    for name, clauses in by_subject.items():
        told: set[int] = set()
        for first, second in islice(combinations(clauses, 2), _PAIRS):
            if id(second) not in told and _together(subject, first, second):
                told.add(id(second))
                message = f"“{name}”在 {first.card.id} 已经扣过，一个毛病扣两次"
                yield subject.doubt("疑35", second.loc, message)


def _together(subject: Subject, one: Placed[Clause], other: Placed[Clause]) -> bool:
    if one.check.kinds.isdisjoint(other.check.kinds):
        return False
    exempt = [condition for check in (one.check, other.check) if (condition := check.exempt) is not None]
    return subject.reach.can([one.check.when, other.check.when], exempt)


def mixed_item(subject: Subject) -> Iterator[Doubt]:
    """疑10: in one item some clauses count occurrences, some are tiers, and together they exceed its mark."""
    for place, item, clauses in subject.by_item:
        rivals = [one for one in clauses if one.most]
        counted = [one for one in rivals if isinstance(one.check.tariff, PerUnit)]
        tiers = [
            one
            for one in rivals
            if isinstance(one.check.tariff, PerOption) and len(one.check.tariff.points) > 1
        ]
        whole = [one for one in rivals if isinstance(one.check.tariff, WholeItem)]
        total = sum((one.most for one in (*counted, *tiers, *whole)), Decimal(0))
        if counted and tiers and total > item.full:
            message = f"{counted[0].card.id} 按数量扣，{tiers[0].card.id} 按档扣，合起来{plain(total)}分，超过满分{plain(item.full)}"
            yield subject.doubt("疑10", ("项目", place), message)
