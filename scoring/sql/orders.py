"""The rectification orders of a table: one per visit and 检查项, with all that its words depend on (``rectify.orders``).

The words themselves are written by the core, once for each distinct ``Wording``, and joined back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from scoring import columns
from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.rectify.orders import SLOT
from scoring.sql.clauses import Found
from scoring.sql.logic import Sql, both, case, either
from scoring.sql.plan import Plan
from scoring.sql.results import Source
from scoring.sql.stack import aliased, column
from scoring.sql.values import Value

SUBJECT, CLAUSES, DATE = columns.ITEM, "条款", columns.DATE
SEPARATOR = "、"
# The words that hold the 【slots】 of a remedy, and which part of it they are.
WRITTEN = {"要求": "text", "责任单位": "unit", "责任人": "person"}
# The visits that lead to orders about a subject: the query of ``failing``, or the name of a table of its rows.
Visits = exp.Select | str


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the words of an order are filled with: of which program, under which name."""

    program: Program
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Subject:
    """The 检查项 that orders are about, the clauses that lead to one, and what their words are filled with."""

    name: str
    clauses: tuple[tuple[Program, Found], ...]
    slots: tuple[Slot, ...]

    @property
    def dated(self) -> bool:
        """Return whether the words depend on the day: of several deadlines the earliest is said first."""
        return len({one.check.card.remedy.deadline for _, one in self.clauses}) > 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that an order's words depend on."""
        return (
            CLAUSES,
            *(f"s{number}" for number in range(len(self.slots))),
            *([DATE] if self.dated else []),
        )

    @property
    def only(self) -> tuple[str] | None:
        """Return the one pattern there can be, None where rows differ."""
        if len(self.clauses) > 1 or self.columns != (CLAUSES,):
            return None
        return (self.clauses[0][1].check.card.id + SEPARATOR,)


def thing(program: Program, clause: CompiledClause) -> str:
    """Return the 检查项 that an order about a clause concerns."""
    return next(iter(program.terms.asked[clause.subject]), clause.subject)


def subjects(plan: Plan) -> tuple[Subject, ...]:
    """Return what the orders of a plan can be about, in the order of its clauses."""
    found: dict[str, list[tuple[Program, Found]]] = {}
    for card in plan.cards:
        for one in card.findings:
            if one.asked:
                found.setdefault(thing(card.program, one.check), []).append((card.program, one))
    values = {id(card.program): each for card, each in zip(plan.cards, plan.values, strict=True)}
    return tuple(
        Subject(name, tuple(clauses), tuple(_slots(clauses, values))) for name, clauses in found.items()
    )


def _slots(
    clauses: Sequence[tuple[Program, Found]], values: Mapping[int, Mapping[str, Value]]
) -> Iterator[Slot]:
    seen = set()
    for program, one in clauses:
        remedy = one.check.card.remedy
        for name in SLOT.findall(remedy.text + remedy.unit + remedy.person):
            if name in values[id(program)] and (id(program), name) not in seen:
                seen.add((id(program), name))
                yield Slot(program, name, values[id(program)][name])


def failing(subject: Subject, source: Source, extra: Sequence[str] = ()) -> exp.Select:
    """Return the visits that lead to an order about a subject, with what its words depend on and some ``extra`` columns.

    The clauses are named in their order, each followed by 、.
    """
    words: list[Sql] = [
        case((one.fail, exp.Literal.string(one.check.card.id + SEPARATOR)), default=exp.Literal.string(""))
        for _, one in subject.clauses
    ]
    named = words[0]
    for word in words[1:]:
        named = exp.DPipe(this=named, expression=word, safe=False)
    own = [name for name in subject.columns if name != DATE]
    held = [named, *(slot.value.whole.sql for slot in subject.slots), *map(column, extra)]
    rows = source.rows((*own, *extra), held)
    return rows.where(either(one.fail for _, one in subject.clauses), copy=False)


def patterns_of(subject: Subject, visits: Visits) -> exp.Select:
    """Return the query of every pattern of a subject's columns that its visits hold, each once."""
    return exp.Select(expressions=[column(name) for name in subject.columns]).from_(_named(visits)).distinct()


def worded(
    subject: Subject,
    visits: Visits,
    keys: Sequence[str],
    wording: str,
    deadlines: str,
    filled: Mapping[str, str],
) -> exp.Select:
    """Return the orders about a subject: its ``visits`` (``failing``) joined with their words and the deadlines' days.

    ``keys`` are the columns that say which visit a row is; ``filled`` names the column that fills each 【slot】 of a unit.
    """
    query = exp.Select(expressions=[
        *(_of("v", name) for name in keys),
        aliased(exp.Literal.string(subject.name), SUBJECT),
        aliased(_of("w", "全部条款"), CLAUSES),
        *(aliased(_filled(_of("w", name), filled if _open(subject, part) else {}), name) for name, part in WRITTEN.items()),
        *(aliased(_of("w", name), name) for name in ("期限", "严重程度")),
        aliased(_of("d", "截止"), "截止"),
    ])  # fmt: skip
    same = [exp.NullSafeEQ(this=_of("v", name), expression=_of("w", name)) for name in subject.columns]
    due = [exp.EQ(this=_of("v", DATE), expression=_of("d", DATE)), exp.EQ(this=_of("w", "期限"), expression=_of("d", "期限"))]  # fmt: skip
    words, days = exp.alias_(exp.to_table(wording), "w"), exp.alias_(exp.to_table(deadlines), "d")
    query = query.from_(_named(visits), copy=False).join(words, on=both(same), copy=False)
    return query.join(days, on=both(due), join_type="left", copy=False)


def _named(visits: Visits) -> Sql:
    return exp.alias_(exp.to_table(visits) if isinstance(visits, str) else visits.subquery(), "v")


def _of(table: str, name: str) -> Sql:
    return exp.Column(
        this=exp.Identifier(this=name, quoted=True), table=exp.Identifier(this=table, quoted=False)
    )


def _open(subject: Subject, part: str) -> bool:
    """Return whether a part of some remedy has a slot to be filled."""
    return any("【" in getattr(one.check.card.remedy, part) for _, one in subject.clauses)


def _filled(sql: Sql, filled: Mapping[str, str]) -> Sql:
    for slot, name in filled.items():
        word = exp.Literal.string(f"【{slot}】")
        sql = exp.Replace(this=sql, expression=word, replacement=_of("v", name))
    return sql
