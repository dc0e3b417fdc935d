"""One heap is charged once: of the clauses that count the same 检查项 at one visit, the dearest takes it.

The order among them is fixed by the standards and never by what was found: most points per unit, then the larger 最高扣,
then 编号 of the standard, then of the clause. A clause that passes, or does not apply, takes nothing. While a dearer one
may still fail, a cheaper one costs between nothing and its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.compile.compiled import CompiledClause
from scoring.compile.program import Program
from scoring.finding import Finding, Result
from scoring.match.records import Matched
from scoring.points import ZERO
from scoring.tariff import PerUnit

ENDLESS = Decimal("Infinity")
Rank = tuple[Fraction, Decimal, str, int, str]


@dataclass(frozen=True, slots=True)
class Rival:
    """A clause that counts what another counts too: its program's place, its number and its 编号."""

    program: int
    number: int
    id: str


class Heaps:
    """Charge what several clauses count just once, for the visits that some programs judge together."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = tuple(programs)
        self._known = lru_cache(maxsize=256)(self.rivals)

    def __call__(self, kind: str, matched: Sequence[Matched]) -> Sequence[Matched]:
        """Return what was matched, each program's in its place, with every heap charged once."""
        rivals = self._known(kind)
        if not rivals:
            return matched
        findings = [list(one.findings) for one in matched]
        for field in rivals:
            _charge_once(field, findings)
        return [_with(one, found) for one, found in zip(matched, findings, strict=True)]

    def rivals(self, kind: str) -> tuple[tuple[Rival, ...], ...]:
        """Return, field by field, the clauses that apply to a 类别 and count it, the dearest first."""
        fields: dict[str, list[tuple[Rank, Rival]]] = {}
        for at, program in enumerate(self._programs):
            for clause in program.clauses:
                if kind in clause.kinds and (rank := _rank(program, clause)):
                    rival = Rival(at, clause.number, clause.card.id)
                    fields.setdefault(clause.tariff.field, []).append((rank, rival))
        several = [ranked for ranked in fields.values() if len(ranked) > 1]
        return tuple(
            tuple(rival for _, rival in sorted(ranked, key=lambda pair: pair[0])) for ranked in several
        )


def _rank(program: Program, clause: CompiledClause) -> Rank | None:
    """Return a clause's place in the fixed order; None where it counts nothing that could be charged twice."""
    tariff = clause.tariff
    if not isinstance(tariff, PerUnit) or not tariff.points or tariff.cap == ZERO:
        return None
    if tariff.short or tariff.field not in program.standard.form:
        return None
    cap = ENDLESS if tariff.cap is None else tariff.cap
    return (
        -Fraction(tariff.points) / Fraction(tariff.step),
        -cap,
        program.standard.id,
        len(clause.card.id),
        clause.card.id,
    )


def _charge_once(rivals: Sequence[Rival], findings: Sequence[list[Finding]]) -> None:
    """Spare every finding that comes after the one that takes the heap, or may take it."""
    taker, certain = "", False
    for rival in rivals:
        own = findings[rival.program]
        finding = own[rival.number - 1]
        if taker:
            own[rival.number - 1] = _spared(finding, taker, certain=certain)
        if finding.result is Result.FAIL and not certain:
            taker, certain = rival.id, True
        elif finding.may_fail and not taker:
            taker = rival.id


def _spared(finding: Finding, taker: str, *, certain: bool) -> Finding:
    if not finding.high or (not certain and finding.result is not Result.FAIL):
        return finding
    high = ZERO if certain else finding.high
    return replace(finding, low=ZERO, high=high, uncapped=None, charged_by=taker)


def _with(matched: Matched, findings: Sequence[Finding]) -> Matched:
    def now(old: Sequence[Finding]) -> Iterator[Finding]:
        return (findings[one.clause - 1] for one in old)

    return replace(
        matched, findings=tuple(findings), failed=tuple(now(matched.failed)), open=tuple(now(matched.open))
    )
