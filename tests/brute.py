"""The Semantics read once more, as simply as possible and apart from the code: fully answered sheets only.

No intervals, no masks, no inference, fractions instead of decimals. ``score`` returns the published score, the loss of
each item and the grade.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scoring.condition import And, Compare, Condition, OneOf, Or, read
from scoring.inspection import NotApplicable
from scoring.price import ByOption, Each, Flat, ZeroItem
from scoring.standard import Clause, Standard


def truth(node: Condition, answers: dict[str, Any]) -> str:
    """Return yes, no or skip."""
    if isinstance(node, And | Or):
        found = [truth(part, answers) for part in node.parts]
        for outcome in ("no", "skip", "yes") if isinstance(node, And) else ("yes", "no", "skip"):
            if outcome in found:
                return outcome
    answer = answers[node.field]  # type: ignore[union-attr]
    if isinstance(answer, NotApplicable):
        return "skip"
    if isinstance(node, OneOf):
        return "yes" if answer in node.values else "no"
    assert isinstance(node, Compare)
    value = node.value
    holds = {"=": answer == value, "≠": answer != value}.get(node.sign.value)
    if holds is None:
        holds = {"<": answer < value, "≤": answer <= value, ">": answer > value, "≥": answer >= value}[
            node.sign.value
        ]
    return "yes" if holds else "no"


def score(
    standard: Standard, kind: str, answers: dict[str, Any]
) -> tuple[Fraction | None, list[Fraction], str | None]:
    """Return (score, loss per item, grade) of a fully answered sheet."""
    lost, marks, vetoed, severe = [], [], False, 0
    spared = {one.id for one in standard.clauses if not _takes(standard, one, kind, answers)}
    for item in standard.items:
        full, total, zero, applies = Fraction(item.full), Fraction(0), False, False
        for clause in item.clauses:
            outcome = _outcome(standard, clause, kind, answers)
            if outcome == "skip":
                continue
            applies = True
            if outcome == "yes":
                zero |= isinstance(clause.price, ZeroItem)
                if clause.id not in spared:
                    total += price(clause.price, clause.when, answers, full)
                vetoed |= clause.veto
                severe += clause.severity == "严重"
        lost.append(full if zero else min(full, total))
        stays = applies or standard.gaps == "计满分"
        marks.append(full if stays else Fraction(0))
    vetoed |= standard.severe is not None and severe >= standard.severe
    if not sum(marks):
        return None, lost, standard.veto_grade if vetoed else None
    got = (sum(marks) - sum(lost)) * Fraction(standard.full) / sum(marks)
    published = Fraction(int(got * 100 + Fraction(1, 2)), 100)
    floors = sorted(((Fraction(floor), name) for name, floor in standard.grades.items()), reverse=True)
    return (
        published,
        lost,
        standard.veto_grade if vetoed else next(name for floor, name in floors if published >= floor),
    )


def _outcome(standard: Standard, clause: Clause, kind: str, answers: dict[str, Any]) -> str:
    """Return yes where a clause fails, no where it passes, skip where it does not apply."""
    if kind not in (clause.kinds or standard.kinds):
        return "skip"
    if clause.exempt is not None and truth(read(clause.exempt), answers) == "yes":
        return "skip"
    return truth(read(clause.when), answers)


def _takes(standard: Standard, clause: Clause, kind: str, answers: dict[str, Any]) -> bool:
    """Return whether no dearer clause that fails counts the same."""
    if not isinstance(clause.price, Each) or not _dearness(clause)[0]:
        return True
    return not any(
        isinstance(other.price, Each)
        and _dearness(other)[0]
        and _counted(other) == _counted(clause)
        and _dearness(other) > _dearness(clause)
        and _outcome(standard, other, kind, answers) == "yes"
        for other in standard.clauses
    )


def _counted(clause: Clause) -> str:
    return clause.when.split(maxsplit=1)[0]


def _dearness(clause: Clause) -> tuple[Fraction, Fraction, int]:
    """Return points per unit (0 where nothing can be charged), the cap, and the number, the lower the dearer."""
    each = clause.price
    cap = Fraction(10**9) if each.cap is None else Fraction(each.cap)
    return Fraction(each.points) if cap else Fraction(0), cap, -int(clause.id.rpartition("-")[2])


def price(tariff: Any, when: str, answers: dict[str, Any], full: Fraction) -> Fraction:
    """Return what a failed clause costs by itself."""
    if isinstance(tariff, Flat):
        return Fraction(tariff.root)
    if isinstance(tariff, ZeroItem):
        return full
    answer = answers[when.split(maxsplit=1)[0]]
    if isinstance(tariff, Each):
        cost = Fraction(tariff.points) * Fraction(answer)
        return cost if tariff.cap is None else min(cost, Fraction(tariff.cap))
    assert isinstance(tariff, ByOption)
    return Fraction(tariff.points.get(answer, 0))
