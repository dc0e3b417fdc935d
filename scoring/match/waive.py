"""豁免: a clause that a unit is excused from for some days counts as 不适用 at its visits then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.finding import Finding, Result
from scoring.match.records import Matched
from scoring.points import ZERO


@dataclass(frozen=True, slots=True, order=True)
class Waiver:
    """One 豁免: of a clause (its 编号), from a first day to a last (both within), why, and who granted it."""

    clause: str
    starts: date
    until: date
    reason: str
    by: str

    def covers(self, day: date) -> bool:
        """Return whether a visit on a day is excused."""
        return self.starts <= day <= self.until


Waivers = Mapping[int, Waiver]


def waive(matched: Matched, numbers: Mapping[str, int], waivers: Iterable[Waiver]) -> tuple[Matched, Waivers]:
    """Return what was matched with the waived clauses 不适用, and by which waiver each of them is, by its number.

    ``numbers`` are those of the clauses in force by their 编号. A clause that does not apply anyway needs no waiver.
    """
    known = ((numbers[one.clause], one) for one in sorted(waivers) if one.clause in numbers)
    by = {
        number: one
        for number, one in known
        if matched.findings[number - 1].result is not Result.NOT_APPLICABLE
    }
    if not by:
        return matched, by
    excused = {number: Finding(number, Result.NOT_APPLICABLE, ZERO, ZERO) for number in by}
    found = replace(
        matched,
        findings=tuple(excused.get(one.clause, one) for one in matched.findings),
        failed=_without(matched.failed, by),
        open=_without(matched.open, by),
        excused=(*matched.excused, *excused.values()),
    )
    return found, by


def _without(findings: Iterable[Finding], by: Waivers) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.clause not in by)
