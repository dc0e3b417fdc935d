"""What is said of a card beside its points: 一票否决, the grade, how far it was checked, and the 结论."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.compile.program import Program
from scoring.finding import Finding, Mark, MarkKind, Result
from scoring.match.records import Matched
from scoring.points import ONE, ratio

_VETOES = (MarkKind.VETO, MarkKind.SEVERE)
_WORST_FIRST = (Result.FAIL, Result.NOT_CHECKED, Result.PASS)


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: the clause it rests on and why; ``certain`` is False where it rests on a 未查 clause."""

    clause: int
    kind: MarkKind
    certain: bool


def vetoes(certain: Iterable[Mark], possible: Iterable[Mark]) -> tuple[Veto, ...]:
    """Return every 一票否决 that is certain or possible, in the order of clauses."""
    sure = {(mark.clause, mark.kind) for mark in certain if mark.kind in _VETOES}
    maybe = {(mark.clause, mark.kind) for mark in possible if mark.kind in _VETOES}
    if {kind for _, kind in sure} >= {MarkKind.SEVERE}:
        maybe = {one for one in maybe if one[1] is not MarkKind.SEVERE}
    return tuple(Veto(clause, kind, (clause, kind) in sure) for clause, kind in sorted(sure | maybe))


def grade(program: Program, low: Decimal | None, high: Decimal | None, vetoes: Sequence[Veto]) -> str | None:
    """Return the grade both ends have; a certain veto decides at once."""
    if vetoes and any(veto.certain for veto in vetoes):
        return program.standard.veto_grade
    if low is None or high is None:
        return None
    lowest = band(program, low)
    best = lowest if high == low else band(program, high)
    worst = program.standard.veto_grade if vetoes else lowest
    return best if worst == best == lowest else None


def band(program: Program, score: Decimal) -> str | None:
    """Return the best grade whose 起点分 a published score reaches."""
    for name, floor in program.grades:
        if score >= floor:
            return name
    return None


def coverage(matched: Matched) -> Decimal | None:
    """Return the share of applicable clauses that were checked, None where none applies."""
    applicable = len(matched.findings) - len(matched.excused)
    if not matched.open:
        return ONE if applicable else None
    return ratio(Decimal(applicable - len(matched.open)), Decimal(applicable))


def conclusions(program: Program, findings: Sequence[Finding]) -> dict[str, Result]:
    """Return each 结论: 不合格 if a clause fails, else 未查 if one is open, 合格 if one passes."""
    return {
        name: _worst([findings[number - 1].result for number in numbers])
        for name, numbers in program.conclusions.items()
    }


def _worst(found: Sequence[Result]) -> Result:
    for result in _WORST_FIRST:
        if result in found:
            return result
    return Result.NOT_APPLICABLE
