"""加分: additional points, claimed on the sheet, together no more than 最高加; added after 折算, outside the items."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.compile.program import Program
from scoring.finding import Derived, Finding, Result
from scoring.inspection import Inspection
from scoring.match.records import Matcher
from scoring.points import ZERO


@dataclass(frozen=True, slots=True)
class BonusScore:
    """What the 加分 clauses come to, an interval while something is 未查; ``findings`` stand in the clauses' order.

    A finding that failed has earned its points: the same matcher answers whether a condition holds.
    """

    findings: tuple[Finding, ...]
    low: Decimal
    high: Decimal


NONE = BonusScore((), ZERO, ZERO)


class Bonuses:
    """Answer a program's 加分 clauses for a visit; made once per program."""

    def __init__(self, program: Program) -> None:
        self._clauses = program.bonuses
        self._cap = program.standard.bonus.cap if program.standard.bonus else ZERO
        self._match = Matcher(program.bonuses, program.terms)

    def __call__(self, inspection: Inspection, derived: Derived) -> BonusScore:
        """Return the additional points of a visit; what its sheet does not ask for was not claimed and adds nothing."""
        if not self._clauses:
            return NONE
        findings = tuple(
            one if self._claimed(one, inspection) else Finding(one.clause, Result.NOT_APPLICABLE, ZERO, ZERO)
            for one in self._match(inspection, derived).findings
        )
        low, high = (
            sum((end for end in ends), ZERO)
            for ends in zip(*((one.low, one.high) for one in findings), strict=True)
        )
        return BonusScore(findings, min(low, self._cap), min(high, self._cap))

    def _claimed(self, finding: Finding, inspection: Inspection) -> bool:
        asks = self._clauses[finding.clause - 1].asks
        return finding.result is not Result.NOT_CHECKED or not inspection.columns.isdisjoint(asks)
