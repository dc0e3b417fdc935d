"""The items of a card as SQL: what each loses and may lose, and whether it leaves the denominator (``tally``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.compile.compiled import CompiledItem
from scoring.compile.program import Program
from scoring.sql.clauses import Found
from scoring.sql.logic import FALSE, Sql, both, either, is_false, negated
from scoring.sql.marks import Marks
from scoring.sql.prices import cents
from scoring.sql.stack import Stack
from scoring.sql.whole import Whole, chosen, fixed, least, minus, total


@dataclass(frozen=True, slots=True)
class ItemLedger:
    """One item in hundredths: ``lost`` for certain, ``most`` as it may turn out; ``leaves`` and ``maybe`` leaves the
    denominator.

    ``lost`` and ``most`` are as if it stayed.
    """

    item: CompiledItem
    full: Whole
    lost: Whole
    most: Whole
    leaves: Sql
    maybe: Sql


def items(
    program: Program, findings: Mapping[int, Found], marks: Marks, stack: Stack
) -> tuple[ItemLedger, ...]:
    """Return every item's ledger."""
    return tuple(
        _item(program, item, [findings[number] for number in item.clauses], marks, stack)
        for item in program.items
    )


def _item(
    program: Program, item: CompiledItem, own: Sequence[Found], marks: Marks, stack: Stack
) -> ItemLedger:
    full = fixed(cents(item.full))
    lost = least(full, total(one.low for one in own))
    most = least(full, total(one.high for one in own))
    zeroed, threatened = (each.get(item.number, FALSE) for each in (marks.zeroed, marks.threatened))
    leaves = both(one.na for one in own) if program.standard.gaps == "折算" else FALSE
    may_leave = both(either((one.optional, one.na)) for one in own)
    maybe = FALSE if is_false(leaves) else both((may_leave, negated(leaves)))
    label = f"{program.standard.id} {item.name}"
    return ItemLedger(
        item,
        full,
        stack.keep(f"{label} lost", chosen((zeroed, full), default=lost)),
        stack.keep(f"{label} most", chosen((threatened, full), default=most)),
        stack.keep_truth(f"{label} leaves", leaves),
        stack.keep_truth(f"{label} maybe", maybe),
    )


def left(one: ItemLedger, taken: Whole) -> Whole:
    """Return what stays of an item's mark."""
    return minus(one.full, taken)
