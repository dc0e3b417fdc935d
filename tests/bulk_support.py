"""Visits as a typed table in DuckDB, and what the SQL made of them, read back as the core says it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
from sqlglot import exp

from scoring.compile.program import Program
from scoring.finding import Result
from scoring.history.past import History
from scoring.infer import reference
from scoring.infer.memo import Memo
from scoring.inspection import NOT_APPLICABLE, Answer, Inspection, NotApplicable, NotChecked
from scoring.rule.form_field import FieldKind, FormField
from scoring.score import Scorer
from scoring.sql.clauses import CODES, Found
from scoring.sql.climb import STEPS_SUFFIX, Rung
from scoring.sql.derive import Table
from scoring.sql.dialects import text
from scoring.sql.logic import case
from scoring.sql.plan import Plan, plan
from scoring.sql.prices import Cost
from scoring.sql.stack import aliased
from scoring.sql.values import NA_SUFFIX, UNCHECKED_SUFFIX, places
from scoring.sql.whole import fixed
from scoring.tally import ScoreCard
from tests.strategies import answers_of

RESULTS = {code: result for result, code in CODES.items()}
SIGNED = "空白即未发现问题"
Row = dict[str, Any]


@dataclass(frozen=True)
class Climb:
    """A ladder, and of each visit the steps that each clause takes: told in bits, and as the history they follow from."""

    ladder: Sequence[Rung] = ()
    steps: Sequence[Mapping[str, int]] = ()
    histories: Sequence[History] = ()


FLAT = Climb()


def sheets(form: Mapping[str, FormField], seed: int, number: int) -> list[dict[str, Answer]]:
    """Seeded sheets with every kind of answer; some have many blanks and some none."""
    draw = random.Random(seed)
    found = []
    for _ in range(number):
        blanks = draw.choice([0.0, 0.1, 0.5])
        found.append(_no_more_than_its_whole(form, {
            name: draw.choice([NotChecked(), NotChecked("锁门")]) if draw.random() < blanks else draw.choice(edges(field))
            for name, field in form.items()
        }))  # fmt: skip
    return found


def _no_more_than_its_whole(form: Mapping[str, FormField], answers: dict[str, Answer]) -> dict[str, Answer]:
    for _ in form:
        for name, field in form.items():
            part, whole = answers[name], answers.get(str(field.at_most))
            if isinstance(part, Decimal) and isinstance(whole, Decimal):
                answers[name] = min(part, whole)
    return answers


def edges(field: FormField) -> list[Answer]:
    """Every answer worth trying for a field of any size: its limits and what lies beside them, beside the usual ones."""
    if field.choices or (field.kind is FieldKind.POINTS and field.bands):
        return answers_of(field)
    low, high = field.limits
    assert low is not None and high is not None
    step = Decimal(1) if field.kind is FieldKind.COUNT else Decimal("0.01")
    near = [low, low + step, low + 2 * step, low + 5 * step, high - step, high]
    usual = [one for one in answers_of(field) if isinstance(one, Decimal) and low <= one <= high]
    skip: list[Answer] = [NOT_APPLICABLE] if field.may_skip else []
    return [*usual, *(one for one in near if low <= one <= high), *skip]


def forms(programs: Iterable[Program]) -> dict[str, FormField]:
    return {name: field for program in programs for name, field in program.terms.form.items()}


def cells(field: FormField, name: str, answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the columns of one answer, as SQL writes their values."""
    number: str = "NULL"
    if isinstance(answer, str):
        number = str(field.choices.index(answer) + 1)
    elif isinstance(answer, Decimal):
        number = str(int(answer.scaleb(places(field))))
    yield name, f"CAST({number} AS BIGINT)"
    yield name + UNCHECKED_SUFFIX, str(isinstance(answer, NotChecked) and bool(answer.reason))
    if field.may_skip:
        yield name + NA_SUFFIX, str(isinstance(answer, NotApplicable))


def rows_of(visits: Sequence[Inspection], programs: Sequence[Program], climb: Climb = FLAT) -> list[Row]:
    """Return the typed rows of visits whose sheets all ask the same."""
    found = []
    for number, visit in enumerate(visits):
        row: Row = {"row": str(number), SIGNED: str(visit.blank_is_none)}
        for name, field in forms(programs).items():
            if name in visit.columns:
                row.update(cells(field, name, visit.answers.get(name, NotChecked())))
        if climb.steps:
            row |= {id + STEPS_SUFFIX: str(steps) for id, steps in climb.steps[number].items()}
        found.append(row)
    return found


def table_text(rows: Sequence[Row]) -> str:
    """Return a query that holds the typed rows."""
    names = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join(f"({', '.join(row.values())})" for row in rows)
    return f"SELECT * FROM (VALUES {values}) AS t({names})"


def planned(programs: Sequence[Program], visits: Sequence[Inspection], climb: Climb = FLAT) -> Plan:
    kind, columns = visits[0].unit.kind, visits[0].columns
    rows = rows_of(visits, programs, climb)
    table = Table(columns, SIGNED if any(visit.blank_is_none for visit in visits) else "")
    return plan(programs, kind, table, Memo(reference.infer), rows[0], climb.ladder)


Engine = Callable[[str, str], list[tuple[Any, ...]]]


def on_duckdb(answers: str, query: str) -> list[tuple[Any, ...]]:
    """Run a query over the typed table ``answers`` on DuckDB."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE answers AS {answers}")
        return connection.execute(query).fetchall()


def judged(
    programs: Sequence[Program],
    visits: Sequence[Inspection],
    dialect: str,
    engine: Engine,
    climb: Climb = FLAT,
) -> list[list[Row]]:
    """Return what an engine makes of visits: for each the cards, in the order of the programs."""
    found = planned(programs, visits, climb)
    wanted = [list(asked(card, found)) for card in found.cards]
    columns = [sql for each in wanted for _, sql in each]
    query = found.stack.select(*(aliased(sql, f"x{n}") for n, sql in enumerate(columns)))
    query = query.order_by('"row"')
    rows = engine(table_text(rows_of(visits, programs, climb)), text(query, dialect))
    return [list(cut(row, wanted)) for row in rows]


def cut(row: Sequence[Any], wanted: Sequence[Sequence[tuple[Any, Any]]]) -> Iterator[Row]:
    values = iter(row)
    for each in wanted:
        yield {name: next(values) for name, _ in each}


def disagreements(
    scorer: Scorer,
    programs: Sequence[Program],
    visits: Sequence[Inspection],
    dialect: str = "duckdb",
    engine: Engine = on_duckdb,
    climb: Climb = FLAT,
) -> Iterator[str]:
    """Yield everything in which an engine and the reading visit by visit differ."""
    plan_ = planned(programs, visits, climb)
    pasts = climb.histories or [None] * len(visits)
    found = judged(programs, visits, dialect, engine, climb)
    for visit, past, rows in zip(visits, pasts, found, strict=True):
        cards = list(scorer.together(tuple(programs), visit, past))
        for place, (card, row) in enumerate(zip(cards, rows, strict=True)):
            for name, pair in differences(said(card, plan_, place), row).items():
                yield f"{card.program.standard.id} {name}: {pair} {dict(visit.answers)}"


def asked(card: Any, found: Plan) -> Iterator[tuple[Any, exp.Expression]]:
    """Yield everything that a card says, each with its SQL."""
    for name in ("low", "high", "coverage", "applicable"):
        yield name, getattr(card, name).sql
    yield "grade", card.grade
    yield "bonus", card.bonus[0].sql
    yield "bonus high", card.bonus[1].sql
    yield "vetoed", card.marks.vetoed
    yield "may be vetoed", card.marks.may_be_vetoed
    for name, sql in card.conclusions.items():
        yield ("结论", name), sql
    for ledger in card.ledgers:
        for name in ("lost", "most"):
            yield (ledger.item.number, name), getattr(ledger, name).sql
        for name in ("leaves", "maybe"):
            yield (ledger.item.number, name), getattr(ledger, name)
    for finding in (*card.findings, *card.bonuses):
        yield from clause(finding, found)


def clause(one: Found, found: Plan) -> Iterator[tuple[Any, exp.Expression]]:
    id = one.check.card.id
    told = {
        Result.FAIL: one.fail,
        Result.PASS: one.passed,
        Result.NOT_CHECKED: one.open,
        Result.NOT_APPLICABLE: one.na,
    }
    yield (id, "result"), case(*((told[result], fixed(code).sql) for result, code in CODES.items()))
    yield (id, "low"), one.low.sql
    yield (id, "high"), one.high.sql
    yield (id, "may fail"), one.may_fail
    yield (id, "optional"), one.optional
    cost = one.cost or Cost(one.low, one.high)
    for name, whole in (("uncapped", cost.uncapped), ("count", cost.count)):
        yield (id, name), exp.Null() if whole is None else whole.sql
    yield (id, "taker"), found.takers[id].name if id in found.takers else exp.Null()


def cents(points: Decimal | None) -> int | None:
    return None if points is None else int((points * 100).to_integral_value())


def said(card: ScoreCard, plan_: Plan, place: int) -> Row:
    """Return the same of a card that was scored visit by visit."""
    lowered = plan_.cards[place]
    row: Row = {
        "low": cents(card.low), "high": cents(card.high), "coverage": cents(card.coverage),
        "applicable": cents(card.applicable), "grade": card.grade,
        "bonus": cents(card.bonus.low), "bonus high": cents(card.bonus.high),
        "vetoed": any(one.certain for one in card.vetoes), "may be vetoed": bool(card.vetoes),
    }  # fmt: skip
    row |= {("结论", name): CODES[result] for name, result in card.conclusions.items()}
    for item in card.items:
        left = not item.applicable and card.program.full > 0
        number = item.item.number
        row |= {(number, "lost"): cents(item.lost), (number, "most"): cents(item.lost + item.open)}
        row |= {(number, "leaves"): left, (number, "maybe"): item.maybe}
    pairs = [
        *zip(lowered.findings, card.findings, strict=True),
        *zip(lowered.bonuses, card.bonus.findings, strict=True),
    ]
    for found, finding in pairs:
        id, failed = found.check.card.id, finding.result is Result.FAIL
        row |= {
            (id, "result"): CODES[finding.result], (id, "low"): cents(finding.low), (id, "high"): cents(finding.high),
            (id, "may fail"): finding.may_fail, (id, "optional"): finding.optional,
            (id, "taker"): finding.charged_by or None,
        }  # fmt: skip
        if failed and not finding.charged_by:
            places_ = found.cost.places if found.cost else 0
            row[id, "uncapped"] = cents(finding.uncapped)
            row[id, "count"] = None if finding.count is None else int(finding.count.scaleb(places_))
    return row


def differences(ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """Return what two readings of a card differ in: (visit by visit, as SQL)."""
    return {name: (one, theirs[name]) for name, one in ours.items() if one != theirs[name]}
