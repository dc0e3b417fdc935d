"""A card's published numbers as SQL: score, bounds, grade, coverage, 加分, 结论; the reference is ``tally``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING

from sqlglot import exp

from scoring.compile.program import Program
from scoring.finding import Result
from scoring.sql.bounds import Bounds, Sums
from scoring.sql.clauses import CODES, Found
from scoring.sql.items import ItemLedger
from scoring.sql.logic import NULL, Sql, both, case, either, is_null, negated
from scoring.sql.marks import Marks
from scoring.sql.prices import FREE, cents
from scoring.sql.ratio import half_up
from scoring.sql.stack import Stack
from scoring.sql.whole import Whole, compared, counted, fixed, least, minus, plus, times, total


@dataclass(frozen=True, slots=True)
class Card:
    """One standard's card: every part a column, points in hundredths.

    ``score`` is settled where ``low`` and ``high`` meet, both NULL where nothing applies; ``coverage`` is a share in
    hundredths, NULL where no clause applies; a grade is a word, a 结论 a result's code.
    """

    program: Program
    findings: tuple[Found, ...]
    bonuses: tuple[Found, ...]
    ledgers: tuple[ItemLedger, ...]
    marks: Marks
    applicable: Whole
    low: Whole
    high: Whole
    coverage: Whole
    bonus: tuple[Whole, Whole]
    conclusions: Mapping[str, Sql]
    grade: Sql = NULL


@dataclass(frozen=True, slots=True)
class Tallied:
    """What a card is published from."""

    program: Program
    findings: tuple[Found, ...]
    bonuses: tuple[Found, ...]
    ledgers: tuple[ItemLedger, ...]
    marks: Marks
    sums: Sums
    bounds: Bounds
    bonus: tuple[Whole, Whole]


def published(one: Tallied, stack: Stack) -> Card:
    """Return a card but for its grade."""
    id, bounds = one.program.standard.id, one.bounds
    low = stack.keep(f"{id} low", plus(bounds.low, one.bonus[0]))
    high = stack.keep(f"{id} high", plus(bounds.high, one.bonus[1]))
    certain = stack.keep_truth(f"{id} vetoed", one.marks.vetoed)
    possible = stack.keep_truth(f"{id} may be vetoed", one.marks.may_be_vetoed)
    conclusions = {
        name: stack.keep(f"{id} {name}", _conclusion([one.findings[n - 1] for n in numbers])).sql
        for name, numbers in one.program.conclusions.items()
    }
    return Card(
        one.program, one.findings, one.bonuses, one.ledgers,
        replace(one.marks, vetoed=certain, may_be_vetoed=possible), one.sums.applicable, low, high,
        stack.keep(f"{id} coverage", _coverage(one.findings)), one.bonus, conclusions,
    )  # fmt: skip


def graded(one: Card, stack: Stack) -> Card:
    """Add the grade to a published card, in the layer above."""
    return replace(one, grade=stack.keep_word(f"{one.program.standard.id} grade", _grade(one)))


def bonus(program: Program, claims: Sequence[Found], stack: Stack) -> tuple[Whole, Whole]:
    """Return the ends of the additional points."""
    extra, id = program.standard.bonus, program.standard.id
    if extra is None or not program.bonuses:
        return FREE, FREE
    cap = fixed(cents(extra.cap))
    return (
        stack.keep(f"{id} bonus", least(total(one.low for one in claims), cap)),
        stack.keep(f"{id} bonus at most", least(total(one.high for one in claims), cap)),
    )


def _coverage(findings: Sequence[Found]) -> Whole:
    """Return the share of applicable clauses that were checked, in hundredths."""
    applicable = minus(fixed(len(findings)), counted(one.na for one in findings))
    checked = minus(applicable, counted(one.open for one in findings))
    checked = Whole(checked.sql, 0, checked.high, checked.bits)
    if applicable.high == 0:
        return Whole(exp.Cast(this=NULL, to=exp.DataType.build("INT")), 0, 0)
    if applicable.low <= 0:
        guarded = exp.Nullif(this=applicable.sql, expression=FREE.sql)
        applicable = Whole(guarded, 1, applicable.high, applicable.bits)
    share = half_up(times(checked, fixed(100)), applicable)
    return Whole(share.sql, 0, 100, share.bits)


def _conclusion(findings: Sequence[Found]) -> Whole:
    branches = [
        (either(one.fail for one in findings), fixed(CODES[Result.FAIL])),
        (either(one.open for one in findings), fixed(CODES[Result.NOT_CHECKED])),
        (either(one.passed for one in findings), fixed(CODES[Result.PASS])),
    ]
    nothing = fixed(CODES[Result.NOT_APPLICABLE])
    sql = case(*((asked, number.sql) for asked, number in branches), default=nothing.sql)
    return Whole(sql, 0, max(CODES.values()))


def _grade(one: Card) -> Sql:
    """Return the grade that both ends have, as a word; a certain veto decides at once."""
    program, low, high = one.program, one.low, one.high
    vetoed, may_be = one.marks.vetoed, one.marks.may_be_vetoed
    worst, best = _band(program, low), _band(program, high)
    after_veto = _word(program.standard.veto_grade)
    alike = exp.EQ(this=worst, expression=best)
    spoiled = (
        negated(may_be)
        if isinstance(after_veto, exp.Null)
        else either((negated(may_be), exp.EQ(this=after_veto, expression=best)))
    )
    return case((vetoed, after_veto), (is_null(low.sql), NULL), (both((alike, spoiled)), best))


def _band(program: Program, score: Whole) -> Sql:
    """Return the best grade whose 起点分 a score reaches."""
    return case(
        *(
            (
                compared(exp.GTE, score, fixed(int((floor * 100).to_integral_value(ROUND_CEILING)))),
                _word(name),
            )
            for name, floor in program.grades
        )
    )


def _word(word: str | None) -> Sql:
    return NULL if word is None else exp.Literal.string(word)
