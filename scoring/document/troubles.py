"""What was found, clause by clause: at which units, how often, how much of it, and what it cost; the dearest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from scoring.compile.compiled import CompiledClause
from scoring.finding import Finding, Result
from scoring.grammar.deadline import Deadline
from scoring.inspection import Unit
from scoring.points import ZERO, plain
from scoring.rectify.orders import SLOT
from scoring.rule.form_field import FieldKind
from scoring.rule.price import PERCENT_POINT
from scoring.tally import ScoreCard
from scoring.tariff import PerUnit

_ASIDE = re.compile(r"（[^（）]*【[^（）]*）")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something: at how many ``visits``, how many of it (None where it is not counted), the points lost."""

    visits: int = 0
    count: Decimal | None = ZERO
    lost: Decimal = ZERO

    def __add__(self, other: Amount) -> Amount:
        count = None if self.count is None or other.count is None else self.count + other.count
        return Amount(self.visits + other.visits, count, self.lost + other.lost)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble: its clauses (of one name and standard, for several kinds of units), and where it was found.

    ``measure`` is the 量词 of its counts, "" where they are not counted; ``where`` are the units, the worst first.
    """

    name: str
    measure: str
    clauses: tuple[str, ...]
    total: Amount
    where: tuple[tuple[Unit, Amount], ...]
    remedy: str
    deadline: Deadline

    def said(self, amount: Amount) -> str:
        """Say how much of it: 12处, or how often where it is not counted."""
        counted = self.measure and amount.count
        return f"{plain(amount.count or ZERO)}{self.measure}" if counted else f"{amount.visits}次"


def troubles(cards: Iterable[ScoreCard]) -> tuple[Trouble, ...]:
    """Return every kind of trouble that some cards found, by the points it took, then by how often it was found.

    Where two standards have clauses of one name, each is named with its standard.
    """
    groups: dict[tuple[str, str], list[tuple[ScoreCard, CompiledClause, Finding]]] = {}
    for card in cards:
        for finding in card.findings:
            if finding.result is Result.FAIL:
                clause = card.program.clause(finding.clause)
                key = card.program.standard.id, clause.card.name
                groups.setdefault(key, []).append((card, clause, finding))
    names = Counter(name for _, name in groups)
    found = {key: _trouble(key[1], own) for key, own in groups.items()}
    return tuple(
        one if names[one.name] == 1 else replace(one, name=f"{one.name}（{_standard(groups[key])}）")
        for key, one in sorted(
            found.items(), key=lambda pair: (-pair[1].total.lost, -pair[1].total.visits, pair[0])
        )
    )


def _standard(found: Sequence[tuple[ScoreCard, CompiledClause, Finding]]) -> str:
    return found[0][0].program.standard.name


def _trouble(name: str, found: Sequence[tuple[ScoreCard, CompiledClause, Finding]]) -> Trouble:
    measures = {_measure(clause) for _, clause, _ in found}
    by_unit: dict[str, tuple[Unit, Amount]] = {}
    seen: set[object] = set()
    for card, clause, finding in found:
        unit, visit = card.inspection.unit, card.inspection.visit
        # Two clauses of one name may fail at one visit.
        count = finding.count if _measure(clause) else None
        amount = Amount(int(visit not in seen), count, card.losses[clause.number - 1])
        seen.add(visit)
        by_unit[unit.id] = unit, by_unit.get(unit.id, (unit, Amount()))[1] + amount
    where = sorted(
        by_unit.values(), key=lambda one: (-(one[1].count or ZERO), -one[1].visits, -one[1].lost, one[0].id)
    )
    # The words of the newest version, of the first of several clauses.
    card, clause, _ = min(found, key=lambda one: (one[1].card.id, -one[0].inspection.date.toordinal()))
    return Trouble(
        name=name,
        measure=measures.pop() if len(measures) == 1 else "",
        clauses=tuple(sorted({each.card.id for _, each, _ in found})),
        total=reduce(lambda one, other: one + other, (amount for _, amount in where)),
        where=tuple(where),
        remedy=_remedy(card, clause),
        deadline=clause.card.remedy.deadline,
    )


def _measure(clause: CompiledClause) -> str:
    """Return the 量词 of what a clause counts; of percentage points there is no sum."""
    tariff = clause.tariff
    return tariff.unit if isinstance(tariff, PerUnit) and tariff.unit != PERCENT_POINT else ""


def _remedy(card: ScoreCard, clause: CompiledClause) -> str:
    """Say what a clause asks to be done wherever it fails, without how many; "" where that cannot be said of all."""
    fields = card.program.terms.fields
    text = _ASIDE.sub("", clause.card.remedy.text)
    for name in SLOT.findall(text):
        field = fields.get(name)
        if field is not None and field.kind is FieldKind.COUNT and field.unit:
            text = text.replace(f"【{name}】{field.unit}", "")
    return "" if "【" in text else text
