"""What the rectification orders of a table are about: a 检查项, the clauses that lead to an order, and where it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from scoring import columns
from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.rectify.orders import SLOT
from scoring.sql.clauses import Found
from scoring.sql.logic import Sql, both, either, negated
from scoring.sql.plan import Plan
from scoring.sql.stack import column
from scoring.sql.values import Value

CLAUSES, PLACES, DATE = "条款", columns.PLACE_SUFFIX, columns.DATE
SEPARATOR = "、"
# The column of where the occurrences of a 检查项 were, each place followed by a line end; never NULL.
PLACES_SUFFIX = f" {PLACES}"


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

    @property
    def only(self) -> tuple[str] | None:
        """Return the one pattern there can be, None where rows differ."""
        if len(self.clauses) > 1 or self.columns != (CLAUSES,):
            return None
        return (self.clauses[0][1].check.card.id + SEPARATOR,)


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
    whole = (Subject(name, tuple(clauses), tuple(_slots(clauses, values))) for name, clauses in found.items())
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
