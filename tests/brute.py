"""The Semantics read once more, as simply as possible and apart from the code: fully answered sheets only.

No intervals, no masks, no inference, fractions instead of decimals. ``score`` returns the published score, the loss of
each item and the grade.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor
from typing import Any

from scoring.grammar.condition import And, Compare, Condition, OneOf, Or, read
from scoring.inspection import NotApplicable
from scoring.rule.computed import Constant, Formula, Level, Lookup
from scoring.rule.price import (
    ByBand,
    ByOption,
    Discretion,
    Each,
    EachMissing,
    Flat,
    Graded,
    IfNotRectified,
    ZeroItem,
)
from scoring.rule.standard import Standard

Answers = dict[str, Any]


def truth(node: Condition, answers: Answers) -> str:
    """Return yes, no or skip."""
    if isinstance(node, And | Or):
        found = [truth(part, answers) for part in node.parts]
        for outcome in ("no", "skip", "yes") if isinstance(node, And) else ("yes", "no", "skip"):
            if outcome in found:
                return outcome
    assert isinstance(node, Compare | OneOf)
    answer = answers[node.field]
    if isinstance(answer, NotApplicable):
        return "skip"
    if isinstance(node, OneOf):
        return "yes" if answer in node.values else "no"
    value = answers.get(str(node.value), node.value)
    if isinstance(value, NotApplicable):
        return "skip"
    holds = {"=": answer == value, "≠": answer != value}.get(node.sign.value)
    if holds is None:
        holds = {"<": answer < value, "≤": answer <= value, ">": answer > value, "≥": answer >= value}[
            node.sign.value
        ]
    return "yes" if holds else "no"


def half_up(value: Fraction, places: int) -> Fraction:
    """Round a number that is not negative."""
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def worked_out(standard: Standard, given: Answers) -> Answers:
    """Return the answers with every computed field that can be worked out."""
    answers = {
        name: Fraction(one) if not isinstance(one, str | NotApplicable) else one
        for name, one in given.items()
    }
    for name, card in standard.computed.items():
        if isinstance(card, Constant):
            answers[name] = card.value
        elif isinstance(card, Lookup):
            answers[name] = Fraction(card.numbers[answers[card.by]])
        elif isinstance(card, Level):
            answers[name] = next(
                level for level, words in card.levels.items() if within(answers[card.by], words)
            )
        elif isinstance(card, Formula):
            answers[name] = formula(card, answers)
    return answers


def formula(card: Formula, answers: Answers) -> Any:
    text = card.formula.replace("÷", "/").replace("×", "*").replace("−", "-")
    text = re.sub(r"\d+", lambda number: f"Fraction({number[0]})", text)
    for name in sorted(answers, key=len, reverse=True):
        text = text.replace(name, f"answers[{name!r}]") if f"[{name!r}]" not in text else text
    try:
        value = eval(text, {"answers": answers, "Fraction": Fraction})
    except ZeroDivisionError:
        return None
    if card.rounding:
        value = {"进一": ceil, "舍去": floor, "四舍五入": lambda one: half_up(one, 0)}[card.rounding](value)
    elif card.places is not None:
        value = half_up(value, card.places)
    return Fraction(min(value, card.ceiling) if card.ceiling is not None else value)


def within(value: Fraction, words: str) -> bool:
    """Return whether a value lies in a band written as in these tests: <60%, ≥90%, 超过100%, ≤50%, a～b（不含a）."""
    numbers = [Fraction(one) / 100 for one in re.findall(r"(\d+)%", words)]
    if "～" not in words:
        return {
            "<": value < numbers[0],
            "≥": value >= numbers[0],
            "超": value > numbers[0],
            "≤": value <= numbers[0],
        }[words[0]]
    low, high, *without = numbers
    return low <= value <= high and value not in without


def score(
    standard: Standard, kind: str, given: Answers
) -> tuple[Fraction | None, list[Fraction], str | None]:
    """Return (score, loss per item, grade) of a fully answered sheet."""
    answers = worked_out(standard, given)
    lost, marks, vetoed, severe = [], [], False, 0
    failing = [one for one in standard.clauses if applied(one, standard, kind, answers) == "yes"]
    for item in standard.items:
        full, total, zero, applies = Fraction(item.full), Fraction(0), False, False
        for clause in item.clauses:
            when = applied(clause, standard, kind, answers)
            if when == "skip":
                continue
            applies = True
            if when == "yes":
                zero |= isinstance(clause.price, ZeroItem)
                if not any(dearer(one, clause, standard) for one in failing):
                    total += price(clause.price, clause.when or "", answers, full)
                vetoed |= clause.veto
                severe += clause.severity == "严重"
        lost.append(full if zero else min(full, total))
        stays = applies or standard.gaps == "计满分"
        marks.append(full if stays else Fraction(0))
    vetoed |= standard.severe is not None and severe >= standard.severe
    if not sum(marks):
        return None, lost, standard.veto_grade if vetoed else None
    top = Fraction(standard.full if standard.scale is None else standard.scale)
    published = half_up((sum(marks) - sum(lost)) * top / sum(marks), 2) + extra(standard, answers)
    floors = sorted(((Fraction(floor), name) for name, floor in standard.grades.items()), reverse=True)
    return (
        published,
        lost,
        standard.veto_grade if vetoed else next(name for floor, name in floors if published >= floor),
    )


def applied(clause: Any, standard: Standard, kind: str, answers: Answers) -> str:
    """Return whether a clause fails (yes), passes (no) or does not apply to a unit (skip)."""
    if kind not in (clause.kinds or standard.kinds):
        return "skip"
    if clause.exempt is not None and truth(read(clause.exempt), answers) == "yes":
        return "skip"
    return outcome(clause, answers)


def dearer(one: Any, other: Any, standard: Standard) -> bool:
    """Return whether two clauses count the same, and which of them takes it: the first."""
    ranks = []
    for clause in (one, other):
        each = clause.price
        if not isinstance(each, Each) or each.verb in tuple("少低") or not each.points or each.cap == 0:
            return False
        dear = Fraction(each.points) / Fraction(each.step)
        cap = Fraction(10**9) if each.cap is None else Fraction(each.cap)
        ranks.append((dear, cap, -int(clause.id.rpartition("-")[2])))
    fields = [clause.when.split(maxsplit=1)[0] for clause in (one, other)]
    return fields[0] == fields[1] and fields[0] in standard.form and ranks[0] > ranks[1]


def outcome(clause: Any, answers: Answers) -> str:
    """Return whether a clause fails, by its condition or by what its price says itself."""
    if clause.when is not None:
        return truth(read(clause.when), answers)
    tariff = clause.price
    if isinstance(tariff, EachMissing):
        asked = [answers[name] for name in tariff.fields if not isinstance(answers[name], NotApplicable)]
        return "skip" if not asked else "yes" if "否" in asked else "no"
    if isinstance(tariff, Graded):
        return "yes" if answers[tariff.field] < tariff.full else "no"
    return "yes" if price(tariff, "", answers, Fraction(0)) else "no"


def extra(standard: Standard, answers: Answers) -> Fraction:
    """Return the additional points."""
    if standard.bonus is None:
        return Fraction(0)
    earned = [
        price(one.price, one.when, answers, Fraction(0))
        for one in standard.bonus.clauses
        if truth(read(one.when), answers) == "yes"
    ]
    return min(Fraction(standard.bonus.cap), sum(earned, Fraction(0)))


def price(tariff: Any, when: str, answers: Answers, full: Fraction) -> Fraction:
    """Return what a failed clause costs by itself."""
    match tariff:
        case Flat():
            cost = Fraction(tariff.root)
        case ZeroItem():
            cost = full
        case Each():
            cost = counted(tariff, when, answers)
        case EachMissing():
            cost = Fraction(tariff.points) * sum(answers[name] == "否" for name in tariff.fields)
            cost = cost if tariff.cap is None else min(cost, Fraction(tariff.cap))
        case ByBand():
            value = answers[tariff.field]
            cost = next(Fraction(points) for words, points in tariff.bands.items() if within(value, words))
        case Graded():
            cost = Fraction(tariff.full) - answers[tariff.field]
        case Discretion():
            cost = Fraction(answers[tariff.field])
        case IfNotRectified():
            cost = Fraction(tariff.points) if answers[tariff.field] == "整改不到位" else Fraction(0)
        case ByOption():
            cost = Fraction(tariff.points.get(answers[tariff.field or when.split(maxsplit=1)[0]], 0))
        case _:
            raise AssertionError(tariff)
    return cost


def counted(tariff: Each, when: str, answers: Answers) -> Fraction:
    """Return what so much for each comes to."""
    name, _, limit = when.split()[:3]
    amount = answers[name]
    if tariff.verb:
        other = (
            answers[limit] if limit in answers else Fraction(limit.rstrip("%")) / (100 if "%" in limit else 1)
        )
        amount = max(Fraction(0), other - amount if tariff.verb in "少低" else amount - other)
    if tariff.unit == "个百分点":
        amount *= 100
    steps = amount / Fraction(tariff.step)
    steps = {"不计": floor(steps), "进一": ceil(steps)}.get(tariff.odd or "", steps)
    cost = half_up(Fraction(tariff.points) * steps, 2)
    return cost if tariff.cap is None else min(cost, Fraction(tariff.cap))
