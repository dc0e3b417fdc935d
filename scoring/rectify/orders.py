"""Step 4, rectify: what must be put right, by whom, by when.

One order (整改单) per unit, visit, 检查项 and place; where several clauses, of one or more standards, concern the same
thing, the order cites them all, takes the earliest deadline and the gravest severity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache, partial

from scoring.compile.compiled import CompiledClause
from scoring.finding import Finding, Result
from scoring.grammar.deadline import Calendar, Deadline, due
from scoring.inspection import Inspection, Unit
from scoring.match.derive import answer_text
from scoring.points import plain
from scoring.tally import ScoreCard
from scoring.tariff import Values

Due = Callable[[Deadline, date, time | None], datetime | None]
SEVERITIES = ("轻微", "一般", "较重", "严重")
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
    when = lru_cache(maxsize=4096)(partial(due, calendar=calendar))
    for card in cards:
        visit = card.inspection.visit
        for finding in card.findings:
            if finding.result is Result.FAIL:
                order = _order(card, finding, when)
                key = (visit, order.subject, order.places)
                merged[key] = _merge(merged[key], order) if key in merged else order
    return tuple(sorted(merged.values(), key=_place_in_list))


def _place_in_list(order: Order) -> tuple[object, ...]:
    return (
        order.responsible,
        order.due_at or datetime.max,
        order.unit.id,
        order.inspection.visit,
        order.clauses,
    )


def _order(card: ScoreCard, finding: Finding, when: Due) -> Order:
    clause, seen = card.program.clause(finding.clause), card.inspection
    remedy = clause.card.remedy
    words = _Words(clause, seen.unit, card.derived.values, card)
    return Order(
        unit=seen.unit,
        inspection=seen,
        subject=_thing(card, clause),
        places=finding.places,
        clauses=(clause.card.id,),
        problem=found_text(clause, finding),
        text=words.fill(remedy.text),
        deadline=remedy.deadline,
        due_at=when(remedy.deadline, seen.date, seen.time),
        responsible=words.fill(remedy.unit),
        person=words.fill(remedy.person),
        severity=clause.card.severity,
    )


def _thing(card: ScoreCard, clause: CompiledClause) -> str:
    """Return the 检查项 of the form that an order is about; of a computed value, the first it was worked out from."""
    return next(iter(card.program.terms.asked[clause.subject]), clause.subject)


def found_text(clause: CompiledClause, finding: Finding) -> str:
    """Say what a clause found, as 禽畜乱跑3户."""
    unit = getattr(clause.tariff, "unit", "")
    return clause.card.name + ("" if finding.count is None else f"{plain(finding.count)}{unit}")


def _merge(one: Order, other: Order) -> Order:
    first, second = sorted((one, other), key=lambda order: (order.due_at or datetime.max, order.clauses))
    return Order(
        first.unit, first.inspection, first.subject, first.places, tuple(sorted({*one.clauses, *other.clauses})),
        _joined(first.problem, second.problem), _joined(first.text, second.text), first.deadline, first.due_at,
        first.responsible, first.person, max(one.severity, other.severity, key=SEVERITIES.index),
    )  # fmt: skip


def _joined(*texts: str) -> str:
    return "；".join(dict.fromkeys(part for text in texts for part in text.split("；")))


@dataclass(frozen=True, slots=True)
class _Words:
    """What the 【】 slots of one remedy are filled with: the form's answers, then the register."""

    clause: CompiledClause
    unit: Unit
    values: Values
    card: ScoreCard

    def fill(self, text: str) -> str:
        return SLOT.sub(lambda slot: self._word(slot[1]), text) if "【" in text else text

    def _word(self, name: str) -> str:
        fields = self.card.program.terms.fields
        if name in fields:
            return answer_text(self.values.get(name), fields[name].kind)
        return unit_word(self.unit, name)


def unit_word(unit: Unit, name: str) -> str:
    """Return what the register says under a name such as 包村领导; the name itself where it says nothing."""
    village = unit.details.get("所属行政村", unit.name)
    known = {
        "被检单位": unit.name,
        "所在村": village,
        "类别": unit.kind,
        "片区": unit.area,
        LEADERS[0]: leader(unit),
    }
    return known.get(name) or unit.details.get(name) or name


def leader(unit: Unit) -> str:
    """Return who of the township's leaders answers for a unit: of a road section whoever is in charge of it; "" for nobody."""
    return next(filter(None, map(unit.details.get, LEADERS)), "")


def filled(text: str, unit: Unit) -> str:
    """Return a text whose 【】 slots say what the register says of a unit."""
    return SLOT.sub(lambda slot: unit_word(unit, slot[1]), text)


def by_responsible(found: Iterable[Order]) -> Mapping[str, tuple[Order, ...]]:
    """Group orders by 责任单位, keeping their order."""
    groups: dict[str, list[Order]] = {}
    for order in found:
        groups.setdefault(order.responsible, []).append(order)
    return {name: tuple(group) for name, group in groups.items()}
