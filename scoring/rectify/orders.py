"""Step 4, rectify: what must be put right, by whom, by when.

One order (整改单) per unit, visit, 检查项 and place; where several clauses, of one or more standards, concern the same
thing, the order cites them all, takes the earliest deadline and the gravest severity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from operator import attrgetter

from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.finding import Finding, Result
from scoring.grammar.deadline import Calendar, Deadline, due
from scoring.inspection import Inspection, Unit
from scoring.match.derive import answer_text
from scoring.points import plain
from scoring.tally import ScoreCard

Filling = Callable[[Callable[[str], str]], str]
SEVERITIES = ("轻微", "一般", "较重", "严重")
_FAIL = Result.FAIL
SLOT = re.compile(r"【([^【】]{1,40})】")
UNIT_SLOTS = ("被检单位", "所在村", "类别", "片区", "责任人", "包村领导", "联路段领导", "站所长")
# Who answers for a unit: a village's leader, else a road section's, else the head of its office.
LEADERS = ("包村领导", "联路段领导", "站所长")


@dataclass(frozen=True, slots=True)
class Order:
    """整改单: ``due_at`` is None where the date is to be fixed apart (另定).

    ``responsible`` and ``person`` are filled from the register; ``subject`` is the 检查项, ``places`` where; ``problem``
    says what was found.
    """

    unit: Unit
    inspection: Inspection
    subject: str
    places: tuple[str, ...]
    clauses: tuple[str, ...]
    problem: str
    text: str
    deadline: Deadline
    due_at: datetime | None
    responsible: str
    person: str
    severity: str


def orders(cards: Iterable[ScoreCard], calendar: Calendar) -> tuple[Order, ...]:
    """Return the orders of some cards, sorted by 责任单位, deadline, unit, visit and clause."""
    merged: dict[object, Order] = {}
    drafts: dict[tuple[Program, int], _Draft] = {}
    for card in cards:
        for finding in [one for one in card.findings if one.result is _FAIL]:
            about = card.program, finding.clause
            draft = drafts.get(about)
            if draft is None:
                draft = drafts[about] = _Draft(*about, calendar)
            order = draft.order(card, finding)
            key = (order.inspection.visit, order.subject, order.places)
            known = merged.setdefault(key, order)
            if known is not order:
                merged[key] = _merge(known, order)
    return tuple(sorted(merged.values(), key=_place_in_list))


def _place_in_list(order: Order) -> tuple[object, ...]:
    return (
        order.responsible,
        order.due_at or datetime.max,
        order.unit.id,
        order.inspection.visit,
        order.clauses,
    )


class _Draft:
    """What the orders about one clause have in common, made ready once."""

    def __init__(self, program: Program, number: int, calendar: Calendar) -> None:
        self._clause = program.clause(number)
        self._remedy = remedy = self._clause.card.remedy
        # Of a computed value, the first 检查项 that it was worked out from.
        self._subject = next(iter(program.terms.asked[self._clause.subject]), self._clause.subject)
        self._fields = program.terms.fields
        self._text, self._unit, self._person = map(_filling, (remedy.text, remedy.unit, remedy.person))
        self._due = lru_cache(maxsize=512)(partial(due, remedy.deadline, calendar=calendar))

    def order(self, card: ScoreCard, finding: Finding) -> Order:
        """Return the order about one finding of a card."""
        clause, seen, values = self._clause, card.inspection, card.derived.values

        def word(name: str) -> str:
            if name in self._fields:
                return answer_text(values.get(name), self._fields[name].kind)
            return unit_word(seen.unit, name)

        return Order(
            seen.unit,
            seen,
            self._subject,
            finding.places,
            (clause.card.id,),
            found_text(clause, finding),
            self._text(word),
            self._remedy.deadline,
            self._due(seen.date, seen.time),
            self._unit(word),
            self._person(word),
            clause.card.severity,
        )


def _filling(text: str) -> Filling:
    """Return what fills the 【】 slots of a text with the word for each."""
    parts = SLOT.split(text)  # a slot's name stands at every other place
    slots = parts[1::2]

    def fill(word: Callable[[str], str]) -> str:
        filled = parts.copy()
        filled[1::2] = map(word, slots)
        return "".join(filled)

    return fill if len(parts) > 1 else lambda _: text


def found_text(clause: CompiledClause, finding: Finding) -> str:
    """Say what a clause found, as 禽畜乱跑3户."""
    if finding.count is None:
        return clause.card.name
    return f"{clause.card.name}{plain(finding.count)}{getattr(clause.tariff, 'unit', '')}"


def _merge(one: Order, other: Order) -> Order:
    first, second = sorted((one, other), key=lambda order: (order.due_at or datetime.max, order.clauses))
    return Order(
        first.unit, first.inspection, first.subject, first.places, tuple(sorted({*one.clauses, *other.clauses})),
        _joined(first.problem, second.problem), _joined(first.text, second.text), first.deadline, first.due_at,
        first.responsible, first.person, max(one.severity, other.severity, key=SEVERITIES.index),
    )  # fmt: skip


def _joined(*texts: str) -> str:
    return "；".join(dict.fromkeys(part for text in texts for part in text.split("；")))


def unit_word(unit: Unit, name: str) -> str:
    """Return what the register says under a name such as 包村领导; the name itself where it says nothing."""
    own = _OWN_WORDS.get(name)
    return (own(unit) if own else "") or unit.details.get(name) or name


def leader(unit: Unit) -> str:
    """Return who of the township's leaders answers for a unit: of a road section whoever is in charge of it; "" for nobody."""
    return next(filter(None, map(unit.details.get, LEADERS)), "")


_OWN_WORDS: Mapping[str, Callable[[Unit], str]] = {
    "被检单位": attrgetter("name"),
    "所在村": lambda unit: unit.details.get("所属行政村", unit.name),
    "类别": attrgetter("kind"),
    "片区": attrgetter("area"),
    LEADERS[0]: leader,
}


def filled(text: str, unit: Unit) -> str:
    """Return a text whose 【】 slots say what the register says of a unit."""
    return SLOT.sub(lambda slot: unit_word(unit, slot[1]), text)


def by_responsible(found: Iterable[Order]) -> Mapping[str, tuple[Order, ...]]:
    """Group orders by 责任单位, keeping their order."""
    groups: dict[str, list[Order]] = {}
    for order in found:
        groups.setdefault(order.responsible, []).append(order)
    return {name: tuple(group) for name, group in groups.items()}
