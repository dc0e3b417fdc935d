"""The rectification orders of a table: one per visit, 检查项 and 点位, with all that its words depend on (``rectify.orders``).

The words themselves are written by the core, once for each distinct ``Wording``, and joined back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from scoring import columns
from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.rectify.orders import SLOT
from scoring.sql.clauses import Found
from scoring.sql.logic import Sql, both, case, either, negated
from scoring.sql.plan import Plan
from scoring.sql.results import Source
from scoring.sql.stack import aliased, column
from scoring.sql.values import Value

SUBJECT, PLACES, CLAUSES, DATE = columns.ITEM, columns.PLACE_SUFFIX, "条款", columns.DATE
SEPARATOR = "、"
# The column of where the occurrences of a 检查项 were, each place followed by a line end; never NULL.
PLACES_SUFFIX = f" {PLACES}"
LINE_END = "\n"
ORDER = (SUBJECT, PLACES, CLAUSES, "要求", "责任单位", "责任人", "期限", "严重程度", "截止")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the words of an order are filled with: of which program, under which name."""

    program: Program
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Subject:
    """The 检查项 that orders are about, the clauses that lead to one, and what their words are filled with.

    ``places`` says where, in the form of a column with ``PLACES_SUFFIX``; None where the table never says it.
    """

    name: str
    clauses: tuple[tuple[Program, Found], ...]
    slots: tuple[Slot, ...]
    places: Sql | None = None

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


def thing(program: Program, clause: CompiledClause) -> str:
    """Return the 检查项 that an order about a clause concerns."""
    return next(iter(program.terms.asked[clause.subject]), clause.subject)


def subjects(plan: Plan, placed: Collection[str] = ()) -> tuple[Subject, ...]:
    """Return what the orders of a plan can be about, in the order of its clauses.

    ``placed`` are the 检查项 of which the table says where their occurrences were.
    """
    found: dict[str, list[tuple[Program, Found]]] = {}
    for card in plan.cards:
        for one in card.findings:
            if one.asked:
                found.setdefault(thing(card.program, one.check), []).append((card.program, one))
    values = {id(card.program): each for card, each in zip(plan.cards, plan.values, strict=True)}
    whole = (
        Subject(name, tuple(clauses), tuple(_slots(clauses, values))) for name, clauses in found.items()
    )
    return tuple(part for one in whole for part in _apart(one, placed))


def _apart(subject: Subject, placed: Collection[str]) -> Iterator[Subject]:
    """Yield a subject once for each way in which its clauses take their places: only where those agree is it one order."""
    ways = [_way(one, placed) for _, one in subject.clauses]
    known = list(dict.fromkeys(ways))
    if not any(known):
        yield subject
        return
    for number, way in enumerate(known):
        here = _places(way)
        same = [exp.EQ(this=_places(other), expression=here) for other in known]
        first = negated(either(same[:number]))
        clauses = tuple(
            (program, replace(one, fail=both((one.fail, first, *([] if own == way else [same[known.index(own)]])))))
            for (program, one), own in zip(subject.clauses, ways, strict=True)
        )  # fmt: skip
        yield replace(subject, clauses=clauses, places=here)


def _way(one: Found, placed: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in one.check.counts if name in placed)


def _places(names: Sequence[str]) -> Sql:
    """Return the places of some 检查项, one after the other."""
    if not names:
        return exp.Literal.string("")
    sql = column(names[0] + PLACES_SUFFIX)
    for name in names[1:]:
        sql = exp.DPipe(this=sql, expression=column(name + PLACES_SUFFIX), safe=False)
    return sql


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
    where = [] if subject.places is None else [(PLACES, subject.places)]
    held = [named, *(slot.value.whole.sql for slot in subject.slots), *(sql for _, sql in where), *map(column, extra)]
    rows = source.rows((*own, *(name for name, _ in where), *extra), held)
    return rows.where(either(one.fail for _, one in subject.clauses), copy=False)


def patterns_of(subject: Subject, visits: Sql) -> exp.Select:
    """Return the query of every pattern of a subject's columns that a table of visits holds, each once."""
    return exp.Select(expressions=[column(name) for name in subject.columns]).from_(visits).distinct()


def worded(
    subject: Subject,
    visits: Sql,
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
        aliased(_listed(subject), PLACES),
        aliased(_of("w", "全部条款"), CLAUSES),
        *(aliased(_filled(_of("w", name), filled), name) for name in ("要求", "责任单位", "责任人")),
        *(aliased(_of("w", name), name) for name in ("期限", "严重程度")),
        aliased(_of("d", "截止"), "截止"),
    ])  # fmt: skip
    same = [exp.NullSafeEQ(this=_of("v", name), expression=_of("w", name)) for name in subject.columns]
    due = [exp.EQ(this=_of("v", DATE), expression=_of("d", DATE)), exp.EQ(this=_of("w", "期限"), expression=_of("d", "期限"))]  # fmt: skip
    words, days = exp.alias_(exp.to_table(wording), "w"), exp.alias_(exp.to_table(deadlines), "d")
    query = query.from_(exp.alias_(visits, "v"), copy=False).join(words, on=both(same), copy=False)
    return query.join(days, on=both(due), join_type="left", copy=False)


def _listed(subject: Subject) -> Sql:
    """Return the places of an order with 、 between them, NULL for none."""
    if subject.places is None:
        return exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT"))
    last = exp.func("regexp_replace", _of("v", PLACES), exp.Literal.string(f"{LINE_END}$"), exp.Literal.string(""))
    end, comma = exp.Literal.string(LINE_END), exp.Literal.string(SEPARATOR)
    return exp.Nullif(this=exp.Replace(this=last, expression=end, replacement=comma), expression=exp.Literal.string(""))


def _of(table: str, name: str) -> Sql:
    return exp.Column(
        this=exp.Identifier(this=name, quoted=True), table=exp.Identifier(this=table, quoted=False)
    )


def _filled(sql: Sql, filled: Mapping[str, str]) -> Sql:
    for slot, name in filled.items():
        word = exp.Literal.string(f"【{slot}】")
        sql = exp.Replace(this=sql, expression=word, replacement=_of("v", name))
    return sql
