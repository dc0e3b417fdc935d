"""Is a published ranking table consistent with its own rule? Pure: rows in, faults out, each with its row and the right value.

What of the rule is not declared, the table itself must show: of the tie rules and the ways to group, those count that
leave the fewest ranks wrong; so for rounding and the floors of grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.analysis.ranking.awards import awards
from scoring.analysis.ranking.declared import Declared
from scoring.analysis.ranking.fault import Fault, rounded
from scoring.analysis.ranking.grades import grades
from scoring.analysis.ranking.order import unsorted
from scoring.analysis.ranking.ranks import ranks
from scoring.analysis.ranking.rows import decimals, limits, units
from scoring.analysis.ranking.sums import sums
from scoring.sheets.ranking import RankingTable

MAX_PLACES = 4
_USUAL_PLACES = 2


@dataclass(frozen=True, slots=True)
class RankingCheck:
    """What a table of ``units`` rows comes to: its faults in the order of its rows, and the rules that it seems to follow.

    ``looked_at`` are the columns it was checked for; ``ties`` is 占位, 连续, 都合 (no ties) or empty where none fits;
    ``rules`` says the rules in words, ``notes`` what was not looked at and why.
    """

    name: str
    units: int
    looked_at: tuple[str, ...]
    ties: str
    faults: tuple[Fault, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def consistent(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def check_ranking(table: RankingTable, declared: Declared | None = None) -> RankingCheck:
    """Check one table against what is declared of its rule, and the rest against what most of its rows follow."""
    rule, rows = declared or Declared(), table.rows
    places, noise = _places(table, rule)
    scores = [None if row.score is None else rounded(row.score, places) for row in rows]
    ranked = ranks(table, scores, rule)
    checks = [
        units(rows),
        limits(rows, rule),
        ranked.checked,
        sums(table, scores, rule, places),
        grades(rows, scores, rule.floors),
        unsorted(rows, scores, ranked.groups),
        awards(rows, scores, ranked.groups),
    ]
    where = {row.place: at for at, row in reversed(list(enumerate(rows)))}
    faults = [one for check in checks for one in check.faults]
    notes = [noise, *_left_out(table, rule), *(check.note for check in checks)]
    return RankingCheck(
        table.name,
        len(rows),
        tuple(check.kind for check in checks if check.kind),
        ranked.ties,
        tuple(sorted(faults, key=lambda one: (where[one.place], one.kind))),
        tuple(check.rule for check in checks if check.rule),
        tuple(filter(None, notes)),
    )


def _places(table: RankingTable, declared: Declared) -> tuple[int, str]:
    """Return how many decimal places the scores are compared by; numbers never rounded are shown with two."""
    if declared.places is not None:
        return declared.places, ""
    found = max((decimals(row.score) for row in table.rows if row.score is not None), default=0)
    if found <= MAX_PLACES:
        return found, ""
    return _USUAL_PLACES, f"得分有 {found} 位小数，没有四舍五入；按 {_USUAL_PLACES} 位核"


def _left_out(table: RankingTable, declared: Declared) -> Iterator[str]:
    """Say what could not be looked at."""
    missing = [title for title in declared.groups or () if title not in table.groups]
    if missing:
        yield f"表上没有{'、'.join(missing)}一栏，都当作一组"
    apart = sum(not row.ranked for row in table.rows)
    if apart:
        yield f"{apart} 个单位写明不排名，没有核名次"
