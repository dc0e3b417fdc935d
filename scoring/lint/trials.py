"""Doubts about a standard's own tests: what no 算例 and no 情形 tries."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.check.cases import examples_of
from scoring.finding import Result
from scoring.lint.doubt import Doubt
from scoring.lint.subject import Placed, Subject
from scoring.points import plain
from scoring.rule.card import Scalar
from scoring.rule.clause import Clause
from scoring.tariff import PerMissing, PerUnit


def no_cases(subject: Subject) -> Iterator[Doubt]:
    """疑20: no whole sheet is tried."""
    if subject.cases is None:
        yield subject.doubt("疑20", (), "没有情形，整张表没有试算过")


def not_in_cases(subject: Subject) -> Iterator[Doubt]:
    """疑21: no 情形 finds a clause failed."""
    cases = subject.cases
    if cases is None:
        return
    found = {id for case in cases.cases for id in case.expected.orders or ()}
    changed = {name for case in cases.cases if case.expected.orders is None for name in case.changes}
    for one in subject.current:
        if one.card.id not in found and changed.isdisjoint(one.check.asks):
            yield subject.doubt("疑21", one.loc, f"没有一个情形查出“{one.card.name}”")


def one_sided(subject: Subject) -> Iterator[Doubt]:
    """疑22, 疑23: no 算例 of a clause fails, or none passes, though some answers would."""
    for one in subject.current:
        results, loc = _results(subject, one), (*one.loc, "算例")
        when, exempt = one.check.when, [one.check.exempt] if one.check.exempt else []
        if Result.FAIL not in results and subject.reach.can([when], exempt):
            yield subject.doubt("疑22", loc, "没有一个算例是扣分的")
        if Result.PASS not in results and subject.reach.can([], [when, *exempt]):
            yield subject.doubt("疑23", loc, "没有一个算例是不扣分的")


def never_capped(subject: Subject) -> Iterator[Doubt]:
    """疑24: no 算例 of a clause with 最高扣 comes to it, though a count would."""
    for one in subject.current:
        tariff = one.check.tariff
        if isinstance(tariff, PerUnit | PerMissing) and tariff.cap:
            cap = min(tariff.cap, one.check.full)
            if one.most == cap and all(_points(example["扣"]) < cap for example in one.card.examples):
                yield subject.doubt("疑24", (*one.loc, "算例"), f"没有一个算例扣到最高的{plain(cap)}分")


def _results(subject: Subject, one: Placed[Clause]) -> set[Result]:
    """Return how the 算例 of a clause come out: as they say where they say points, else by trying them."""
    if one.most:
        points = {_points(example["扣"]) for example in one.card.examples if _says_points(example["扣"])}
        return {Result.FAIL if some else Result.PASS for some in points}
    outcomes = examples_of(subject.standard, one.check, subject.terms, "扣")
    return {finding.result for outcome in outcomes for finding in outcome.findings}


def _says_points(outcome: Scalar) -> bool:
    return not isinstance(outcome, str) or outcome[:1].isdigit()


def _points(outcome: Scalar) -> Decimal:
    """Return the points of an outcome, of a range the greater end; 0 for 未查 and 合理缺项."""
    if isinstance(outcome, str):
        return Decimal(outcome.rpartition("～")[2]) if outcome[:1].isdigit() else Decimal(0)
    return Decimal(outcome)
