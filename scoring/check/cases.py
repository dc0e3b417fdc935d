"""Run a standard's own tests: the 算例 in its cards, and the whole-sheet 情形 of its ``.cases.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.check.sample import EXAMPLE_KEYS, answer_mistakes, example_answer
from scoring.compile.compiled import Check, CompiledItem, compile_bonus, compile_clause
from scoring.compile.fit import Fields
from scoring.compile.terms import Terms, terms_of
from scoring.errors import ScoringError
from scoring.finding import Finding, Infer, Result
from scoring.grammar.deadline import Calendar
from scoring.inspection import BLANK, Answer, Inspection, Unit
from scoring.match.derive import Deriver
from scoring.match.records import Matcher
from scoring.points import plain
from scoring.rule.card import Scalar
from scoring.rule.casefile import CaseFile, Expected
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard
from scoring.score import Scorer
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test's result: its name as a sentence, and what differs (empty where it passed).

    ``checks`` are the clauses it asked, 加分 clauses last, and ``findings`` beside them what it found.
    """

    name: str
    differences: tuple[str, ...] = ()
    checks: tuple[Check[Any], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Return whether what came out is what the test says."""
        return not self.differences


def run_examples(standard: Standard) -> Iterator[Outcome]:
    """Yield the outcome of every 算例, each against its own clause alone."""
    terms = terms_of(standard)
    for item in standard.items:
        alone = CompiledItem(1, item.name, item.full, (1,))
        for clause in item.clauses:
            check = compile_clause(clause, standard, terms, 1, alone)
            yield from examples_of(standard, check, terms, "扣")
    if standard.bonus is not None:
        for card in standard.bonus.clauses:
            bonus = compile_bonus(card, standard, terms, 1, standard.bonus.cap)
            yield from examples_of(standard, bonus, terms, "加")


def examples_of(standard: Standard, check: Check[Any], terms: Terms, key: str) -> Iterator[Outcome]:
    """Yield the outcome of each of a clause's examples; the clause alone, so that thousands are tested in linear time."""
    own = terms.part(check.reads)
    match, derive = Matcher([check], own), Deriver(own)
    for example in check.card.examples:
        kind = str(example.get("单位类别") or (check.card.kinds or standard.kinds)[0])
        inspection = sheet_inspection(standard, own.form, {**example, "单位类别": kind})
        finding = match(inspection, derive(inspection)).findings[0]
        got = _outcome_of(finding, check.full if key == "扣" else None)
        want = _written(example[key])
        seen = "，".join(f"{name} {raw}" for name, raw in example.items() if name != key)
        wrong = () if got == want else (f"应算出 {want}，算得 {got}",)
        yield Outcome(f"{check.card.id} {seen}: {want}", wrong, (check,), (finding,))


def run_cases(standard: Standard, cases: CaseFile, *, calendar: Calendar, infer: Infer) -> Iterator[Outcome]:
    """Yield the outcome of every 情形; what is wrong with a case's own answers is its difference."""
    scorer = Scorer([standard], calendar=calendar, infer=infer)
    for case in cases.cases:
        sheet = {**cases.model_sheet, **case.changes}
        wrong = [
            m
            for name, raw in sheet.items()
            if name not in EXAMPLE_KEYS
            for m in answer_mistakes(name, raw, standard)
        ]
        if wrong:
            yield Outcome(case.name, tuple(mistake.message for mistake in wrong))
        else:
            yield _case(scorer, standard, case.name, sheet, case.expected)


def _case(
    scorer: Scorer, standard: Standard, name: str, sheet: Mapping[str, Scalar], expected: Expected
) -> Outcome:
    try:
        card = next(scorer.cards(sheet_inspection(standard, standard.form, sheet)))
    except ScoringError as error:
        return Outcome(name, (str(error),))
    checks: tuple[Check[Any], ...] = (*card.program.clauses, *card.program.bonuses)
    return Outcome(name, tuple(_differences(expected, card)), checks, (*card.findings, *card.bonus.findings))


def _differences(expected: Expected, card: ScoreCard) -> Iterator[str]:
    """Yield each part of 应算出 that came out otherwise."""
    if expected.score is not None and (want := _written(expected.score)) != (
        got := _range(card.low, card.high)
    ):
        yield f"总分应为 {want}，算得 {got}"
    if expected.grade is not None and expected.grade != (got := card.grade or "未定"):
        yield f"等次应为 {expected.grade}，算得 {got}"
    failed = tuple(
        sorted(
            {card.program.clause(one.clause).card.id for one in card.findings if one.result is Result.FAIL}
        )
    )
    if expected.orders is not None and tuple(sorted(expected.orders)) != failed:
        yield f"整改应为 {'、'.join(expected.orders) or '无'}，算得 {'、'.join(failed) or '无'}"
    for name, word in (expected.conclusions or {}).items():
        result = card.conclusions.get(name)
        if result is None or result.chinese != word:
            yield f"结论 {name} 应为 {word}，算得 {result.chinese if result else '没有这个结论'}"


def sheet_inspection(standard: Standard, form: Fields, sheet: Mapping[str, Scalar]) -> Inspection:
    """Return the visit that a model sheet, a case or an example describes, asked of ``form``."""
    kind = str(sheet.get("单位类别") or standard.kinds[0])
    day = date.fromisoformat(str(sheet.get("检查日期") or standard.starts))
    answers: dict[str, Answer] = {}
    for name, field in form.items():
        answers[name] = example_answer(sheet[name], field) if name in sheet else BLANK
    # What an example tests is the arithmetic: the reason that a form demands goes without saying.
    reasons = {name: "算例" for name, field in form.items() if field.kind is FieldKind.POINTS}
    return Inspection(Unit("样板", "样板单位", kind), day, answers, frozenset(form), reasons=reasons)


def _outcome_of(finding: Finding, full: Decimal | None) -> str:
    if finding.result is Result.NOT_APPLICABLE:
        return "合理缺项"
    if finding.result is Result.NOT_CHECKED:
        return "未查"
    if full is None:
        return _range(finding.low, finding.high)
    return _range(min(finding.low, full), min(finding.high, full))


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "不评分"
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _written(value: Scalar) -> str:
    """Write what a test says in the form in which outcomes are written."""
    if isinstance(value, str):
        return "～".join(plain(Decimal(part)) for part in value.split("～")) if value[:1].isdigit() else value
    return plain(Decimal(value))
