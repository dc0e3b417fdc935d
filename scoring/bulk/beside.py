"""What stands beside a cell: the sum of its 问题明细, and what the register says where the cell is blank (``match.derive``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scoring import columns
from scoring.bulk.cells import TRUTH, Cell, literal, quoted
from scoring.inspection import YES
from scoring.match.derive import when_signed
from scoring.rule.form_field import FormField

# A column of the sum of a 检查项's 问题明细 (NULL: it has none) and one of their places; what the register answers, and
# whether that can be used.
SUMMED, SPOTS, REGISTERED, UNFIT = "~明细", "~明细点位", "~名册", "~名册错"
OWN = (SUMMED, SPOTS, REGISTERED, UNFIT)
NOTHING = Cell("NULL::BIGINT", "FALSE", "FALSE", "FALSE", "FALSE")


def answered(
    name: str, field: FormField, own: Cell, detailed: Collection[str], types: Mapping[str, str]
) -> tuple[Cell, str]:
    """Return a cell with what stands beside it, and that the two contradict each other or the register's is of no use."""
    blank = f"NOT ({own.given} OR {own.na} OR {own.unchecked})"
    number, wrong = own.number, "FALSE"
    if name in detailed:
        total = quoted(name + SUMMED)
        other = f"{own.given} AND {own.number} IS DISTINCT FROM {total}"
        wrong = f"({total} IS NOT NULL AND ({own.na} OR {own.unchecked} OR {other}))"
        number, blank = f"COALESCE({total}, {number})", f"{total} IS NULL AND {blank}"
    if name + REGISTERED in types:
        if signed := _signed(name, field, types):
            blank = f"{blank} AND NOT {signed}"
        number = f"COALESCE({number}, CASE WHEN {blank} THEN {quoted(name + REGISTERED)} END)"
        wrong = f"({wrong} OR ({blank} AND COALESCE({quoted(name + UNFIT)}, FALSE)))"
    return replace(own, number=number), wrong


def _signed(name: str, field: FormField, types: Mapping[str, str]) -> str:
    """Return that a signed blank has a meaning of its own; empty where it never has."""
    sign = columns.BLANK_IS_NONE
    if when_signed(field) is None or name not in types or sign not in types:
        return ""
    said = quoted(sign) if types[sign] == TRUTH else f"{quoted(sign)}::VARCHAR = {literal(YES)}"
    return f"COALESCE({said}, FALSE)"
