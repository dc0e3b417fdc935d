"""Some programs lowered together for one kind of unit: derive, match, heap, infer, climb, tally, each a few layers of columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.compile.compiled import Check
from scoring.compile.program import Program
from scoring.finding import Infer
from scoring.match.heap import Heaps
from scoring.sql.bounds import bounds, sums
from scoring.sql.cards import Card, Tallied, bonus, graded, published
from scoring.sql.clauses import Found, answered, asked, excused, priced
from scoring.sql.climb import Rung, climbed
from scoring.sql.derive import Table, derived
from scoring.sql.heaps import Taker, charged
from scoring.sql.items import items
from scoring.sql.marks import marks
from scoring.sql.stack import Stack
from scoring.sql.values import Values

ANSWERS = "answers"
Findings = list[tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table of visits comes to: the stack of columns, each program's values and card, and who takes a heap.

    ``prices`` are each program's findings before the ladder.
    """

    stack: Stack
    values: tuple[Values, ...]
    cards: tuple[Card, ...]
    takers: Mapping[str, Taker]
    prices: tuple[tuple[Found, ...], ...] = ()


def plan(
    programs: Sequence[Program],
    kind: str,
    table: Table,
    infer: Infer,
    taken: Iterable[str] = (),
    ladder: Sequence[Rung] = (),
) -> Plan:
    """Return the plan of some programs that judge visits to units of a kind together.

    ``taken`` are the names of all columns of the table; with a ``ladder`` it says of each clause which of its rungs fit.
    """
    stack = Stack(ANSWERS, taken)
    values = derived(programs, table, stack)
    findings, claims = _matched(programs, kind, values, stack)
    stack.layer("charged")
    findings, takers = _charged(programs, kind, findings, stack)
    stack.layer("climbed")
    prices, findings = findings, [climbed(each, takers, ladder, stack) for each in findings]
    claims = [tuple(_claimed(one, table) for one in each) for each in claims]
    told = [marks(program, own, infer) for program, own in zip(programs, findings, strict=True)]
    stack.layer("items")
    ledgers = [
        items(program, {one.check.number: one for one in own}, each, stack)
        for program, own, each in zip(programs, findings, told, strict=True)
    ]
    stack.layer("sums")
    summed = [sums(program, each, stack) for program, each in zip(programs, ledgers, strict=True)]
    extras = [bonus(program, each, stack) for program, each in zip(programs, claims, strict=True)]
    stack.layer("bounds")
    ends = [
        bounds(program, each, one, stack)
        for program, each, one in zip(programs, ledgers, summed, strict=True)
    ]
    stack.layer("published")
    parts = zip(programs, findings, claims, ledgers, told, summed, ends, extras, strict=True)
    cards = [published(Tallied(*one), stack) for one in parts]
    stack.layer("graded")
    return Plan(stack, tuple(values), tuple(graded(one, stack) for one in cards), takers, tuple(prices))


def _matched(
    programs: Sequence[Program], kind: str, values: Sequence[Values], stack: Stack
) -> tuple[Findings, Findings]:
    """Ask every clause, and every 加分 clause, that is for a kind of unit."""
    checks: list[Sequence[Check[Any]]] = [(*one.clauses, *one.bonuses) for one in programs]
    stack.layer("asked")
    questions = [
        [asked(one, known, stack) if kind in one.kinds else excused(one) for one in each]
        for each, known in zip(checks, values, strict=True)
    ]
    stack.layer("found")
    found = [[one if isinstance(one, Found) else answered(one, stack) for one in each] for each in questions]
    stack.layer("priced")
    found = [[priced(one, stack) for one in each] for each in found]
    counts = [len(one.clauses) for one in programs]
    return (
        [tuple(each[:count]) for each, count in zip(found, counts, strict=True)],
        [tuple(each[count:]) for each, count in zip(found, counts, strict=True)],
    )


def _charged(
    programs: Sequence[Program], kind: str, findings: Findings, stack: Stack
) -> tuple[Findings, Mapping[str, Taker]]:
    """Charge every heap once."""
    rivals = Heaps(programs).rivals(kind)
    heaps = [[findings[one.program][one.number - 1] for one in heap] for heap in rivals]
    changed = {one.check.card.id: (one, taker) for one, taker in charged(heaps, stack)}
    after = [
        tuple(changed[one.check.card.id][0] if one.check.card.id in changed else one for one in each)
        for each in findings
    ]
    return after, {id: taker for id, (_, taker) in changed.items()}


def _claimed(one: Found, table: Table) -> Found:
    """Return a 加分 clause's answer: what the table does not ask for was not claimed."""
    if not one.asked or not table.asks.isdisjoint(one.check.asks):
        return one
    return excused(one.check)
